use ::store::{
    AllocationRow, Answer, ContributionCommit, DueFilter, DueRow, LineMoved, RefundMoved, RefundRow,
};
use enrolment::contribution::Both;
use money::Fen;

use super::plan::credit_of;
use super::post::{Document, levied, posted};
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// What is to be given back (退费申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAsked {
    /// What was paid for a period beyond what is owed, after it was assessed anew.
    Period {
        /// 单位或人员编号.
        owner: String,
        /// 费款所属期.
        period: String,
    },
    /// What a line of receipts has left that no period takes.
    Line {
        /// The file.
        file: String,
        /// The line.
        line_no: i64,
    },
}

const PROPOSED: &str = "proposed";
const APPROVED: &str = "approved";
const REJECTED: &str = "rejected";
const PAID: &str = "paid";

impl App {
    /// Proposes a refund of all that can be given back (退费申请); nothing is paid by that.
    ///
    /// # Errors
    /// A refusal where there is nothing to give back, or the same is proposed already.
    pub async fn propose_refund(
        &self,
        actor: &Actor,
        asked: &RefundAsked,
        (reason, note): (&str, &str),
    ) -> Result<RefundRow, Error> {
        for _ in 0..ATTEMPTS {
            let mut row = self.refund_of(actor, asked).await?;
            (row.reason, row.note) = (reason.to_owned(), note.to_owned());
            let owners = [row.owner.clone()];
            let mut commit = ContributionCommit::new(actor.area);
            commit.owners = self
                .store
                .contribution_versions(actor.area, &owners)
                .await?;
            self.refuse_second(actor, &row).await?;
            let access = actor.access(self, "propose_refund", &row.refund, "done");
            commit.access = Some((String::new(), access));
            commit.refunds.push(row.clone());
            if self.store.record_contributions(&commit).await? == Answer::Done {
                return Ok(row);
            }
        }
        Err(Error::Busy)
    }

    async fn refund_of(&self, actor: &Actor, asked: &RefundAsked) -> Result<RefundRow, Error> {
        let nothing =
            |what: String| Error::refused("nothing_to_refund", format!("{what}没有可退的金额"));
        let mut row = RefundRow {
            refund: self.numbers.named("TF"),
            owner_kind: String::new(),
            owner: String::new(),
            period: String::new(),
            reason: String::new(),
            employer_part: Fen::ZERO,
            person_part: Fen::ZERO,
            state: PROPOSED.to_owned(),
            file: String::new(),
            line_no: 0,
            proposed_by: actor.name.clone(),
            proposed_at: actor.at,
            decided_by: String::new(),
            decided_at: None,
            paid_at: None,
            note: String::new(),
        };
        match asked {
            RefundAsked::Period { owner, period } => {
                let due = self.due(actor, owner, period).await?;
                let due = due.ok_or_else(|| nothing(format!("{owner}的{period}")))?;
                let credit = credit_of(&due);
                (row.owner, row.period) = (owner.clone(), period.clone());
                row.owner_kind.clone_from(&due.owner_kind);
                (row.employer_part, row.person_part) = (credit.employer, credit.person);
            }
            RefundAsked::Line { file, line_no } => {
                let line = self.store.receipt_line(actor.area, file, *line_no).await?;
                let line = line.ok_or_else(|| Error::missing("到账明细", line_no.to_string()))?;
                (row.file, row.line_no) = (line.file, line.line_no);
                (row.owner, row.owner_kind) = (line.owner, line.owner_kind);
                row.period = line.period;
                (row.employer_part, row.person_part) = (line.left_employer, line.left_person);
            }
        }
        if (row.employer_part + row.person_part).is_zero() {
            return Err(nothing(format!("{}的{}", row.owner, row.period)));
        }
        Ok(row)
    }

    async fn due(&self, actor: &Actor, owner: &str, period: &str) -> Result<Option<DueRow>, Error> {
        let filter = DueFilter {
            owners: vec![owner.to_owned()],
            period: Some(period.to_owned()),
            ..DueFilter::default()
        };
        let mut dues = self.store.contribution_dues(actor.area, &filter).await?;
        Ok(dues.pop())
    }

    async fn refuse_second(&self, actor: &Actor, row: &RefundRow) -> Result<(), Error> {
        let known = self.store.refunds(actor.area, &row.owner, 500).await?;
        let same = |other: &&RefundRow| {
            [PROPOSED, APPROVED].contains(&other.state.as_str())
                && (&other.period, &other.file, other.line_no)
                    == (&row.period, &row.file, row.line_no)
        };
        match known.iter().find(same) {
            Some(other) => Err(Error::refused(
                "refund_pending",
                format!("退费单{}正在办理，不能重复申请", other.refund),
            )),
            None => Ok(()),
        }
    }

    /// Approves or rejects a refund; whoever proposed it may not (退费审核).
    ///
    /// # Errors
    /// [`Error::Denied`] to the proposer; a refusal where it is decided already.
    pub async fn decide_refund(
        &self,
        actor: &Actor,
        refund: &str,
        approve: bool,
        note: &str,
    ) -> Result<RefundRow, Error> {
        let row = self.refund_in(actor, refund, PROPOSED).await?;
        if row.proposed_by == actor.name {
            let message = "退费由另一人审核：申请人不能审核自己的申请";
            return Err(Error::Denied(message.to_owned()));
        }
        let mut to = row.clone();
        to.state = if approve { APPROVED } else { REJECTED }.to_owned();
        (to.decided_by, to.decided_at) = (actor.name.clone(), Some(actor.at));
        if !note.is_empty() {
            to.note = format!("{}；{note}", to.note);
        }
        let mut commit = ContributionCommit::new(actor.area);
        let access = actor.access(self, "decide_refund", refund, &to.state);
        commit.access = Some((String::new(), access));
        self.move_refund(commit, (row, to)).await
    }

