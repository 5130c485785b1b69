use policy::Layer;

use super::Desk;
use super::base::read_base;
use super::condition::read_condition;
use super::layer_form::read_form;
use super::layer_limit::{read_caps, read_counts, read_floor};
use crate::yaml::Fields;

/// Reads a layer topic.
pub(crate) fn read_layer(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Layer> {
    let page = &desk.page;
    let payer = fields.need("payer").and_then(|node| page.term(node));
    let lane = fields
        .maybe("lane")
        .map_or(Some(None), |node| desk.lane(node).map(Some));
    let condition = read_condition(desk, fields);
    let best = fields
        .maybe("best_identity")
        .map_or(Some(false), |node| page.flag(node));
    let base = fields.need("base").and_then(|node| read_base(desk, node));
    let form = read_form(desk, fields);
    let caps = read_caps(desk, fields);
    let floor = read_floor(desk, fields);
    let counts = read_counts(desk, fields);
    Some(Layer {
        payer: payer?,
        lane: lane?,
        condition: condition?,
        best_identity: best?,
        base: base?,
        form: form?,
        caps: caps?,
        floor: floor?,
        counts: counts?,
    })
}
