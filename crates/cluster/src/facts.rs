//! 全部明细的共同事实：目录名称、有哪些列、重号的明细、读入时的问题。

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt8Type, UInt32Type};
use arrow_array::{
    ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt32Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lines::{ItemKind, LineBlock, Quality};

use crate::rows::columns_of;

/// Columns that bring together what is said of one thing.
pub const JOINED_BY: [&str; 2] = ["kind", "key"];

const ID: u8 = 0;
const ITEM: u8 = 1;
const COLUMN: u8 = 2;
const PROBLEM: u8 = 3;
const LOSER: u8 = 4;

/// Stands after each example.
const AFTER: char = '\u{1f}';

/// One thing that a part of the lines says, or that all parts together say.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    kind: u8,
    key: String,
    visit: String,
    time: u32,
    /// Code of the item of a line; kind of an item.
    item: String,
    count: i32,
    number: i64,
    part: u32,
    row: u32,
    /// Name of an item; examples of a problem.
    text: String,
}

/// The columns of facts.
pub fn schema() -> SchemaRef {
    let column = |name: &str, kind: DataType| Field::new(name, kind, false);
    Arc::new(Schema::new(vec![
        column("kind", DataType::UInt8),
        column("key", DataType::Utf8),
        column("visit", DataType::Utf8),
        column("time", DataType::UInt32),
        column("item", DataType::Utf8),
        column("count", DataType::Int32),
        column("number", DataType::Int64),
        column("part", DataType::UInt32),
        column("row", DataType::UInt32),
        column("text", DataType::Utf8),
    ]))
}

fn batch(said: &[Said]) -> Result<RecordBatch, ArrowError> {
    let texts = |text: fn(&Said) -> &str| -> ArrayRef {
        Arc::new(
            said.iter()
                .map(|one| Some(text(one)))
                .collect::<StringArray>(),
        )
    };
    let numbers = |number: fn(&Said) -> u32| -> ArrayRef {
        Arc::new(
            said.iter()
                .map(|one| Some(number(one)))
                .collect::<UInt32Array>(),
        )
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(
            said.iter()
                .map(|one| Some(one.kind))
                .collect::<UInt8Array>(),
        ),
        texts(|one| &one.key),
        texts(|one| &one.visit),
        numbers(|one| one.time),
        texts(|one| &one.item),
        Arc::new(
            said.iter()
                .map(|one| Some(one.count))
                .collect::<Int32Array>(),
        ),
        Arc::new(
            said.iter()
                .map(|one| Some(one.number))
                .collect::<Int64Array>(),
        ),
        numbers(|one| one.part),
        numbers(|one| one.row),
        texts(|one| &one.text),
    ];
    RecordBatch::try_new(schema(), columns)
}

fn read(batches: &[RecordBatch]) -> impl Iterator<Item = Said> {
    batches.iter().flat_map(|batch| {
        let text =
            |at: usize, row: usize| batch.column(at).as_string::<i32>().value(row).to_owned();
        let number = |at: usize, row: usize| {
            let numbers = batch.column(at).as_primitive::<UInt32Type>();
            numbers.value(row)
        };
        (0..batch.num_rows()).map(move |row| Said {
            kind: batch.column(0).as_primitive::<UInt8Type>().value(row),
            key: text(1, row),
            visit: text(2, row),
            time: number(3, row),
            item: text(4, row),
            count: batch.column(5).as_primitive::<Int32Type>().value(row),
            number: batch.column(6).as_primitive::<Int64Type>().value(row),
            part: number(7, row),
            row: number(8, row),
            text: text(9, row),
        })
    })
}

/// What a block of lines says, `before` of its part being read already.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn of_block(block: &LineBlock, (part, before): (u32, u32)) -> Result<RecordBatch, ArrowError> {
    let mut said = Vec::with_capacity(block.lines.len() + block.items.len());
    for at in 0..u32::try_from(block.items.len()).expect("dictionary numbers") {
        said.push(Said {
            kind: ITEM,
            key: block.items.code(at).to_owned(),
            text: block.items.name(at).to_owned(),
            item: code_of(block.items.kind(at)).to_owned(),
            ..Said::default()
        });
    }
    said.extend(columns_of(&block.lines).map(|name| Said {
        kind: COLUMN,
        key: name.to_owned(),
        ..Said::default()
    }));
    said.extend(problems(&block.quality));
    let visits: Vec<&str> = block.visits.texts().collect();
    said.extend((0_u32..).zip(&block.lines.id).map(|(row, id)| {
        let at = row as usize;
        let lines = &block.lines;
        // A text that reads like a number is not that number.
        let key = match id.text_number() {
            Some(number) => format!("t{}", block.id_texts.text(number)),
            None => format!("n{id}"),
        };
        Said {
            kind: ID,
            key,
            visit: visits[lines.visit[at] as usize].to_owned(),
            time: lines.time[at].0,
            item: block.items.code(lines.item[at]).to_owned(),
            count: lines.count[at],
            number: lines.amount[at].get(),
            part,
            row: before + row,
            text: String::new(),
        }
    }));
    batch(&said)
}

