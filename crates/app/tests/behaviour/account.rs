//! Personal accounts: credits, year's end, freeze, sharing, premiums, inheritance, exits.

use app::account::{GrantAsk, HeirAsk, Inheritance, LeaveAsk, PremiumAsk, RefundAsk};
use app::register::Actor;
use app::settlement::{Reverse, reverse};
use app::visit::VisitKind;
use enrolment::register::{Fact, NewFact};
use jiff::civil::{Date, date};
use money::Fen;
use store::AccountBaseRow;
use terms::{CareType, Relation, SharingPurpose};

use crate::house::{ACTIVE, CHILD, HOSPITAL, House, PHARMACY, SPONSOR, area, at};

fn clerk(name: &str) -> Actor {
    Actor {
        area: area(),
        kind: "user",
        name: name.to_owned(),
        institution: String::new(),
        source: "counter".to_owned(),
        address: String::new(),
        at: at("2024-11-15T08:00:00"),
    }
}

fn base(person: &str, month: &str, base: Option<i64>) -> AccountBaseRow {
    AccountBaseRow {
        person_no: person.to_owned(),
        from_month: month.to_owned(),
        base: base.map(Fen::yuan),
        pension: None,
        source: "test".to_owned(),
        noted_at: at("2024-01-01T00:00:00"),
    }
}

async fn credit(house: &House, month: &str) -> app::account::RunDone {
    let month = month.parse().unwrap();
    let done = house
        .app
        .credit_accounts(area(), month, "tester", &|_| {})
        .await;
    done.unwrap()
}

/// What lies on one purse.
async fn on(house: &House, person: &str, kind: &str) -> Fen {
    let rows = house.app.store.accounts_of(area(), person).await.unwrap();
    let of_kind = rows.iter().filter(|row| row.kind == kind);
    of_kind.map(|row| row.balance).sum()
}

/// A visit of the child to the hospital over so many yuan: what the accounts paid, and its number.
async fn treat(house: &House, number: &str, yuan: i64) -> (Fen, String, String) {
    let kind = VisitKind::Outpatient;
    let care = CareType::GeneralOutpatient;
    let when = "2024-11-15T09:00:00";
    let visit = house
        .visit(CHILD, kind, care, &format!("{number}-1"), when)
        .await
        .unwrap();
    let upload = format!("{number}-2");
    house
        .upload((CHILD, &visit, kind), &upload, when, yuan)
        .await
        .unwrap();
    let settle = format!("{number}-3");
    let bill = house
        .settle(CHILD, &visit, kind, &settle, when)
        .await
        .unwrap();
    (bill.account, bill.id, visit)
}

async fn take_back(house: &House, number: &str, settlement: String, visit: String) {
    let call = house.call(HOSPITAL, number, "2024-11-16T10:00:00");
    let command = Reverse {
        person_no: CHILD.to_owned(),
        settlement,
        visit_id: Some(visit),
        kind: Some(VisitKind::Outpatient),
    };
    reverse(&house.app, &call, &command, |_| Ok(Vec::new()))
        .await
        .unwrap();
}

fn grant(purposes: &[SharingPurpose], limit: Option<i64>) -> GrantAsk {
    GrantAsk {
        sponsor: SPONSOR.to_owned(),
        member: CHILD.to_owned(),
        relation: Relation::Parent,
        purposes: purposes.to_vec(),
        limit: limit.map(Fen::yuan),
        from: date(2024, 11, 15),
        to: None,
    }
}

/// The sponsor's old grant is ended and given again with other terms.
async fn grant_anew(house: &House, purposes: &[SharingPurpose], limit: Option<i64>) {
    let clerk = clerk("一");
    let whose = (SPONSOR, CHILD);
    house
        .app
        .revoke_grant(&clerk, whose, date(2024, 11, 15))
        .await
        .unwrap();
    house
        .app
        .grant_account(&clerk, &grant(purposes, limit))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_month_is_credited_once_however_often_it_runs() {
    let house = House::open().await;
    let bases = [
        base(ACTIVE, "2024-01", Some(5_000)),
        base(SPONSOR, "2024-01", None),
    ];
    let store = &house.app.store;
    store.put_account_bases(area(), &bases).await.unwrap();
    let first = credit(&house, "2024-10").await;
    assert_eq!((first.persons, first.moved), (2, 1));
    assert_eq!(first.amount, Fen::yuan(100));
    let reasons: Vec<_> = first.problems.keys().cloned().collect();
    assert_eq!(reasons, ["缺少缴费基数，不能核定"]);

    let again = credit(&house, "2024-10").await;
    assert_eq!((again.moved, again.skipped), (0, 1));
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_100));

    // The base becomes known later: only who was left out is credited.
    let known = [base(SPONSOR, "2024-10", Some(4_000))];
    store.put_account_bases(area(), &known).await.unwrap();
    let later = credit(&house, "2024-10").await;
    assert_eq!((later.moved, later.amount), (1, Fen::yuan(80)));
    let totals = store.account_totals(area(), "credit", "2024-10").await;
    assert_eq!(totals.unwrap().amount, Fen::yuan(180));
    house.prove().await;
}

