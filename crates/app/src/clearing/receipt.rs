use std::collections::BTreeMap;

use ::store::{
    Answer, BankFileRow, BankReceiptLineRow, BankReceiptRow, ClearingCommit, OrderFilter,
    OrderMoved, PaymentOrderRow, StatementRow,
};
use bookkeeping::{Again, payment_reissued, payment_returned};
use ledger::Batch;
use money::Fen;
use sha2::{Digest, Sha256};
use terms::StatementState;

use super::approve::paid;
use super::compose::hexadecimal;
use super::order::{PAID, RETURNED, SENT, STATEMENT};
use super::receipt_file::{ReceiptFile, ReceiptLine, read};
use super::step::{changed, step};
use crate::register::Actor;
use crate::{App, Error};

/// What a file of the bank did (银行对账结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptDone {
    /// The receipt.
    pub row: BankReceiptRow,
    /// Whether it was taken before: nothing happened now.
    pub known: bool,
    /// Orders the bank sent back, with its reason.
    pub returned: Vec<(String, String)>,
}

impl App {
    /// Takes what the bank answers to a file of orders (导入银行回单): every order of the file is
    /// answered once, with its amount; count and total are those of the file. Payments are posted
    /// in both kinds of books; what came back waits on 200104. The same file again changes
    /// nothing.
    ///
    /// # Errors
    /// `unreadable_receipt`, `receipt_differs` naming line or sum, `receipt_before_order` for a
    /// day before the file was made; nothing is taken of a file with a fault.
    pub async fn take_receipt(
        &self,
        actor: &Actor,
        (name, bytes): (&str, &[u8]),
    ) -> Result<ReceiptDone, Error> {
        let receipt = hexadecimal(&Sha256::digest(bytes));
        let text = std::str::from_utf8(bytes).map_err(|_| {
            let message = "回单不是UTF-8文本，请用UTF-8保存后导入";
            Error::refused("unreadable_receipt", message)
        })?;
        let read = read(text)?;
        let file = self.store.bank_file(actor.area, &read.file).await?;
        let file = file.ok_or_else(|| Error::missing("付款文件", &read.file))?;
        if let Some(done) = self.taken_before(actor, &file, &receipt).await? {
            return Ok(done);
        }
        let orders = self.orders_of(actor, &file).await?;
        check(&file, &read, &orders)?;
        let row = receipt_row(actor, (name, &receipt), &read);
        let mut commit = ClearingCommit::new(actor.area);
        commit.answered.push(file.file.clone());
        let mut returned = Vec::new();
        for line in &read.lines {
            let order = &orders[&line.order];
            self.answered(actor, &mut commit, order, line).await?;
            commit.receipt_lines.push(line_row(&receipt, line));
            if !line.paid {
                returned.push((line.order.clone(), line.reason.clone()));
            }
        }
        commit.receipt = Some(row.clone());
        commit.access = Some(actor.access(self, "take_receipt", &file.file, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(ReceiptDone {
                row,
                known: false,
                returned,
            }),
            _ => Err(changed(&format!("付款文件{}的回单", file.file))),
        }
    }

    /// The answer given to the same receipt before, or a refusal where the file has another.
    async fn taken_before(
        &self,
        actor: &Actor,
        file: &BankFileRow,
        receipt: &str,
    ) -> Result<Option<ReceiptDone>, Error> {
        let known = self.store.bank_receipts(actor.area, &file.file).await?;
        let Some(row) = known.into_iter().next() else {
            return Ok(None);
        };
        if row.receipt != receipt {
            let message = format!("付款文件{}已有另一份回单", file.file);
            return Err(Error::refused("receipt_differs", message));
        }
        let lines = self.store.bank_receipt_lines(actor.area, receipt).await?;
        let back = lines.into_iter().filter(|line| line.outcome == RETURNED);
        Ok(Some(ReceiptDone {
            returned: back.map(|line| (line.order, line.reason)).collect(),
            row,
            known: true,
        }))
    }

    async fn orders_of(
        &self,
        actor: &Actor,
        file: &BankFileRow,
    ) -> Result<BTreeMap<String, PaymentOrderRow>, Error> {
        let filter = OrderFilter {
            file: file.file.clone(),
            ..OrderFilter::default()
        };
        let orders = self.store.payment_orders(actor.area, &filter).await?;
        let sent = orders.into_iter().filter(|order| order.state == SENT);
        Ok(sent.map(|order| (order.order.clone(), order)).collect())
    }

    /// Posts one line: the payment, and its return where it came back.
    async fn answered(
        &self,
        actor: &Actor,
        commit: &mut ClearingCommit,
        order: &PaymentOrderRow,
        line: &ReceiptLine,
    ) -> Result<(), Error> {
        let mut to = order.clone();
        to.state = if line.paid { PAID } else { RETURNED }.to_owned();
        to.paid_on = Some(line.on);
        to.bank_reference.clone_from(&line.reference);
        to.note.clone_from(&line.reason);
        commit.order_moves.push(OrderMoved {
            to,
            from_state: order.state.clone(),
        });
        let mut batches: Vec<Batch> = Vec::new();
        if !order.reissues.is_empty() {
            batches.push(again(order, line, "CF", payment_reissued)?);
        }
        if order.source_kind == STATEMENT {
            let statement = self.statement(actor, &order.source).await?;
            if order.reissues.is_empty() {
                batches.extend(paid(&statement, "FK", line.on, order.amount)?);
            }
            self.note_answer(actor, commit, &statement, line).await?;
        } else if order.reissues.is_empty() {
            let posted = self.provider_order_paid(actor.area, order, line.on).await?;
            if posted.is_empty() {
                let kind = &order.source_kind;
                let message = format!("支付凭单{}的来源“{kind}”没有记账规则", order.order);
                return Err(Error::refused("order_source", message));
            }
            commit.ledger.extend(posted);
        }
        if !line.paid {
            batches.push(again(order, line, "TP", payment_returned)?);
        }
        let owned = batches
            .into_iter()
            .map(|batch| (order.payee.clone(), batch));
        commit.ledger.extend(owned);
        Ok(())
    }

    async fn note_answer(
        &self,
        actor: &Actor,
        commit: &mut ClearingCommit,
        from: &StatementRow,
        line: &ReceiptLine,
    ) -> Result<(), Error> {
        let mut to = from.clone();
        if line.paid {
            StatementState::Paid.word().clone_into(&mut to.state);
        }
        let name = if line.paid { PAID } else { RETURNED };
        let note = if line.paid {
            format!("{}，银行流水{}", line.on, line.reference)
        } else {
            format!("{}退票：{}", line.on, line.reason)
        };
        let after = self.last_event(actor, &from.statement).await?;
        step(commit, actor, (from, &to), (name, &note, after));
        Ok(())
    }
}

fn again(
    order: &PaymentOrderRow,
    line: &ReceiptLine,
    prefix: &str,
    post: fn(&Again<'_>) -> Result<Batch, bookkeeping::Unpostable>,
) -> Result<Batch, Error> {
    let posting = Again {
        batch: &format!("{prefix}{}", order.order),
        order: &order.order,
        payee: &order.payee,
        book: &order.book,
        on: line.on,
        amount: order.amount,
    };
    post(&posting).map_err(|cause| Error::Bug(format!("posting order {}: {cause}", order.order)))
}

/// Compares a receipt with the file it answers.
fn check(
    file: &BankFileRow,
    read: &ReceiptFile,
    orders: &BTreeMap<String, PaymentOrderRow>,
) -> Result<(), Error> {
    let differs = |message: String| Err(Error::refused("receipt_differs", message));
    let sum: Fen = read.lines.iter().map(|line| line.amount).sum();
    if (read.lines_said, read.total_said) != (read.lines.len(), sum) {
        let (said, total, found) = (read.lines_said, read.total_said, read.lines.len());
        return differs(format!(
            "回单写明{said}笔、{total}元，实际{found}笔、{sum}元"
        ));
    }
    let mut seen = BTreeMap::new();
    for line in &read.lines {
        let (number, name) = (line.line, &line.order);
        let Some(order) = orders.get(name) else {
            return differs(format!(
                "回单第{number}行凭单{name}不在付款文件{}中",
                file.file
            ));
        };
        if order.amount != line.amount {
            let (ours, theirs) = (order.amount, line.amount);
            return differs(format!(
                "回单第{number}行凭单{name}金额{theirs}元，应为{ours}元"
            ));
        }
        if let Some(first) = seen.insert(name, number) {
            return differs(format!("凭单{name}在回单第{first}行和第{number}行重复"));
        }
        if line.on < order.made_at.date() {
            let (on, made) = (line.on, order.made_at.date());
            let message = format!("回单第{number}行记账日期{on}早于凭单日期{made}");
            return Err(Error::refused("receipt_before_order", message));
        }
    }
    match orders.keys().find(|name| !seen.contains_key(name)) {
        Some(name) => differs(format!("付款文件{}的凭单{name}在回单中没有", file.file)),
        None => Ok(()),
    }
}

fn receipt_row(actor: &Actor, (name, receipt): (&str, &str), read: &ReceiptFile) -> BankReceiptRow {
    let sum = |paid: bool| {
        let of = read.lines.iter().filter(|line| line.paid == paid);
        of.map(|line| line.amount).sum::<Fen>()
    };
    BankReceiptRow {
        receipt: receipt.to_owned(),
        name: name.to_owned(),
        file: read.file.clone(),
        lines: i64::try_from(read.lines.len()).unwrap_or(i64::MAX),
        total: read.total_said,
        paid: sum(true),
        returned: sum(false),
        imported_by: actor.name.clone(),
        imported_at: actor.at,
    }
}

fn line_row(receipt: &str, line: &ReceiptLine) -> BankReceiptLineRow {
    BankReceiptLineRow {
        receipt: receipt.to_owned(),
        line_no: i64::try_from(line.line).unwrap_or(i64::MAX),
        order: line.order.clone(),
        amount: line.amount,
        outcome: if line.paid { PAID } else { RETURNED }.to_owned(),
        settled_on: line.on,
        bank_reference: line.reference.clone(),
        reason: line.reason.clone(),
    }
}
