//! 结果行：疑点、等待的规则、数据质量，以及各份结果的合并。

use std::cmp::Reverse;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, UInt8Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use audit::{Finding, Plan, Strength, Target};
use columnar::FindingRow;
use lines::{Data, Quality};
use money::Fen;

const FINDING: u8 = 0;
const WAITS: u8 = 1;
const PROBLEM: u8 = 2;
const EXAMPLE: u8 = 3;
const LINES: u8 = 4;

/// What tasks hand back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    kind: u8,
    /// Rule; problem.
    name: String,
    target_kind: String,
    target: String,
    /// Line id, when it is a number; how many.
    number: Option<u64>,
    /// Day of a target that has one.
    day: i32,
    strength: String,
    amount: i64,
    cited: String,
    /// Evidence; what is waited for; example.
    text: String,
}

/// The columns of results.
pub fn schema() -> SchemaRef {
    let column = |name: &str, kind: DataType| Field::new(name, kind, name == "number");
    Arc::new(Schema::new(vec![
        column("kind", DataType::UInt8),
        column("name", DataType::Utf8),
        column("target_kind", DataType::Utf8),
        column("target", DataType::Utf8),
        column("number", DataType::UInt64),
        column("day", DataType::Int32),
        column("strength", DataType::Utf8),
        column("amount", DataType::Int64),
        column("cited", DataType::Utf8),
        column("text", DataType::Utf8),
    ]))
}

/// Puts findings into words that hold without the data.
pub fn of_findings(plan: &Plan, data: &Data, findings: &[Finding]) -> Vec<Told> {
    let tell = |finding: &Finding| {
        let (kind, target) = plan.target(data, &finding.target);
        let number = match &finding.target {
            Target::Line(row) => {
                let id = data.lines.id[*row as usize];
                Some(id)
                    .filter(|id| id.text_number().is_none())
                    .map(|id| id.0)
            }
            _ => None,
        };
        Told {
            kind: FINDING,
            name: plan.rule(finding.rule).id.to_owned(),
            target_kind: kind.to_owned(),
            target,
            number,
            day: day_of(&finding.target),
            strength: finding.strength.word().to_owned(),
            amount: finding.amount.get(),
            cited: plan.cited(finding),
            text: plan.evidence(data, finding),
        }
    };
    findings.iter().map(tell).collect()
}

/// Targets of one text may still be two: a month said by two of its days.
fn day_of(target: &Target) -> i32 {
    match target {
        Target::PersonDay(_, day)
        | Target::PersonWeek(_, day)
        | Target::PersonMonth(_, day)
        | Target::PersonYear(_, day)
        | Target::ProviderMonth(_, day)
        | Target::ProviderItemMonth(_, _, day)
        | Target::ProviderDay(_, day)
        | Target::DoctorDay(_, day)
        | Target::TerminalDay(_, day) => day.0,
        _ => 0,
    }
}

/// What only a look at everything can tell: which rules wait, how many lines, what is wrong.
pub fn of_whole(plan: &Plan, lines: usize, quality: &Quality) -> Vec<Told> {
    let waiting = plan.states().filter_map(|(rule, waits)| {
        Some(Told {
            kind: WAITS,
            name: rule.id.to_owned(),
            text: waits?.0.clone(),
            ..Told::default()
        })
    });
    let mut told: Vec<Told> = waiting.collect();
    told.push(Told {
        kind: LINES,
        number: u64::try_from(lines).ok(),
        ..Told::default()
    });
    for (name, problem) in quality.problems() {
        let one = |kind: u8, number: u64, text: &str| Told {
            kind,
            name: name.to_owned(),
            number: Some(number),
            text: text.to_owned(),
            ..Told::default()
        };
        told.extend(problem.examples.iter().map(|text| one(EXAMPLE, 1, text)));
        told.push(one(
            PROBLEM,
            problem.count - problem.examples.len() as u64,
            "",
        ));
    }
    told
}

