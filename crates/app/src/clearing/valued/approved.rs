use ::store::{AnnualMoved, AnnualPartRow, Answer, ClearingCommit};
use policy::FeeMonth;
use terms::{AdjustmentKind, BenefitClass};

use super::annual::{APPROVED, AnnualCleared, COMPUTED};
use crate::clearing::NewAdjustment;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// A second person approves the clearing of a year: each difference becomes an adjustment that
    /// pays or recovers it (批准年度清算).
    ///
    /// # Errors
    /// [`Error::Missing`]; `annual_state` where it is not open; `same_clerk` for who computed it.
    pub async fn approve_year(
        &self,
        actor: &Actor,
        clearing: &str,
    ) -> Result<AnnualCleared, Error> {
        for _ in 0..ATTEMPTS {
            let mut cleared = self.annual(actor, clearing).await?;
            let row = &mut cleared.clearing;
            if row.state != COMPUTED {
                let message = format!("年度清算{clearing}为“{}”，不能批准", state_zh(&row.state));
                return Err(Error::refused("annual_state", message));
            }
            if row.computed_by == actor.name {
                let message = format!("年度清算{clearing}由{}计算，应由另一人批准", actor.name);
                return Err(Error::refused("same_clerk", message));
            }
            let mut commit = ClearingCommit::new(actor.area);
            let mut adjusted = Vec::new();
            for part in cleared
                .parts
                .iter_mut()
                .filter(|part| !part.difference.is_zero())
            {
                let new = adjustment(actor, &cleared.clearing, part);
                part.adjustment.clone_from(&new.adjustment);
                adjusted.push((part.institution.clone(), new.adjustment.clone()));
                commit
                    .adjustments
                    .push(self.checked_adjustment(actor, &new)?);
            }
            let row = &mut cleared.clearing;
            row.state = APPROVED.to_owned();
            row.approved_by.clone_from(&actor.name);
            row.approved_at = Some(actor.at);
            commit.methods.moves.push(AnnualMoved {
                clearing: clearing.to_owned(),
                from_state: COMPUTED.to_owned(),
                to_state: APPROVED.to_owned(),
                approved_by: actor.name.clone(),
                approved_at: Some(actor.at),
                adjustments: adjusted,
            });
            commit.access = Some(actor.access(self, "approve_year", clearing, "done"));
            if self.store.record_clearing(&commit).await? == Answer::Done {
                return Ok(cleared);
            }
        }
        Err(Error::Busy)
    }

    /// The clearing of a year with its parts.
    ///
    /// # Errors
    /// [`Error::Missing`].
    pub async fn annual(&self, actor: &Actor, clearing: &str) -> Result<AnnualCleared, Error> {
        let found = self.store.annual_clearing(actor.area, clearing).await?;
        let row = found.ok_or_else(|| Error::missing("年度清算", clearing))?;
        let parts = self.store.annual_parts(actor.area, clearing).await?;
        Ok(AnnualCleared {
            clearing: row,
            parts,
        })
    }
}

fn state_zh(state: &str) -> &str {
    match state {
        COMPUTED => "已计算",
        APPROVED => "已批准",
        _ => "已重算",
    }
}

fn adjustment(
    actor: &Actor,
    clearing: &::store::AnnualClearingRow,
    part: &AnnualPartRow,
) -> NewAdjustment {
    let (year, title) = (clearing.year, &clearing.title);
    let (payment, paid) = (part.payment, part.paid);
    NewAdjustment {
        adjustment: format!("{}-{}", clearing.clearing, part.institution),
        institution: part.institution.clone(),
        book: clearing.book.clone(),
        class: BenefitClass::Annual,
        kind: AdjustmentKind::AnnualClearing,
        amount: part.difference,
        first_month: FeeMonth::of(actor.at.date()),
        document: format!("{}（{}）", clearing.basis, clearing.clearing),
        text: format!("{title}{year}年度清算：应付{payment}元，已付{paid}元"),
    }
}
