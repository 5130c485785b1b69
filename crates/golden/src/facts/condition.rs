use policy::{Condition, Range, Test, WordSet};
use terms::{CareType, Grade, Sex, Vocabulary};

use crate::node::{Data, Node};
use crate::reader::Desk;

/// Reads the indication limit of a catalogue entry: the dimensions that such limits use.
pub(super) fn read_condition(desk: &Desk<'_>, node: &Node) -> Condition {
    let tests = desk.entries(node).iter();
    Condition {
        when: tests
            .filter_map(|(name, node)| read_test(desk, name, node))
            .collect(),
        unless: Vec::new(),
    }
}

fn read_test(desk: &Desk<'_>, name: &str, node: &Node) -> Option<Test> {
    match name {
        "age" => Some(Test::Age(read_range(desk, node))),
        "sex" => Some(Test::Sex(read_set::<Sex>(desk, node))),
        "grade" => Some(Test::Grade(read_set::<Grade>(desk, node))),
        "care" => Some(Test::Care(read_set::<CareType>(desk, node))),
        "diagnosis" => Some(Test::Diagnosis(desk.words(node))),
        "mark" => Some(Test::Mark(desk.words(node))),
        _ => {
            desk.fault(node, format!("限定支付范围没有“{name}”这一种条件"));
            None
        }
    }
}

fn read_range(desk: &Desk<'_>, node: &Node) -> Range<i32> {
    let fields = desk.fields(Some(node));
    let bound = |name| fields.maybe(name).and_then(|node| desk.count(node));
    let range = Range {
        from: bound("from"),
        to: bound("to"),
    };
    fields.finish();
    range
}

fn read_set<V: Vocabulary>(desk: &Desk<'_>, node: &Node) -> WordSet<V> {
    let nodes = match &node.data {
        Data::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let values: Vec<V> = nodes.iter().filter_map(|node| desk.term(node)).collect();
    WordSet::of(&values)
}
