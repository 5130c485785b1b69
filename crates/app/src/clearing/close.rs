use ::store::{Answer, ClearingCommit, OrderFilter, StatementFilter, StatementRow};
use policy::FeeMonth;
use terms::StatementState;

use super::bridge::{BookBridge, bridges, open_bridge};
use super::order::{MADE, RETURNED, SENT};
use super::step::{changed, step};
use crate::register::Actor;
use crate::{App, Error};

/// A month that is closed (结账结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthClosed {
    /// Its statements.
    pub statements: Vec<StatementRow>,
    /// The bridges of the months in which money moved, by book; every one closes.
    pub bridges: Vec<BookBridge>,
}

impl App {
    /// Closes a month (月度结账): everything is paid, every bank file answered, no payment waits
    /// to be sent again, and both kinds of books tell one story.
    ///
    /// # Errors
    /// `nothing_to_close`, `closed_before`, `month_unpaid`, `orders_open`, `bridge_open`, each
    /// naming what is open.
    pub async fn close_month(&self, actor: &Actor, month: FeeMonth) -> Result<MonthClosed, Error> {
        let filter = StatementFilter {
            month: month.to_string(),
            ..StatementFilter::default()
        };
        let rows = self.store.clearing_statements(actor.area, &filter).await?;
        refuse_unpaid(month, &rows)?;
        self.refuse_open_orders(actor, month).await?;
        let bridges = bridges(&self.store, actor.area, None).await?;
        if let Some(open) = open_bridge(&bridges) {
            let (book, difference) = (&open.book, open.bridge.difference());
            let message = format!(
                "{}账套{book}的桥接表差额{difference}元，不能结账",
                open.month
            );
            return Err(Error::refused("bridge_open", message));
        }
        let last = self.store.last_events(actor.area, &filter.month).await?;
        let mut commit = ClearingCommit::new(actor.area);
        let mut statements = Vec::with_capacity(rows.len());
        for row in rows {
            let mut to = row.clone();
            StatementState::Closed.word().clone_into(&mut to.state);
            let after = last.get(&row.statement).copied().unwrap_or(0);
            step(&mut commit, actor, (&row, &to), ("closed", "", after));
            statements.push(to);
        }
        commit.access = Some(actor.access(self, "close_month", &filter.month, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(MonthClosed {
                statements,
                bridges,
            }),
            _ => Err(changed(&format!("{month}的清算单"))),
        }
    }

    async fn refuse_open_orders(&self, actor: &Actor, month: FeeMonth) -> Result<(), Error> {
        for (state, what) in [(MADE, "未付"), (SENT, "没有回单"), (RETURNED, "退票未重发")]
        {
            let filter = OrderFilter {
                month: month.to_string(),
                state: state.to_owned(),
                ..OrderFilter::default()
            };
            let open = self.store.payment_orders(actor.area, &filter).await?;
            if let Some(first) = open.first() {
                let (count, order) = (open.len(), &first.order);
                let message = format!("{month}有{count}张支付凭单{what}（如{order}），不能结账");
                return Err(Error::refused("orders_open", message));
            }
        }
        Ok(())
    }
}

fn refuse_unpaid(month: FeeMonth, rows: &[StatementRow]) -> Result<(), Error> {
    if rows.is_empty() {
        let message = format!("{month}没有清算单");
        return Err(Error::refused("nothing_to_close", message));
    }
    let closed = StatementState::Closed.word();
    if rows.iter().all(|row| row.state == closed) {
        let message = format!("{month}已经结账");
        return Err(Error::refused("closed_before", message));
    }
    let settled = [StatementState::Paid.word(), closed];
    let mut unpaid = rows
        .iter()
        .filter(|row| !settled.contains(&row.state.as_str()));
    match unpaid.next() {
        Some(first) => {
            let (count, number) = (unpaid.count() + 1, &first.statement);
            let message = format!("{month}有{count}张清算单未拨付（如{number}），不能结账");
            Err(Error::refused("month_unpaid", message))
        }
        None => Ok(()),
    }
}