#[tokio::test]
async fn a_run_that_was_broken_off_goes_on_where_it_was() {
    let house = House::open().await;
    let store = &house.app.store;
    let bases = [ACTIVE, SPONSOR].map(|one| base(one, "2024-01", Some(5_000)));
    store.put_account_bases(area(), &bases).await.unwrap();
    let row = store::AccountRunRow {
        kind: "credit".to_owned(),
        period: "2024-05".to_owned(),
        after_person: ACTIVE.to_owned(),
        persons: 1,
        moved: 1,
        amount: Fen::yuan(100),
        skipped: 0,
        problems: "{}".to_owned(),
        started_at: at("2024-06-01T00:00:00"),
        ended_at: None,
        started_by: "tester".to_owned(),
    };
    store.put_account_run(area(), &row).await.unwrap();
    let done = credit(&house, "2024-05").await;
    assert_eq!((done.persons, done.moved), (2, 2));
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000));
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(600));
    // Begun anew after its end, it finds whom the broken run had only counted.
    assert_eq!(credit(&house, "2024-05").await.moved, 1);
    house.prove().await;
}

#[tokio::test]
async fn a_year_ends_once_with_interest_and_roll_over() {
    let house = House::open().await;
    let store = &house.app.store;
    let bases = [base(ACTIVE, "2024-01", Some(5_000))];
    store.put_account_bases(area(), &bases).await.unwrap();
    // Money of an earlier year is historic when it comes late.
    credit(&house, "2024-10").await;
    assert_eq!(on(&house, ACTIVE, "historic").await, Fen::yuan(1_100));
    let close = || {
        house
            .app
            .close_account_year(area(), 2024, "tester", &|_| {})
    };
    let [earned, rolled] = close().await.unwrap();
    // 1,000 and 500 yuan over 366 days at 1.5 % of a year of 365; the credit came after the year.
    assert_eq!(earned.amount, Fen::new(1504) + Fen::new(752));
    assert_eq!(rolled.moved, 0, "nobody had money of the year");
    let [earned, _] = close().await.unwrap();
    assert_eq!((earned.moved, earned.skipped), (0, 2));
    assert_eq!(house.balance(SPONSOR).await, Fen::new(50_752));
    house.prove().await;
    let early = house
        .app
        .close_account_year(area(), 2999, "tester", &|_| {});
    assert!(early.await.unwrap_err().to_string().contains("才结束"));
}

#[tokio::test]
async fn a_frozen_account_pays_nothing_until_it_is_set_free() {
    let house = House::open().await;
    let clerk = clerk("一");
    let freeze = || house.app.freeze_account(&clerk, ACTIVE, "司法查封");
    freeze().await.unwrap();
    let again = freeze().await.unwrap_err();
    assert!(again.to_string().contains("司法查封"), "{again}");
    let frozen = house.sell(ACTIVE, "M1", "2024-11-15T09:00:00", 100).await;
    assert_eq!(frozen.unwrap().account, Fen::ZERO);
    // Credits go on, also on a purse that did not exist.
    let bases = [base(ACTIVE, "2026-01", Some(5_000))];
    let store = &house.app.store;
    store.put_account_bases(area(), &bases).await.unwrap();
    let month = policy::FeeMonth::of(house.app.clock.today()).to_string();
    assert_eq!(credit(&house, &month).await.moved, 1);
    let rows = store.accounts_of(area(), ACTIVE).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.hold == "司法查封"), "{rows:?}");

    house.app.unfreeze_account(&clerk, ACTIVE).await.unwrap();
    let free = house.sell(ACTIVE, "M2", "2024-11-15T10:00:00", 100).await;
    assert!(free.unwrap().account > Fen::ZERO);
    let twice = house.app.unfreeze_account(&clerk, ACTIVE).await;
    assert!(twice.unwrap_err().to_string().contains("没有冻结"));
    house.prove().await;
}

