//! Targets of institutions with a talk about one that is ahead, suppliers' invoices in every state,
//! and a batch that waits for approval.

use app::budget::{InterviewHeld, TargetAsked};
use app::procurement::InvoiceReceived;
use app::register::Actor;
use app::{App, Error};
use demo_maker::DemoArea;
use jiff::ToSpan;
use money::{Fen, Ratio, Rounding};
use policy::FeeMonth;
use store::{ClearingCommit, PayeeRow, SpentRow};
use terms::Date;

/// Who enters, and who agrees.
const OFFICER: &str = "指标演示";
const CHIEF: &str = "审定演示";
/// Suppliers with the names of their accounts.
const SUPPLIERS: [(&str, &str); 2] = [
    ("GYS0001", "示例医药有限公司"),
    ("GYS0002", "示例器械有限公司"),
];
/// What institutions have spent, in percent of their quotas, one after the other.
const AHEAD: [i64; 5] = [128, 92, 118, 100, 140];

/// Enters targets, a talk, suppliers, invoices and a batch; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let (code, today) = (area.recipe.area, area.recipe.today);
    let month = FeeMonth::of(today).later(-1);
    let known = app.store.budget_targets(code, month.year(), "").await?;
    if !known.is_empty() {
        return Ok(());
    }
    let first = month.later(1 - i32::from(month.month()));
    let span = (first.first_day(), month.later(1).first_day());
    let spent = app.store.provider_spending(code, span).await?;
    let spent = of_the_year(spent);
    for (one, percent) in spent.iter().zip(AHEAD.into_iter().cycle()) {
        target(app, area, (one, percent), month).await?;
    }
    if let Some(line) = app.over_target(code, month).await?.first() {
        let held = InterviewHeld {
            institution: line.institution.clone(),
            book: line.book.clone(),
            through: month,
            causes: "收治病例增加，次均费用高于上年".to_owned(),
            remedies: "规范入院指征，控制次均费用，按月报送执行情况".to_owned(),
            deadline: today.saturating_add(45.days()),
            follow_up: month.later(2),
        };
        app.hold_interview(&actor(area, OFFICER, today), &held)
            .await?;
    }
    suppliers(app, area, today).await?;
    invoices(app, area, &spent).await?;
    let late = actor(area, OFFICER, today);
    match app.make_netting_batch(&late, month).await {
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn actor(area: &DemoArea, name: &str, day: Date) -> Actor {
    Actor {
        name: name.to_owned(),
        ..Actor::batch(area.recipe.area, "demo", day.at(9, 0, 0, 0))
    }
}

/// What each institution spent in a book over the year so far.
fn of_the_year(spent: Vec<SpentRow>) -> Vec<SpentRow> {
    let mut sums: Vec<SpentRow> = Vec::new();
    let ours = |one: &SpentRow| ["E", "R"].contains(&one.book.as_str());
    for one in spent.into_iter().filter(ours) {
        let same =
            |sum: &&mut SpentRow| (&sum.institution, &sum.book) == (&one.institution, &one.book);
        match sums.iter_mut().find(same) {
            Some(sum) => sum.amount += one.amount,
            None => sums.push(one),
        }
    }
    sums.retain(|sum| sum.amount > Fen::ZERO);
    sums
}

/// A target of which so many percent are spent by the end of a month, its twelve quotas even.
async fn target(
    app: &App,
    area: &DemoArea,
    (one, percent): (&SpentRow, i64),
    through: FeeMonth,
) -> Result<(), Error> {
    let months = i64::from(through.month());
    let share = Ratio::new(100, percent * months);
    let quota = one.amount.times(share, Rounding::HalfUp).max(Fen::new(1));
    let amount: Fen = [quota; 12].into_iter().sum();
    let year = through.year();
    let opened = Date::new(year, 1, 10).map_err(|error| Error::Bug(error.to_string()))?;
    let asked = TargetAsked {
        institution: one.institution.clone(),
        book: one.book.clone(),
        year,
        asked: amount.times(Ratio::new(11, 10), Rounding::HalfUp),
        offered: amount,
        amount,
        quotas: Some([quota; 12]),
        note: "机构按上年增长一成申报，协商后按上年执行数确定".to_owned(),
    };
    app.propose_target(&actor(area, OFFICER, opened), &asked)
        .await?;
    let of = (one.institution.as_str(), one.book.as_str(), year);
    app.decide_target(&actor(area, CHIEF, opened), of, true)
        .await?;
    Ok(())
}

async fn suppliers(app: &App, area: &DemoArea, today: Date) -> Result<(), Error> {
    let mut commit = ClearingCommit::new(area.recipe.area);
    let row = |(payee, name): (&str, &str)| PayeeRow {
        payee: payee.to_owned(),
        version: 1,
        name: name.to_owned(),
        bank: "示例银行营业部".to_owned(),
        account: format!("6200 0000 {}", &payee[3..]),
        document: "供应商账户登记表".to_owned(),
        changed_by: OFFICER.to_owned(),
        changed_at: today.at(8, 0, 0, 0),
    };
    commit.payees = SUPPLIERS.map(row).to_vec();
    // A conflict says that they are entered already.
    app.store.record_clearing(&commit).await?;
    Ok(())
}

/// Four invoices for each institution: one confirmed, one objected to, two waiting.
async fn invoices(app: &App, area: &DemoArea, spent: &[SpentRow]) -> Result<(), Error> {
    let received_on = area.recipe.today.saturating_sub(3.days());
    let platform = actor(area, "采购平台", received_on);
    let mut institutions: Vec<&SpentRow> = spent.iter().collect();
    institutions.dedup_by_key(|one| &one.institution);
    for one in institutions {
        let mut all = Vec::new();
        for (nth, percent) in (1..).zip([12, 5, 8, 3]) {
            let amount = one.amount.times(Ratio::new(percent, 100), Rounding::HalfUp);
            let number = format!("{}-{nth}", one.institution);
            all.push(InvoiceReceived {
                invoice: format!("SQ{number}"),
                institution: one.institution.clone(),
                supplier: SUPPLIERS[nth % 2].0.to_owned(),
                original: String::new(),
                number: format!("FP{number}"),
                order_no: format!("DD{number}"),
                amount,
                ordered: amount,
                delivered: amount,
                accepted_on: received_on.saturating_sub(20.days()),
            });
        }
        app.receive_invoices(&platform, &all).await?;
        let hospital = actor(area, "机构演示", area.recipe.today);
        for (invoice, said) in all.iter().zip([(true, ""), (false, "到货数量与发票不符")])
        {
            app.answer_invoice(&hospital, &invoice.invoice, said)
                .await?;
        }
    }
    Ok(())
}
