//! Months are paid by their methods, and years close to the fen.

use money::{Fen, Ratio, Rounding};
use payment::methods::global_budget::OverBand;
use payment::{Arrangement, Basis, Method, MethodBook, MethodVersion, ParameterState, Scope};
use policy::FeeMonth;
use store::{
    AdjustmentFilter, AdjustmentRow, MethodMonthFilter, MethodMonthRow, StatementFilter,
    StatementRow,
};
use terms::{CareType, Scheme};

use crate::house::{HOSPITAL, House, area};
use crate::valued::{KEY, OTHER, clerk, entered, settled, twelve, two_hospitals, with_other};

const BOOK: &str = "E";

fn month(text: &str) -> FeeMonth {
    text.parse().unwrap()
}

/// Builds a month, prices it by method, and builds it again so that what is held is taken.
async fn month_paid(house: &House, text: &str) -> usize {
    let after = month(text).later(1).first_day();
    let actor = clerk("月结", &format!("{after}T09:00:00"));
    let app = &house.app;
    let done = app.prepare_month(&actor, month(text), "", &[]).await;
    done.unwrap().valued.adjustments
}

async fn statement(house: &House, text: &str, institution: &str) -> StatementRow {
    let filter = StatementFilter {
        month: text.to_owned(),
        institution: institution.to_owned(),
        book: BOOK.to_owned(),
        ..StatementFilter::default()
    };
    let mut found = house
        .app
        .store
        .clearing_statements(area(), &filter)
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "{text} {institution}");
    found.remove(0)
}

async fn paid(house: &House, text: &str, institution: &str) -> MethodMonthRow {
    let filter = MethodMonthFilter {
        month: text.to_owned(),
        institution: institution.to_owned(),
        ..MethodMonthFilter::default()
    };
    let mut found = house
        .app
        .store
        .method_months(area(), &filter)
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "{text} {institution}");
    found.remove(0)
}

