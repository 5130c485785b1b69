use ::settlement::{Bill, assess, split_lines};
use jiff::civil::DateTime;
use money::Fen;
use policy::CaseDates;
use store::{AuditVisit, Commit, Context, LineStatus, VisitRow};
use terms::{CareType, Cause, Scheme};

use super::settle::{Settled, record, same_total};
use crate::audit::{BillAudit, PromptMoment, PromptVisit, notes, told};
use crate::facts::{Desk, VisitInput};
use crate::stock::{BillCodes, CodesOf};
use crate::visit::{Diagnosis, NewLine, Receipt, SplitLine, VisitDetail, VisitKind, VisitStatus};
use crate::visit::{room_lines, row_of};
use crate::{App, Call, Decided, Error};

/// A pharmacy sale: lines and settlement in one message (药店结算).
#[derive(Debug, Clone)]
pub struct Sale {
    /// The person.
    pub person_no: String,
    /// 险种.
    pub scheme: Option<Scheme>,
    /// 医疗类别.
    pub care: CareType,
    /// When.
    pub at: DateTime,
    /// Diagnoses, where a prescription names them.
    pub diagnoses: Vec<Diagnosis>,
    /// The recognised disease it is for: code and name.
    pub disease: Option<(String, String)>,
    /// The total the pharmacy counts.
    pub expected_total: Option<Fen>,
    /// Whether the accounts shall pay.
    pub use_account: bool,
    /// Ticket and device.
    pub receipt: Receipt,
    /// The lines.
    pub lines: Vec<NewLine>,
}

