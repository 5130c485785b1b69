//! Writes what came out back into the expectations of a case file.

use crate::case::Step;
use crate::node::{Data, Node};
use crate::view::View;

/// The file with every expected value replaced by what came out; which fields are listed stays.
pub(crate) fn rewrite(text: &str, steps: &[Step], views: &[View]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the bottom up, so that earlier positions stay right.
    for (step, view) in steps.iter().zip(views).rev() {
        let Some(expect) = &step.expect else { continue };
        let first = expect.line - 1;
        let indent = expect.column;
        let inside = |line: &&String| {
            let lead = line.len() - line.trim_start().len();
            line.trim().is_empty() || lead > indent
        };
        let length = lines.iter().skip(first + 1).take_while(inside).count();
        let blank = |line: &&String| line.trim().is_empty();
        let block = &lines[first + 1..first + 1 + length];
        let trailing = block.iter().rev().take_while(blank).count();
        let lead = lines[first][..indent].to_owned();
        let mut new = vec![format!("{lead}expect:")];
        render(&mut new, expect, view, indent + 2);
        lines.splice(first..first + 1 + length - trailing, new);
    }
    lines.join("\n") + "\n"
}

fn render(out: &mut Vec<String>, expect: &Node, view: &View, indent: usize) {
    let Data::Map(entries) = &expect.data else {
        return;
    };
    let pad = " ".repeat(indent);
    for (name, node) in entries {
        match (&node.data, name.as_str()) {
            (Data::Map(_), "lines") => {
                out.push(format!("{pad}lines:"));
                render_lines(out, node, view, indent + 2);
            }
            (Data::Map(inner), map) => {
                let values = inner.iter().map(|(key, value)| {
                    let shown = scalar(view, &format!("{map}.{key}"), value);
                    format!("{}: {shown}", quoted_key(key))
                });
                let values: Vec<String> = values.collect();
                push_map(out, &pad, map, &values);
            }
            (Data::List(items), "says") => {
                out.push(format!("{pad}says:"));
                for item in items {
                    if let Data::Text(text) = &item.data {
                        out.push(format!("{pad}  - {text}"));
                    }
                }
            }
            (Data::List(_), list) => {
                let actual = view.get(list, "");
                let actual = actual.split('、').filter(|text| !text.is_empty());
                let shown: Vec<&str> = actual.collect();
                out.push(format!("{pad}{list}: [{}]", shown.join(", ")));
            }
            (_, field) => out.push(format!("{pad}{field}: {}", scalar(view, field, node))),
        }
    }
}

fn render_lines(out: &mut Vec<String>, node: &Node, view: &View, indent: usize) {
    let pad = " ".repeat(indent);
    let Data::Map(lines) = &node.data else { return };
    for (number, split) in lines {
        let Data::Map(fields) = &split.data else {
            continue;
        };
        let values = fields.iter().map(|(key, value)| {
            format!(
                "{key}: {}",
                scalar(view, &format!("lines.{number}.{key}"), value)
            )
        });
        push_map(out, &pad, number, &values.collect::<Vec<_>>());
    }
}

/// A map on one line where it fits, else one entry per line.
fn push_map(out: &mut Vec<String>, pad: &str, name: &str, values: &[String]) {
    let one_line = format!("{pad}{name}: {{{}}}", values.join(", "));
    if one_line.chars().count() <= 100 {
        out.push(one_line);
        return;
    }
    out.push(format!("{pad}{name}:"));
    out.extend(values.iter().map(|value| format!("{pad}  {value}")));
}

/// What came out, written the way the case wrote its expectation.
fn scalar(view: &View, field: &str, expected: &Node) -> String {
    match &expected.data {
        Data::Whole(_) => view.get(field, "0"),
        _ if field.ends_with(".reason") || field.starts_with("refusal.") => view.get(field, ""),
        _ => format!("\"{}\"", view.get(field, "0.00")),
    }
}

fn quoted_key(key: &str) -> String {
    let plain = key
        .chars()
        .all(|c| c.is_alphanumeric() || "-_/".contains(c));
    if plain {
        key.to_owned()
    } else {
        format!("\"{key}\"")
    }
}
