use ::store::{Answer, ClearingCommit, OrderMoved, PaymentOrderRow, StatementRow};
use money::Fen;
use policy::FeeMonth;
use terms::StatementState;

use super::step::{Done, Which, changed, step};
use crate::register::Actor;
use crate::{App, Error};

/// What an order of a statement calls its source.
pub const STATEMENT: &str = "statement";
pub(super) const MADE: &str = "made";
pub(super) const SENT: &str = "sent";
pub(super) const PAID: &str = "paid";
pub(super) const RETURNED: &str = "returned";
pub(super) const REISSUED: &str = "reissued";

impl App {
    /// Makes a payment order of every approved statement of a month (开具支付凭单): one statement,
    /// one book, one payee. Who built, published or approved a statement cannot order its payment.
    ///
    /// # Errors
    /// [`Error::Fault`]; what is refused of single statements is told with them: no account of the
    /// payee (`payee_missing`), or the same person as before.
    pub async fn order_month(
        &self,
        actor: &Actor,
        month: FeeMonth,
        which: &Which,
    ) -> Result<Done, Error> {
        let states = [StatementState::Approved];
        let (rows, last) = self.statements_in(actor, month, which, &states).await?;
        let mut done = Done::default();
        for row in rows {
            let after = last.get(&row.statement).copied().unwrap_or(0);
            let moved = self.order(actor, &row, after).await;
            done.count(&row.statement, moved)?;
        }
        Ok(done)
    }

    async fn order(
        &self,
        actor: &Actor,
        from: &StatementRow,
        after: i64,
    ) -> Result<StatementRow, Error> {
        let before = [&from.built_by, &from.published_by, &from.approved_by];
        if before.contains(&&actor.name) {
            let message = "支付凭单由经办、审批以外的人开具";
            return Err(Error::Denied(message.to_owned()));
        }
        let mut to = from.clone();
        StatementState::Ordered.word().clone_into(&mut to.state);
        let asked = NewOrder {
            order: format!("PZ{}", from.statement),
            source_kind: STATEMENT,
            source: &from.statement,
            month: &from.month,
            book: &from.book,
            payee: &from.institution,
            amount: from.due,
        };
        let order = self.order_row(actor, &asked).await?;
        let note = format!("支付凭单{}，{}元", order.order, order.amount);
        let mut commit = ClearingCommit::new(actor.area);
        commit.orders.push(order);
        step(&mut commit, actor, (from, &to), ("ordered", &note, after));
        commit.access = Some(actor.access(self, "order_payment", &from.statement, "done"));
        self.recorded(&commit, to).await
    }

    /// The row of a payment order to the account of its payee that counts now, for those who
    /// record it together with something else of theirs.
    ///
    /// # Errors
    /// `payee_missing` where the payee has no account, `order_amount` for nothing or less.
    pub async fn order_row(
        &self,
        actor: &Actor,
        new: &NewOrder<'_>,
    ) -> Result<PaymentOrderRow, Error> {
        let payee = self.store.payee(actor.area, new.payee).await?;
        let payee = payee.ok_or_else(|| {
            let message = format!("收款方{}没有登记收款账户", new.payee);
            Error::refused("payee_missing", message)
        })?;
        if new.amount <= Fen::ZERO {
            let message = format!("支付金额{}元不对：应大于零", new.amount);
            return Err(Error::refused("order_amount", message));
        }
        Ok(PaymentOrderRow {
            order: new.order.clone(),
            source_kind: new.source_kind.to_owned(),
            source: new.source.to_owned(),
            month: new.month.to_owned(),
            book: new.book.to_owned(),
            payee: new.payee.to_owned(),
            payee_name: payee.name,
            bank: payee.bank,
            account: payee.account,
            amount: new.amount,
            state: MADE.to_owned(),
            reissues: String::new(),
            file: String::new(),
            line_no: 0,
            made_by: actor.name.clone(),
            made_at: actor.at,
            paid_on: None,
            bank_reference: String::new(),
            note: String::new(),
        })
    }

    /// Orders again what the bank sent back, to the account of the payee that counts now
    /// (退票重发).
    ///
    /// # Errors
    /// [`Error::Missing`]; `order_state` where the bank did not send it back, `payee_unchanged`
    /// where the account is the one that failed.
    pub async fn reissue_order(
        &self,
        actor: &Actor,
        order: &str,
    ) -> Result<PaymentOrderRow, Error> {
        let found = self.store.payment_order(actor.area, order).await?;
        let old = found.ok_or_else(|| Error::missing("支付凭单", order))?;
        if old.state != RETURNED {
            let message = format!("支付凭单{order}没有退票，不能重发");
            return Err(Error::refused("order_state", message));
        }
        let again = NewOrder {
            order: format!("{order}-R"),
            source_kind: &old.source_kind,
            source: &old.source,
            month: &old.month,
            book: &old.book,
            payee: &old.payee,
            amount: old.amount,
        };
        let mut new = self.order_row(actor, &again).await?;
        if (&new.account, &new.payee_name) == (&old.account, &old.payee_name) {
            let message = format!("收款方{}的账户没有更正，不能重发", old.payee);
            return Err(Error::refused("payee_unchanged", message));
        }
        new.reissues = order.to_owned();
        let mut to = old.clone();
        REISSUED.clone_into(&mut to.state);
        let mut commit = ClearingCommit::new(actor.area);
        commit.orders.push(new.clone());
        commit.order_moves.push(OrderMoved {
            to,
            from_state: old.state,
        });
        commit.access = Some(actor.access(self, "reissue_order", order, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(new),
            _ => Err(changed(&format!("支付凭单{order}"))),
        }
    }
}

/// What shall be paid to whom, from which book (支付凭单内容).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder<'a> {
    /// 凭单号.
    pub order: String,
    /// What is paid: [`STATEMENT`], or the word of another kind of document.
    pub source_kind: &'a str,
    /// Its number.
    pub source: &'a str,
    /// The month it belongs to.
    pub month: &'a str,
    /// 账套.
    pub book: &'a str,
    /// 收款方编号.
    pub payee: &'a str,
    /// 金额, above zero.
    pub amount: Fen,
}
