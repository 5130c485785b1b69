use std::collections::BTreeMap;

use ::store::{AdjustmentFilter, Answer, AssessmentRow, ProviderCommit, ReturnRow};
use bookkeeping::ProviderAmount;
use money::{Decimal, Fen};
use payment::methods::assessment::{
    AssessmentBand, AssessmentQuestion, Returned, return_retention,
};
use policy::{FeeMonth, ReturnStep};
use terms::{AdjustmentKind, BenefitClass};

use super::approve::posted_of;
use super::{APPROVED, PROPOSED, REJECTED, provider_funds, refused_by};
use crate::clearing::NewAdjustment;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Enters an institution's yearly score (年度考核); nothing is given back by that.
    ///
    /// # Errors
    /// A refusal for a score outside 0 to 100 or a year that was assessed already.
    pub async fn propose_assessment(
        &self,
        actor: &Actor,
        (institution, year): (&str, i16),
        (score, document): (Decimal<2>, &str),
    ) -> Result<AssessmentRow, Error> {
        self.institution(institution)?;
        let question = AssessmentQuestion {
            retention: Fen::ZERO,
            score,
            table: Vec::new(),
        };
        return_retention(&question).map_err(refused_by)?;
        let known = self
            .store
            .provider_assessments(actor.area, (institution, ""));
        let stands = |row: &&AssessmentRow| row.year == i64::from(year) && row.state != REJECTED;
        if let Some(other) = known.await?.iter().find(stands) {
            let message = format!("{institution}{year}年已有考核{}", other.assessment);
            return Err(Error::refused("assessed_twice", message));
        }
        let row = AssessmentRow {
            assessment: self.numbers.named("KH"),
            institution: institution.to_owned(),
            year: i64::from(year),
            score: score.to_string(),
            state: PROPOSED.to_owned(),
            document: document.to_owned(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            checked_by: String::new(),
            checked_at: None,
        };
        let mut commit = ProviderCommit::new(actor.area);
        commit.assessments.push(row.clone());
        let access = actor.access(self, "propose_assessment", &row.assessment, "done");
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => Ok(row),
            _ => Err(Error::Busy),
        }
    }

    /// Decides on a score (考核审批): what the table gives back of the year's retention is added to
    /// the next settlement of its book, the rest is forfeited.
    ///
    /// # Errors
    /// [`Error::Denied`] to whoever entered it; a refusal where it is decided.
    pub async fn decide_assessment(
        &self,
        actor: &Actor,
        assessment: &str,
        approve: bool,
    ) -> Result<Vec<ReturnRow>, Error> {
        let which = ("", assessment);
        let found = self
            .store
            .provider_assessments(actor.area, which)
            .await?
            .pop();
        let row = found.ok_or_else(|| Error::missing("考核", assessment))?;
        if row.state != PROPOSED {
            let message = format!("考核{assessment}已经审批");
            return Err(Error::refused("assessment_state", message));
        }
        if row.made_by == actor.name {
            let message = "考核由另一人审批：录入人不能审批自己的录入";
            return Err(Error::Denied(message.to_owned()));
        }
        let mut commit = ProviderCommit::new(actor.area);
        if approve {
            for (book, retained) in self.retained(actor, &row).await? {
                self.return_retained(actor, &mut commit, (&row, &book, retained))?;
            }
        }
        let state = if approve { APPROVED } else { REJECTED };
        let returns = commit.returns.clone();
        commit.assessment_move = Some(AssessmentRow {
            state: state.to_owned(),
            checked_by: actor.name.clone(),
            checked_at: Some(actor.at),
            ..row
        });
        let access = actor.access(self, "decide_assessment", assessment, state);
        commit.clearing.access = Some(access);
        match self.store.record_provider(&commit).await? {
            Answer::Done => Ok(returns),
            _ => Err(Error::Busy),
        }
    }

    /// What settlements of the year kept, by book.
    async fn retained(
        &self,
        actor: &Actor,
        row: &AssessmentRow,
    ) -> Result<BTreeMap<String, Fen>, Error> {
        let filter = AdjustmentFilter {
            institution: row.institution.clone(),
            kind: AdjustmentKind::Retention.word().to_owned(),
            state: "taken".to_owned(),
            ..AdjustmentFilter::default()
        };
        let kept = self.store.clearing_adjustments(actor.area, &filter).await?;
        let year = format!("{}-", row.year);
        let mut books = BTreeMap::new();
        for one in kept.iter().filter(|one| one.first_month.starts_with(&year)) {
            *books.entry(one.book.clone()).or_insert(Fen::ZERO) -= one.amount;
        }
        Ok(books)
    }

    fn return_retained(
        &self,
        actor: &Actor,
        commit: &mut ProviderCommit,
        (row, book, retained): (&AssessmentRow, &str, Fen),
    ) -> Result<(), Error> {
        let on = actor.at.date();
        let rule = &provider_funds(&self.law, actor.area, book, on)?.retention;
        let score = Decimal::from_text(&row.score);
        let answer = return_retention(&AssessmentQuestion {
            retention: retained,
            score: score.map_err(|error| Error::Bug(error.to_string()))?,
            table: rule.returns.iter().map(band).collect(),
        });
        let answer = answer.map_err(refused_by)?;
        let sentences = answer.trace.into_iter().map(|step| step.sentence);
        let sentence = sentences.collect::<Vec<String>>().join("；");
        let returned = answer.amount;
        if returned > Fen::ZERO {
            let checked = self.checked_adjustment(
                actor,
                &NewAdjustment {
                    adjustment: format!("{}-{book}", row.assessment),
                    institution: row.institution.clone(),
                    book: book.to_owned(),
                    class: BenefitClass::Inpatient,
                    kind: AdjustmentKind::RetentionReturn,
                    amount: returned,
                    first_month: FeeMonth::of(on),
                    document: row.assessment.clone(),
                    text: sentence.clone(),
                },
            )?;
            commit.clearing.adjustments.push(checked);
        }
        let forfeited = retained - returned;
        if forfeited > Fen::ZERO {
            let posted = bookkeeping::retention_forfeited(&ProviderAmount {
                batch: &format!("{}-{book}-F", row.assessment),
                document: &row.assessment,
                institution: &row.institution,
                book,
                on,
                amount: forfeited,
            });
            let entry = (row.institution.clone(), posted_of(posted)?);
            commit.clearing.ledger.push(entry);
        }
        commit.returns.push(ReturnRow {
            assessment: row.assessment.clone(),
            book: book.to_owned(),
            retained,
            returned,
            sentence,
        });
        Ok(())
    }
}

fn band(step: &ReturnStep) -> AssessmentBand {
    AssessmentBand {
        at_least: step.at_least,
        returns: step.share.map_or(Returned::Score, Returned::Share),
    }
}
