use std::borrow::Cow;

use ::settlement::{Bill, Outcome, assess};
use money::Fen;
use store::{Commit, LineAmounts, LineMove, LineStatus, LinesChosen, VisitRow};
use terms::{CareType, Scheme};

use super::books::{Booking, Family};
use super::{SavedSettlement, visit_input};
use crate::account::family_kinds;
use crate::audit::{BillAudit, PromptMoment, notes};
use crate::facts::Desk;
use crate::stock::{BillCodes, CodesOf};
use crate::visit::{NewLine, Receipt, Visit, VisitKind, VisitStatus, room_lines, sent, totals};
use crate::{App, Call, Decided, Error};

/// Asks for an uploaded bill to be settled (门诊结算、住院结算 and their rehearsals).
#[derive(Debug, Clone)]
pub struct Settle {
    /// The person.
    pub person_no: String,
    /// The visit.
    pub visit_id: String,
    /// Which kind of visit the transaction is for.
    pub kind: VisitKind,
    /// 医疗类别, where the message corrects it.
    pub care: Option<CareType>,
    /// The recognised disease, where the message names it.
    pub disease: Option<String>,
    /// The total the institution counts.
    pub expected_total: Option<Fen>,
    /// Only the lines of this charge batch.
    pub charge_batch: Option<String>,
    /// Whether the accounts shall pay.
    pub use_account: bool,
    /// Whether the stay goes on after this settlement (中途结算).
    pub interim: bool,
    /// Ticket and device.
    pub receipt: Receipt,
}

/// A decided bill with all that a reply may want to say.
pub struct Settled<'a> {
    /// The settlement's number; empty in a rehearsal.
    pub id: String,
    /// When.
    pub at: jiff::civil::DateTime,
    /// The person as read.
    pub context: &'a store::Context,
    /// The visit, where there is one.
    pub visit: Option<&'a VisitRow>,
    /// The facts.
    pub bill: Bill,
    /// The decision.
    pub outcome: Outcome,
    /// The lines as sent, in the order of the outcome's splits.
    pub lines: Vec<NewLine>,
    /// The period of cover it was settled under.
    pub cover: &'a store::CoverageRow,
    /// What the institution should know though the bill was settled.
    pub notes: Vec<String>,
}

