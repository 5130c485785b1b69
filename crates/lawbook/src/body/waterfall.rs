use policy::{Chain, Entry, Overlay, OverlayEffect, Ref, Waterfall};

use super::Desk;
use super::condition::read_condition;
use super::table::{Completeness, read_rows};
use crate::fault::FaultKind;
use crate::law::Kind;
use crate::yaml::{Fields, Node};

/// Reads the waterfall; a bill that no row fits is refused, so the table need not be complete.
pub(crate) fn read_waterfall(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Waterfall> {
    let rows = fields.need("rows")?;
    let choose = Some(policy::Choose::MostSpecific);
    let table = read_rows(desk, rows, choose, Completeness::Open, |row| {
        read_chain(desk, row).map(Some)
    })?;
    Some(Waterfall { table })
}

/// Reads a chain from its own fields.
fn read_chain(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Chain> {
    let page = &desk.page;
    let title = fields
        .need("title")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let entries = fields
        .need("chain")
        .and_then(|node| read_entries(desk, node));
    let counts = fields
        .maybe("counts")
        .map_or(Some(true), |node| page.flag(node));
    let as_stay = fields
        .maybe("counts_as_stay")
        .map_or(Some(true), |node| page.flag(node));
    Some(Chain {
        title: title?,
        entries: entries?,
        counts: counts?,
        counts_as_stay: as_stay?,
    })
}

fn read_entries(desk: &Desk<'_>, node: &Node) -> Option<Vec<Entry>> {
    let entries = desk.page.each(node, |entry| read_entry(desk, entry))?;
    let nodes = desk.page.list(node)?;
    for (position, entry) in entries.iter().enumerate() {
        if entries[..position].contains(entry) {
            desk.page
                .fault(&nodes[position], FaultKind::Overlap, "同一层次写了两次");
        }
    }
    Some(entries)
}

fn read_entry(desk: &Desk<'_>, node: &Node) -> Option<Entry> {
    let (kind, position) = desk.find(node)?;
    match kind {
        Kind::Layer => Some(Entry::Layer(Ref::new(position))),
        Kind::Account => Some(Entry::Account(Ref::new(position))),
        other => {
            let message = format!("计算顺序只能列待遇层次或个人账户，这里是{}", other.zh());
            desk.page.fault(node, FaultKind::WrongReference, message);
            None
        }
    }
}

/// Reads a temporary rule.
pub(crate) fn read_overlay(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Overlay> {
    let condition = read_condition(desk, fields);
    let rank = fields
        .maybe("rank")
        .map_or(Some(0), |node| desk.page.count(node));
    let effect = fields
        .one_of(&["replace", "add"])
        .and_then(|(name, node)| match name {
            "add" => read_entries(desk, node).map(OverlayEffect::Add),
            _ => {
                let inner = Fields::of(&desk.page, node)?;
                let chain = read_chain(desk, &inner);
                inner.finish();
                chain.map(OverlayEffect::Replace)
            }
        });
    Some(Overlay {
        condition: condition?,
        rank: rank?,
        effect: effect?,
    })
}
