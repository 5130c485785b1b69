use ::store::{Answer, ClearingCommit, StatementRow};
use policy::FeeMonth;
use terms::{Date, StatementState};

use super::step::{Which, changed, step};
use crate::register::Actor;
use crate::{App, Error};

/// Working days an institution has to object (异议期). Assumed: agreements set it, five is usual.
const RESPOND_DAYS: u32 = 5;
/// Working days from the application to the payment (拨付期限): 《医疗机构医疗保障定点管理暂行办法》
/// （国家医疗保障局令第2号，2021年2月1日起施行）, "申报后30个工作日内拨付".
const PAY_DAYS: u32 = 30;

impl App {
    /// Publishes the drafts of a month to their institutions (发布清算单): from now on they no
    /// longer change by themselves, and the terms to object and to pay run.
    ///
    /// # Errors
    /// `nothing_to_publish` where the month has no draft; `calendar_unknown` where a term runs into
    /// a year whose holidays are not known.
    pub async fn publish_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        which: &Which,
    ) -> Result<Vec<StatementRow>, Error> {
        let drafts = [StatementState::Draft];
        let (rows, last) = self.statements_in(actor, month, which, &drafts).await?;
        if rows.is_empty() {
            let message = format!("{month}没有待发布的清算单，请先生成");
            return Err(Error::refused("nothing_to_publish", message));
        }
        let mut commit = ClearingCommit::new(actor.area);
        let mut published = Vec::with_capacity(rows.len());
        for row in rows {
            let mut to = row.clone();
            self.publish(actor, &mut to)?;
            let after = last.get(&row.statement).copied().unwrap_or(0);
            let until = to
                .respond_by
                .map_or_else(String::new, |day| day.to_string());
            let note = format!("请于{until}前确认或提出异议");
            step(&mut commit, actor, (&row, &to), ("published", &note, after));
            published.push(to);
        }
        let target = month.to_string();
        commit.access = Some(actor.access(self, "publish_month", &target, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(published),
            _ => Err(changed(&format!("{month}的清算单"))),
        }
    }

    /// Puts a statement out: its terms run from today, the term of payment from the application.
    pub(super) fn publish(&self, actor: &Actor, to: &mut StatementRow) -> Result<(), Error> {
        let today = actor.at.date();
        StatementState::Published.word().clone_into(&mut to.state);
        (to.published_by, to.published_at) = (actor.name.clone(), Some(actor.at));
        to.respond_by = Some(self.working_day(today, RESPOND_DAYS)?);
        if to.pay_by.is_none() {
            let from = to.applied_on.unwrap_or(today);
            to.pay_by = Some(self.working_day(from, PAY_DAYS)?);
        }
        Ok(())
    }

    fn working_day(&self, from: Date, days: u32) -> Result<Date, Error> {
        let calendar = &self.law.book.calendar;
        calendar
            .nth_working_day_after(from, days)
            .map_err(|cause| Error::refused("calendar_unknown", cause.to_string()))
    }
}
