//! Cases about payment, and about trace codes and goods: what an institution is owed by a method,
//! without a law to be read.
//!
//! A case writes `payment: {method: …, facts: {…}}`, or `stock:` with the same keys; the facts are
//! the room's own types, read by their names, and an outcome is compared by its fields.

mod answer;
mod value;

use std::path::Path;

use crate::fault::Faults;
use crate::goods;
use crate::node::{Data, Node, parse};
use crate::reader::Desk;
use crate::report::{CaseReport, Difference, Event, EventReport};
use crate::view::View;

use value::{put_outcome, to_json};

/// Plays a file if it is a case about payment; nothing when it is about something else.
pub(crate) fn play_file(path: &Path, text: &str, faults: &Faults) -> Option<Vec<CaseReport>> {
    let asks = |line: &str| line.starts_with("payment:") || line.starts_with("stock:");
    if !text.lines().any(asks) {
        return None;
    }
    let file = path.display().to_string();
    let desk = Desk {
        file: &file,
        faults,
    };
    let root = parse(&file, text).map_err(|fault| faults.add(fault)).ok();
    let report = root.and_then(|root| play(&desk, &root));
    Some(report.into_iter().collect())
}

fn play(desk: &Desk<'_>, root: &Node) -> Option<CaseReport> {
    let fields = desk.fields(Some(root));
    let text = |node: Option<&Node>| node.and_then(|node| desk.text(node)).map(str::to_owned);
    let name = text(fields.need("name"));
    let source = text(fields.need("source"));
    for remark in ["why", "published_error"] {
        text(fields.maybe(remark));
    }
    let about_goods = fields.maybe("stock");
    let asked = match about_goods {
        Some(asked) => asked,
        None => fields.need("payment")?,
    };
    let expect = fields.need("expect")?;
    fields.finish();
    let question = desk.fields(Some(asked));
    let method = question.need("method").and_then(|node| desk.text(node))?;
    let facts = to_json(desk, question.need("facts")?);
    question.finish();
    source?;
    let told = |refusal: payment::Refusal| (refusal.code().to_owned(), refusal.to_string());
    let answered = match about_goods {
        Some(_) => goods::answer(method, facts),
        None => answer::answer(method, facts).map(|answered| answered.map_err(told)),
    };
    let answered = match answered {
        Ok(answered) => answered,
        Err(message) => {
            desk.fault(asked, message);
            return None;
        }
    };
    let mut view = View::default();
    let event = match answered {
        Ok(outcome) => {
            put_outcome(&mut view, &outcome);
            match about_goods {
                Some(_) => Event::Stock,
                None => Event::Payment,
            }
        }
        Err((code, message)) => {
            view.put("refusal.code", code);
            view.put("refusal.message", message);
            Event::Refused
        }
    };
    let differences = compare(&read_checks(desk, expect), &view);
    let event = EventReport {
        event,
        outcome: view.fields,
        trace: view.sentences,
        differences,
    };
    Some(CaseReport {
        file: desk.file.to_owned(),
        name: name?,
        events: vec![event],
    })
}

/// What the case expects: a field and how it must read.
fn read_checks(desk: &Desk<'_>, expect: &Node) -> Vec<(String, String)> {
    let mut checks = Vec::new();
    for (name, node) in desk.entries(expect) {
        match &node.data {
            Data::Map(entries) => {
                for (key, value) in entries {
                    let want = scalar(desk, value);
                    checks.extend(want.map(|want| (format!("{name}.{key}"), want)));
                }
            }
            Data::List(items) => {
                let texts = items.iter().filter_map(|item| scalar(desk, item));
                let texts: Vec<String> = texts.collect();
                if name == "says" {
                    checks.extend(texts.into_iter().map(|text| (name.clone(), text)));
                } else {
                    checks.push((name.clone(), texts.join("、")));
                }
            }
            _ => checks.extend(scalar(desk, node).map(|want| (name.clone(), want))),
        }
    }
    checks
}

fn scalar(desk: &Desk<'_>, node: &Node) -> Option<String> {
    match &node.data {
        Data::Whole(number) => Some(number.to_string()),
        Data::Flag(flag) => Some(flag.to_string()),
        Data::Null => Some(String::new()),
        _ => desk.text(node).map(str::to_owned),
    }
}

fn compare(checks: &[(String, String)], view: &View) -> Vec<Difference> {
    let mut differences = Vec::new();
    let expects_refusal = checks
        .iter()
        .any(|(field, _)| field.starts_with("refusal."));
    let refused = view.fields.get("refusal.message");
    if let Some(message) = refused.filter(|_| !expects_refusal) {
        return vec![difference("refusal", "（无）", message)];
    }
    for (field, want) in checks {
        let nothing = "（无）".to_owned();
        if field == "says" {
            if !view.sentences.iter().any(|text| text.contains(want)) {
                differences.push(difference(field, want, &view.sentences.join(" | ")));
            }
            continue;
        }
        let actual = view.fields.get(field).unwrap_or(&nothing);
        if actual != want {
            differences.push(difference(field, want, actual));
        }
    }
    differences
}

fn difference(field: &str, expected: &str, actual: &str) -> Difference {
    Difference {
        field: field.to_owned(),
        expected: expected.to_owned(),
        actual: actual.to_owned(),
    }
}