/// Works a sale out without any effect (药店预结算).
///
/// # Errors
/// Exactly those of [`sell`].
pub async fn presell<E>(app: &App, call: &Call, sale: &Sale, encode: E) -> Result<Vec<u8>, Error>
where
    E: Fn(&Settled<'_>) -> Result<Vec<u8>, Error>,
{
    let context = app.context(call, &sale.person_no, None).await?;
    let context = context.ok_or_else(|| Error::missing("参保人", &sale.person_no))?;
    app.shown(call, &context, None).await?;
    let codes = app
        .bill_codes(call, &context, &CodesOf::Lines(&sale.lines))
        .await?;
    let desk = Desk {
        app,
        call,
        context: &context,
    };
    let told = |context: &Context| told_of(&Desk { app, call, context }, sale, "");
    let audit = app.audit_sale(call, Some(&context), told).await;
    let nothing = (String::new(), String::new());
    encode(&decide(&desk, sale, nothing, (&codes, &audit))?)
}

/// Settles a sale: visit, lines and settlement are recorded together.
///
/// # Errors
/// A refusal by the law, or a total that differs from the lines'.
pub async fn sell<E>(app: &App, call: &Call, sale: &Sale, encode: E) -> Result<Vec<u8>, Error>
where
    E: Fn(&Settled<'_>) -> Result<Vec<u8>, Error>,
{
    let codes = CodesOf::Lines(&sale.lines);
    let of = (sale.person_no.as_str(), None);
    let visit_id = app.numbers.named("V");
    let read = app.context(call, of.0, of.1).await?;
    let told = |context: &Context| told_of(&Desk { app, call, context }, sale, &visit_id);
    let audit = app.audit_sale(call, read.as_ref(), told).await;
    let done = app.perform_bill(call, of, (read, &codes), |desk, codes| {
        let (visit_id, id) = (visit_id.clone(), app.numbers.named("S"));
        let settled = decide(desk, sale, (visit_id.clone(), id), (codes, &audit))?;
        let reply = encode(&settled)?;
        let mut commit = Commit::new(call.area, sale.person_no.as_str());
        commit.visit = Some(visit_row(call, sale, &settled, &visit_id)?);
        commit.prompts = audit.rows(call, PromptMoment::During);
        let splits = settled.lines.iter().zip(&settled.outcome.lines);
        commit.lines = splits
            .map(|(line, split)| {
                let split = SplitLine {
                    line,
                    split: split.clone(),
                    item: None,
                };
                let row = row_of(call, &visit_id, &split);
                let (status, settlement_id) = (LineStatus::Settled, settled.id.clone());
                store::LineRow {
                    status,
                    settlement_id,
                    ..row
                }
            })
            .collect();
        record(desk, &settled, codes, &mut commit)?;
        Ok(Decided {
            commit,
            reply,
            settlement: settled.id,
        })
    });
    let done = done.await;
    if done.is_err() {
        app.keep_audit(call, of.0, &audit).await;
    }
    done
}

/// The sale as the audit reads it, its lines split as the settlement will.
fn told_of(desk: &Desk<'_>, sale: &Sale, visit_id: &str) -> Result<(AuditVisit, Scheme), Error> {
    let bill = bill_of(desk, sale, visit_id.to_owned())?;
    let splits = split_lines(&bill, desk.law(bill.scheme)?)?;
    let visit = PromptVisit {
        number: visit_id.to_owned(),
        institution: desk.call.institution.code.clone(),
        care: sale.care,
        scheme: Some(bill.scheme),
        begin: sale.at,
        end: Some(sale.at),
        diagnoses: sale
            .diagnoses
            .iter()
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        department: String::new(),
        doctor: String::new(),
        disease: sale.disease.clone().map_or_else(String::new, |one| one.0),
        lines: Vec::new(),
    };
    let mut visit = told(&visit)?;
    let lines = sale.lines.iter().zip(splits);
    let rows = lines.map(|(line, split)| {
        let item = None;
        row_of(desk.call, visit_id, &SplitLine { line, split, item })
    });
    visit.lines = rows.collect();
    Ok((visit, bill.scheme))
}

/// The facts of the bill with its lines.
fn bill_of(desk: &Desk<'_>, sale: &Sale, visit_id: String) -> Result<Bill, Error> {
    let today = desk.call.at.date();
    let mut bill = desk.bill(&VisitInput {
        id: visit_id,
        scheme: sale.scheme,
        care: sale.care,
        cause: Cause::Illness,
        disease: sale.disease.as_ref().map(|(code, _)| code.clone()),
        diagnoses: sale
            .diagnoses
            .iter()
            .map(|diagnosis| diagnosis.code.clone())
            .collect(),
        marks: Vec::new(),
        dates: CaseDates {
            admission: sale.at.date(),
            discharge: sale.at.date(),
            settlement: today,
        },
        use_account: sale.use_account,
    })?;
    bill.lines = room_lines(desk, &sale.lines)?;
    Ok(bill)
}

fn decide<'a>(
    desk: &Desk<'a>,
    sale: &Sale,
    (visit_id, id): (String, String),
    (codes, audit): (&BillCodes, &BillAudit),
) -> Result<Settled<'a>, Error> {
    let today = desk.call.at.date();
    if sale.at.date() > today {
        let message = format!("就诊时间“{}”晚于今天", sale.at);
        return Err(Error::refused("future_date", message));
    }
    let mut bill = bill_of(desk, sale, visit_id)?;
    bill.withheld = audit.withheld(&sale.lines);
    let cover = desk.cover(Some(bill.scheme), bill.dates.admission)?.row;
    let outcome = assess(&bill, desk.law(bill.scheme)?)?;
    same_total(sale.expected_total, bill.total())?;
    audit.refuse(&sale.lines)?;
    let mut settled = Settled {
        id,
        at: desk.call.at,
        context: desk.context,
        visit: None,
        bill,
        outcome,
        lines: sale.lines.clone(),
        cover,
        notes: Vec::new(),
    };
    settled.notes = codes.check(desk, &settled)?;
    let withheld = notes(&settled.bill.withheld, &settled.lines);
    settled.notes.extend(withheld);
    Ok(settled)
}

fn visit_row(
    call: &Call,
    sale: &Sale,
    settled: &Settled<'_>,
    visit_id: &str,
) -> Result<VisitRow, Error> {
    let detail = VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: sale.receipt.clone(),
        disease: sale.disease.clone(),
        marks: Vec::new(),
        local_number: String::new(),
        department: Default::default(),
        doctor: Default::default(),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: call.operator.clone(),
        note: String::new(),
    };
    let text = |cause: serde_json::Error| Error::Bug(format!("a sale: {cause}"));
    Ok(VisitRow {
        visit_id: visit_id.to_owned(),
        version: 1,
        institution: call.institution.code.clone(),
        kind: VisitKind::Pharmacy.word().to_owned(),
        care_type: sale.care.word().to_owned(),
        scheme: settled.bill.scheme.word().to_owned(),
        status: VisitStatus::Settled.word().to_owned(),
        started_at: sale.at,
        ended_at: Some(sale.at),
        diagnoses: serde_json::to_string(&sale.diagnoses).map_err(text)?,
        detail: serde_json::to_string(&detail).map_err(text)?,
    })
}
