//! 明细行的传递格式：每行写三次，分给人员、机构、全部三种份额。

use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt16Array,
    UInt32Array, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lines::{Intake, LineBlock, LineId, Lines, Moment, NONE};
use money::Fen;

use crate::facts::Facts;

/// Which rules a row is sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Those that judge one person at a time.
    Person,
    /// Those that judge one institution at a time.
    Provider,
    /// Those that judge everything at once.
    Whole,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Person, Self::Provider, Self::Whole];

    /// Its number in rows.
    pub fn number(self) -> u8 {
        match self {
            Self::Person => 0,
            Self::Provider => 1,
            Self::Whole => 2,
        }
    }
}

/// Columns that decide which share a row goes to.
pub const DEALT_BY: [&str; 2] = ["role", "owner"];

/// The columns of rows. A row without an item names a visit of its owner, one without a visit
/// either names the owner alone. Columns that a file does not have are empty.
pub fn schema() -> SchemaRef {
    let column = |name: &str, kind: DataType| Field::new(name, kind, true);
    Arc::new(Schema::new(vec![
        column("role", DataType::UInt8),
        column("owner", DataType::Utf8),
        column("part", DataType::UInt32),
        column("row", DataType::UInt32),
        column("id", DataType::UInt64),
        column("id_text", DataType::Utf8),
        column("visit", DataType::Utf8),
        column("item", DataType::Utf8),
        column("time", DataType::UInt32),
        column("count", DataType::Int32),
        column("price", DataType::Int64),
        column("amount", DataType::Int64),
        column("in_scope", DataType::Int64),
        column("department", DataType::Utf8),
        column("doctor", DataType::Utf8),
        column("prescription", DataType::Utf8),
        column("supply_days", DataType::UInt16),
        column("dose", DataType::Int32),
        column("flags", DataType::UInt8),
    ]))
}

const SLICE: usize = 1 << 16;

/// The rows of a block, `before` of its part being read already, for each role.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn of_block(
    block: &LineBlock,
    (part, before): (u32, u32),
    tables: &Intake,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let words = Words::of(block);
    let owners: Vec<_> = words
        .visits
        .iter()
        .map(|id| tables.visit_owner(id))
        .collect();
    let mut batches = Vec::new();
    let count = block.lines.len();
    for begin in (0..count).step_by(SLICE) {
        let rows = begin..count.min(begin + SLICE);
        let columns = columns(block, &words, rows.clone(), (part, before));
        for role in Role::ALL {
            let owner = |&visit: &u32| {
                let known = owners[visit as usize];
                // A line without a visit is one person's as well as another's: nobody judges it.
                Some(match role {
                    Role::Person => known.map_or(words.visits[visit as usize], |one| one.person),
                    Role::Provider => known.map_or("", |one| one.provider),
                    Role::Whole => "",
                })
            };
            let owner: StringArray = block.lines.visit[rows.clone()].iter().map(owner).collect();
            let mut dealt: Vec<ArrayRef> = vec![
                Arc::new(UInt8Array::from(vec![role.number(); rows.len()])),
                Arc::new(owner),
            ];
            dealt.extend(columns.iter().cloned());
            batches.push(RecordBatch::try_new(schema(), dealt)?);
        }
    }
    Ok(batches)
}

/// The texts of a block by number.
struct Words<'b> {
    visits: Vec<&'b str>,
    items: Vec<&'b str>,
    departments: Vec<&'b str>,
    doctors: Vec<&'b str>,
    prescriptions: Vec<&'b str>,
    ids: Vec<&'b str>,
}

impl<'b> Words<'b> {
    fn of(block: &'b LineBlock) -> Self {
        Self {
            visits: block.visits.texts().collect(),
            items: block.items.codes.texts().collect(),
            departments: block.departments.texts().collect(),
            doctors: block.doctors.texts().collect(),
            prescriptions: block.prescriptions.texts().collect(),
            ids: block.id_texts.texts().collect(),
        }
    }
}