/// Results as a batch.
///
/// # Errors
/// When Arrow refuses the columns.
pub fn batch(told: &[Told]) -> Result<RecordBatch, ArrowError> {
    let texts = |text: fn(&Told) -> &str| -> ArrayRef {
        Arc::new(
            told.iter()
                .map(|one| Some(text(one)))
                .collect::<StringArray>(),
        )
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(
            told.iter()
                .map(|one| Some(one.kind))
                .collect::<UInt8Array>(),
        ),
        texts(|one| &one.name),
        texts(|one| &one.target_kind),
        texts(|one| &one.target),
        Arc::new(told.iter().map(|one| one.number).collect::<UInt64Array>()),
        Arc::new(told.iter().map(|one| Some(one.day)).collect::<Int32Array>()),
        texts(|one| &one.strength),
        Arc::new(
            told.iter()
                .map(|one| Some(one.amount))
                .collect::<Int64Array>(),
        ),
        texts(|one| &one.cited),
        texts(|one| &one.text),
    ];
    RecordBatch::try_new(schema(), columns)
}

/// The whole answer of a run (集群审核结果).
#[derive(Debug, Default)]
pub struct Answer {
    /// Findings in the order of files.
    pub findings: Vec<FindingRow>,
    /// Rules that wait, and for what.
    pub waiting: Vec<(String, String)>,
    /// How many lines were judged.
    pub lines: u64,
    /// What is wrong with lines.
    pub quality: Quality,
}

impl Answer {
    /// Joins the results of all shares exactly as `Plan::conclude` joins those of all threads: one
    /// finding per rule and target, in the order of rules and ids.
    pub fn of(batches: &[RecordBatch], order: impl Fn(&str) -> usize) -> Self {
        let mut answer = Self::default();
        let mut found = Vec::new();
        for told in batches.iter().flat_map(read) {
            match told.kind {
                WAITS => answer.waiting.push((told.name, told.text)),
                LINES => answer.lines += told.number.unwrap_or(0),
                PROBLEM => answer.quality.count(&told.name, told.number.unwrap_or(0)),
                EXAMPLE => answer.quality.note(&told.name, told.text),
                _ => found.push((order(&told.name), told)),
            }
        }
        answer.waiting.sort_by_key(|(rule, _)| order(rule));
        found.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then_with(|| place(x).cmp(&place(y))));
        let same = |x: &Told| (x.target_kind.clone(), x.target.clone(), x.number, x.day);
        found.dedup_by(|later, first| later.0 == first.0 && same(&later.1) == same(&first.1));
        answer.findings = found.into_iter().map(|(_, told)| row(told)).collect();
        answer
    }
}

/// Lines by id (numbers before texts) and weight, then other targets by text.
fn place(told: &Told) -> impl Ord + '_ {
    let line = told.target_kind == "line";
    let strength = Reverse(Strength::parse(&told.strength));
    let id = (
        told.number.is_none(),
        told.number,
        &told.target_kind,
        &told.target,
    );
    let cited = if line { told.cited.as_str() } else { "" };
    (
        line,
        id,
        -told.amount,
        strength,
        cited,
        &told.text,
        told.day,
    )
}

fn row(told: Told) -> FindingRow {
    FindingRow {
        rule: told.name,
        kind: told.target_kind,
        target: told.target,
        strength: Strength::parse(&told.strength).unwrap_or(Strength::Suspect),
        amount: Fen::new(told.amount),
        evidence: told.text,
    }
}

fn read(batch: &RecordBatch) -> impl Iterator<Item = Told> {
    let text = |at: usize, row: usize| batch.column(at).as_string::<i32>().value(row).to_owned();
    let number = batch.column(4).as_primitive::<UInt64Type>();
    (0..batch.num_rows()).map(move |row| Told {
        kind: batch.column(0).as_primitive::<UInt8Type>().value(row),
        name: text(1, row),
        target_kind: text(2, row),
        target: text(3, row),
        number: number.is_valid(row).then(|| number.value(row)),
        day: batch.column(5).as_primitive::<Int32Type>().value(row),
        strength: text(6, row),
        amount: batch.column(7).as_primitive::<Int64Type>().value(row),
        cited: text(8, row),
        text: text(9, row),
    })
}
