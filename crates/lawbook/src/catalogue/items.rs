use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use money::{Price, Ratio};
use policy::{CatalogueItem, ItemTerms, Restriction, WordSet};
use terms::{Vocabulary, Word};

use super::restriction::read_restriction;
use super::sheet::{Cells, walk};
use crate::fault::{FaultKind, Faults};

const COLUMNS: [&str; 16] = [
    "code",
    "name",
    "kind",
    "class",
    "prior_percent",
    "ceiling_yuan",
    "from",
    "to",
    "schemes",
    "grades",
    "groups",
    "charge_category",
    "unit",
    "specification",
    "restriction_note",
    "restriction",
];

/// Reads `items.csv`; rows of one code make one item with several terms.
pub(crate) fn read_items(
    file: &str,
    text: &str,
    faults: &Faults,
) -> HashMap<Word, Arc<CatalogueItem>> {
    let mut items: HashMap<Word, CatalogueItem> = HashMap::new();
    walk(file, text, &COLUMNS, faults, |row| {
        let (item, terms) = (read_item(row), read_terms(row));
        let (Some(item), Some(terms)) = (item, terms) else {
            return;
        };
        match items.entry(item.code.clone()) {
            Entry::Vacant(place) => place.insert(item).terms.push(terms),
            Entry::Occupied(mut place) => add_terms(row, place.get_mut(), item, terms),
        }
    });
    items
        .into_iter()
        .map(|(code, item)| (code, Arc::new(item)))
        .collect()
}

/// A further row of a known item adds terms; what the item is must stay the same.
fn add_terms(
    row: &Cells<'_, '_>,
    known: &mut CatalogueItem,
    item: CatalogueItem,
    terms: ItemTerms,
) {
    if known.name != item.name {
        let message = format!("与同一编码前面的名称“{}”不一致", known.name);
        row.fault("name", FaultKind::Overlap, message);
    }
    if known.kind != item.kind {
        let message = format!("与同一编码前面的目录类别“{}”不一致", known.kind);
        row.fault("kind", FaultKind::Overlap, message);
    }
    let same_place = |other: &ItemTerms| {
        other.from == terms.from && other.schemes == terms.schemes && other.grades == terms.grades
    };
    if known.terms.iter().any(same_place) {
        let message = format!("编码“{}”自{}起的支付条件写了两次", known.code, terms.from);
        row.fault("from", FaultKind::Overlap, message);
    }
    known.terms.push(terms);
    for restriction in item.restrictions {
        if !known.restrictions.contains(&restriction) {
            known.restrictions.push(restriction);
        }
    }
}

fn read_item(row: &Cells<'_, '_>) -> Option<CatalogueItem> {
    let code = row.need("code").map(Word::new);
    let name = row.need("name").map(str::to_owned);
    let kind = row.need("kind").and_then(|text| row.term("kind", text));
    let category = row
        .need("charge_category")
        .and_then(|text| read_category(row, text));
    let restrictions = read_restrictions(row);
    Some(CatalogueItem {
        code: code?,
        name: name?,
        kind: kind?,
        groups: row.parts("groups").map(Word::new).collect(),
        charge_category: category?,
        unit: row.text("unit").to_owned(),
        specification: row.text("specification").to_owned(),
        terms: Vec::new(),
        restrictions: restrictions?,
    })
}

/// Two digits, 01 to 14.
fn read_category(row: &Cells<'_, '_>, text: &str) -> Option<String> {
    let known = text.len() == 2
        && text
            .parse()
            .is_ok_and(|number: u8| (1..=14).contains(&number));
    if !known {
        let message = format!("“{text}”不是01至14的收费项目类别");
        row.fault("charge_category", FaultKind::UnknownWord, message);
    }
    known.then(|| text.to_owned())
}

fn read_restrictions(row: &Cells<'_, '_>) -> Option<Vec<Restriction>> {
    let (note, condition) = (row.text("restriction_note"), row.text("restriction"));
    match (note.is_empty(), condition.is_empty()) {
        (true, true) => Some(Vec::new()),
        (false, false) => {
            let payable = read_restriction(row, condition)?;
            Some(vec![Restriction {
                note: note.to_owned(),
                payable,
            }])
        }
        (missing_note, _) => {
            let column = if missing_note {
                "restriction_note"
            } else {
                "restriction"
            };
            let message = "限定支付的说明和条件要一起写";
            row.fault(column, FaultKind::MissingField, message);
            None
        }
    }
}

fn read_terms(row: &Cells<'_, '_>) -> Option<ItemTerms> {
    let class = row.need("class").and_then(|text| row.term("class", text));
    let prior = row
        .need("prior_percent")
        .and_then(|text| read_prior(row, text));
    let ceiling = match row.text("ceiling_yuan") {
        "" => Some(None),
        text => read_ceiling(row, text).map(Some),
    };
    let from = row.need("from").and_then(|text| row.date("from", text));
    let to = match row.text("to") {
        "" => Some(None),
        text => row.date("to", text).map(Some),
    };
    let schemes = read_set(row, "schemes");
    let grades = read_set(row, "grades");
    let (from, to) = (from?, to?);
    if to.is_some_and(|to| to < from) {
        row.fault("to", FaultKind::DateOrder, "止日早于起日");
    }
    Some(ItemTerms {
        from,
        to,
        schemes: schemes?,
        grades: grades?,
        class: class?,
        prior: prior?,
        ceiling: ceiling?,
    })
}

fn read_prior(row: &Cells<'_, '_>, text: &str) -> Option<Ratio> {
    let ratio = row.decimal("prior_percent", text, Ratio::from_percent_text(text))?;
    if ratio.clamped() != ratio {
        let message = format!("“{text}”不在0至100之间");
        row.fault("prior_percent", FaultKind::OutOfUnit, message);
        return None;
    }
    Some(ratio)
}

fn read_ceiling(row: &Cells<'_, '_>, text: &str) -> Option<Price> {
    let price = row.decimal("ceiling_yuan", text, Price::from_yuan_text(text))?;
    if price.get() < 0 {
        row.fault(
            "ceiling_yuan",
            FaultKind::OutOfUnit,
            format!("限价“{text}”不能为负"),
        );
        return None;
    }
    Some(price)
}

/// A set of words; nothing written means all of them.
fn read_set<V: Vocabulary>(row: &Cells<'_, '_>, column: &str) -> Option<Option<WordSet<V>>> {
    let values: Vec<Option<V>> = row
        .parts(column)
        .map(|text| row.term(column, text))
        .collect();
    let values: Option<Vec<V>> = values.into_iter().collect();
    values.map(|values| (!values.is_empty()).then(|| WordSet::of(&values)))
}