#[tokio::test]
async fn a_frozen_sponsor_does_not_pay_for_relatives() {
    let house = House::open().await;
    let clerk = clerk("一");
    let frozen = house.app.freeze_account(&clerk, SPONSOR, "待查");
    frozen.await.unwrap();
    assert_eq!(treat(&house, "M", 100).await.0, Fen::ZERO);
    house.app.unfreeze_account(&clerk, SPONSOR).await.unwrap();
    assert!(treat(&house, "N", 100).await.0 > Fen::ZERO);
    house.prove().await;
}

#[tokio::test]
async fn a_limit_is_never_exceeded() {
    let house = House::open().await;
    grant_anew(&house, &[], Some(60)).await;
    let (first, ..) = treat(&house, "M", 40).await;
    let (second, ..) = treat(&house, "N", 200).await;
    assert!(first > Fen::ZERO && second > Fen::ZERO);
    assert_eq!(first + second, Fen::yuan(60));
    assert_eq!(treat(&house, "O", 200).await.0, Fen::ZERO);
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(440));
    assert_eq!(house.context(CHILD).await.family_draws.len(), 2);
    house.prove().await;
}

#[tokio::test]
async fn a_reversed_family_bill_leaves_the_limit_as_it_was() {
    let house = House::open().await;
    grant_anew(&house, &[SharingPurpose::OwnShare], Some(30)).await;
    let (paid, id, visit) = treat(&house, "M", 200).await;
    assert_eq!(paid, Fen::yuan(30));
    take_back(&house, "R", id, visit).await;
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(500));
    assert_eq!(treat(&house, "N", 200).await.0, Fen::yuan(30));
    house.prove().await;
}

#[tokio::test]
async fn a_revoked_grant_pays_no_more() {
    let house = House::open().await;
    assert!(treat(&house, "M", 100).await.0 > Fen::ZERO);
    let clerk = clerk("一");
    // Taken back from its first day: the row itself is gone from the relative's file.
    let since = date(2024, 1, 1);
    let whose = (SPONSOR, CHILD);
    house.app.revoke_grant(&clerk, whose, since).await.unwrap();
    assert!(house.context(CHILD).await.family.is_empty());
    assert_eq!(treat(&house, "N", 100).await.0, Fen::ZERO);
    let again = house.app.revoke_grant(&clerk, whose, since).await;
    assert!(again.unwrap_err().to_string().contains("没有可解除"));
    house.prove().await;
}

#[tokio::test]
async fn money_goes_back_to_the_purse_it_came_from_though_the_grant_is_gone() {
    let house = House::open().await;
    let (paid, id, visit) = treat(&house, "M", 100).await;
    assert!(paid > Fen::ZERO);
    let (clerk, whose) = (clerk("一"), (SPONSOR, CHILD));
    let since = date(2024, 1, 1);
    house.app.revoke_grant(&clerk, whose, since).await.unwrap();
    // Meanwhile the sponsor got a purse of the current year, which would pay first today.
    let bases = [base(SPONSOR, "2026-01", Some(5_000))];
    let store = &house.app.store;
    store.put_account_bases(area(), &bases).await.unwrap();
    let month = policy::FeeMonth::of(house.app.clock.today()).to_string();
    credit(&house, &month).await;
    take_back(&house, "R", id, visit).await;
    assert_eq!(on(&house, SPONSOR, "historic").await, Fen::yuan(500));
    assert_eq!(on(&house, SPONSOR, "current_year").await, Fen::yuan(100));
    house.prove().await;
}

#[tokio::test]
async fn both_purses_of_a_sponsor_pay_and_both_get_it_back() {
    let house = House::open().await;
    let bases = [base(SPONSOR, "2026-01", Some(500))];
    let store = &house.app.store;
    store.put_account_bases(area(), &bases).await.unwrap();
    let month = policy::FeeMonth::of(house.app.clock.today()).to_string();
    credit(&house, &month).await;
    assert_eq!(on(&house, SPONSOR, "current_year").await, Fen::yuan(10));
    let (paid, id, visit) = treat(&house, "M", 100).await;
    assert!(paid > Fen::yuan(10));
    assert_eq!(on(&house, SPONSOR, "current_year").await, Fen::ZERO);
    let left = Fen::yuan(510) - paid;
    assert_eq!(on(&house, SPONSOR, "historic").await, left);
    house.prove().await;
    take_back(&house, "R", id, visit).await;
    assert_eq!(on(&house, SPONSOR, "current_year").await, Fen::yuan(10));
    assert_eq!(on(&house, SPONSOR, "historic").await, Fen::yuan(500));
    house.prove().await;
}

