use ::store::{AdjustmentRow, ClearingCommit, ObjectionMoved, ObjectionRow, StatementRow};
use money::Fen;
use terms::{AdjustmentKind, BenefitClass, StatementState};

use super::compose::{Composing, row, sums};
use super::propose::unpostable;
use super::step::{state_of, step, wrong_state};
use crate::register::Actor;
use crate::{App, Error};

/// What an answer corrects (答复更正): signed amounts of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionAsked {
    /// What it is spent on.
    pub class: BenefitClass,
    /// Signed: below zero takes money from the institution.
    pub amount: Fen,
    /// What it is, in 中文.
    pub text: String,
}

impl App {
    /// An institution agrees with a statement (确认清算单), at the version it saw.
    ///
    /// # Errors
    /// `statement_state` where it is not out, `statement_version` where it was changed since.
    pub async fn confirm_statement(
        &self,
        actor: &Actor,
        statement: &str,
        version: i64,
    ) -> Result<StatementRow, Error> {
        let from = self.out(actor, statement, version, "确认").await?;
        let mut to = from.clone();
        StatementState::Confirmed.word().clone_into(&mut to.state);
        let mut commit = ClearingCommit::new(actor.area);
        let after = self.last_event(actor, statement).await?;
        step(&mut commit, actor, (&from, &to), ("confirmed", "", after));
        commit.access = Some(actor.access(self, "confirm_statement", statement, "done"));
        self.recorded(&commit, to).await
    }

