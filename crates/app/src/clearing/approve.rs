use std::str::FromStr;

use ::store::{AdjustmentBooked, AdjustmentFilter, AdjustmentRow, ClearingCommit, StatementRow};
use bookkeeping::{Adjusted, Approval, Payment, Posted, statement_approved, statement_paid};
use money::Fen;
use policy::FeeMonth;
use terms::{AdjustmentKind, BenefitClass, Date, StatementState};

use super::compose::{offset, spent};
use super::lines::StatementLine;
use super::propose::unpostable;
use super::step::{Done, Which, state_of, step, wrong_state};
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Approves the statements of a month that institutions have confirmed, or have let the term
    /// pass on (审批清算单); who built or published one cannot approve it.
    ///
    /// # Errors
    /// [`Error::Fault`]; what is refused of single statements is told with them.
    pub async fn approve_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        which: &Which,
    ) -> Result<Done, Error> {
        let states = [StatementState::Confirmed, StatementState::Published];
        let (rows, last) = self.statements_in(actor, month, which, &states).await?;
        let mut done = Done::default();
        for row in rows {
            let after = last.get(&row.statement).copied().unwrap_or(0);
            let moved = self.approve(actor, &row, after).await;
            done.count(&row.statement, moved)?;
        }
        Ok(done)
    }

    /// Approves one statement.
    ///
    /// # Errors
    /// [`Error::Denied`] for who built or published it, `statement_state` where it is neither
    /// confirmed nor silently let pass, and what the books refuse.
    pub async fn approve_statement(
        &self,
        actor: &Actor,
        statement: &str,
    ) -> Result<StatementRow, Error> {
        let row = self.statement(actor, statement).await?;
        let after = self.last_event(actor, statement).await?;
        self.approve(actor, &row, after).await
    }

    async fn approve(
        &self,
        actor: &Actor,
        from: &StatementRow,
        after: i64,
    ) -> Result<StatementRow, Error> {
        let note = may_approve(actor, from)?;
        let filter = AdjustmentFilter {
            statement: from.statement.clone(),
            ..AdjustmentFilter::default()
        };
        let adjustments = self.store.clearing_adjustments(actor.area, &filter).await?;
        let mut to = from.clone();
        StatementState::Approved.word().clone_into(&mut to.state);
        (to.approved_by, to.approved_at) = (actor.name.clone(), Some(actor.at));
        let mut commit = ClearingCommit::new(actor.area);
        let posted = posted(actor, from, &adjustments)?;
        let owner = || from.institution.clone();
        if let Some(posted) = posted {
            commit.adjustments_booked = booked(&adjustments, &posted);
            commit.ledger.push((owner(), posted.batch));
        }
        let derived = adjustments.iter().filter(|row| row.is_derived());
        for row in derived {
            commit.adjustments.push(carried(actor, from, row)?);
        }
        if from.due.is_zero() {
            StatementState::Paid.word().clone_into(&mut to.state);
            let paid = paid(from, "JS", actor.at.date(), Fen::ZERO)?;
            commit.ledger.extend(paid.map(|batch| (owner(), batch)));
        }
        step(&mut commit, actor, (from, &to), ("approved", note, after));
        commit.access = Some(actor.access(self, "approve_statement", &from.statement, "done"));
        self.recorded(&commit, to).await
    }
}

/// Whether somebody may approve a statement now; what is noted with it.
fn may_approve(actor: &Actor, row: &StatementRow) -> Result<&'static str, Error> {
    let silent = row.respond_by.is_some_and(|day| day < actor.at.date());
    let note = match state_of(row)? {
        StatementState::Confirmed => "机构已确认",
        StatementState::Published if silent => "机构逾期未提出异议，视同确认",
        StatementState::Published => {
            let until = row
                .respond_by
                .map_or_else(String::new, |day| day.to_string());
            let number = &row.statement;
            let message = format!("清算单{number}机构尚未确认，异议期至{until}，不能审批");
            return Err(Error::refused("statement_state", message));
        }
        _ => return Err(wrong_state(row, "审批")),
    };
    if [&row.built_by, &row.published_by].contains(&&actor.name) {
        let message = "清算单由另一人审批：经办人不能审批自己办理的清算单";
        return Err(Error::Denied(message.to_owned()));
    }
    Ok(note)
}

fn posted(
    actor: &Actor,
    row: &StatementRow,
    adjustments: &[AdjustmentRow],
) -> Result<Option<Posted>, Error> {
    let broken = |what: &str| Error::Bug(format!("adjustment of {}: {what}", row.statement));
    let of = |one: &AdjustmentRow| {
        Ok(Adjusted {
            kind: AdjustmentKind::from_str(&one.kind).map_err(|_| broken(&one.kind))?,
            class: BenefitClass::from_str(&one.class).map_err(|_| broken(&one.class))?,
            amount: one.amount,
        })
    };
    let adjusted = adjustments
        .iter()
        .map(of)
        .collect::<Result<Vec<_>, Error>>();
    let approval = Approval {
        batch: &format!("SP{}", row.statement),
        statement: &row.statement,
        institution: &row.institution,
        book: &row.book,
        on: actor.at.date(),
        adjusted: &adjusted?,
    };
    statement_approved(&approval).map_err(|cause| unpostable(&cause))
}

/// Which transfer took which adjustment.
fn booked(adjustments: &[AdjustmentRow], posted: &Posted) -> Vec<AdjustmentBooked> {
    let numbers = adjustments.iter().zip(&posted.transfers);
    let booked = numbers.filter_map(|(row, transfer)| {
        Some(AdjustmentBooked {
            adjustment: row.adjustment.clone(),
            statement: row.statement.clone(),
            transfer: transfer.as_ref()?.to_string(),
        })
    });
    booked.collect()
}

/// What a statement's payment posts: `cash` of it by the bank, the rest against what was paid
/// before.
pub(super) fn paid(
    row: &StatementRow,
    prefix: &str,
    on: Date,
    cash: Fen,
) -> Result<Option<ledger::Batch>, Error> {
    let lines = StatementLine::read(&row.lines)?;
    let payment = Payment {
        batch: &format!("{prefix}{}", row.statement),
        statement: &row.statement,
        institution: &row.institution,
        book: &row.book,
        on,
        spent: &spent(&lines),
        netting: offset(&lines, AdjustmentKind::SupplierNetting),
        advance: offset(&lines, AdjustmentKind::AdvanceRecovery),
        cash,
    };
    statement_paid(&payment).map_err(|cause| {
        let number = &row.statement;
        Error::Bug(format!("posting the payment of {number}: {cause}"))
    })
}

/// What the next month has to bear of a statement that could not.
fn carried(
    actor: &Actor,
    from: &StatementRow,
    derived: &AdjustmentRow,
) -> Result<AdjustmentRow, Error> {
    let broken = |cause| Error::Bug(format!("statement {}: {cause}", from.statement));
    let month: FeeMonth = from.month.parse().map_err(broken)?;
    let kind = &derived.kind;
    Ok(AdjustmentRow {
        adjustment: format!("JZ-{}-{kind}", from.statement),
        amount: -derived.amount,
        first_month: month.later(1).to_string(),
        document: from.statement.clone(),
        text: format!("{month}未能扣足，本期扣回"),
        made_by: actor.name.clone(),
        made_at: actor.at,
        state: "open".to_owned(),
        statement: String::new(),
        transfer: String::new(),
        ..derived.clone()
    })
}
