use policy::{LaterBills, RoundingPer, Settings, SplitDeductible, YearBasis};

use super::Desk;
use super::amount::ROUNDINGS;
use super::condition::read_condition;
use crate::fault::FaultKind;
use crate::yaml::Fields;

const PER: [(&str, RoundingPer); 2] = [("piece", RoundingPer::Piece), ("bill", RoundingPer::Bill)];

const YEAR_BASES: [(&str, YearBasis); 4] = [
    ("settlement", YearBasis::Settlement),
    ("discharge", YearBasis::Discharge),
    ("admission", YearBasis::Admission),
    ("split_by_service", YearBasis::SplitByService),
];

const SPLITS: [(&str, SplitDeductible); 2] = [
    ("once", SplitDeductible::Once),
    ("both", SplitDeductible::Both),
];

const LATER: [(&str, LaterBills); 3] = [
    ("refuse", LaterBills::Refuse),
    ("resettle", LaterBills::Resettle),
    ("carry", LaterBills::Carry),
];

/// Reads the settings; every field must be written, there are no hidden defaults.
pub(crate) fn read_settings(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Settings> {
    let page = &desk.page;
    let rounding = choice(desk, fields, "rounding", "舍入方式", &ROUNDINGS);
    let prior_rounding = choice(desk, fields, "prior_rounding", "舍入处", &PER);
    let fund_rounding = choice(desk, fields, "fund_rounding", "舍入处", &PER);
    let year_basis = choice(desk, fields, "year_basis", "年度归属", &YEAR_BASES);
    let month = read_month(desk, fields);
    let split = choice(desk, fields, "split_deductible", "跨年起付线", &SPLITS);
    let stay_counts = fields.need("stay_counts").and_then(|node| {
        let inner = Fields::of(page, node)?;
        let condition = read_condition(desk, &inner);
        inner.finish();
        condition
    });
    let below = fields
        .need("stay_below_deductible_counts")
        .and_then(|node| page.flag(node));
    let later_bills = choice(desk, fields, "later_bills", "后续结算", &LATER);
    Some(Settings {
        rounding: rounding?,
        prior_rounding: prior_rounding?,
        fund_rounding: fund_rounding?,
        year_basis: year_basis?,
        year_starts_in_month: month?,
        split_deductible: split?,
        stay_counts: stay_counts?,
        stay_below_deductible_counts: below?,
        later_bills: later_bills?,
    })
}

fn choice<T: Copy>(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    name: &'static str,
    title: &str,
    words: &[(&str, T)],
) -> Option<T> {
    fields
        .need(name)
        .and_then(|node| desk.page.choice(node, title, words))
}

fn read_month(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<i8> {
    let node = fields.need("year_starts_in_month")?;
    let month = desk.page.whole(node)?;
    let month = i8::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month));
    if month.is_none() {
        desk.page.fault(node, FaultKind::OutOfUnit, "月份应为1至12");
    }
    month
}
