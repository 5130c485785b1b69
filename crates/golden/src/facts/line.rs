use std::sync::Arc;

use money::{Price, Quantity, Ratio, Rounding};
use policy::{CatalogueItem, ItemTerms, Restriction, WordSet};
use settlement::Line;
use terms::{Date, Grade, ItemClass, ItemKind, Scheme, Vocabulary, Word};

use super::condition::read_condition;
use crate::node::Node;
use crate::reader::{Desk, Fields};

/// Reads a line with its catalogue entry; `{class: A, amount: "20.00"}` is enough for one.
pub(super) fn read_line(
    desk: &Desk<'_>,
    node: &Node,
    position: usize,
    admission: Date,
) -> Option<Line> {
    let fields = desk.fields(Some(node));
    let number = u32::try_from(position + 1).ok()?;
    let served = fields.date("served").unwrap_or(admission);
    let amount = fields.yuan("amount");
    let price = fields.maybe("price");
    let price = price.and_then(|node| desk.decimal(node, Price::from_yuan_text));
    let quantity = fields.maybe("quantity");
    let quantity = quantity.and_then(|node| desk.decimal(node, Quantity::from_text));
    let quantity = quantity.unwrap_or(Quantity::ONE);
    let price = price.or(amount.map(Price::from));
    let item = (!fields.flag("unmapped")).then(|| read_item(desk, &fields, number));
    let line = Line {
        number,
        item: item.map(Arc::new),
        served,
        price: price.unwrap_or_default(),
        quantity,
        amount: amount
            .or_else(|| Some(price?.times(quantity, Rounding::HalfUp)))
            .unwrap_or_default(),
        outside_indication: fields.flag("outside_indication"),
    };
    fields.finish();
    if price.is_none() {
        desk.fault(node, "明细应写 amount，或 price 和 quantity");
    }
    Some(line)
}

fn read_item(desk: &Desk<'_>, fields: &Fields<'_>, number: u32) -> CatalogueItem {
    let name = fields.maybe("name").and_then(|node| desk.text(node));
    let name = name.map_or_else(|| format!("项目{number}"), str::to_owned);
    let code = fields.word("code").unwrap_or_else(|| Word::new(&name));
    let kind = fields.term("kind", ItemKind::Drug);
    let groups = fields.words("groups");
    let own = read_terms(desk, fields);
    let dated = fields.maybe("terms").map(|node| desk.list(node));
    let terms = match dated {
        None => vec![own],
        Some(nodes) => {
            let read = |node: &Node| {
                let fields = desk.fields(Some(node));
                let terms = read_terms(desk, &fields);
                fields.finish();
                terms
            };
            nodes.iter().map(read).collect()
        }
    };
    let restriction = fields.maybe("restriction");
    CatalogueItem {
        code,
        name,
        kind,
        groups,
        charge_category: String::new(),
        unit: String::new(),
        specification: String::new(),
        terms,
        restrictions: restriction
            .and_then(|node| read_restriction(desk, node))
            .into_iter()
            .collect(),
    }
}

fn read_terms(desk: &Desk<'_>, fields: &Fields<'_>) -> ItemTerms {
    let prior = fields.maybe("prior").and_then(|node| desk.percent(node));
    let ceiling = fields.maybe("ceiling");
    ItemTerms {
        from: fields.date("from").unwrap_or(Date::MIN),
        to: fields.date("to"),
        schemes: read_set::<Scheme>(desk, fields.maybe("schemes")),
        grades: read_set::<Grade>(desk, fields.maybe("grades")),
        class: fields.term("class", ItemClass::A),
        prior: prior.unwrap_or(Ratio::ZERO),
        ceiling: ceiling.and_then(|node| desk.decimal(node, Price::from_yuan_text)),
    }
}

fn read_set<V: Vocabulary>(desk: &Desk<'_>, node: Option<&Node>) -> Option<WordSet<V>> {
    let nodes = desk.list(node?).iter();
    let values: Vec<V> = nodes.filter_map(|node| desk.term(node)).collect();
    Some(WordSet::of(&values))
}

fn read_restriction(desk: &Desk<'_>, node: &Node) -> Option<Restriction> {
    let fields = desk.fields(Some(node));
    let note = fields.need("note").and_then(|node| desk.text(node))?;
    let payable = read_condition(desk, fields.need("payable")?);
    fields.finish();
    Some(Restriction {
        note: note.to_owned(),
        payable,
    })
}
