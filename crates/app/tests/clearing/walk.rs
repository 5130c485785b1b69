//! Steps of a month, each by somebody of its own.

use app::clearing::{Done, MonthClosed, NewPayee, Which, bridges, open_bridge};
use app::register::Actor;
use money::Fen;
use policy::FeeMonth;
use store::{MonthBuilt, OrderFilter, StatementFilter, StatementRow};

use crate::house::{HOSPITAL, House, PHARMACY, area, at};

pub fn month(text: &str) -> FeeMonth {
    text.parse().unwrap()
}

pub fn all() -> Which {
    Which::default()
}

/// Somebody who acts at noon of a day.
pub fn by(name: &str, day: &str) -> Actor {
    let mut actor = Actor::batch(area(), "test", at(&format!("{day}T12:00:00")));
    actor.name = name.to_owned();
    actor
}

impl House {
    pub async fn build(&self, of: &str, day: &str) -> MonthBuilt {
        let maker = by("maker", day);
        self.app.build_month(&maker, month(of), "").await.unwrap()
    }

    pub async fn publish(&self, of: &str, day: &str) -> Vec<StatementRow> {
        let maker = by("maker", day);
        let out = self.app.publish_month(&maker, month(of), &all()).await;
        out.unwrap()
    }

    pub async fn confirm_all(&self, of: &str, day: &str) {
        for row in self.statements(of).await {
            if row.state == "published" {
                let hospital = by("hospital", day);
                let number = row.statement.as_str();
                let done = self.app.confirm_statement(&hospital, number, row.version);
                done.await.unwrap();
            }
        }
    }

    pub async fn approve(&self, of: &str, day: &str) -> Done {
        let checker = by("checker", day);
        let done = self.app.approve_month(&checker, month(of), &all()).await;
        done.unwrap()
    }

    pub async fn order(&self, of: &str, day: &str) -> Done {
        let payer = by("payer", day);
        let done = self.app.order_month(&payer, month(of), &all()).await;
        done.unwrap()
    }

    pub async fn payees(&self) {
        for payee in [HOSPITAL, PHARMACY] {
            self.payee(payee, "6222000011112222").await;
        }
    }

    pub async fn payee(&self, payee: &str, account: &str) {
        let new = NewPayee {
            payee: payee.to_owned(),
            name: format!("示例{payee}"),
            bank: "示例银行".to_owned(),
            account: account.to_owned(),
            document: "开户证明".to_owned(),
        };
        let clerk = by("maker", "2024-10-01");
        self.app.put_payee(&clerk, &new).await.unwrap();
    }

    pub async fn statements(&self, of: &str) -> Vec<StatementRow> {
        let filter = StatementFilter {
            month: of.to_owned(),
            ..StatementFilter::default()
        };
        let found = self.app.store.clearing_statements(area(), &filter);
        found.await.unwrap()
    }

    /// The one statement of an institution and book in a month.
    pub async fn one(&self, of: &str, institution: &str, book: &str) -> StatementRow {
        let rows = self.statements(of).await;
        let mut found = rows
            .into_iter()
            .filter(|row| row.institution == institution && row.book == book);
        let one = found.next().expect("there is one");
        assert!(found.next().is_none());
        one
    }

    /// Makes the file of a book, and has the bank answer it: orders named in `back` come back.
    pub async fn bank(&self, of: &str, book: &str, day: &str, back: &[&str]) -> String {
        let payer = by("payer", day);
        let file = self.app.make_bank_file(&payer, month(of), book);
        let file = file.await.unwrap();
        let text = self.receipt(&file.row.file, day, back).await;
        let taken = self
            .app
            .take_receipt(&payer, ("receipt.csv", text.as_bytes()));
        taken.await.unwrap();
        file.row.file
    }

    /// What the bank would answer to a file.
    pub async fn receipt(&self, file: &str, day: &str, back: &[&str]) -> String {
        let filter = OrderFilter {
            file: file.to_owned(),
            ..OrderFilter::default()
        };
        let orders = self.app.store.payment_orders(area(), &filter);
        let orders = orders.await.unwrap();
        let total: Fen = orders.iter().map(|order| order.amount).sum();
        let mut text = format!("文件号,{file},笔数,{},合计金额,{total}\n", orders.len());
        text.push_str("凭单号,金额,结果,记账日期,流水号,原因\n");
        for (nth, order) in (1..).zip(&orders) {
            let (number, amount) = (&order.order, order.amount);
            let said = if back.contains(&order.payee.as_str()) {
                "退票"
            } else {
                "已付"
            };
            let why = if said == "退票" { "账号不符" } else { "" };
            text.push_str(&format!("{number},{amount},{said},{day},LS{nth},{why}\n"));
        }
        text
    }

    /// From drafts to paid, everything confirmed, nothing returned.
    pub async fn pay(&self, of: &str, days: [&str; 4]) {
        self.publish(of, days[0]).await;
        self.confirm_all(of, days[1]).await;
        assert_eq!(self.approve(of, days[2]).await.refused, []);
        assert_eq!(self.order(of, days[2]).await.refused, []);
        for book in ["E", "R", "A"] {
            let waits = OrderFilter {
                month: of.to_owned(),
                book: book.to_owned(),
                state: "made".to_owned(),
                ..OrderFilter::default()
            };
            let waiting = self.app.store.payment_orders(area(), &waits);
            if !waiting.await.unwrap().is_empty() {
                self.bank(of, book, days[3], &[]).await;
            }
        }
    }

    pub async fn close(&self, of: &str, day: &str) -> Result<MonthClosed, app::Error> {
        let clerk = by("maker", day);
        self.app.close_month(&clerk, month(of)).await
    }

    /// Statements, orders, bank and both kinds of books must agree.
    pub async fn prove_clearing(&self) -> store::ClearingSums {
        self.prove().await;
        let found = self.app.store.verify_clearing(area()).await.unwrap();
        let sums = found.unwrap_or_else(|differs| panic!("{differs}"));
        let all = bridges(&self.app.store, area(), None).await.unwrap();
        assert_eq!(open_bridge(&all), None, "{all:#?}");
        sums
    }
}
