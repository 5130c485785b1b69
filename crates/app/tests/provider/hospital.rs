//! A hospital with stays in several months, suppliers with accounts, and people who act.

use app::Institution;
use app::procurement::InvoiceReceived;
use app::register::Actor;
use app::settlement::Settle;
use app::visit::{Batch, Discharge, OpenVisit, VisitKind};
use money::Fen;
use store::{ClearingCommit, PayeeRow};
use terms::{CareType, Date};

use crate::house::{ACTIVE, Bill, HOSPITAL, House, area, at};

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Somebody who acts at noon of a day.
pub fn by(name: &str, on: &str) -> Actor {
    let mut actor = Actor::batch(area(), "test", day(on).at(12, 0, 0, 0));
    actor.name = name.to_owned();
    actor
}

/// A stay of five days in the hospital that ends on a day, settled then.
pub async fn stay(house: &House, number: u32, to: &str, yuan: i64) -> Bill {
    stay_at(house, HOSPITAL, (number, to), yuan).await
}

/// A stay of five days in an institution.
pub async fn stay_at(
    house: &House,
    institution: &str,
    (number, to): (u32, &str),
    yuan: i64,
) -> Bill {
    let end = at(&format!("{to}T08:00:00"));
    let from = end.saturating_sub(jiff::Span::new().days(4)).to_string();
    let (app, end) = (&house.app, end.to_string());
    let kind = VisitKind::Stay;
    let call = |step: &str, on: &str| house.call(institution, &format!("{number}-{step}"), on);
    let opened = call("in", &from);
    let open = OpenVisit {
        person_no: ACTIVE.to_owned(),
        scheme: None,
        kind,
        care: CareType::Inpatient,
        started_at: opened.at,
        diagnoses: Vec::new(),
        detail: crate::house::detail(),
    };
    let told = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
    let visit = app::visit::open(app, &opened, &open, told).await.unwrap();
    let visit = String::from_utf8(visit).unwrap();
    let charged = call("line", &from);
    let batch = Batch {
        person_no: ACTIVE.to_owned(),
        visit_id: visit.clone(),
        kind,
        lines: vec![house.line(&format!("{number}"), charged.at, yuan)],
    };
    let done = app::visit::upload(app, &charged, &batch, |_, _| Ok(Vec::new()));
    done.await.unwrap();
    let left = call("out", &end);
    let discharge = Discharge {
        person_no: ACTIVE.to_owned(),
        visit_id: visit.clone(),
        ended_at: left.at,
        diagnoses: Vec::new(),
        way: "1".to_owned(),
    };
    let done = app::visit::discharge(app, &left, &discharge, || Ok(Vec::new()));
    done.await.unwrap();
    let settle = Settle {
        person_no: ACTIVE.to_owned(),
        visit_id: visit,
        kind,
        care: None,
        disease: None,
        expected_total: None,
        charge_batch: None,
        use_account: false,
        interim: false,
        receipt: Default::default(),
    };
    let paid = call("pay", &end);
    let reply = app::settlement::settle(app, &paid, &settle, crate::house::told).await;
    Bill::read(&reply.unwrap())
}

/// Further hospitals like the one of the house.
pub async fn hospitals(house: &House, count: u32) -> Vec<String> {
    let like = house.app.institution(HOSPITAL).unwrap();
    let codes = (1..=count).map(|nth| format!("H9901000{nth:04}X"));
    let rows = codes.clone().map(|code| {
        let name = format!("第{code}医院");
        Institution {
            code,
            name,
            ..(*like).clone()
        }
        .row()
    });
    let rows: Vec<_> = rows.collect();
    house.app.store.put_institutions(&rows).await.unwrap();
    house.app.reload_institutions().await.unwrap();
    codes.collect()
}

/// Accounts of the hospital and of suppliers.
pub async fn payees(house: &House, names: &[&str]) {
    let mut commit = ClearingCommit::new(area());
    commit.payees = names
        .iter()
        .map(|name| PayeeRow {
            payee: (*name).to_owned(),
            version: 1,
            name: format!("{name}有限公司"),
            bank: "示例银行".to_owned(),
            account: format!("62{name}"),
            document: "账户登记表".to_owned(),
            changed_by: "master".to_owned(),
            changed_at: at("2024-01-01T00:00:00"),
        })
        .collect();
    house.app.store.record_clearing(&commit).await.unwrap();
}

/// An invoice of a supplier for the hospital, order and delivery agreeing.
pub fn invoice(number: &str, supplier: &str, accepted_on: &str, amount: Fen) -> InvoiceReceived {
    InvoiceReceived {
        invoice: number.to_owned(),
        institution: HOSPITAL.to_owned(),
        supplier: supplier.to_owned(),
        original: String::new(),
        number: format!("发票{number}"),
        order_no: format!("订单{number}"),
        amount,
        ordered: amount,
        delivered: amount,
        accepted_on: day(accepted_on),
    }
}
