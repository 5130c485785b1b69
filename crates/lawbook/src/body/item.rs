use money::Quantity;
use policy::{
    CeilingRule, ItemLimit, ItemRules, LaneRule, LimitOn, PriorValue, SelfPaidRule, Table,
};

use super::Desk;
use super::base::PERIODS;
use super::condition::read_condition;
use super::ratio::read_ratio_value;
use super::table::{Completeness, read_table};
use crate::law::Kind;
use crate::yaml::{Data, Fields, Node};

/// Reads the rules by which lines are split.
pub(crate) fn read_items(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<ItemRules> {
    let self_paid = each(desk, fields, "self_paid", |node| read_self_paid(desk, node));
    let ceilings = each(desk, fields, "ceilings", |node| read_ceiling(desk, node));
    let limits = each(desk, fields, "limits", |node| read_limit(desk, node));
    let lanes = each(desk, fields, "lanes", |node| read_lane(desk, node));
    let prior = fields
        .maybe("prior")
        .map_or(Some(None), |node| read_prior(desk, node).map(Some));
    Some(ItemRules {
        self_paid: self_paid?,
        ceilings: ceilings?,
        limits: limits?,
        prior: prior?,
        lanes: lanes?,
    })
}

fn each<T>(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    name: &'static str,
    read: impl Fn(&Node) -> Option<T>,
) -> Option<Vec<T>> {
    fields
        .maybe(name)
        .map_or(Some(Vec::new()), |node| desk.page.each(node, read))
}

fn read_self_paid(desk: &Desk<'_>, node: &Node) -> Option<SelfPaidRule> {
    let fields = Fields::of(&desk.page, node)?;
    let condition = read_condition(desk, &fields);
    let reason = fields
        .need("reason")
        .and_then(|node| desk.page.text(node))
        .map(str::to_owned);
    fields.finish();
    Some(SelfPaidRule {
        condition: condition?,
        reason: reason?,
    })
}

fn read_ceiling(desk: &Desk<'_>, node: &Node) -> Option<CeilingRule> {
    let fields = Fields::of(&desk.page, node)?;
    let condition = read_condition(desk, &fields);
    let amount = fields
        .need("amount")
        .and_then(|node| desk.reference(node, Kind::Amount));
    fields.finish();
    Some(CeilingRule {
        condition: condition?,
        amount: amount?,
    })
}

fn read_limit(desk: &Desk<'_>, node: &Node) -> Option<ItemLimit> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields
        .need("title")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let condition = read_condition(desk, &fields);
    let on = fields
        .one_of(&["quantity", "amount"])
        .and_then(|(name, node)| match name {
            "quantity" => {
                let text = page.text(node)?;
                let quantity = page.decimal(node, text, "数量", Quantity::from_text(text))?;
                Some(LimitOn::Quantity(quantity.get()))
            }
            _ => desk.reference(node, Kind::Amount).map(LimitOn::Amount),
        });
    let period = fields
        .need("period")
        .and_then(|node| page.choice(node, "期间", &PERIODS));
    let counter = fields.need("counter").and_then(|node| page.word(node));
    let per_item = fields
        .maybe("per_item")
        .map_or(Some(false), |node| page.flag(node));
    fields.finish();
    Some(ItemLimit {
        title: title?,
        condition: condition?,
        on: on?,
        period: period?,
        counter: counter?,
        per_item: per_item?,
    })
}

/// Prior shares; where no row fits, the catalogue's own share holds.
fn read_prior(desk: &Desk<'_>, node: &Node) -> Option<Table<PriorValue>> {
    let fields = Fields::of(&desk.page, node)?;
    let table = read_table(desk, &fields, "value", Completeness::Open, |row| {
        let node = row.need("value")?;
        match &node.data {
            Data::Text(text) if text == "catalogue" => Some(Some(PriorValue::Catalogue)),
            _ => read_ratio_value(desk, node).map(|value| Some(PriorValue::Share(value))),
        }
    });
    fields.finish();
    table
}

fn read_lane(desk: &Desk<'_>, node: &Node) -> Option<LaneRule> {
    let fields = Fields::of(&desk.page, node)?;
    let condition = read_condition(desk, &fields);
    let lane = fields.need("lane").and_then(|node| desk.lane(node));
    fields.finish();
    Some(LaneRule {
        condition: condition?,
        lane: lane?,
    })
}
