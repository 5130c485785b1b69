use std::sync::Arc;

use ::settlement::{Line, LineSplit, split_lines};
use jiff::civil::DateTime;
use money::{Fen, Price, Quantity};
use policy::CatalogueItem;
use serde::{Deserialize, Serialize};
use store::{Commit, Context, LineMove, LineRow, LineStatus, LineTotals, LinesChosen};

use super::{Visit, VisitKind, VisitStatus};
use crate::audit::{Prompt, PromptMoment};
use crate::facts::Desk;
use crate::stock::{CodesOf, LineCode};
use crate::{App, Call, Decided, Error};

/// A fee line as an institution sends it (费用明细).
#[derive(Debug, Clone)]
pub struct NewLine {
    /// The institution's number for the line, once per visit.
    pub number: String,
    /// 收费批次号.
    pub charge_batch: String,
    /// National code; unmapped items have none or an unknown one.
    pub item_code: String,
    /// The institution's own code.
    pub local_code: String,
    /// When the charge arose.
    pub charged_at: DateTime,
    /// 单价.
    pub price: Price,
    /// 数量.
    pub quantity: Quantity,
    /// 明细金额.
    pub amount: Fen,
    /// Declared outside its indication.
    pub outside_indication: bool,
    /// What else is kept: name, doctor, prescription.
    pub note: LineNote,
}

/// What is kept of a line beside its columns, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineNote {
    /// The name the institution uses.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Doctor: code and name.
    #[serde(skip_serializing_if = "is_blank")]
    pub doctor: (String, String),
    /// Department: code and name.
    #[serde(skip_serializing_if = "is_blank")]
    pub department: (String, String),
    /// 处方号.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prescription: String,
    /// Days it lasts, 0 unknown (周期天数).
    #[serde(skip_serializing_if = "is_zero")]
    pub supply_days: u16,
    /// 单次剂量 as written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dose: String,
    /// 使用频次 as written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub frequency: String,
    /// Given along at discharge (出院带药).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub take_home: bool,
    /// Declared outside its indication.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outside_indication: bool,
    /// 追溯码 scanned for the line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<LineCode>,
}

fn is_zero(days: &u16) -> bool {
    *days == 0
}

fn is_blank(pair: &(String, String)) -> bool {
    pair.0.is_empty() && pair.1.is_empty()
}

/// The lines of one upload.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The person.
    pub person_no: String,
    /// The visit.
    pub visit_id: String,
    /// Which kind of visit the transaction is for.
    pub kind: VisitKind,
    /// The lines.
    pub lines: Vec<NewLine>,
}

/// An uploaded line with its split and the catalogue entry behind it.
#[derive(Debug, Clone)]
pub struct SplitLine<'a> {
    /// As sent.
    pub line: &'a NewLine,
    /// How it divides.
    pub split: LineSplit,
    /// The catalogue entry, where the code is known.
    pub item: Option<Arc<CatalogueItem>>,
}

/// Takes fee lines in and replies with how each divides, and what the audit finds of the visit.
///
/// # Errors
/// A refusal where the visit is settled, a line contradicts itself or lies outside the visit, or a
/// line number is already in use; then nothing of the upload is kept.
pub async fn upload<E>(app: &App, call: &Call, batch: &Batch, encode: E) -> Result<Vec<u8>, Error>
where
    E: Fn(&[SplitLine<'_>], &[Prompt]) -> Result<Vec<u8>, Error>,
{
    let of = (batch.person_no.as_str(), Some(batch.visit_id.as_str()));
    let read = app.context(call, of.0, of.1).await?;
    let audit = app
        .audit_visit(call, read.as_ref(), &batch.visit_id, &batch.lines)
        .await;
    let in_use = numbers_in_use(app, call, batch, read.as_ref()).await?;
    let codes = CodesOf::Lines(&[]);
    let done = app.perform_bill(call, of, (read, &codes), |desk, _| {
        let visit = Visit::asked_for(desk.context, call, &batch.visit_id, Some(batch.kind))?;
        visit.must_be_billable("上传费用明细")?;
        refuse_known_numbers(desk, batch, &in_use)?;
        let lines = split(desk, &visit, &batch.lines)?;
        let reply = encode(&lines, &audit.prompts)?;
        let mut commit = Commit::new(call.area, batch.person_no.as_str());
        commit.lines = lines
            .iter()
            .map(|line| row_of(call, &batch.visit_id, line))
            .collect();
        commit.prompts = audit.rows(call, PromptMoment::Upload);
        Ok(Decided {
            commit,
            reply,
            settlement: String::new(),
        })
    });
    done.await
}

/// Withdraws fee lines that are not settled: a charge batch, one line, or all (费用明细撤销).
///
/// # Errors
/// A refusal where nothing such is there.
pub async fn cancel_lines<E>(
    app: &App,
    call: &Call,
    person_no: &str,
    visit_id: &str,
    chosen: &LinesChosen,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, person_no, Some(visit_id), |desk| {
        let visit = Visit::asked_for(desk.context, call, visit_id, None)?;
        visit.must_be_billable("撤销费用明细")?;
        let live = &desk.context.lines;
        let meant = live.iter().filter(|line| match chosen {
            LinesChosen::All => true,
            LinesChosen::ChargeBatch(batch) => line.charge_batch == *batch,
            LinesChosen::Numbers(numbers) => numbers.contains(&line.line_no),
        });
        let expected = u64::try_from(meant.count()).unwrap_or(0);
        if expected == 0 {
            return Err(Error::refused(
                "no_lines",
                format!("就诊记录“{visit_id}”没有可撤销的费用明细"),
            ));
        }
        let mut commit = Commit::new(call.area, person_no);
        commit.line_moves.push(LineMove {
            visit_id: visit_id.to_owned(),
            chosen: chosen.clone(),
            from: (LineStatus::Live, String::new()),
            to: (LineStatus::Cancelled, String::new()),
            expected,
        });
        Ok(Decided {
            commit,
            reply: encode()?,
            settlement: String::new(),
        })
    })
    .await
}

/// Numbers of lines that an earlier settlement of the visit holds; the person's context only has
/// those that wait for one.
async fn numbers_in_use(
    app: &App,
    call: &Call,
    batch: &Batch,
    read: Option<&Context>,
) -> Result<Vec<String>, Error> {
    let (person, visit) = (batch.person_no.as_str(), batch.visit_id.as_str());
    let row = read.and_then(|context| context.visit.as_ref());
    let may_have = row.is_some_and(|row| {
        row.kind == VisitKind::Stay.word() || row.status == VisitStatus::Settled.word()
    });
    if !may_have {
        return Ok(Vec::new());
    }
    let lines = app.store.visit_lines(call.area, person, visit).await?;
    let settled = lines
        .into_iter()
        .filter(|line| line.status == LineStatus::Settled);
    Ok(settled.map(|line| line.line_no).collect())
}

fn refuse_known_numbers(desk: &Desk<'_>, batch: &Batch, in_use: &[String]) -> Result<(), Error> {
    let mut numbers: Vec<&str> = batch
        .lines
        .iter()
        .map(|line| line.number.as_str())
        .collect();
    numbers.extend(desk.context.lines.iter().map(|line| line.line_no.as_str()));
    numbers.extend(in_use.iter().map(String::as_str));
    numbers.sort_unstable();
    match numbers.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::refused(
            "line_number_used",
            format!("费用明细流水号“{}”重复", pair[0]),
        )),
        None => Ok(()),
    }
}