    /// An institution objects to a statement (提出异议), naming settlements of it or none.
    ///
    /// # Errors
    /// As [`App::confirm_statement`]; `objection_blank` without a text, `objection_stranger` for a
    /// settlement that is not in the statement.
    pub async fn object_statement(
        &self,
        actor: &Actor,
        (statement, version): (&str, i64),
        settlements: &[String],
        text: &str,
    ) -> Result<StatementRow, Error> {
        let from = self.out(actor, statement, version, "提出异议").await?;
        if text.trim().is_empty() {
            let message = "请写明异议内容";
            return Err(Error::refused("objection_blank", message));
        }
        let gathered = self.store.gathered(actor.area, &from).await?;
        let has = |one: &String| gathered.bills.iter().any(|bill| bill.settlement == *one);
        if let Some(stranger) = settlements.iter().find(|one| !has(one)) {
            let message = format!("结算{stranger}不在清算单{statement}中");
            return Err(Error::refused("objection_stranger", message));
        }
        let known = self
            .store
            .clearing_objections(actor.area, statement)
            .await?;
        let mut to = from.clone();
        StatementState::Objected.word().clone_into(&mut to.state);
        let mut commit = ClearingCommit::new(actor.area);
        commit.objections.push(ObjectionRow {
            statement: statement.to_owned(),
            number: known.last().map_or(0, |one| one.number) + 1,
            version,
            settlements: serde_json::json!(settlements).to_string(),
            text: text.to_owned(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            state: "open".to_owned(),
            answer: String::new(),
            answered_by: String::new(),
            answered_at: None,
        });
        let after = self.last_event(actor, statement).await?;
        step(&mut commit, actor, (&from, &to), ("objected", text, after));
        commit.access = Some(actor.access(self, "object_statement", statement, "done"));
        self.recorded(&commit, to).await
    }

    /// Answers the open objection to a statement (答复异议): with corrections where it is right,
    /// with none where it is not. The statement goes out again as a new version.
    ///
    /// # Errors
    /// `statement_state` where nothing is open, `answer_blank` without a text, and what the books
    /// refuse of a correction.
    pub async fn answer_objection(
        &self,
        actor: &Actor,
        statement: &str,
        answer: &str,
        corrections: &[CorrectionAsked],
    ) -> Result<StatementRow, Error> {
        let from = self.statement(actor, statement).await?;
        if state_of(&from)? != StatementState::Objected {
            return Err(wrong_state(&from, "答复异议"));
        }
        if answer.trim().is_empty() {
            return Err(Error::refused("answer_blank", "请写明答复"));
        }
        let mut commit = ClearingCommit::new(actor.area);
        let mut open = self
            .store
            .clearing_objections(actor.area, statement)
            .await?;
        open.retain(|one| one.state == "open");
        for mut one in open {
            let state = if corrections.is_empty() {
                "rejected"
            } else {
                "accepted"
            };
            state.clone_into(&mut one.state);
            (one.answer, one.answered_by) = (answer.to_owned(), actor.name.clone());
            one.answered_at = Some(actor.at);
            commit.objection_moves.push(ObjectionMoved { to: one });
        }
        let mut to = self
            .corrected(actor, &from, corrections, &mut commit)
            .await?;
        to.version = from.version + 1;
        self.publish(actor, &mut to)?;
        let after = self.last_event(actor, statement).await?;
        step(
            &mut commit,
            actor,
            (&from, &to),
            ("answered", answer, after),
        );
        commit.access = Some(actor.access(self, "answer_objection", statement, "done"));
        self.recorded(&commit, to).await
    }

    /// The statement with corrections, which enter it at once.
    async fn corrected(
        &self,
        actor: &Actor,
        from: &StatementRow,
        corrections: &[CorrectionAsked],
        commit: &mut ClearingCommit,
    ) -> Result<StatementRow, Error> {
        let mut gathered = self.store.gathered(actor.area, from).await?;
        for (nth, asked) in (1..).zip(corrections) {
            let row = correction(actor, from, asked, nth)?;
            gathered.adjustments.push(row.clone());
            commit.adjustments.push(row);
        }
        let month = from.month.parse();
        let broken = |cause| Error::Bug(format!("statement {}: {cause}", from.statement));
        let composing = Composing {
            by: &actor.name,
            at: actor.at,
            month: month.map_err(broken)?,
            institution: &from.institution,
            book: &from.book,
        };
        let sums = sums(&composing, &gathered);
        let to = row(&composing, &gathered, &sums);
        commit.rederived.push(from.statement.clone());
        commit.adjustments.extend(sums.derived);
        Ok(to)
    }

    /// A statement that is out, at the version the institution saw.
    async fn out(
        &self,
        actor: &Actor,
        statement: &str,
        version: i64,
        doing: &str,
    ) -> Result<StatementRow, Error> {
        let row = self.statement(actor, statement).await?;
        if state_of(&row)? != StatementState::Published {
            return Err(wrong_state(&row, doing));
        }
        if row.version != version {
            let is = row.version;
            let message = format!("清算单{statement}已是第{is}版，请按最新版本{doing}");
            return Err(Error::refused("statement_version", message));
        }
        Ok(row)
    }
}

fn correction(
    actor: &Actor,
    from: &StatementRow,
    asked: &CorrectionAsked,
    nth: u32,
) -> Result<AdjustmentRow, Error> {
    bookkeeping::fits(&from.book, asked.class).map_err(|cause| unpostable(&cause))?;
    if asked.amount.is_zero() || asked.text.trim().is_empty() {
        let message = "更正须有金额和说明";
        return Err(Error::refused("adjustment_amount", message));
    }
    let (statement, version) = (&from.statement, from.version);
    Ok(AdjustmentRow {
        adjustment: format!("GZ-{statement}-{version}-{nth}"),
        institution: from.institution.clone(),
        book: from.book.clone(),
        class: asked.class.word().to_owned(),
        kind: AdjustmentKind::Correction.word().to_owned(),
        amount: asked.amount,
        first_month: from.month.clone(),
        document: statement.clone(),
        text: asked.text.clone(),
        made_by: actor.name.clone(),
        made_at: actor.at,
        state: "taken".to_owned(),
        statement: statement.clone(),
        transfer: String::new(),
    })
}
