use ::store::{Answer, AuditCommit, DoubtRow};
use money::{Fen, share_by_weight};
use terms::AdjustmentKind;
use workflow::doubt::{Refusal, Role, State};

use super::deduct::{Deducted, Part};
use super::desk::state_of;
use super::officer::Officer;
use super::step::{Said, step_row};
use crate::perform::ATTEMPTS;
use crate::{App, Error};

/// What a release is called among the steps (退还扣款).
const RELEASE: &str = "退还扣款";

impl App {
    /// Gives back what was deducted, or part of it (复议退还): by a new adjustment, never by
    /// touching the old one; another person than the first reviewer decides.
    ///
    /// # Errors
    /// [`Error::Missing`]; `doubt_not_deducted`, `doubt_no_reason`, `doubt_amount`,
    /// `doubt_same_person` and `doubt_wrong_role`.
    pub async fn release_doubt(
        &self,
        officer: &Officer,
        doubt: &str,
        amount: Fen,
        reason: &str,
    ) -> Result<Deducted, Error> {
        for _ in 0..ATTEMPTS {
            let row = self.doubt_seen(officer, doubt).await?;
            releasable(officer, &row, amount, reason)?;
            let area = officer.actor.area;
            let mut commit = AuditCommit::new(area);
            let owners = [row.owner.clone()];
            commit.owners = self.store.audit_versions(area, &owners).await?;
            let parts = self.parts_back(officer, &row, amount).await?;
            let mut to = row.clone();
            to.version += 1;
            to.released += amount;
            to.changed_at = officer.actor.at;
            let mover = workflow::doubt::Mover {
                name: officer.actor.name.clone(),
                role: Role::SecondReviewer,
            };
            let said = Said {
                text: reason,
                detail: &serde_json::json!({}),
            };
            let verb = workflow::doubt::Verb::Deduct;
            let mut step = step_row(officer, &mover, (&row, &to), &verb, said);
            RELEASE.clone_into(&mut step.verb);
            step.amount = amount;
            commit.steps.push(step);
            let kind = AdjustmentKind::AuditRelease;
            self.take_back(&mut commit, officer, &to, (kind, &parts))
                .await?;
            commit.doubts.push(to.clone());
            let access = officer.actor.access(self, "release_doubt", doubt, "done");
            commit.access.push((row.person_no.clone(), access));
            let adjustments = commit.adjustments.clone();
            if self.store.record_audit(&commit).await? == Answer::Done {
                return Ok(Deducted {
                    doubt: to,
                    adjustments,
                });
            }
        }
        Err(Error::Busy)
    }

    /// What goes back to each line, by what was taken of it.
    async fn parts_back(
        &self,
        officer: &Officer,
        row: &DoubtRow,
        amount: Fen,
    ) -> Result<Vec<Part>, Error> {
        let taken = self
            .store
            .audit_deductions(officer.actor.area, &row.owner, None)
            .await?;
        let mut parts: Vec<Part> = Vec::new();
        for one in taken.into_iter().filter(|one| one.doubt == row.doubt) {
            let same =
                |part: &&mut Part| part.settlement == one.settlement && part.line == one.line;
            match parts.iter_mut().find(same) {
                Some(part) => part.amount += one.amount,
                None => parts.push(Part {
                    settlement: one.settlement,
                    line: one.line,
                    amount: one.amount,
                }),
            }
        }
        let weights: Vec<i64> = parts.iter().map(|part| part.amount.get()).collect();
        for (part, back) in parts.iter_mut().zip(share_by_weight(amount, &weights)) {
            part.amount = back;
        }
        parts.retain(|part| !part.amount.is_zero());
        Ok(parts)
    }
}

/// Whether this officer may give back so much of a doubt, and why not.
pub(super) fn releasable(
    officer: &Officer,
    row: &DoubtRow,
    amount: Fen,
    reason: &str,
) -> Result<(), Error> {
    let verb = RELEASE;
    if state_of(row)? != State::Deducted {
        let message = format!("疑点{}没有扣减，不能退还", row.doubt);
        return Err(Error::refused("doubt_not_deducted", message));
    }
    if !officer.roles.contains(&Role::SecondReviewer) {
        let has = officer.roles.first().copied().unwrap_or(Role::Institution);
        let needs = Role::SecondReviewer;
        return Err(Refusal::WrongRole { verb, needs, has }.into());
    }
    if officer.actor.name == row.first_reviewer {
        let name = row.first_reviewer.clone();
        let before = "初审";
        return Err(Refusal::SamePerson { name, before }.into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason { verb }.into());
    }
    let left = row.deducted - row.released;
    if amount <= Fen::ZERO || amount > left {
        let message = format!("退还金额{amount}元应大于0且不超过已扣的{left}元");
        return Err(Error::refused("doubt_amount", message));
    }
    Ok(())
}