fn columns(
    block: &LineBlock,
    words: &Words<'_>,
    rows: Range<usize>,
    (part, before): (u32, u32),
) -> Vec<ArrayRef> {
    let lines = &block.lines;
    let text = |column: &[u32], at: usize| column.get(at).copied().filter(|&one| one != NONE);
    let department = |at: usize| {
        let number = lines.department.get(at).copied();
        number.filter(|&number| number != u16::MAX).map(u32::from)
    };
    let named = |texts: &[&str], number: &dyn Fn(usize) -> Option<u32>| {
        let text = |at| number(at).map(|number| texts[number as usize]);
        column::<StringArray, _>(&rows, text)
    };
    let plain = |at: usize| Some(lines.id[at]).filter(|id| id.text_number().is_none());
    let number = |at: usize| before + u32::try_from(at).expect("fewer than 2^32 lines");
    vec![
        column::<UInt32Array, _>(&rows, |_| Some(part)),
        column::<UInt32Array, _>(&rows, |at| Some(number(at))),
        column::<UInt64Array, _>(&rows, |at| plain(at).map(|id| id.0)),
        named(&words.ids, &|at| lines.id[at].text_number()),
        named(&words.visits, &|at| text(&lines.visit, at)),
        named(&words.items, &|at| text(&lines.item, at)),
        column::<UInt32Array, _>(&rows, |at| Some(lines.time[at].0)),
        column::<Int32Array, _>(&rows, |at| Some(lines.count[at])),
        column::<Int64Array, _>(&rows, |at| lines.price.get(at).copied()),
        column::<Int64Array, _>(&rows, |at| Some(lines.amount[at].get())),
        column::<Int64Array, _>(&rows, |at| lines.in_scope.get(at).map(|one| one.get())),
        named(&words.departments, &department),
        named(&words.doctors, &|at| text(&lines.doctor, at)),
        named(&words.prescriptions, &|at| text(&lines.prescription, at)),
        column::<UInt16Array, _>(&rows, |at| lines.supply_days.get(at).copied()),
        column::<Int32Array, _>(&rows, |at| lines.dose.get(at).copied()),
        column::<UInt8Array, _>(&rows, |at| lines.flags.get(at).copied()),
    ]
}

fn column<A, T>(rows: &Range<usize>, value: impl Fn(usize) -> Option<T>) -> ArrayRef
where
    A: Array + FromIterator<Option<T>> + 'static,
{
    Arc::new(rows.clone().map(value).collect::<A>())
}

/// Rows that tell who is in which share, also those without a line.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn of_tables(tables: &Intake) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut named: Vec<(Role, &str, Option<&str>)> = vec![(Role::Whole, "", None)];
    named.extend(tables.provider_ids().map(|id| (Role::Provider, id, None)));
    for owned in tables.visit_owners() {
        named.push((Role::Person, owned.person, Some(owned.visit)));
        named.push((Role::Provider, owned.provider, Some(owned.visit)));
    }
    let batch = |named: &[(Role, &str, Option<&str>)]| {
        let mut columns: Vec<ArrayRef> = schema()
            .fields()
            .iter()
            .map(|field| arrow_array::new_null_array(field.data_type(), named.len()))
            .collect();
        columns[0] = Arc::new(
            named
                .iter()
                .map(|row| Some(row.0.number()))
                .collect::<UInt8Array>(),
        );
        columns[1] = Arc::new(named.iter().map(|row| Some(row.1)).collect::<StringArray>());
        columns[6] = Arc::new(named.iter().map(|row| row.2).collect::<StringArray>());
        RecordBatch::try_new(schema(), columns)
    };
    named.chunks(SLICE).map(batch).collect()
}

/// What one share has of one role.
#[derive(Debug, Default)]
pub struct Dealt<'b> {
    /// Institutions to be judged, perhaps more than once.
    pub owners: Vec<&'b str>,
    /// Visits.
    pub visits: Vec<&'b str>,
    /// Lines.
    pub lines: LineBlock,
    /// Whether there is any row.
    pub any: bool,
}

/// Takes the rows of a role out of batches; lines that lost against another of the same id are
/// left out.
pub fn dealt<'b>(batches: &'b [RecordBatch], role: Role, facts: &Facts) -> Dealt<'b> {
    let mut dealt = Dealt::default();
    for batch in batches {
        let view = View::of(batch);
        for row in 0..batch.num_rows() {
            if view.role(row) != role.number() {
                continue;
            }
            dealt.any = true;
            match (
                view.texts[VISIT].is_null(row),
                view.texts[ITEM].is_null(row),
            ) {
                (true, _) => dealt.owners.push(view.texts[OWNER].value(row)),
                (false, true) => dealt.visits.push(view.texts[VISIT].value(row)),
                _ if facts.lost(view.number(2, row), view.number(3, row)) => {}
                _ => view.push(&mut dealt.lines, row, facts),
            }
        }
    }
    dealt
}

/// The columns of a batch at hand.
struct View<'b> {
    batch: &'b RecordBatch,
    texts: Vec<&'b StringArray>,
}

