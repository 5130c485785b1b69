use ::store::{AdvancePartRow, AdvanceRow, Answer, PartMoved, ProviderCommit};
use bookkeeping::ProviderAmount;
use money::Fen;
use policy::FeeMonth;
use terms::{AdjustmentKind, BenefitClass};

use super::approve::posted_of;
use super::shown::AdvanceShown;
use crate::clearing::NewAdjustment;
use crate::register::Actor;
use crate::{App, Error};

const OPEN: &str = "open";
const RECOVERED: &str = "recovered";
const RETURNED: &str = "returned";

impl App {
    /// Takes the parts of paid advances that are due up to a month from the settlements of that
    /// month (预付金冲抵); how many parts. Doing it again changes nothing.
    ///
    /// # Errors
    /// A fault of the store; parts taken before stay so.
    pub async fn recover_advances(&self, actor: &Actor, month: FeeMonth) -> Result<usize, Error> {
        let mut taken = 0;
        for shown in self.advances(actor.area, ("", "")).await? {
            if !shown.is_paid() {
                continue;
            }
            for part in &shown.parts {
                if part.state != OPEN || part.month > month.to_string() {
                    continue;
                }
                let commit = self.recovering(actor, (&shown.advance, part), month)?;
                match self.store.record_provider(&commit).await? {
                    Answer::Done => taken += 1,
                    _ => return Err(Error::Busy),
                }
            }
        }
        Ok(taken)
    }

    fn recovering(
        &self,
        actor: &Actor,
        (row, part): (&AdvanceRow, &AdvancePartRow),
        month: FeeMonth,
    ) -> Result<ProviderCommit, Error> {
        let (number, amount) = (&row.advance, part.amount);
        let adjustment = self.checked_adjustment(
            actor,
            &NewAdjustment {
                adjustment: format!("{number}-{}", part.part),
                institution: row.institution.clone(),
                book: row.book.clone(),
                class: BenefitClass::Inpatient,
                kind: AdjustmentKind::AdvanceRecovery,
                amount: -amount,
                first_month: month,
                document: number.clone(),
                text: format!("冲抵预付金{number}第{}期{amount}元", part.part),
            },
        )?;
        let mut commit = ProviderCommit::new(actor.area);
        commit.clearing.adjustments.push(adjustment);
        commit.part_moves.push(moved(part, RECOVERED, amount));
        let access = actor.access(self, "recover_advance", number, "done");
        commit.clearing.access = Some(access);
        Ok(commit)
    }

    /// Books cash an institution gave back of an advance (预付金归还); the last parts fall first.
    ///
    /// # Errors
    /// [`Error::Missing`]; a refusal where it was not paid, or less is open than was given back.
    pub async fn return_advance(
        &self,
        actor: &Actor,
        advance: &str,
        amount: Fen,
    ) -> Result<AdvanceShown, Error> {
        let shown = self.one_advance(actor, advance).await?;
        let open = shown.open();
        if !shown.is_paid() || amount <= Fen::ZERO || amount > open {
            let message = format!("预付{advance}未收回{open}元，不能登记归还{amount}元");
            return Err(Error::refused("return_too_much", message));
        }
        let mut commit = ProviderCommit::new(actor.area);
        let mut left = amount;
        let last = shown.parts.iter().map(|part| part.part).max().unwrap_or(0);
        for part in shown.parts.iter().rev().filter(|part| part.state == OPEN) {
            if left.is_zero() {
                break;
            }
            if part.amount <= left {
                commit.part_moves.push(moved(part, RETURNED, part.amount));
                left -= part.amount;
                continue;
            }
            commit
                .part_moves
                .push(moved(part, OPEN, part.amount - left));
            commit.parts.push(AdvancePartRow {
                part: last + 1,
                amount: left,
                state: RETURNED.to_owned(),
                ..part.clone()
            });
            left = Fen::ZERO;
        }
        let row = shown.advance;
        let posted = bookkeeping::advance_returned(&ProviderAmount {
            batch: &self.numbers.named("YFH"),
            document: advance,
            institution: &row.institution,
            book: &row.book,
            on: actor.at.date(),
            amount,
        });
        let entry = (row.institution.clone(), posted_of(posted)?);
        commit.clearing.ledger.push(entry);
        let to = AdvanceRow {
            returned: row.returned + amount,
            ..row.clone()
        };
        commit.advance_moves.push((row.state, to));
        let access = actor.access(self, "return_advance", advance, "done");
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => self.one_advance(actor, advance).await,
            _ => Err(Error::Busy),
        }
    }
}

fn moved(part: &AdvancePartRow, state: &str, amount: Fen) -> PartMoved {
    PartMoved {
        to: AdvancePartRow {
            state: state.to_owned(),
            amount,
            ..part.clone()
        },
        from: (part.state.clone(), part.amount),
    }
}