/// Splits new lines as a settlement today would, without settling.
pub(crate) fn split<'l>(
    desk: &Desk<'_>,
    visit: &Visit<'_>,
    lines: &'l [NewLine],
) -> Result<Vec<SplitLine<'l>>, Error> {
    let today = desk.call.at.date();
    let input = crate::settlement::visit_input(visit, today, false);
    let mut bill = desk.bill(&input)?;
    bill.lines = room_lines(desk, lines)?;
    let law = desk.law(bill.scheme)?;
    let splits = split_lines(&bill, law)?;
    let with_items = lines.iter().zip(splits).zip(bill.lines);
    Ok(with_items
        .map(|((line, split), known)| SplitLine {
            line,
            split,
            item: known.item,
        })
        .collect())
}

/// The lines as the settlement room wants them, numbered in the order of the message.
pub(crate) fn room_lines(desk: &Desk<'_>, lines: &[NewLine]) -> Result<Vec<Line>, Error> {
    let numbered = lines.iter().zip(1_u32..);
    let line = |(line, number): (&NewLine, u32)| Line {
        number,
        item: desk.app.law.item(&line.item_code).cloned(),
        served: line.charged_at.date(),
        price: line.price,
        quantity: line.quantity,
        amount: line.amount,
        outside_indication: line.outside_indication,
    };
    Ok(numbered.map(line).collect())
}

pub(crate) fn row_of(call: &Call, visit_id: &str, split: &SplitLine<'_>) -> LineRow {
    let line = split.line;
    let mut note = line.note.clone();
    note.outside_indication = line.outside_indication;
    LineRow {
        visit_id: visit_id.to_owned(),
        line_no: line.number.clone(),
        upload: call
            .message
            .as_ref()
            .map_or(String::new(), |message| message.number.clone()),
        charge_batch: line.charge_batch.clone(),
        status: LineStatus::Live,
        settlement_id: String::new(),
        item_code: line.item_code.clone(),
        local_code: line.local_code.clone(),
        price_micro: line.price.get(),
        quantity_micro: line.quantity.get() * 100,
        amounts: totals(&split.split),
        charged_at: line.charged_at,
        detail: serde_json::to_string(&note).expect("a note is plain text"),
    }
}

pub(crate) fn totals(split: &LineSplit) -> LineTotals {
    LineTotals {
        total: split.amount,
        self_paid: split.self_paid,
        over_limit: split.over_limit,
        prior: split.prior,
        in_scope: split.in_scope,
    }
}

/// A stored line as it was sent.
pub(crate) fn sent(row: &LineRow) -> Result<NewLine, Error> {
    let note: LineNote = serde_json::from_str(&row.detail)
        .map_err(|cause| Error::Bug(format!("line {}: {cause}", row.line_no)))?;
    Ok(NewLine {
        number: row.line_no.clone(),
        charge_batch: row.charge_batch.clone(),
        item_code: row.item_code.clone(),
        local_code: row.local_code.clone(),
        charged_at: row.charged_at,
        price: Price::new(row.price_micro),
        quantity: Quantity::new(row.quantity_micro / 100),
        amount: row.amounts.total,
        outside_indication: note.outside_indication,
        note,
    })
}