/// Works a bill out without any effect (预结算).
///
/// # Errors
/// Exactly those of [`settle`].
pub async fn presettle<E>(
    app: &App,
    call: &Call,
    command: &Settle,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&Settled<'_>) -> Result<Vec<u8>, Error>,
{
    let context = app
        .context(call, &command.person_no, Some(&command.visit_id))
        .await?;
    let context = context.ok_or_else(|| Error::missing("参保人", &command.person_no))?;
    app.shown(call, &context, Some(&command.visit_id)).await?;
    let desk = Desk {
        app,
        call,
        context: &context,
    };
    let codes = app.bill_codes(call, &context, &CodesOf::Visit).await?;
    let audit = app
        .audit_visit(call, Some(&context), &command.visit_id, &[])
        .await;
    encode(&decide(&desk, command, String::new(), (&codes, &audit))?)
}

/// Settles a bill: who pays how much, remembered and posted (结算).
///
/// # Errors
/// A refusal by the law or by the state of the visit, or a total that differs from the lines'.
pub async fn settle<E>(
    app: &App,
    call: &Call,
    command: &Settle,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&Settled<'_>) -> Result<Vec<u8>, Error>,
{
    let (person, visit) = (command.person_no.as_str(), command.visit_id.as_str());
    let of = (person, Some(visit));
    let read = app.context(call, person, of.1).await?;
    let audit = app.audit_visit(call, read.as_ref(), visit, &[]).await;
    let done = app.perform_bill(call, of, (read, &CodesOf::Visit), |desk, codes| {
        let settled = decide(desk, command, app.numbers.named("S"), (codes, &audit))?;
        let reply = encode(&settled)?;
        let mut commit = Commit::new(call.area, command.person_no.as_str());
        let mut visit = Visit::asked_for(desk.context, call, &command.visit_id, None)?;
        if !command.interim {
            visit.status = VisitStatus::Settled;
        }
        visit.care = settled.bill.visit.care;
        visit.detail.receipt.clone_from(&command.receipt);
        commit.visit = Some(visit.changed()?);
        let chosen = command.charge_batch.clone();
        commit.line_moves.push(LineMove {
            visit_id: command.visit_id.clone(),
            chosen: chosen.map_or(LinesChosen::All, LinesChosen::ChargeBatch),
            from: (LineStatus::Live, String::new()),
            to: (LineStatus::Settled, settled.id.clone()),
            expected: u64::try_from(settled.lines.len()).unwrap_or(u64::MAX),
        });
        commit.line_amounts = changed_amounts(&settled);
        commit.prompts = audit.rows(call, PromptMoment::During);
        record(desk, &settled, codes, &mut commit)?;
        Ok(Decided {
            commit,
            reply,
            settlement: settled.id,
        })
    });
    let done = done.await;
    if done.is_err() {
        app.keep_audit(call, person, &audit).await;
    }
    done
}

/// Lines that settling left with other amounts than uploading: those the audit withholds.
fn changed_amounts(settled: &Settled<'_>) -> Vec<LineAmounts> {
    let held = |number: u32| {
        let mut held = settled.bill.withheld.iter();
        held.any(|held| held.line == number)
    };
    let lines = settled.lines.iter().zip(&settled.outcome.lines);
    let changed = lines.filter(|(_, split)| held(split.line));
    changed
        .map(|(line, split)| LineAmounts {
            visit_id: settled.bill.visit.id.to_string(),
            line_no: line.number.clone(),
            settlement_id: settled.id.clone(),
            amounts: totals(split),
        })
        .collect()
}

/// Decides on an uploaded bill.
fn decide<'a>(
    desk: &Desk<'a>,
    command: &Settle,
    id: String,
    (codes, audit): (&BillCodes, &BillAudit),
) -> Result<Settled<'a>, Error> {
    let mut visit = Visit::asked_for(
        desk.context,
        desk.call,
        &command.visit_id,
        Some(command.kind),
    )?;
    visit.must_be_billable("结算")?;
    if let Some(care) = command.care {
        visit.care = care;
    }
    if let Some(disease) = &command.disease {
        visit.detail.disease = Some((disease.clone(), String::new()));
    }
    let of_batch = |row: &&store::LineRow| {
        command
            .charge_batch
            .as_ref()
            .is_none_or(|batch| row.charge_batch == *batch)
    };
    let rows = desk.context.lines.iter().filter(of_batch);
    let lines: Vec<NewLine> = rows.map(sent).collect::<Result<_, _>>()?;
    let input = visit_input(&visit, desk.call.at.date(), command.use_account);
    let mut bill = desk.bill(&input)?;
    bill.lines = room_lines(desk, &lines)?;
    bill.withheld = audit.withheld(&lines);
    let cover = desk.cover(Some(bill.scheme), bill.dates.admission)?.row;
    // A line that contradicts itself is named before the total that it spoils.
    let outcome = assess(&bill, desk.law(bill.scheme)?)?;
    same_total(command.expected_total, bill.total())?;
    audit.refuse(&lines)?;
    let mut settled = Settled {
        id,
        at: desk.call.at,
        context: desk.context,
        visit: desk.context.visit.as_ref(),
        bill,
        outcome,
        lines,
        cover,
        notes: Vec::new(),
    };
    settled.notes = codes.check(desk, &settled)?;
    let withheld = notes(&settled.bill.withheld, &settled.lines);
    settled.notes.extend(withheld);
    Ok(settled)
}

/// Refuses a bill whose total the institution counts differently.
pub(crate) fn same_total(expected: Option<Fen>, total: Fen) -> Result<(), Error> {
    match expected {
        Some(expected) if expected != total => Err(Error::refused(
            "total_differs",
            format!("医疗费总额“{expected}”与费用明细合计“{total}”不符"),
        )),
        _ => Ok(()),
    }
}

/// Puts a decided bill into a commit.
pub(crate) fn record(
    desk: &Desk<'_>,
    settled: &Settled<'_>,
    codes: &BillCodes,
    commit: &mut Commit,
) -> Result<(), Error> {
    let names = settled
        .lines
        .iter()
        .zip(&settled.bill.lines)
        .map(|(line, known)| {
            let own = Cow::Borrowed(line.note.name.as_str());
            let name = known
                .item
                .as_ref()
                .map_or(own, |item| Cow::Borrowed(item.name.as_str()));
            (line.number.as_str(), name)
        });
    let (bill, outcome) = (&settled.bill, &settled.outcome);
    let mut saved = SavedSettlement::of(bill, outcome, &desk.call.operator, names);
    saved.codes = codes.kept();
    commit.codes = codes.sold_by(desk, settled);
    let text = serde_json::to_string(&saved)
        .map_err(|cause| Error::Bug(format!("settlement {}: {cause}", settled.id)))?;
    let law = desk.law(Scheme::Employee).ok();
    let institution = &desk.call.institution.code;
    let (care, on) = (bill.visit.care, desk.call.at.date());
    let ledger = super::ledger::batch(&settled.id, institution, care, on, &saved.booked)?;
    Booking {
        context: desk.context,
        settlement: &settled.id,
        original: "",
        institution: &desk.call.institution.code,
        message: desk
            .call
            .message
            .as_ref()
            .map_or("", |message| &message.number),
        visit: bill.visit.id.as_str(),
        scheme: bill.scheme,
        care: bill.visit.care,
        edition: desk.app.law.book.edition.as_str(),
        decided_on: bill.dates.settlement,
        at: desk.call.at,
        booked: &saved.booked,
        outcome: text,
        family: Family::Taken(family_kinds(law, bill.dates.settlement)),
        ledger,
    }
    .write(commit)
}
