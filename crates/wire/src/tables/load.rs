//! Reads the three tab-separated tables that are compiled in.

use std::collections::HashMap;

use super::Transaction;
use super::{Dictionary, Direction, Field, Kind, Mode, NodeTable, Required, Rows, Tables};

const TRANSACTIONS: &str = include_str!("transactions.tsv");
const FIELDS: &str = include_str!("fields.tsv");
const DICTIONARIES: &str = include_str!("dictionaries.tsv");

/// Reads everything; a fault names table and line.
pub(super) fn all() -> Result<Tables, String> {
    let mut transactions = read_transactions()?;
    let by_number: HashMap<_, _> = transactions
        .iter()
        .enumerate()
        .map(|(at, (t, _))| (t.number, at))
        .collect();
    for (line, row) in rows::<13>("fields", FIELDS)? {
        let at = *by_number
            .get(row[0])
            .ok_or_else(|| fault("fields", line, row[0]))?;
        add_field(&mut transactions[at].0, line, &row)?;
    }
    let tables: Vec<_> = transactions
        .iter()
        .map(|(own, same_as)| {
            let source = by_number
                .get(same_as)
                .map_or(own, |&at| &transactions[at].0);
            (source.input.clone(), source.output.clone())
        })
        .collect();
    let transactions: Vec<_> = transactions
        .into_iter()
        .zip(tables)
        .map(|((transaction, _), (input, output))| Transaction {
            input,
            output,
            ..transaction
        })
        .collect();
    let by_path = transactions
        .iter()
        .enumerate()
        .filter_map(|(at, t)| Some((t.path?.to_ascii_lowercase(), at)))
        .collect();
    let dictionaries = read_dictionaries()?;
    let by_name = dictionaries
        .iter()
        .enumerate()
        .map(|(at, d)| (d.name, at))
        .collect();
    Ok(Tables {
        transactions,
        by_number,
        by_path,
        dictionaries,
        by_name,
    })
}

type Row<const N: usize> = (usize, [&'static str; N]);

fn rows<const N: usize>(table: &str, text: &'static str) -> Result<Vec<Row<N>>, String> {
    let lines = text.lines().enumerate().skip(1);
    lines
        .map(|(index, line)| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let cells = cells
                .try_into()
                .map_err(|_| fault(table, index + 1, line))?;
            Ok((index + 1, cells))
        })
        .collect()
}

fn fault(table: &str, line: usize, what: &str) -> String {
    format!("{table}.tsv line {line}: {what}")
}

fn read_transactions() -> Result<Vec<(Transaction, &'static str)>, String> {
    let rows = rows::<7>("transactions", TRANSACTIONS)?;
    rows.into_iter()
        .map(
            |(line, [number, name_zh, name_en, path, mode, supported, same_as])| {
                let mode = match mode {
                    "realtime" => Mode::RealTime,
                    "daily" => Mode::Daily,
                    "" => Mode::Unknown,
                    other => return Err(fault("transactions", line, other)),
                };
                let transaction = Transaction {
                    number,
                    name_zh,
                    name_en,
                    path: Some(path).filter(|path| !path.is_empty()),
                    mode,
                    supported: supported == "Y",
                    input: Vec::new(),
                    output: Vec::new(),
                };
                Ok((transaction, same_as))
            },
        )
        .collect()
}

fn add_field(
    transaction: &mut Transaction,
    line: usize,
    row: &[&'static str; 13],
) -> Result<(), String> {
    let [
        _,
        direction,
        parent,
        node,
        rows,
        seq,
        name,
        name_zh,
        kind,
        length,
        required,
        checked,
        dict,
    ] = *row;
    let direction = match direction {
        "in" => Direction::Input,
        "out" => Direction::Output,
        other => return Err(fault("fields", line, other)),
    };
    let mut nodes = match direction {
        Direction::Input => &mut transaction.input,
        Direction::Output => &mut transaction.output,
    };
    if !parent.is_empty() {
        let outer = find_node(nodes, parent);
        nodes = &mut outer.ok_or_else(|| fault("fields", line, parent))?.nested;
    }
    let at = match nodes.iter().position(|known| known.name == node) {
        Some(at) => at,
        None => {
            let rows = read_rows(rows).ok_or_else(|| fault("fields", line, rows))?;
            nodes.push(NodeTable {
                name: node,
                rows,
                fields: Vec::new(),
                nested: Vec::new(),
            });
            nodes.len() - 1
        }
    };
    let fields = &mut nodes[at].fields;
    if seq.parse() != Ok(fields.len() + 1) {
        return Err(fault(
            "fields",
            line,
            "sequence numbers must count up from 1",
        ));
    }
    fields.push(Field {
        name,
        name_zh,
        kind: read_kind(kind, length).ok_or_else(|| fault("fields", line, kind))?,
        required: match required {
            "Y" => Required::Yes,
            "R" => Required::Regional,
            "" => Required::No,
            other => return Err(fault("fields", line, other)),
        },
        dictionary: Some(dict).filter(|name| !name.is_empty()),
        checked: checked == "Y",
    });
    Ok(())
}

/// The node of a name, however deep it lies.
fn find_node<'n>(nodes: &'n mut [NodeTable], name: &str) -> Option<&'n mut NodeTable> {
    nodes.iter_mut().find_map(|node| match node.name == name {
        true => Some(node),
        false => find_node(&mut node.nested, name),
    })
}

fn read_rows(text: &str) -> Option<Rows> {
    match text {
        "one" => Some(Rows::One),
        "many" => Some(Rows::Many),
        "any" => Some(Rows::Any),
        _ => None,
    }
}

fn read_kind(kind: &str, length: &str) -> Option<Kind> {
    match (kind, length.split_once(',')) {
        ("text", None) => length.parse().ok().map(Kind::Text),
        ("extension", None) => length.parse().ok().map(Kind::Extension),
        ("number", None) => length.parse().ok().map(Kind::Whole),
        ("number", Some((digits, "0"))) => digits.parse().ok().map(Kind::Whole),
        ("number", Some((digits, places))) => {
            let (digits, places) = (digits.parse().ok()?, places.parse().ok()?);
            Some(Kind::Decimal { digits, places })
        }
        ("date", None) => Some(Kind::Date),
        ("datetime", None) => Some(Kind::DateTime),
        ("raw", None) => Some(Kind::Raw),
        ("node", None) => Some(Kind::Nested),
        _ => None,
    }
}

fn read_dictionaries() -> Result<Vec<Dictionary>, String> {
    let mut read: Vec<Dictionary> = Vec::new();
    for (line, [name, name_zh, code, meaning]) in rows::<4>("dictionaries", DICTIONARIES)? {
        if read.last().is_none_or(|last| last.name != name) {
            read.push(Dictionary {
                name,
                name_zh,
                entries: Vec::new(),
            });
        }
        let Some(dictionary) = read.last_mut() else {
            continue;
        };
        if dictionary
            .entries
            .last()
            .is_some_and(|(last, _)| *last >= code)
        {
            return Err(fault(
                "dictionaries",
                line,
                "codes must be sorted and unique",
            ));
        }
        dictionary.entries.push((code, meaning));
    }
    Ok(read)
}