const TEXTS: [usize; 7] = [1, 5, 6, 7, 13, 14, 15];
const OWNER: usize = 0;
const ID: usize = 1;
const VISIT: usize = 2;
const ITEM: usize = 3;
const DEPARTMENT: usize = 4;
const DOCTOR: usize = 5;
const PRESCRIPTION: usize = 6;

impl<'b> View<'b> {
    fn of(batch: &'b RecordBatch) -> Self {
        let texts = TEXTS.iter().map(|&at| batch.column(at).as_string::<i32>());
        Self {
            batch,
            texts: texts.collect(),
        }
    }

    fn role(&self, row: usize) -> u8 {
        self.batch.column(0).as_primitive::<UInt8Type>().value(row)
    }

    fn number(&self, column: usize, row: usize) -> u32 {
        let numbers = self.batch.column(column).as_primitive::<UInt32Type>();
        numbers.value(row)
    }

    fn text(&self, column: usize, row: usize) -> &'b str {
        let texts = self.texts[column];
        if texts.is_null(row) {
            ""
        } else {
            texts.value(row)
        }
    }

    fn whole(&self, column: usize, row: usize) -> Option<i64> {
        let numbers = self.batch.column(column).as_primitive::<Int64Type>();
        numbers.is_valid(row).then(|| numbers.value(row))
    }

    fn small(&self, column: usize, row: usize) -> Option<i32> {
        let numbers = self.batch.column(column).as_primitive::<Int32Type>();
        numbers.is_valid(row).then(|| numbers.value(row))
    }

    fn id(&self, block: &mut LineBlock, row: usize) -> LineId {
        let plain = self.batch.column(4).as_primitive::<UInt64Type>();
        if plain.is_valid(row) {
            LineId(plain.value(row))
        } else {
            LineId::text(block.id_texts.number(self.text(ID, row)))
        }
    }

    /// Adds a line; columns that any file has are filled for all lines, as on one machine.
    fn push(&self, block: &mut LineBlock, row: usize, facts: &Facts) {
        let id = self.id(block, row);
        let amount = Fen::new(self.whole(11, row).unwrap_or_default());
        block.lines.id.push(id);
        block
            .lines
            .visit
            .push(block.visits.number(self.text(VISIT, row)));
        block
            .lines
            .item
            .push(block.items.number(self.text(ITEM, row)));
        block.lines.time.push(Moment(self.number(8, row)));
        block
            .lines
            .count
            .push(self.small(9, row).unwrap_or_default());
        block.lines.amount.push(amount);
        self.push_rest(block, row, facts, amount);
    }

    fn push_rest(&self, block: &mut LineBlock, row: usize, facts: &Facts, amount: Fen) {
        let has = |name: &str| facts.columns.contains(name);
        let lines = &mut block.lines;
        if has("price") {
            lines.price.push(self.whole(10, row).unwrap_or(0));
        }
        if has("in_scope") {
            lines
                .in_scope
                .push(self.whole(12, row).map_or(amount, Fen::new));
        }
        if has("department") {
            let number = block.departments.number_or_none(self.text(DEPARTMENT, row));
            lines
                .department
                .push(u16::try_from(number).unwrap_or(u16::MAX));
        }
        if has("doctor") {
            lines
                .doctor
                .push(block.doctors.number_or_none(self.text(DOCTOR, row)));
        }
        if has("prescription") {
            let number = block
                .prescriptions
                .number_or_none(self.text(PRESCRIPTION, row));
            lines.prescription.push(number);
        }
        if has("supply_days") {
            let days = self.batch.column(16).as_primitive::<UInt16Type>();
            lines.supply_days.push(if days.is_valid(row) {
                days.value(row)
            } else {
                0
            });
        }
        if has("dose") {
            lines.dose.push(self.small(17, row).unwrap_or(0));
        }
        if has("flags") {
            let flags = self.batch.column(18).as_primitive::<UInt8Type>();
            lines.flags.push(if flags.is_valid(row) {
                flags.value(row)
            } else {
                0
            });
        }
    }
}

/// Names of the optional columns that a block has.
pub fn columns_of(lines: &Lines) -> impl Iterator<Item = &'static str> {
    let known = [
        ("price", lines.price.is_empty()),
        ("in_scope", lines.in_scope.is_empty()),
        ("department", lines.department.is_empty()),
        ("doctor", lines.doctor.is_empty()),
        ("prescription", lines.prescription.is_empty()),
        ("supply_days", lines.supply_days.is_empty()),
        ("dose", lines.dose.is_empty()),
        ("flags", lines.flags.is_empty()),
    ];
    let there = known.into_iter().filter(|(_, empty)| !empty);
    there.map(|(name, _)| name)
}