#[tokio::test]
async fn a_grant_for_the_pharmacy_pays_no_hospital() {
    let house = House::open().await;
    grant_anew(&house, &[SharingPurpose::Pharmacy], None).await;
    assert_eq!(treat(&house, "M", 100).await.0, Fen::ZERO);
    grant_anew(&house, &[SharingPurpose::OwnShare], None).await;
    assert!(treat(&house, "N", 100).await.0 > Fen::ZERO);
    house.prove().await;
}

#[tokio::test]
async fn a_grant_against_the_law_is_refused() {
    let house = House::open().await;
    let clerk = clerk("一");
    let refused = async |ask: GrantAsk| {
        let refused = house.app.grant_account(&clerk, &ask).await.unwrap_err();
        refused.to_string()
    };
    let plain = || grant(&[], None);
    let other = GrantAsk {
        relation: Relation::Other,
        ..plain()
    };
    assert!(refused(other).await.contains("不在家庭共济的亲属范围内"));
    let purpose = grant(&[SharingPurpose::LongTermCarePremium], None);
    assert!(refused(purpose).await.contains("不能用于长期护理保险缴费"));
    assert!(refused(grant(&[], Some(0))).await.contains("年度限额"));
    let ended = GrantAsk {
        to: Some(date(2024, 11, 14)),
        ..plain()
    };
    assert!(refused(ended).await.contains("早于起始日期"));
    let own = GrantAsk {
        member: SPONSOR.to_owned(),
        ..plain()
    };
    assert!(refused(own).await.contains("本人"));
    let poor = GrantAsk {
        sponsor: CHILD.to_owned(),
        member: ACTIVE.to_owned(),
        ..plain()
    };
    assert!(refused(poor).await.contains("没有个人账户"));
    assert!(refused(plain()).await.contains("已授权"));
}

#[tokio::test]
async fn accounts_pay_a_relatives_premium_and_get_it_back() {
    let house = House::open().await;
    let clerk = clerk("一");
    let ask = |amount: i64| PremiumAsk {
        member: CHILD.to_owned(),
        purpose: SharingPurpose::ResidentPremium,
        year: 2025,
        amount: Fen::yuan(amount),
    };
    let paid = house.app.pay_premium(&clerk, &ask(400)).await.unwrap();
    assert_eq!(paid.payers, [(SPONSOR.to_owned(), Fen::yuan(400))]);
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(100));
    let books = house.prove().await.balances;
    let waiting = books.of_code("E", "M2019").balance();
    assert_eq!(-waiting, Fen::yuan(400));

    let again = house.app.pay_premium(&clerk, &ask(50)).await.unwrap_err();
    assert!(again.to_string().contains("已由账户代缴"), "{again}");
    let next = PremiumAsk {
        year: 2026,
        ..ask(101)
    };
    let short = house.app.pay_premium(&clerk, &next).await.unwrap_err();
    assert!(short.to_string().contains("还差1.00元"), "{short}");
    let whose = (CHILD, paid.event.as_str());
    house.app.reverse_premium(&clerk, whose).await.unwrap();
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(500));
    let twice = house.app.reverse_premium(&clerk, whose).await;
    assert!(twice.unwrap_err().to_string().contains("已经退回"));
    let books = house.prove().await.balances;
    assert!(books.of_code("E", "M2019").balance().is_zero());
}

async fn die(house: &House, person: &str, day: Date) {
    let clerk = clerk("一");
    let died = house.app.change_register(&clerk, person, "test", |_| {
        Ok(vec![NewFact::from(day, Fact::Death)].into())
    });
    died.await.unwrap();
}

