//! Two months of clearing: the one before last walked to a reconciled receipt, the last one out
//! with its institutions.

mod bills;

use app::clearing::{CorrectionAsked, NewAdjustment, NewPayee, Which};
use app::register::Actor;
use app::{App, Error};
use demo_maker::{DemoArea, Role};
use jiff::ToSpan;
use money::Fen;
use policy::FeeMonth;
use store::{OrderFilter, PaymentOrderRow, StatementRow};
use terms::{AdjustmentKind, BenefitClass, Date};

/// Enters bills of two months and clears them; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let month = FeeMonth::of(area.recipe.today).later(-2);
    if !app
        .store
        .clearing_months(area.recipe.area)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    bills::settle(app, area, month).await?;
    bills::settle(app, area, month.later(1)).await?;
    let desk = Desk { app, area };
    desk.payees().await?;
    desk.walked(month).await?;
    desk.published(month.later(1)).await
}

struct Desk<'a> {
    app: &'a App,
    area: &'a DemoArea,
}

impl Desk<'_> {
    /// Somebody of a role, at nine in the morning of a day.
    fn by(&self, role: Role, on: Date) -> Actor {
        let mut actor = Actor::batch(self.area.recipe.area, "demo", on.at(9, 0, 0, 0));
        let mut accounts = self.area.accounts.iter();
        if let Some(account) = accounts.find(|account| account.role == role) {
            actor.name.clone_from(&account.user);
        }
        actor
    }

    async fn payees(&self) -> Result<(), Error> {
        let today = self.area.recipe.today;
        let by = self.by(Role::Clerk, today);
        for (nth, one) in (1..).zip(&self.area.institutions) {
            let new = NewPayee {
                payee: one.code.clone(),
                name: one.name.clone(),
                bank: "示范银行营业部".to_owned(),
                account: format!("99990000{nth:08}"),
                document: "开户证明".to_owned(),
            };
            self.app.put_payee(&by, &new).await?;
        }
        Ok(())
    }

    /// A month from its drafts to the end.
    async fn walked(&self, month: FeeMonth) -> Result<(), Error> {
        let day = |offset: i64| month.last_day().saturating_add(offset.days());
        let (clerk, checker) = (
            self.by(Role::Clerk, day(8)),
            self.by(Role::Auditor, day(14)),
        );
        let all = Which::default();
        self.app.prepare_month(&clerk, month, "", &[]).await?;
        self.deducted(&clerk, month).await?;
        self.app.prepare_month(&clerk, month, "", &[]).await?;
        let out = self.app.publish_month(&clerk, month, &all).await?;
        self.objected(month, &out, day(9)).await?;
        let hospital = self.by(Role::Clerk, day(10));
        self.app.confirm_month(&hospital, month, &all).await?;
        self.app.approve_month(&checker, month, &all).await?;
        let payer = self.by(Role::Admin, day(15));
        self.app.order_month(&payer, month, &all).await?;
        let back = self.bank(month, day(16), true).await?;
        for order in back {
            self.reissued(&order, day(18)).await?;
        }
        self.bank(month, day(19), false).await?;
        let closer = self.by(Role::Auditor, day(22));
        self.app.close_month(&closer, month).await.map(|_| ())
    }

    /// The last month: one statement confirmed, one objected to, the others waiting.
    async fn published(&self, month: FeeMonth) -> Result<(), Error> {
        let clerk = self.by(Role::Clerk, self.area.recipe.today);
        self.app.prepare_month(&clerk, month, "", &[]).await?;
        let all = Which::default();
        let out = self.app.publish_month(&clerk, month, &all).await?;
        if let [first, second, ..] = out.as_slice() {
            self.app
                .confirm_statement(&clerk, &first.statement, first.version)
                .await?;
            let (number, version) = (second.statement.as_str(), second.version);
            let text = "有一笔结算的待遇类别请核对";
            self.app
                .object_statement(&clerk, (number, version), &[], text)
                .await?;
        }
        Ok(())
    }

    /// A deduction and a retention on the largest statement.
    async fn deducted(&self, by: &Actor, month: FeeMonth) -> Result<(), Error> {
        let which = Which {
            book: "E".to_owned(),
            ..Which::default()
        };
        let rows = self
            .app
            .list_statements(by.area, &month.to_string(), &which)
            .await?;
        let Some(largest) = rows.iter().max_by_key(|row| row.due) else {
            return Ok(());
        };
        let kinds = [
            (AdjustmentKind::AuditDeduction, 20, "超限定支付范围用药"),
            (AdjustmentKind::Retention, 50, "按协议预留质量保证金"),
        ];
        for (kind, part, text) in kinds {
            let amount = Fen::new(-(largest.funds.get() / part).max(1));
            let new = NewAdjustment {
                adjustment: format!("SF-{month}-{}", kind.word()),
                institution: largest.institution.clone(),
                book: largest.book.clone(),
                class: BenefitClass::Inpatient,
                kind,
                amount,
                first_month: month,
                document: "示范文书".to_owned(),
                text: text.to_owned(),
            };
            self.app.propose_adjustment(by, &new).await?;
        }
        Ok(())
    }

    /// The first statement is objected to and answered with a correction.
    async fn objected(&self, month: FeeMonth, out: &[StatementRow], on: Date) -> Result<(), Error> {
        let Some(first) = out.iter().find(|row| row.book == "E") else {
            return Ok(());
        };
        let by = self.by(Role::Clerk, on);
        let number = first.statement.as_str();
        let text = "本月有一笔外购药品费用未计入";
        self.app
            .object_statement(&by, (number, first.version), &[], text)
            .await?;
        let correction = [CorrectionAsked {
            class: BenefitClass::Outpatient,
            amount: Fen::yuan(86),
            text: format!("{month}外购药品费用补记"),
        }];
        let answer = "核实无误，予以补记";
        self.app
            .answer_objection(&by, number, answer, &correction)
            .await
            .map(|_| ())
    }

    /// Sends what waits to the bank, book by book, and takes its answers; one payment comes back
    /// where that is wanted.
    async fn bank(
        &self,
        month: FeeMonth,
        on: Date,
        one_back: bool,
    ) -> Result<Vec<PaymentOrderRow>, Error> {
        let area = self.area.recipe.area;
        let filter = OrderFilter {
            month: month.to_string(),
            state: "made".to_owned(),
            ..OrderFilter::default()
        };
        let waiting = self.app.store.payment_orders(area, &filter).await?;
        let mut books: Vec<&str> = waiting.iter().map(|order| order.book.as_str()).collect();
        books.sort_unstable();
        books.dedup();
        let mut back: Option<PaymentOrderRow> = None;
        let by = self.by(Role::Admin, on);
        for book in books {
            let made = self.app.make_bank_file(&by, month, book).await?;
            let file = made.row.file;
            let sent = OrderFilter {
                file: file.clone(),
                ..OrderFilter::default()
            };
            let orders = self.app.store.payment_orders(area, &sent).await?;
            if one_back && back.is_none() {
                back = orders.first().cloned();
            }
            let text = receipt(&file, &orders, back.as_ref(), on);
            let name = format!("回单{file}.csv");
            self.app.take_receipt(&by, (&name, text.as_bytes())).await?;
        }
        Ok(back.into_iter().collect())
    }

    /// The account is corrected and the money sent again.
    async fn reissued(&self, order: &PaymentOrderRow, on: Date) -> Result<(), Error> {
        let new = NewPayee {
            payee: order.payee.clone(),
            name: order.payee_name.clone(),
            bank: order.bank.clone(),
            account: format!("{}1", order.account),
            document: "账户变更说明".to_owned(),
        };
        let clerk = self.by(Role::Clerk, on);
        self.app.put_payee(&clerk, &new).await?;
        let payer = self.by(Role::Admin, on);
        self.app
            .reissue_order(&payer, &order.order)
            .await
            .map(|_| ())
    }
}

/// What the bank answers to a file.
fn receipt(
    file: &str,
    orders: &[PaymentOrderRow],
    back: Option<&PaymentOrderRow>,
    on: Date,
) -> String {
    let total: Fen = orders.iter().map(|order| order.amount).sum();
    let mut text = format!("文件号,{file},笔数,{},合计金额,{total}\n", orders.len());
    text.push_str("凭单号,金额,结果,记账日期,流水号,原因\n");
    for (nth, order) in (1..).zip(orders) {
        let (number, amount) = (&order.order, order.amount);
        let returned = back.is_some_and(|back| back.order == order.order);
        let (said, why) = match returned {
            true => ("退票", "账号与户名不符"),
            false => ("已付", ""),
        };
        text.push_str(&format!(
            "{number},{amount},{said},{on},{file}-{nth:04},{why}\n"
        ));
    }
    text
}
