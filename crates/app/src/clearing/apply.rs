use ::store::{Answer, ApplicationMoved, ApplicationRow, ClearingCommit, StatementFilter};
use jiff::ToSpan;
use money::Fen;
use policy::FeeMonth;
use serde::{Deserialize, Serialize};
use terms::{CareType, Date};

use super::step::changed;
use crate::register::Actor;
use crate::{App, Error};

/// What an institution applies for (清算申请).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// 清算年月.
    pub month: FeeMonth,
    /// 清算类别, as the institution says it.
    pub class: String,
    /// The kinds of care it means.
    pub cares: Vec<CareType>,
    /// First day of the bills.
    pub from: Date,
    /// Last day of the bills.
    pub to: Date,
    /// What the institution's own books say.
    pub totals: Totals,
}

/// Totals of bills, ours or an institution's (申请合计).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// 人次.
    pub visits: i64,
    /// 医疗费总额.
    pub total: Fen,
    /// 医保认可费用总额.
    pub in_scope: Fen,
    /// 基金申报总额.
    pub funds: Fen,
    /// 现金支付金额.
    pub cash: Fen,
    /// 个人账户支出.
    pub account: Fen,
}

impl App {
    /// Takes an institution's application for a month (受理清算申请). Its totals must be those of
    /// our own settlements; the term of payment runs from it. Applying again with the same totals
    /// answers the same application.
    ///
    /// # Errors
    /// `application_days` where the days are not of the month, `month_open` where they are not
    /// over, `application_differs` naming every total that is not ours, `application_published`
    /// where the month's statements are out already.
    pub async fn apply_for_clearing(
        &self,
        actor: &Actor,
        institution: &str,
        asked: &Application,
        message: &str,
    ) -> Result<ApplicationRow, Error> {
        self.institution(institution)?;
        check_days(actor, asked)?;
        let cares: Vec<&str> = asked.cares.iter().map(|care| care.word()).collect();
        let before = asked.to.saturating_add(1.days());
        let own = self
            .store
            .institution_sums(actor.area, institution, (asked.from, before), &cares)
            .await?;
        let own = Totals {
            visits: own.visits,
            total: own.total,
            in_scope: own.in_scope,
            funds: own.funds,
            cash: own.cash,
            account: own.account,
        };
        refuse_difference(&asked.totals, &own)?;
        let month = asked.month.to_string();
        let known = self
            .store
            .clearing_applications(actor.area, institution, &month)
            .await?;
        let same = |row: &&ApplicationRow| row.state == "applied" && row.class == asked.class;
        if let Some(row) = known.iter().find(same) {
            return Ok(row.clone());
        }
        self.refuse_published(actor, institution, &month).await?;
        let text =
            |totals: &Totals| serde_json::to_string(totals).expect("totals are plain numbers");
        let row = ApplicationRow {
            application: self.numbers.named("QSSQ"),
            institution: institution.to_owned(),
            month,
            class: asked.class.clone(),
            state: "applied".to_owned(),
            message: message.to_owned(),
            totals: text(&asked.totals),
            own: text(&own),
            applied_by: actor.name.clone(),
            applied_at: actor.at,
            ended_at: None,
        };
        let mut commit = ClearingCommit::new(actor.area);
        commit.applications.push(row.clone());
        commit.access = Some(actor.access(self, "apply_for_clearing", &row.application, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(row),
            _ => Err(changed(&format!("清算申请{}", row.application))),
        }
    }

    /// Takes an application back while the month's statements are drafts (撤销清算申请).
    ///
    /// # Errors
    /// [`Error::Missing`] for another institution's or none; `application_withdrawn` where it was
    /// taken back before, `application_published` where statements are out.
    pub async fn withdraw_application(
        &self,
        actor: &Actor,
        institution: &str,
        application: &str,
    ) -> Result<(), Error> {
        let all = self
            .store
            .clearing_applications(actor.area, institution, "")
            .await?;
        let row = all.into_iter().find(|row| row.application == application);
        let row = row.ok_or_else(|| Error::missing("清算申请", application))?;
        let ended = || {
            let message = format!("清算申请{application}已经撤销");
            Error::refused("application_withdrawn", message)
        };
        if row.state != "applied" {
            return Err(ended());
        }
        self.refuse_published(actor, institution, &row.month)
            .await?;
        let mut commit = ClearingCommit::new(actor.area);
        commit.application_moves.push(ApplicationMoved {
            application: application.to_owned(),
            ended_at: actor.at,
        });
        commit.access = Some(actor.access(self, "withdraw_application", application, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(()),
            _ => Err(ended()),
        }
    }

    async fn refuse_published(
        &self,
        actor: &Actor,
        institution: &str,
        month: &str,
    ) -> Result<(), Error> {
        let filter = StatementFilter {
            month: month.to_owned(),
            institution: institution.to_owned(),
            ..StatementFilter::default()
        };
        let rows = self.store.clearing_statements(actor.area, &filter).await?;
        match rows.iter().find(|row| row.state != "draft") {
            Some(row) => {
                let number = &row.statement;
                let message =
                    format!("{month}的清算单{number}已经发布，请在清算单上确认或提出异议");
                Err(Error::refused("application_published", message))
            }
            None => Ok(()),
        }
    }
}

fn check_days(actor: &Actor, asked: &Application) -> Result<(), Error> {
    let (from, to, month) = (asked.from, asked.to, asked.month);
    if from > to || FeeMonth::of(from) != month || FeeMonth::of(to) != month {
        let message = format!("起止日期{from}至{to}不在清算年月{month}之内");
        return Err(Error::refused("application_days", message));
    }
    if month.last_day() >= actor.at.date() {
        let message = format!("{month}还没有结束，不能申请清算");
        return Err(Error::refused("month_open", message));
    }
    Ok(())
}

/// Names every total that is not ours.
fn refuse_difference(theirs: &Totals, own: &Totals) -> Result<(), Error> {
    let mut differences = Vec::new();
    if theirs.visits != own.visits {
        let (said, ours) = (theirs.visits, own.visits);
        differences.push(format!("清算人次申报{said}，中心{ours}"));
    }
    let amounts = [
        ("医疗费总额", theirs.total, own.total),
        ("医保认可费用总额", theirs.in_scope, own.in_scope),
        ("基金申报总额", theirs.funds, own.funds),
        ("现金支付金额", theirs.cash, own.cash),
        ("个人账户支出", theirs.account, own.account),
    ];
    for (name, said, ours) in amounts.into_iter().filter(|(_, said, ours)| said != ours) {
        differences.push(format!("{name}申报{said}元，中心{ours}元"));
    }
    if differences.is_empty() {
        return Ok(());
    }
    let all = differences.join("；");
    let message = format!("申报合计与中心结算不符，请先对账：{all}");
    Err(Error::refused("application_differs", message))
}