    /// Pays an approved refund: income falls, the money counts towards its period no longer
    /// (退费付款).
    ///
    /// # Errors
    /// A refusal where it is not approved, or there is no longer so much to give back.
    pub async fn pay_refund(&self, actor: &Actor, refund: &str) -> Result<RefundRow, Error> {
        let row = self.refund_in(actor, refund, APPROVED).await?;
        let owners = [row.owner.clone()];
        let versions = self
            .store
            .contribution_versions(actor.area, &owners)
            .await?;
        let now = self.refund_of(actor, &asked_by(&row)).await;
        let enough = now.is_ok_and(|now| {
            now.employer_part >= row.employer_part && now.person_part >= row.person_part
        });
        if !enough {
            let message = format!("退费单{refund}对应的多缴金额已经变动，请重新申请");
            return Err(Error::refused("refund_changed", message));
        }
        let mut to = row.clone();
        (to.state, to.paid_at) = (PAID.to_owned(), Some(actor.at));
        let mut commit = ContributionCommit::new(actor.area);
        commit.owners = versions;
        let access = actor.access(self, "pay_refund", refund, "done");
        commit.access = Some((String::new(), access));
        self.give_back(actor, &mut commit, &row).await?;
        self.move_refund(commit, (row, to)).await
    }

    /// Adds what the payment changes: an allocation taken back, or a line's rest.
    async fn give_back(
        &self,
        actor: &Actor,
        commit: &mut ContributionCommit,
        row: &RefundRow,
    ) -> Result<(), Error> {
        let parts = Both {
            employer: row.employer_part,
            person: row.person_part,
        };
        let document = Document {
            batch: &row.refund,
            reference: &row.refund,
            owner: &row.owner,
            on: actor.at.date(),
        };
        let kind = levied(&row.owner_kind, &row.period, actor.at.date());
        let levy = document.levy(kind, parts);
        let batch = if row.file.is_empty() {
            commit.allocations.push(AllocationRow {
                owner: row.owner.clone(),
                period: row.period.clone(),
                allocation: row.refund.clone(),
                kind: "refund".to_owned(),
                employer_part: -parts.employer,
                person_part: -parts.person,
                late_fee: Fen::ZERO,
                file: String::new(),
                line_no: 0,
                paid_on: actor.at.date(),
                made_at: actor.at,
                made_by: actor.name.clone(),
            });
            bookkeeping::refunded(&levy)
        } else {
            let found = self
                .store
                .receipt_line(actor.area, &row.file, row.line_no)
                .await?;
            let line = found.ok_or_else(|| Error::missing("到账明细", row.line_no.to_string()))?;
            let mut to = line.clone();
            to.left_employer -= parts.employer;
            to.left_person -= parts.person;
            to.note = format!("{}；退费单{}已退", to.note, row.refund);
            if to.left_employer.is_zero() && to.left_person.is_zero() {
                "matched".clone_into(&mut to.status);
            }
            commit.line_moves.push(LineMoved {
                to,
                from_status: line.status,
                from_left: (line.left_employer, line.left_person),
            });
            bookkeeping::returned(&levy)
        };
        let batch = posted(batch)?;
        commit
            .ledger
            .extend(batch.map(|batch| (row.owner.clone(), batch)));
        Ok(())
    }

    async fn refund_in(
        &self,
        actor: &Actor,
        refund: &str,
        state: &'static str,
    ) -> Result<RefundRow, Error> {
        let found = self.store.refund(actor.area, refund).await?;
        let row = found.ok_or_else(|| Error::missing("退费单", refund))?;
        if row.state != state {
            let is = state_name(&row.state);
            let message = format!("退费单{refund}现为“{is}”，不能办理");
            return Err(Error::refused("refund_state", message));
        }
        Ok(row)
    }

    async fn move_refund(
        &self,
        mut commit: ContributionCommit,
        (from, to): (RefundRow, RefundRow),
    ) -> Result<RefundRow, Error> {
        commit.refund_moves.push(RefundMoved {
            to: to.clone(),
            from_state: from.state,
        });
        match self.store.record_contributions(&commit).await? {
            Answer::Done => Ok(to),
            _ => Err(Error::Busy),
        }
    }
}

fn asked_by(row: &RefundRow) -> RefundAsked {
    if row.file.is_empty() {
        RefundAsked::Period {
            owner: row.owner.clone(),
            period: row.period.clone(),
        }
    } else {
        RefundAsked::Line {
            file: row.file.clone(),
            line_no: row.line_no,
        }
    }
}

/// The 中文 name of a refund's state.
pub(crate) fn state_name(state: &str) -> &str {
    match state {
        PROPOSED => "待审核",
        APPROVED => "待付款",
        REJECTED => "已驳回",
        PAID => "已退",
        other => other,
    }
}
