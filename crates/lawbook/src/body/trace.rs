use policy::{CodeDuty, ScanDuty, SecondSaleRule, TraceRule, WordSet};
use terms::InstitutionKind;

use super::Desk;
use super::contribution::read_within;
use crate::yaml::{Fields, Node};

const SECOND: [(&str, SecondSaleRule); 2] = [
    ("refuse", SecondSaleRule::Refuse),
    ("note", SecondSaleRule::Note),
];
const DUTIES: [(&str, CodeDuty); 3] = [
    ("none", CodeDuty::None),
    ("remind", CodeDuty::Remind),
    ("refuse", CodeDuty::Refuse),
];
/// No stock is allowed to be off by more packs than this.
const MOST_PACKS: i32 = 10_000;

/// Reads what bills must say about trace codes.
pub(crate) fn read_trace(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<TraceRule> {
    let page = &desk.page;
    let second_sale = fields.need("second_sale");
    let second_sale = second_sale.and_then(|node| page.choice(node, "重复销售的处理", &SECOND));
    let duties = fields.maybe("scan").map_or(Some(Vec::new()), |node| {
        page.each(node, |one| read_duty(desk, one))
    });
    let no_code = fields.maybe("no_code").map_or(Some(Vec::new()), |node| {
        page.each(node, |one| page.word(one))
    });
    let percent = fields.need("stock_tolerance_percent");
    let percent = percent.and_then(|node| read_within(desk, node, 0, 100));
    let packs = fields.need("stock_tolerance_packs");
    let packs = packs.and_then(|node| read_within(desk, node, 0, MOST_PACKS));
    Some(TraceRule {
        second_sale: second_sale?,
        duties: duties?,
        no_code: no_code?,
        tolerance_percent: u32::try_from(percent?).ok()?,
        tolerance_packs: u32::try_from(packs?).ok()?,
    })
}

fn read_duty(desk: &Desk<'_>, node: &Node) -> Option<ScanDuty> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let kinds = fields.need("kinds");
    let kinds = kinds.and_then(|node| page.each(node, |one| page.term::<InstitutionKind>(one)));
    let without = fields.need("without_code");
    let without = without.and_then(|node| page.choice(node, "无码的处理", &DUTIES));
    fields.finish();
    Some(ScanDuty {
        kinds: WordSet::of(&kinds?),
        without_code: without?,
    })
}
