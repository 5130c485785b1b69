use policy::{Modifier, ModifierKind, RatioRule, RatioValue, Variable};

use super::Desk;
use super::condition::read_condition;
use super::table::{Completeness, read_table};
use crate::yaml::{Data, Fields, Node};

const VARIABLES: [(&str, Variable); 3] = [
    ("age", Variable::Age),
    ("enrolled_years", Variable::EnrolledYears),
    ("admission_number", Variable::AdmissionNumber),
];

/// Reads a ratio topic.
pub(crate) fn read_ratio(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<RatioRule> {
    let table = read_table(desk, fields, "value", Completeness::Required, |row| {
        let node = row.need("value")?;
        match &node.data {
            Data::Null => Some(None),
            _ => read_ratio_value(desk, node).map(Some),
        }
    });
    let modifiers = read_modifiers(desk, fields);
    Some(RatioRule {
        table: table?,
        modifiers: modifiers?,
    })
}

/// A percentage, or a line over age or years.
pub(crate) fn read_ratio_value(desk: &Desk<'_>, node: &Node) -> Option<RatioValue> {
    if !matches!(node.data, Data::Map(_)) {
        return desk.page.share(node).map(RatioValue::Fixed);
    }
    let fields = Fields::of(&desk.page, node)?;
    let base = fields.need("base").and_then(|node| desk.page.share(node));
    let step = fields
        .need("step")
        .and_then(|node| desk.page.percent(node, (-100, 100)));
    let variable = fields
        .need("per")
        .and_then(|node| desk.page.choice(node, "随何增长", &VARIABLES));
    fields.finish();
    Some(RatioValue::Linear {
        base: base?,
        step: step?,
        variable: variable?,
    })
}

/// Reads the modifiers of a ratio or scale, in their order.
pub(crate) fn read_modifiers(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Vec<Modifier>> {
    let Some(node) = fields.maybe("modifiers") else {
        return Some(Vec::new());
    };
    desk.page
        .each(node, |modifier| read_modifier(desk, modifier))
}

fn read_modifier(desk: &Desk<'_>, node: &Node) -> Option<Modifier> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields
        .need("title")
        .and_then(|node| page.text(node))
        .map(str::to_owned);
    let condition = read_condition(desk, &fields);
    let kind = fields.one_of(&["points", "own_share_factor", "factor", "replace"]);
    let kind = kind.and_then(|(name, node)| match name {
        "points" => page.percent(node, (-100, 100)).map(ModifierKind::Points),
        "own_share_factor" => page
            .percent(node, (0, 200))
            .map(ModifierKind::OwnShareFactor),
        "factor" => page.percent(node, (0, 200)).map(ModifierKind::Factor),
        _ => page.share(node).map(ModifierKind::Replace),
    });
    fields.finish();
    Some(Modifier {
        title: title?,
        condition: condition?,
        kind: kind?,
    })
}
