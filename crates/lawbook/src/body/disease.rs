use std::collections::BTreeMap;

use policy::{Combine, Disease, DiseaseRules};
use terms::Word;

use super::Desk;
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// Codes and names that a disease list declares, as far as they can be read.
pub(crate) fn listed_codes(body: &Node) -> BTreeMap<Word, String> {
    let mut codes = BTreeMap::new();
    for disease in list_in(body, "diseases") {
        if let (Some(code), Some(name)) = (text_in(disease, "code"), text_in(disease, "name")) {
            codes.insert(Word::new(code), name.to_owned());
        }
    }
    codes
}

fn entry<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Data::Map(entries) = &node.data else {
        return None;
    };
    entries
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

fn list_in<'n>(node: &'n Node, name: &str) -> &'n [Node] {
    match entry(node, name).map(|node| &node.data) {
        Some(Data::List(items)) => items,
        _ => &[],
    }
}

fn text_in<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match entry(node, name).map(|node| &node.data) {
        Some(Data::Text(text)) => Some(text),
        _ => None,
    }
}

/// Reads a disease list.
pub(crate) fn read_diseases(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<DiseaseRules> {
    let diseases = fields
        .need("diseases")
        .and_then(|node| read_list(desk, node));
    let combine = fields
        .need("combine")
        .and_then(|node| read_combine(desk, node));
    Some(DiseaseRules {
        diseases: diseases?,
        combine: combine?,
    })
}

fn read_list(desk: &Desk<'_>, node: &Node) -> Option<BTreeMap<Word, Disease>> {
    let mut diseases = BTreeMap::new();
    for (node, read) in desk
        .page
        .list(node)?
        .iter()
        .map(|node| (node, read_disease(desk, node)))
    {
        if let Some((code, disease)) = read
            && let Some(other) = diseases.insert(code.clone(), disease)
        {
            let message = format!("病种“{code}”写了两次（另一处名为{}）", other.name);
            desk.page.fault(node, FaultKind::Overlap, message);
        }
    }
    Some(diseases)
}

fn read_disease(desk: &Desk<'_>, node: &Node) -> Option<(Word, Disease)> {
    let fields = Fields::of(&desk.page, node)?;
    let code = fields.need("code").and_then(|node| desk.page.word(node));
    let name = fields
        .need("name")
        .and_then(|node| desk.page.text(node))
        .map(str::to_owned);
    let limit = fields.need("limit").and_then(|node| match &node.data {
        Data::Null => Some(None),
        _ => desk.page.yuan(node).map(Some),
    });
    fields.finish();
    Some((
        code?,
        Disease {
            name: name?,
            limit: limit?,
        },
    ))
}

fn read_combine(desk: &Desk<'_>, node: &Node) -> Option<Combine> {
    if !matches!(node.data, Data::Map(_)) {
        let words = [("max", 0), ("sum", 1), ("separate", 2)];
        return desk
            .page
            .choice(node, "限额合并方式", &words)
            .map(|word| match word {
                0 => Combine::Max,
                1 => Combine::Sum,
                _ => Combine::Separate,
            });
    }
    let outer = Fields::of(&desk.page, node)?;
    let inner = outer
        .need("max_plus")
        .and_then(|node| Fields::of(&desk.page, node));
    outer.finish();
    let inner = inner?;
    let increment = inner
        .need("increment")
        .and_then(|node| desk.page.yuan(node));
    let ceiling = inner
        .maybe("ceiling")
        .map_or(Some(None), |node| match &node.data {
            Data::Null => Some(None),
            _ => desk.page.yuan(node).map(Some),
        });
    inner.finish();
    Some(Combine::MaxPlus {
        increment: increment?,
        ceiling: ceiling?,
    })
}