fn problems(quality: &Quality) -> impl Iterator<Item = Said> {
    quality.problems().map(|(name, problem)| Said {
        kind: PROBLEM,
        key: name.to_owned(),
        number: i64::try_from(problem.count).unwrap_or(i64::MAX),
        text: problem
            .examples
            .iter()
            .map(|one| format!("{one}{AFTER}"))
            .collect(),
        ..Said::default()
    })
}

/// Brings together what all parts say: of each thing all that was said must be among the batches.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn join(batches: &[RecordBatch]) -> Result<RecordBatch, ArrowError> {
    let mut all: Vec<Said> = read(batches).collect();
    all.sort_unstable();
    let mut joined = Vec::new();
    let mut quality = Quality::default();
    for same in all.chunk_by(|a, b| a.kind == b.kind && a.key == b.key) {
        match same[0].kind {
            // The first by content stays, as on one machine.
            ID => joined.extend(same[1..].iter().map(|lost| Said {
                kind: LOSER,
                ..lost.clone()
            })),
            ITEM => joined.push(one_item(same)),
            PROBLEM => same.iter().for_each(|one| note(&mut quality, one)),
            _ => joined.push(same[0].clone()),
        }
    }
    joined.extend(problems(&quality));
    batch(&joined)
}

/// The name that is first in the order of text, and the kind that is first in the order of kinds.
fn one_item(same: &[Said]) -> Said {
    let mut item = lines::Items::default();
    let number = item.number(&same[0].key);
    for one in same {
        item.name_it(number, &one.text);
        item.kind_it(number, ItemKind::parse(&one.item));
    }
    Said {
        text: item.name(number).to_owned(),
        item: code_of(item.kind(number)).to_owned(),
        ..same[0].clone()
    }
}

fn note(quality: &mut Quality, problem: &Said) {
    let mut rest = u64::try_from(problem.number).unwrap_or(0);
    for example in problem.text.split_terminator(AFTER) {
        quality.note(&problem.key, example);
        rest = rest.saturating_sub(1);
    }
    quality.count(&problem.key, rest);
}

fn code_of(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Unknown => "",
        ItemKind::Drug => "101",
        ItemKind::Herb => "102",
        ItemKind::Service => "201",
        ItemKind::Supply => "301",
    }
}

/// What must be known of all lines before a share of them is judged (共同事实).
#[derive(Debug, Default)]
pub struct Facts {
    /// Items: code, name, kind.
    pub items: Vec<(String, String, ItemKind)>,
    /// Optional columns that some file has.
    pub columns: BTreeSet<String>,
    /// What was wrong with lines when they were read, doubled ids among it.
    pub quality: Quality,
    losers: BTreeMap<u32, BTreeSet<u32>>,
}

impl Facts {
    /// Reads joined facts.
    pub fn of(batches: &[RecordBatch]) -> Self {
        let mut facts = Self::default();
        for said in read(batches) {
            match said.kind {
                ITEM => {
                    let kind = ItemKind::parse(&said.item);
                    facts.items.push((said.key, said.text, kind));
                }
                COLUMN => {
                    facts.columns.insert(said.key);
                }
                PROBLEM => note(&mut facts.quality, &said),
                _ => {
                    facts.quality.note("明细流水号重复", &said.key[1..]);
                    facts.losers.entry(said.part).or_default().insert(said.row);
                }
            }
        }
        facts.items.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        facts
    }

    /// Whether another line of the same id stays in place of this one.
    pub fn lost(&self, part: u32, row: u32) -> bool {
        let rows = self.losers.get(&part);
        rows.is_some_and(|rows| rows.contains(&row))
    }
}
