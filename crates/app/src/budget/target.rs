use ::store::{Answer, TargetRow};
use money::Fen;
use policy::FeeMonth;
use terms::Date;

use super::season;
use crate::procurement::provider_funds;
use crate::register::Actor;
use crate::{App, Error};

/// A round of negotiation about a target (预算指标协商).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetAsked {
    /// 医疗机构.
    pub institution: String,
    /// 账套.
    pub book: String,
    /// 年度.
    pub year: i16,
    /// What the institution asks for.
    pub asked: Fen,
    /// What the agency offers.
    pub offered: Fen,
    /// What both come to.
    pub amount: Fen,
    /// The quotas, where they are given; else they follow the season of the year before.
    pub quotas: Option<[Fen; 12]>,
    /// 协商记录: who took part, what was argued.
    pub note: String,
}

pub(super) const PROPOSED: &str = "proposed";
pub(super) const AGREED: &str = "agreed";
const REJECTED: &str = "rejected";

impl App {
    /// Enters a round about a target (预算指标协商); it counts once another person agrees.
    ///
    /// # Errors
    /// A refusal where a round waits, an amount is not above zero, or the quotas do not make it.
    pub async fn propose_target(
        &self,
        actor: &Actor,
        asked: &TargetAsked,
    ) -> Result<TargetRow, Error> {
        self.institution(&asked.institution)?;
        provider_funds(&self.law, actor.area, &asked.book, actor.at.date())?;
        let rounds = self.rounds(actor, asked).await?;
        if let Some(waits) = rounds.iter().find(|round| round.state == PROPOSED) {
            let message = format!("第{}轮协商还没有审定", waits.version);
            return Err(Error::refused("target_waits", message));
        }
        for (name, amount) in [("年度指标", asked.amount), ("机构申报数", asked.asked)] {
            if amount <= Fen::ZERO {
                let message = format!("{name}{amount}元应大于零");
                return Err(Error::refused("target_amount", message));
            }
        }
        let (quotas, season) = self.target_quotas(actor, asked).await?;
        let row = TargetRow {
            institution: asked.institution.clone(),
            book: asked.book.clone(),
            year: i64::from(asked.year),
            version: rounds.last().map_or(1, |last| last.version + 1),
            amount: asked.amount,
            asked: asked.asked,
            offered: asked.offered,
            quotas: serde_json::json!(quotas.map(Fen::get)).to_string(),
            season: season.to_owned(),
            state: PROPOSED.to_owned(),
            note: asked.note.clone(),
            made_by: actor.name.clone(),
            made_at: actor.at,
            checked_by: String::new(),
            checked_at: None,
        };
        let access = actor.access(self, "propose_target", &asked.institution, "done");
        let rows = [row.clone()];
        match self
            .store
            .record_targets(actor.area, &rows, &access)
            .await?
        {
            Answer::Done => Ok(row),
            _ => Err(Error::Busy),
        }
    }

    async fn rounds(&self, actor: &Actor, asked: &TargetAsked) -> Result<Vec<TargetRow>, Error> {
        let (year, institution) = (asked.year, &asked.institution);
        let rounds = self.store.budget_targets(actor.area, year, institution);
        let mut rounds = rounds.await?;
        rounds.retain(|round| round.book == asked.book);
        Ok(rounds)
    }

    async fn target_quotas(
        &self,
        actor: &Actor,
        asked: &TargetAsked,
    ) -> Result<([Fen; 12], &'static str), Error> {
        let target = asked.amount;
        if let Some(quotas) = asked.quotas {
            let whole: Fen = quotas.iter().copied().sum();
            if whole != target || quotas.iter().any(|quota| quota.is_negative()) {
                let message = format!("各月限额合计{whole}元，应为{target}元且各月不为负");
                return Err(Error::refused("quotas_differ", message));
            }
            return Ok((quotas, "given"));
        }
        let last = asked.year - 1;
        let span = Date::new(last, 1, 1).and_then(|from| Ok((from, Date::new(asked.year, 1, 1)?)));
        let span = span.map_err(|_| Error::refused("no_such_year", format!("没有{last}年")))?;
        let mut history = [Fen::ZERO; 12];
        for spent in self.store.provider_spending(actor.area, span).await? {
            if spent.institution != asked.institution || spent.book != asked.book {
                continue;
            }
            let month = spent.month.parse::<FeeMonth>();
            let month = month
                .map_err(|error| Error::Bug(error.to_string()))?
                .month();
            history[usize::from(month.unsigned_abs()) - 1] += spent.amount;
        }
        Ok(season::quotas(target, &history))
    }

    /// Agrees to a round, or turns it down (指标审定).
    ///
    /// # Errors
    /// [`Error::Denied`] to whoever entered it; a refusal where no round waits.
    pub async fn decide_target(
        &self,
        actor: &Actor,
        (institution, book, year): (&str, &str, i16),
        agree: bool,
    ) -> Result<TargetRow, Error> {
        let rounds = self.store.budget_targets(actor.area, year, institution);
        let rounds = rounds.await?;
        let mut waiting = rounds.into_iter();
        let row = waiting.find(|round| round.book == book && round.state == PROPOSED);
        let row = row.ok_or_else(|| {
            let message = format!("{institution}{year}年没有等待审定的指标");
            Error::refused("no_target_waits", message)
        })?;
        if row.made_by == actor.name {
            let message = "预算指标由另一人审定：录入人不能审定自己的录入";
            return Err(Error::Denied(message.to_owned()));
        }
        let to = TargetRow {
            state: if agree { AGREED } else { REJECTED }.to_owned(),
            checked_by: actor.name.clone(),
            checked_at: Some(actor.at),
            ..row
        };
        let access = actor.access(self, "decide_target", institution, &to.state);
        match self.store.decide_target(actor.area, &to, &access).await? {
            Answer::Done => Ok(to),
            _ => Err(Error::Busy),
        }
    }
}
