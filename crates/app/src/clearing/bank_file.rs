use ::store::{Answer, BankFileRow, ClearingCommit, OrderFilter, OrderMoved, PaymentOrderRow};
use bookkeeping::book_name;
use money::Fen;
use policy::FeeMonth;
use sha2::{Digest, Sha256};

use super::compose::hexadecimal;
use super::order::{MADE, SENT};
use super::step::changed;
use crate::register::Actor;
use crate::{App, Error};

/// A file for the bank with its bytes (银行付款文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankFile {
    /// What is known of it.
    pub row: BankFileRow,
    /// The file, CSV in UTF-8.
    pub text: String,
}

const COLUMNS: [&str; 8] = [
    "序号",
    "凭单号",
    "收款方编号",
    "户名",
    "开户银行",
    "账号",
    "金额",
    "用途",
];

impl App {
    /// Puts every order of a month and book that has not gone out into a file for the bank
    /// (生成付款文件): a head with count and total, then one line per order.
    ///
    /// # Errors
    /// `nothing_to_pay` where no order waits.
    pub async fn make_bank_file(
        &self,
        actor: &Actor,
        month: FeeMonth,
        book: &str,
    ) -> Result<BankFile, Error> {
        let filter = OrderFilter {
            month: month.to_string(),
            book: book.to_owned(),
            state: MADE.to_owned(),
            ..OrderFilter::default()
        };
        let mut orders = self.store.payment_orders(actor.area, &filter).await?;
        if orders.is_empty() {
            let message = format!("{month}账套{book}没有待付的支付凭单");
            return Err(Error::refused("nothing_to_pay", message));
        }
        let file = self.numbers.named("YH");
        let mut commit = ClearingCommit::new(actor.area);
        for (line_no, order) in (1..).zip(&mut orders) {
            SENT.clone_into(&mut order.state);
            (order.file, order.line_no) = (file.clone(), line_no);
            commit.order_moves.push(OrderMoved {
                to: order.clone(),
                from_state: MADE.to_owned(),
            });
        }
        let text = written(&file, book, &orders)?;
        let row = BankFileRow {
            file: file.clone(),
            book: book.to_owned(),
            month: month.to_string(),
            lines: i64::try_from(orders.len()).unwrap_or(i64::MAX),
            total: total(&orders),
            hash: hexadecimal(&Sha256::digest(text.as_bytes())),
            state: SENT.to_owned(),
            made_by: actor.name.clone(),
            made_at: actor.at,
        };
        commit.files.push(row.clone());
        commit.access = Some(actor.access(self, "make_bank_file", &file, "done"));
        match self.store.record_clearing(&commit).await? {
            Answer::Done => Ok(BankFile { row, text }),
            _ => Err(changed(&format!("{month}的支付凭单"))),
        }
    }

    /// A file for the bank once more, byte for byte.
    ///
    /// # Errors
    /// [`Error::Missing`]; [`Error::Bug`] where its orders no longer give the same bytes.
    pub async fn bank_file(&self, area: terms::AreaCode, file: &str) -> Result<BankFile, Error> {
        let row = self.store.bank_file(area, file).await?;
        let row = row.ok_or_else(|| Error::missing("付款文件", file))?;
        let filter = OrderFilter {
            file: file.to_owned(),
            ..OrderFilter::default()
        };
        let mut orders = self.store.payment_orders(area, &filter).await?;
        orders.sort_by_key(|order| order.line_no);
        let text = written(file, &row.book, &orders)?;
        if hexadecimal(&Sha256::digest(text.as_bytes())) != row.hash {
            return Err(Error::Bug(format!("bank file {file} has other bytes now")));
        }
        Ok(BankFile { row, text })
    }
}

fn total(orders: &[PaymentOrderRow]) -> Fen {
    orders.iter().map(|order| order.amount).sum()
}

fn written(file: &str, book: &str, orders: &[PaymentOrderRow]) -> Result<String, Error> {
    let broken = |cause: String| Error::Bug(format!("writing bank file {file}: {cause}"));
    let mut out = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let (count, sum) = (orders.len().to_string(), total(orders).to_string());
    let name = book_name(book);
    let head = [
        "文件号",
        file,
        "账套",
        book,
        name,
        "笔数",
        &count,
        "合计金额",
        &sum,
    ];
    out.write_record(head)
        .and_then(|()| out.write_record(COLUMNS))
        .map_err(|cause| broken(cause.to_string()))?;
    for order in orders {
        let (number, amount) = (order.line_no.to_string(), order.amount.to_string());
        let purpose = format!("{}医保清算款", order.month);
        let record = [
            &number,
            &order.order,
            &order.payee,
            &order.payee_name,
            &order.bank,
            &order.account,
            &amount,
            &purpose,
        ];
        out.write_record(record)
            .map_err(|cause| broken(cause.to_string()))?;
    }
    let bytes = out
        .into_inner()
        .map_err(|cause| broken(cause.to_string()))?;
    String::from_utf8(bytes).map_err(|cause| broken(cause.to_string()))
}