async fn adjustments(house: &House, kind: &str) -> Vec<AdjustmentRow> {
    let filter = AdjustmentFilter {
        kind: kind.to_owned(),
        ..AdjustmentFilter::default()
    };
    house
        .app
        .store
        .clearing_adjustments(area(), &filter)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_month_pays_its_share_and_holds_the_rest_until_the_year_ends() {
    let house = two_hospitals().await;
    entered(&house, &twelve()[..2]).await;
    assert!(month_paid(&house, "2024-01").await > 0);
    let (row, found) = (
        paid(&house, "2024-01", HOSPITAL).await,
        statement(&house, "2024-01", HOSPITAL).await,
    );
    assert_eq!(row.arrangement, KEY);
    assert_eq!(row.items, found.funds);
    let share = found.funds.times(Ratio::new(90, 100), Rounding::HalfUp);
    assert_eq!((row.paid, row.held), (share, found.funds - share));
    assert_eq!(found.adjusted, -row.held);
    assert_eq!(found.due, found.funds + found.account - row.held);
    assert!(row.trace.contains("按90%预付"), "{}", row.trace);
    assert_eq!(
        month_paid(&house, "2024-01").await,
        0,
        "the same again changes nothing"
    );

    // A bill that comes late into the same draft: only the difference is proposed.
    let late = crate::valued::Stay {
        from: "2024-01-12".parse().unwrap(),
        person: crate::house::ACTIVE,
        hospital: HOSPITAL,
        ..twelve().remove(2)
    };
    settled(&house, 77, &late).await;
    assert_eq!(month_paid(&house, "2024-01").await, 1);
    let (row, found) = (
        paid(&house, "2024-01", HOSPITAL).await,
        statement(&house, "2024-01", HOSPITAL).await,
    );
    assert_eq!(row.items, found.funds);
    assert_eq!(found.adjusted, -row.held);
}

#[tokio::test]
async fn a_year_is_paid_out_to_the_fen_by_months_and_one_difference() {
    let house = two_hospitals().await;
    entered(&house, &twelve()).await;
    for number in 1..=12 {
        month_paid(&house, &format!("2024-{number:02}")).await;
    }
    let maker = clerk("清算一", "2025-03-01T09:00:00");
    let app = &house.app;
    let cleared = app.clear_year(&maker, KEY, 2024).await.unwrap();
    let (row, parts) = (&cleared.clearing, &cleared.parts);
    assert_eq!((row.cases, parts.len()), (12, 2));
    // What lies under the budget of 3,000,000 is kept at 85 %: from the shipped data, by hand.
    let left = Fen::yuan(3_000_000) - row.items;
    let kept = left.times(Ratio::new(85, 100), Rounding::HalfUp);
    assert_eq!(row.pool, row.items + kept);
    let sum = |of: fn(&store::AnnualPartRow) -> Fen| parts.iter().map(of).sum::<Fen>();
    assert_eq!(sum(|part| part.entitlement), row.pool, "a closed pool");
    for part in parts {
        assert_eq!(part.difference, part.payment - part.paid);
    }
    let code = |error: app::Error| match error {
        app::Error::Refused { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let own = app.approve_year(&maker, &row.clearing).await.unwrap_err();
    assert_eq!(code(own), "same_clerk");
    let again = app.clear_year(&maker, KEY, 2024).await.unwrap();
    assert_eq!(
        again.clearing.snapshot, row.snapshot,
        "the same facts, the same hash"
    );
    let checker = clerk("清算二", "2025-03-02T09:00:00");
    let replaced = app.approve_year(&checker, &row.clearing).await.unwrap_err();
    assert_eq!(code(replaced), "annual_state");
    let approved = app
        .approve_year(&checker, &again.clearing.clearing)
        .await
        .unwrap();
    let closed = app.clear_year(&maker, KEY, 2024).await.unwrap_err();
    assert_eq!(code(closed), "annual_approved");

    // Months paid and the difference are the entitlement, and the next month takes it.
    let made = adjustments(&house, "annual_clearing").await;
    let differences: Fen = made.iter().map(|row| row.amount).sum();
    let filter = StatementFilter {
        book: BOOK.to_owned(),
        ..StatementFilter::default()
    };
    let statements = app
        .store
        .clearing_statements(area(), &filter)
        .await
        .unwrap();
    let monthly: Fen = statements.iter().map(|row| row.funds + row.adjusted).sum();
    assert_eq!(monthly + differences, approved.clearing.pool);
    month_paid(&house, "2025-03").await;
    for part in &approved.parts {
        let next = statement(&house, "2025-03", &part.institution).await;
        assert_eq!(next.due, part.difference);
    }
}

/// A global budget with carried quota for everything inpatient.
fn budgeted() -> MethodBook {
    let (area, scheme) = (area(), Scheme::Employee);
    let version = MethodVersion {
        area,
        scheme,
        year: 2024,
        version: 1,
        effective: "2024-01-01".parse().unwrap(),
        state: ParameterState::Approved,
        method: Method::GlobalBudget {
            keep: Vec::new(),
            over: vec![OverBand {
                up_to: None,
                fund_share: Ratio::ZERO,
            }],
            allow_carry: true,
        },
        monthly: None,
        pool: None,
        case_year: payment::CaseYearBasis::Settlement,
    };
    let basis = Basis {
        document: "测试文件".to_owned(),
        article: None,
        checked: "2024-01-01".parse().unwrap(),
        assumed: None,
        place: "test".to_owned(),
    };
    let scope = Scope {
        care: [CareType::Inpatient].into(),
        ..Scope::default()
    };
    MethodBook {
        arrangements: vec![Arrangement {
            key: "budget".to_owned(),
            title: "住院总额控制".to_owned(),
            area,
            scheme,
            scope,
            versions: vec![version],
            bases: vec![basis],
        }],
    }
}

#[tokio::test]
async fn a_month_over_its_quota_hangs_what_carried_quota_does_not_bear() {
    let house = with_other(House::paying(budgeted()).await).await;
    entered(&house, &twelve()).await;
    let january = Fen::yuan(50_000);
    let mut quotas = [Fen::yuan(1_000); 12];
    quotas[0] = january;
    let actor = clerk("预算", "2024-01-02T09:00:00");
    for institution in [HOSPITAL, OTHER] {
        let target = store::TargetRow {
            institution: institution.to_owned(),
            book: BOOK.to_owned(),
            year: 2024,
            version: 1,
            amount: quotas.iter().copied().sum(),
            asked: Fen::ZERO,
            offered: Fen::ZERO,
            quotas: serde_json::json!(quotas.map(Fen::get)).to_string(),
            season: "given".to_owned(),
            state: "agreed".to_owned(),
            note: String::new(),
            made_by: "预算".to_owned(),
            made_at: actor.at,
            checked_by: "预算二".to_owned(),
            checked_at: Some(actor.at),
        };
        let access = actor.access(&house.app, "target", institution, "done");
        house
            .app
            .store
            .record_targets(area(), &[target], &access)
            .await
            .unwrap();
    }
    month_paid(&house, "2024-01").await;
    let row = paid(&house, "2024-01", HOSPITAL).await;
    assert_eq!((row.paid, row.held), (row.items, Fen::ZERO));
    assert_eq!(row.carry, january - row.items);
    let mut carries = [HOSPITAL, OTHER].map(|one| (one, Fen::ZERO));
    for (institution, carry) in &mut carries {
        *carry = paid(&house, "2024-01", institution).await.carry;
    }
    for text in ["2024-02", "2024-03", "2024-04"] {
        month_paid(&house, text).await;
        for (institution, carry) in &mut carries {
            let filter = MethodMonthFilter {
                month: text.to_owned(),
                institution: (*institution).to_owned(),
                ..MethodMonthFilter::default()
            };
            let found = house
                .app
                .store
                .method_months(area(), &filter)
                .await
                .unwrap();
            let items = found.first().map_or(Fen::ZERO, |row| row.items);
            let within = items.min(Fen::yuan(1_000));
            let used = (items - within).min(*carry);
            *carry = *carry - used + (Fen::yuan(1_000) - within);
            let Some(row) = found.first() else {
                continue;
            };
            assert_eq!(row.paid, within + used, "{institution} {text}");
            assert_eq!(row.held, row.items - row.paid, "{institution} {text}");
            assert_eq!(row.carry, *carry, "{institution} {text}");
        }
    }
}

#[tokio::test]
async fn a_global_budget_without_a_target_is_refused_by_name() {
    let house = with_other(House::paying(budgeted()).await).await;
    entered(&house, &twelve()[..2]).await;
    let actor = clerk("月结", "2024-02-01T09:00:00");
    house
        .app
        .build_month(&actor, month("2024-01"), "")
        .await
        .unwrap();
    let refused = house
        .app
        .value_month(&actor, month("2024-01"), "", &[])
        .await;
    let app::Error::Refused { code, message } = refused.unwrap_err() else {
        panic!("a budget without quota is refused");
    };
    assert_eq!(code, "bad_fact");
    assert!(message.contains("没有当月限额"), "{message}");
}
