use ::store::{Answer, ContributionCommit, LineMoved, ReceiptLineRow};
use bookkeeping::Levied;
use enrolment::contribution::Both;
use money::Fen;

use super::post::{Document, PERSON, levied, posted};
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Says whose money an unmatched or left-over line is, and counts it (人工匹配).
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown line; a refusal where it has nothing left or nothing of
    /// the owner is open.
    pub async fn match_line(
        &self,
        actor: &Actor,
        (file, line_no): (&str, i64),
        (owner, period): (&str, &str),
    ) -> Result<ReceiptLineRow, Error> {
        for _ in 0..ATTEMPTS {
            let line = self.store.receipt_line(actor.area, file, line_no).await?;
            let before = line.ok_or_else(|| Error::missing("到账明细", format!("{line_no}")))?;
            let commit = self.matched(actor, &before, (owner, period)).await?;
            let to = commit.line_moves.first().map(|moved| moved.to.clone());
            if self.store.record_contributions(&commit).await? == Answer::Done {
                return Ok(to.unwrap_or(before));
            }
        }
        Err(Error::Busy)
    }

    async fn matched(
        &self,
        actor: &Actor,
        before: &ReceiptLineRow,
        (owner, period): (&str, &str),
    ) -> Result<ContributionCommit, Error> {
        let left = before.left_employer + before.left_person;
        if !matches!(before.status.as_str(), "unmatched" | "over") || left.is_zero() {
            return Err(Error::refused("nothing_left", "这一行没有待匹配的金额"));
        }
        let mut owners = vec![owner.to_owned()];
        if !before.owner.is_empty() {
            owners.push(before.owner.clone());
        }
        let mut ground = self.ground(actor, owners, &[]).await?;
        let kind = ground.dues.get(owner).and_then(|dues| dues.first());
        let kind = kind.map(|due| due.owner_kind.clone());
        let kind = kind.ok_or_else(|| {
            Error::refused("no_assessment", format!("“{owner}”没有可以计入的核定"))
        })?;
        let mut to = before.clone();
        (to.owner, to.owner_kind, to.period) = (owner.to_owned(), kind, period.to_owned());
        to.late_fee = Fen::ZERO;
        if to.owner_kind == PERSON {
            to.left_person += std::mem::take(&mut to.left_employer);
        }
        let mut commit = ContributionCommit::new(actor.area);
        self.apply(actor, &mut commit, &mut to, &mut ground)?;
        if to.status == "unmatched" {
            return Err(Error::refused("no_assessment", to.note));
        }
        to.late_fee = before.late_fee;
        let access = actor.access(self, "match_receipt", owner, "done");
        commit.access = Some((String::new(), access));
        let number = self.numbers.named("PP");
        let document = Document {
            batch: &number,
            reference: &before.voucher,
            owner,
            on: actor.at.date(),
        };
        let today = actor.at.date();
        let kinds = (
            levied(&before.owner_kind, &before.period, today),
            levied(&to.owner_kind, period, today),
        );
        refuse_other_fund(kinds)?;
        let levy = document.levy(kinds.1, Both::NONE);
        let from = (kinds.0, before.owner.as_str());
        let renamed = posted(bookkeeping::renamed(&levy, from, left))?;
        commit
            .ledger
            .extend(renamed.map(|batch| (owner.to_owned(), batch)));
        commit.owners = ground.versions;
        commit.line_moves.push(LineMoved {
            to,
            from_status: before.status.clone(),
            from_left: (before.left_employer, before.left_person),
        });
        Ok(commit)
    }
}

/// Money that reached one fund's treasury is not another fund's.
fn refuse_other_fund((from, to): (Levied, Levied)) -> Result<(), Error> {
    let employee = |levied| levied == Levied::Employee;
    if employee(from) == employee(to) {
        return Ok(());
    }
    let message = "到账款已入另一项基金，不能跨基金匹配，请退回税务部门更正";
    Err(Error::refused("other_fund", message))
}
