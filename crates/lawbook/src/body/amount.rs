use money::Rounding;
use policy::{AmountValue, Series, SeriesAmount, Table};
use terms::Word;

use super::Desk;
use super::table::{Completeness, read_table};
use crate::fault::FaultKind;
use crate::law::Kind;
use crate::yaml::{Data, Fields, Node};

/// Words for roundings.
pub(crate) const ROUNDINGS: [(&str, Rounding); 3] = [
    ("half_up", Rounding::HalfUp),
    ("truncate", Rounding::Truncate),
    ("away_from_zero", Rounding::AwayFromZero),
];

/// Reads an amount topic.
pub(crate) fn read_amount(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Table<AmountValue>> {
    read_table(desk, fields, "value", Completeness::Required, |row| {
        let node = row.need("value")?;
        match &node.data {
            Data::Null => Some(None),
            _ => read_value(desk, node).map(Some),
        }
    })
}

/// Whether a body, not yet read, gives `unlimited` as its value or that of a row.
pub(crate) fn says_unlimited(body: &Node) -> bool {
    match &body.data {
        Data::Text(text) => text == "unlimited",
        Data::List(rows) => rows.iter().any(says_unlimited),
        Data::Map(fields) => {
            let holding = |name: &str| name == "rows" || name == "value";
            fields
                .iter()
                .any(|(name, node)| holding(name) && says_unlimited(node))
        }
        _ => false,
    }
}

fn read_value(desk: &Desk<'_>, node: &Node) -> Option<AmountValue> {
    match &node.data {
        Data::Text(text) if text == "unlimited" => Some(AmountValue::Unlimited),
        Data::Map(_) => read_series_amount(desk, node).map(AmountValue::Series),
        _ => desk.page.yuan(node).map(AmountValue::Fixed),
    }
}

fn read_series_amount(desk: &Desk<'_>, node: &Node) -> Option<SeriesAmount> {
    let fields = Fields::of(&desk.page, node)?;
    let series = fields
        .need("series")
        .and_then(|node| desk.reference(node, Kind::Series));
    let factor = fields
        .need("factor")
        .and_then(|node| desk.page.multiple(node));
    let offset = fields.maybe("year_offset");
    let year_offset = offset.map_or(Some(0), |node| desk.page.count(node));
    if let (Some(node), Some(1..)) = (offset, year_offset) {
        desk.page.fault(
            node,
            FaultKind::OutOfUnit,
            "只能引用当年或以前年度的统计，应为0或负数",
        );
    }
    let unit = fields.need("round_to").and_then(|node| {
        let unit = desk.page.yuan(node)?;
        if unit.is_zero() {
            desk.page
                .fault(node, FaultKind::OutOfUnit, "取整单位应大于零");
        }
        Some(unit.get())
    });
    let rounding = fields
        .need("rounding")
        .and_then(|node| desk.page.choice(node, "舍入方式", &ROUNDINGS));
    fields.finish();
    Some(SeriesAmount {
        series: series?,
        factor: factor?,
        year_offset: year_offset?,
        unit_fen: unit?,
        rounding: rounding?,
    })
}

/// Reads a statistic series; its name is the last part of its key.
pub(crate) fn read_series(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Series> {
    let node = fields.need("years")?;
    let mut years = Vec::new();
    for (key, value) in desk.page.entries(node)? {
        let Ok(year) = key.parse::<i16>() else {
            desk.page
                .fault(value, FaultKind::WrongType, format!("“{key}”不是年份"));
            continue;
        };
        if years.last().is_some_and(|(last, _)| *last >= year) {
            desk.page
                .fault(value, FaultKind::DateOrder, "年份应从早到晚");
        }
        if let Some(amount) = desk.page.yuan(value) {
            years.push((year, amount));
        }
    }
    if years.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "至少要有一个年份");
        return None;
    }
    let name = desk.key.rsplit('/').next().unwrap_or(desk.key);
    Some(Series {
        name: Word::new(name),
        years,
    })
}