#[tokio::test]
async fn an_inheritance_waits_for_a_second_person() {
    let house = House::open().await;
    let (one, two) = (clerk("一"), clerk("二"));
    let heir = |name: &str, person_no: Option<&str>, yuan| HeirAsk {
        name: name.to_owned(),
        person_no: person_no.map(str::to_owned),
        share: Fen::yuan(yuan),
    };
    let inheritance = Inheritance {
        heirs: vec![heir("甲", Some(SPONSOR), 600), heir("乙", None, 400)],
        document: "公证书1号".to_owned(),
    };
    let propose = |of: &'static str, what: Inheritance| {
        let (app, one) = (house.app.clone(), one.clone());
        async move { app.propose_inheritance(&one, of, &what).await }
    };
    let living = propose(ACTIVE, inheritance.clone()).await.unwrap_err();
    assert!(living.to_string().contains("没有死亡登记"), "{living}");
    die(&house, ACTIVE, date(2024, 11, 1)).await;
    let short = Inheritance {
        heirs: vec![heir("甲", Some(SPONSOR), 600)],
        ..inheritance.clone()
    };
    let short = propose(ACTIVE, short).await.unwrap_err();
    assert!(short.to_string().contains("与账户余额1000.00元不符"));
    let child = Inheritance {
        heirs: vec![heir("童", Some(CHILD), 1_000)],
        ..inheritance.clone()
    };
    let child = propose(ACTIVE, child).await.unwrap_err();
    assert!(child.to_string().contains("没有个人账户"), "{child}");

    let proposed = propose(ACTIVE, inheritance).await.unwrap();
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000), "not yet");
    let whose = (ACTIVE, proposed.proposal.as_str());
    let own = house.app.decide_inheritance(&one, whose, true).await;
    assert!(matches!(own.unwrap_err(), app::Error::Denied(_)));
    let decide = || house.app.decide_inheritance(&two, whose, true);
    decide().await.unwrap();
    assert_eq!(house.balance(ACTIVE).await, Fen::ZERO);
    assert_eq!(house.balance(SPONSOR).await, Fen::yuan(1_100));
    let twice = decide().await.unwrap_err();
    assert!(twice.to_string().contains("已经复核"), "{twice}");
    let books = house.prove().await.balances;
    assert_eq!(-books.of_code("E", "M2017").balance(), Fen::yuan(400));
}

#[tokio::test]
async fn a_rejected_inheritance_moves_nothing() {
    let house = House::open().await;
    die(&house, ACTIVE, date(2024, 11, 1)).await;
    let inheritance = Inheritance {
        heirs: vec![HeirAsk {
            name: "甲".to_owned(),
            person_no: None,
            share: Fen::yuan(1_000),
        }],
        document: String::new(),
    };
    let proposed = house
        .app
        .propose_inheritance(&clerk("一"), ACTIVE, &inheritance)
        .await
        .unwrap();
    let whose = (ACTIVE, proposed.proposal.as_str());
    let two = clerk("二");
    let rejected = house.app.decide_inheritance(&two, whose, false);
    rejected.await.unwrap();
    assert_eq!(house.balance(ACTIVE).await, Fen::yuan(1_000));
    house.prove().await;
}

#[tokio::test]
async fn a_balance_leaves_with_its_owner_and_refunds_come_in() {
    let house = House::open().await;
    let clerk = clerk("一");
    let refund = RefundAsk {
        amount: Fen::yuan(23),
        debtor: PHARMACY.to_owned(),
        reason: "重复收费退回".to_owned(),
    };
    let come = house.app.refund_to_account(&clerk, ACTIVE, &refund);
    come.await.unwrap();
    let nameless = RefundAsk {
        debtor: " ".to_owned(),
        ..refund
    };
    let refused = house.app.refund_to_account(&clerk, ACTIVE, &nameless).await;
    assert!(refused.unwrap_err().to_string().contains("由谁退回"));
    let to = LeaveAsk::To("420100".parse().unwrap());
    let leave = || house.app.leave_account(&clerk, ACTIVE, to);
    assert_eq!(leave().await.unwrap().amount, Fen::yuan(1_023));
    let empty = leave().await.unwrap_err();
    assert!(empty.to_string().contains("没有余额"), "{empty}");
    let books = house.prove().await.balances;
    assert_eq!(-books.of_code("E", "M2018").balance(), Fen::yuan(1_023));
    let cash = LeaveAsk::InCash(policy::CashOutReason::Emigration);
    house
        .app
        .freeze_account(&clerk, SPONSOR, "待查")
        .await
        .unwrap();
    let frozen = house.app.leave_account(&clerk, SPONSOR, cash).await;
    assert!(frozen.unwrap_err().to_string().contains("已冻结"));
    house.app.unfreeze_account(&clerk, SPONSOR).await.unwrap();
    let out = house.app.leave_account(&clerk, SPONSOR, cash).await;
    assert_eq!(out.unwrap().amount, Fen::yuan(500));
    house.prove().await;
}
