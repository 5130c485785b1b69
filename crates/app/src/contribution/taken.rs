//! What of a line found its period: counted, booked, with its late fee.

use ::store::{
    AllocationRow, ContributionCommit, DueRow, LateFeeRow, MonthPaid, PaidPeriodRow, ReceiptLineRow,
};
use bookkeeping::Levied;
use enrolment::PersonFacts;
use enrolment::contribution::{Both, LateFacts, late_fee};
use money::Fen;
use policy::{Payer, SchemePolicy};
use terms::{Date, Scheme};

use super::plan::{Outcome, is_complete};
use super::post::{Document, EMPLOYER, levied, posted};
use crate::Error;
use crate::register::Actor;

/// A part of a line that found its period.
pub(super) struct Taken<'a> {
    pub actor: &'a Actor,
    pub row: &'a ReceiptLineRow,
    pub due: &'a DueRow,
    pub part: Both,
    pub place: usize,
}

impl Taken<'_> {
    fn number(&self, prefix: &str) -> String {
        let file = &self.row.file[..self.row.file.len().min(16)];
        let moment = self.actor.at.strftime("%Y%m%d%H%M%S");
        format!(
            "{prefix}{file}-{}-{}-{moment}",
            self.row.line_no, self.place
        )
    }

    /// Counts it, books it, and notes the period where it is complete now.
    pub fn count(&self, commit: &mut ContributionCommit) -> Result<(), Error> {
        let (row, due) = (self.row, self.due);
        commit.allocations.push(AllocationRow {
            owner: row.owner.clone(),
            period: due.period.clone(),
            allocation: self.number("FP"),
            kind: "receipt".to_owned(),
            employer_part: self.part.employer,
            person_part: self.part.person,
            late_fee: Fen::ZERO,
            file: row.file.clone(),
            line_no: row.line_no,
            paid_on: row.paid_on,
            made_at: self.actor.at,
            made_by: self.actor.name.clone(),
        });
        let (batch, on) = (self.number("FP"), self.actor.at.date());
        let document = Document {
            batch: &batch,
            reference: &row.voucher,
            owner: &row.owner,
            on,
        };
        let levy = document.levy(levied(&due.owner_kind, &due.period, on), self.part);
        let batch = posted(bookkeeping::matched(&levy))?;
        commit
            .ledger
            .extend(batch.map(|batch| (row.owner.clone(), batch)));
        if is_complete(due) {
            note_paid(commit, self.actor, due, row.paid_on);
        }
        Ok(())
    }

    /// Works out the late fee of what came late; the employer bears it for both parts.
    pub fn late(
        &self,
        commit: &mut ContributionCommit,
        employer: &PersonFacts,
        law: &SchemePolicy,
    ) -> Result<(), Error> {
        let (row, due) = (self.row, self.due);
        let Some(due_on) = due.due_on.filter(|due| *due < row.paid_on) else {
            return Ok(());
        };
        let parts = [
            (Payer::Employer, self.part.employer),
            (Payer::Person, self.part.person),
        ];
        let (mut fee, mut days, mut last) = (Fen::ZERO, 0, due_on);
        for (payer, arrears) in parts.into_iter().filter(|(_, part)| !part.is_zero()) {
            let found = late_fee(
                &LateFacts {
                    person: employer.clone(),
                    payer,
                    arrears,
                    month: month(&due.period)?,
                    due: Some(due_on),
                    paid: row.paid_on,
                    deferral_granted: false,
                    left: None,
                },
                law,
            )?;
            fee += found.late_fee;
            (days, last) = (days.max(found.days), last.max(found.due));
        }
        if fee.is_zero() {
            return Ok(());
        }
        let number = self.number("ZN");
        commit.late_fees.push(LateFeeRow {
            owner: row.owner.clone(),
            period: due.period.clone(),
            item: number.clone(),
            due_on: last.min(row.paid_on),
            paid_on: row.paid_on,
            days: i64::from(days),
            arrears: self.part.total(),
            fee,
            made_at: self.actor.at,
        });
        let document = Document {
            batch: &number,
            reference: &row.voucher,
            owner: &row.owner,
            on: self.actor.at.date(),
        };
        let owed = Both {
            employer: fee,
            person: Fen::ZERO,
        };
        let batch = posted(bookkeeping::late_fee(
            &document.levy(Levied::Employee, owed),
        ))?;
        commit
            .ledger
            .extend(batch.map(|batch| (row.owner.clone(), batch)));
        Ok(())
    }
}

/// Counts a late fee received towards the period the line is about.
pub(super) fn keep_late_fee(
    commit: &mut ContributionCommit,
    actor: &Actor,
    row: &ReceiptLineRow,
    outcome: &Outcome,
) {
    if row.late_fee.is_zero() {
        return;
    }
    let first = outcome.spread.parts.first();
    let period = first.map_or_else(|| row.period.clone(), |(period, _)| period.clone());
    let file = &row.file[..row.file.len().min(16)];
    commit.allocations.push(AllocationRow {
        owner: row.owner.clone(),
        period,
        allocation: format!("ZN{file}-{}", row.line_no),
        kind: "receipt".to_owned(),
        employer_part: Fen::ZERO,
        person_part: Fen::ZERO,
        late_fee: row.late_fee,
        file: row.file.clone(),
        line_no: row.line_no,
        paid_on: row.paid_on,
        made_at: actor.at,
        made_by: actor.name.clone(),
    });
}

/// Notes that a period is paid: for everybody of an employer's month, or for the resident.
pub(super) fn note_paid(
    commit: &mut ContributionCommit,
    actor: &Actor,
    due: &DueRow,
    paid_on: Date,
) {
    if due.owner_kind == EMPLOYER {
        commit.paid_months.push(MonthPaid {
            employer: due.owner.clone(),
            month: due.period.clone(),
            version: due.version,
            paid_on,
            noted_at: actor.at,
        });
        return;
    }
    commit.paid.push(PaidPeriodRow {
        person_no: due.owner.clone(),
        scheme: Scheme::Resident.word().to_owned(),
        period: due.period.clone(),
        owner: due.owner.clone(),
        paid_on,
        noted_at: actor.at,
        registered: false,
    });
}

/// The fee month that an employer's period is.
pub(super) fn month(period: &str) -> Result<policy::FeeMonth, Error> {
    period
        .parse()
        .map_err(|cause| Error::Bug(format!("the period of an employer: {cause}")))
}
