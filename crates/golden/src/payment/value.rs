//! Facts as the room's types read them, outcomes as flat fields.

use serde_json::{Map, Value};

use crate::node::{Data, Node};
use crate::reader::Desk;
use crate::view::View;

/// The facts of a case; unquoted decimals are faults, so that no amount is ever a float.
pub(super) fn to_json(desk: &Desk<'_>, node: &Node) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Flag(flag) => Value::Bool(*flag),
        Data::Whole(number) => Value::from(*number),
        Data::Text(text) => Value::String(text.clone()),
        Data::List(items) => items.iter().map(|item| to_json(desk, item)).collect(),
        Data::Map(entries) => {
            let each = entries.iter();
            let each = each.map(|(name, value)| (name.clone(), to_json(desk, value)));
            Value::Object(each.collect::<Map<String, Value>>())
        }
        Data::Decimal => {
            desk.fault(node, "数字要加引号，例如 \"500.00\"");
            Value::Null
        }
    }
}

/// Puts the fields of an outcome: maps by their keys, pairs by their first, lists joined.
pub(super) fn put_outcome(view: &mut View, outcome: &Value) {
    let Value::Object(fields) = outcome else {
        view.put("answer", text(outcome));
        return;
    };
    for (name, value) in fields {
        match value {
            Value::Array(steps) if name == "trace" => put_trace(view, steps),
            Value::Array(items) => put_list(view, name, items),
            Value::Object(inner) => {
                for (key, value) in inner {
                    view.put(format!("{name}.{key}"), text(value));
                }
            }
            other => view.put(name, text(other)),
        }
    }
}

fn put_trace(view: &mut View, steps: &[Value]) {
    let of = |field: &str| {
        let field = field.to_owned();
        let each = steps.iter();
        each.map(move |step| text(step.get(&field).unwrap_or(&Value::Null)))
    };
    view.sentences = of("sentence").collect();
    view.put("trace", of("name").collect::<Vec<String>>().join("、"));
}

fn put_list(view: &mut View, name: &str, items: &[Value]) {
    let pairs = items
        .iter()
        .map(|item| match item.as_array().map(Vec::as_slice) {
            Some([key, value]) => Some((text(key), text(value))),
            _ => None,
        });
    if let Some(pairs) = pairs
        .collect::<Option<Vec<_>>>()
        .filter(|_| !items.is_empty())
    {
        for (key, value) in pairs {
            view.put(format!("{name}.{key}"), value);
        }
        return;
    }
    let each = items.iter().map(text);
    view.put(name, each.collect::<Vec<String>>().join("、"));
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
