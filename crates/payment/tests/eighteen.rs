//! The eighteen points that every implementation of the point methods must stand up to, by number.
#![allow(clippy::unwrap_used)]

mod region;

use std::collections::BTreeSet;
use std::thread;

use money::{Decimal, Fen, Points, Ratio};
use payment::dip::{self, Deviation, DeviationClass};
use payment::drg::{self, Class, PoolTally, Portion, Readmission, Variant};
use payment::methods::out_of_area::{OutOfAreaCase, state_out_of_area};
use payment::methods::reversal::{ReversedClaim, YearState, reverse_claim};
use payment::methods::supplier_netting::{Netting, NettingMode, net_suppliers};
use payment::methods::{advance, bed_day_tiers};
use payment::{Factor, MethodVersion, ParameterState, Refusal, belongs, in_force};
use region::{Made, SimpleRegion, date, factor, fen, points};
use terms::Scheme;

/// A region whose one group costs 1,000.00 on average, so that a limit is a round amount.
fn priced(cost: &str, approved: bool) -> (Class, Points) {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    let mut made = Made::of("C1", "H1", "G", cost);
    made.approved = approved;
    simple.cases = vec![made];
    let region = simple.build();
    let base = region.base.clone();
    let base = base
        .close(&region.parameters, &region.roster, &region.groups)
        .unwrap();
    let priced = base
        .price(&region.discharges[0], &region.parameters)
        .unwrap();
    (priced.class, priced.points)
}

#[test]
fn point_01_boundaries_at_every_threshold() {
    for (cost, class) in [
        ("399.99", Class::Low),
        ("400.00", Class::Normal),
        ("2999.99", Class::Normal),
        ("3000.00", Class::High),
    ] {
        assert_eq!(priced(cost, false).0, class, "{cost}");
    }
    // One ten-thousandth of a point decides which multiple applies.
    let parameters = SimpleRegion::of_one_group("1000.00").parameters;
    let steps = &parameters.high_steps;
    assert_eq!(steps[0].up_to, Some(points("100")));
    let at = |base: &str| {
        let fits = steps
            .iter()
            .find(|step| step.up_to.is_none_or(|limit| limit >= points(base)));
        fits.unwrap().multiple
    };
    assert_eq!(at("100.0000"), factor("3"));
    assert_eq!(at("100.0001"), factor("2.5"));
    let deviation = |cost: &str| {
        let asked = Deviation {
            case_cost: fen(cost),
            group_mean_cost: fen("1000.00"),
            score: Decimal::from_text("100").unwrap(),
            low: factor("0.5"),
            high: factor("2"),
        };
        dip::deviation_score(&asked).unwrap().class
    };
    assert_eq!(deviation("499.99"), DeviationClass::Low);
    assert_eq!(deviation("500.00"), DeviationClass::Normal);
    assert_eq!(deviation("2000.00"), DeviationClass::Normal);
    assert_eq!(deviation("2000.01"), DeviationClass::High);
}

#[test]
fn point_02_a_group_without_cases_is_priced_by_cost() {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.cases = vec![Made::of("C1", "H1", "NEVER-SEEN", "1234.56")];
    let cleared = drg::clear_region(&simple.build()).unwrap();
    assert_eq!(cleared.priced[0].class, Class::Unstable);
    assert_eq!(cleared.priced[0].points, points("123.4560"));
}

#[test]
fn point_03_a_single_hospital_gets_the_whole_pool() {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.hospitals = vec![("H1", "3")];
    simple.cases = vec![
        Made::of("C1", "H1", "G", "333.33"),
        Made::of("C2", "H1", "G", "777.77"),
    ];
    let cleared = drg::clear_region(&simple.build()).unwrap();
    let only = cleared.pool.institutions[0];
    assert_eq!(only.entitlement, cleared.pool.fund_final);
}

#[test]
fn point_04_when_all_are_penalised_the_pool_is_still_paid_out() {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    let stay = |id, hospital, patient, from, to| {
        let made = Made::of(id, hospital, "G", "1000.00");
        made.patient(patient).stay(from, to)
    };
    simple.cases = vec![
        stay("C1", "H1", 1, "2024-03-01", "2024-03-05"),
        stay("C2", "H1", 1, "2024-03-10", "2024-03-12"),
        stay("C3", "H2", 2, "2024-03-01", "2024-03-05"),
        stay("C4", "H2", 2, "2024-03-10", "2024-03-12"),
    ];
    let region = simple.build();
    let cleared = drg::clear_region(&region).unwrap();
    assert_eq!(cleared.priced.iter().filter(|one| one.halved).count(), 2);
    let paid: Fen = cleared
        .pool
        .institutions
        .iter()
        .map(|one| one.entitlement)
        .sum();
    assert_eq!(paid, cleared.pool.fund_final);
    // Nobody lost anything: the same share of fewer points is worth as much.
    let [one, two] = cleared.pool.institutions[..] else {
        panic!("two institutions");
    };
    assert_eq!(one.entitlement, two.entitlement);
}

#[test]
fn point_05_a_negative_entitlement_keeps_its_sign() {
    let portion = |own: &str, others: &str| Portion {
        points: points(own),
        fund: Fen::ZERO,
        others: fen(others),
    };
    let portions = [portion("1", "90.00"), portion("9", "0.00")];
    let shared = drg::share_pool(&portions, fen("100.00"), Variant::TotalCost).unwrap();
    let due: Vec<Fen> = shared
        .institutions
        .iter()
        .map(|one| one.entitlement)
        .collect();
    assert_eq!(due, [fen("-71.00"), fen("171.00")]);
}

#[test]
fn point_06_special_review_quotas_drop_fractions() {
    let quota = |discharged_cases, rate| {
        drg::quota(&drg::Quota {
            discharged_cases,
            rate,
        })
        .unwrap()
    };
    let (percent, per_mille) = (Ratio::new(5, 100), Ratio::new(5, 1000));
    assert_eq!(
        [0, 19, 20, 39, 40].map(|cases| quota(cases, percent)),
        [0, 0, 1, 1, 2]
    );
    assert_eq!(
        [199, 200, 399].map(|cases| quota(cases, per_mille)),
        [0, 1, 1]
    );
}

#[test]
fn point_07_a_claim_reversed_before_and_after_the_close() {
    let claim = |state, open_year| ReversedClaim {
        counted_in: 2024,
        state,
        open_year,
        points: points("100"),
        others: fen("2000.00"),
        point_value: Decimal::from_text("81.3602").unwrap(),
    };
    let before = reverse_claim(&claim(YearState::Open, 2024)).unwrap();
    assert_eq!((before.year, before.points_removed), (2024, points("100")));
    assert_eq!(before.adjustment, Fen::ZERO);
    let after = reverse_claim(&claim(YearState::Closed, 2025)).unwrap();
    assert_eq!((after.year, after.points_removed), (2025, Points::ZERO));
    assert_eq!(after.adjustment, fen("-6136.02"));
    assert!(reverse_claim(&claim(YearState::Closed, 2023)).is_err());
}

#[test]
fn point_08_bed_days_of_a_leap_year() {
    let days = |from: &str, to: &str| {
        let (admission, discharge) = (date(from), date(to));
        drg::covered_days(&drg::StayDays {
            admission,
            discharge,
        })
        .unwrap()
    };
    assert_eq!(days("2024-02-28", "2024-03-01"), 2);
    assert_eq!(days("2023-02-28", "2023-03-01"), 1);
    assert_eq!(days("2024-02-29", "2024-02-29"), 1);
    assert_eq!(days("2024-01-01", "2025-01-01"), 366);
    let mut simple = SimpleRegion::of_one_group("1000.00");
    let mut made = Made::of("C1", "H1", "G", "9000.00").stay("2024-02-28", "2024-03-01");
    made.bed_day_rate = Some(fen("20.00"));
    simple.cases = vec![made];
    let cleared = drg::clear_region(&simple.build()).unwrap();
    assert_eq!(cleared.priced[0].class, Class::BedDay);
    assert_eq!(cleared.priced[0].points, points("4.0000"));
}

#[test]
fn point_09_residue_fen_do_not_depend_on_the_order_of_providers() {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.hospitals = vec![("H3", "2"), ("H1", "2"), ("H2", "2")];
    let each = ["H2", "H3", "H1"].into_iter().enumerate();
    let each = each.map(|(nth, hospital)| Made::of(&format!("C{nth}"), hospital, "G", "1000.00"));
    simple.cases = each.collect();
    simple.budget = fen("100.00");
    simple.parameters.share.bear = factor("0");
    let mut orders = BTreeSet::new();
    for _ in 0..6 {
        simple.cases.rotate_left(1);
        simple.hospitals.rotate_right(1);
        let cleared = drg::clear_region(&simple.build()).unwrap();
        let due = cleared.pool.institutions.iter().map(|one| one.entitlement);
        orders.insert(due.collect::<Vec<Fen>>());
    }
    assert_eq!(orders.len(), 1, "one answer for every order");
    // 100.00 plus 900.00 of others in three equal parts: the fen left over goes to the first code.
    let only = orders.into_iter().next().unwrap();
    assert_eq!(only, [fen("33.34"), fen("33.33"), fen("33.33")]);
}

/// A version that pays as many yuan a day as the year has.
fn by_days(scheme: Scheme, year: i16, state: ParameterState) -> MethodVersion {
    MethodVersion {
        area: "330200".parse().unwrap(),
        scheme,
        year,
        version: 1,
        effective: date(&format!("{year}-01-01")),
        state,
        method: payment::Method::BedDay {
            tiers: vec![bed_day_tiers::BedDayTier {
                up_to: None,
                rate: Fen::yuan(i64::from(year)),
            }],
        },
        monthly: None,
        pool: None,
        case_year: payment::CaseYearBasis::default(),
    }
}

#[test]
fn point_10_parameters_switch_on_the_first_of_january() {
    let version = |year: i16, state| by_days(Scheme::Employee, year, state);
    let versions = [
        version(2024, ParameterState::Approved),
        version(2025, ParameterState::Approved),
        version(2026, ParameterState::Consulted),
    ];
    let year = |on: &str| {
        let area = "330200".parse().unwrap();
        in_force(&versions, area, Scheme::Employee, date(on)).map(|found| found.year)
    };
    assert_eq!(year("2024-12-31"), Ok(2024));
    assert_eq!(year("2025-01-01"), Ok(2025));
    assert!(matches!(year("2023-12-31"), Err(Refusal::NoMethod { .. })));
    assert!(matches!(
        year("2026-01-01"),
        Err(Refusal::NotApproved { .. })
    ));
    let basis = payment::CaseYearBasis::Discharge;
    let (out, settled) = (date("2024-12-31"), date("2025-01-03"));
    assert_eq!(basis.date(out, settled), out);
    assert_eq!(
        payment::CaseYearBasis::Settlement.date(out, settled),
        settled
    );
}

#[test]
fn point_11_an_out_of_area_case_counts_in_pool_and_clearing_once_each() {
    let case = |id: &str, area: &str, clearing: &str, payment: &str| OutOfAreaCase {
        id: id.to_owned(),
        insured_area: area.parse().unwrap(),
        clearing: fen(clearing),
        payment: fen(payment),
    };
    let cases = [
        case("O1", "310000", "800.00", "850.00"),
        case("O2", "320000", "500.00", "400.00"),
    ];
    let statement = state_out_of_area(&cases, &BTreeSet::new()).unwrap();
    assert_eq!(statement.paid, fen("1250.00"));
    assert_eq!(statement.difference, fen("50.00"));
    let stated = BTreeSet::from(["O2".to_owned()]);
    assert!(matches!(
        state_out_of_area(&cases, &stated),
        Err(Refusal::Duplicate { .. })
    ));
    let twice = [cases[0].clone(), cases[0].clone()];
    assert!(matches!(
        state_out_of_area(&twice, &BTreeSet::new()),
        Err(Refusal::Duplicate { .. })
    ));
    // In the pool it is a discharge like any other, once.
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.cases = vec![
        Made::of("O1", "H1", "G", "1000.00"),
        Made::of("C1", "H2", "G", "1000.00"),
    ];
    let cleared = drg::clear_region(&simple.build()).unwrap();
    assert_eq!(cleared.pool.total_points, points("200.0000"));
}

#[test]
fn point_12_a_direct_settlement_larger_than_what_is_due() {
    let netting = |mode| Netting {
        due: fen("250000.00"),
        invoices: vec![fen("320000.00")],
        advance_recovery: Fen::ZERO,
        deductions: Fen::ZERO,
        mode,
    };
    let advanced = net_suppliers(&netting(NettingMode::Advance)).unwrap();
    assert_eq!(advanced.suppliers, fen("320000.00"));
    assert_eq!(
        (advanced.hospital, advanced.receivable),
        (Fen::ZERO, fen("70000.00"))
    );
    let within = net_suppliers(&netting(NettingMode::WithinDue)).unwrap();
    assert_eq!(within.suppliers, fen("250000.00"));
    assert_eq!((within.hospital, within.receivable), (Fen::ZERO, Fen::ZERO));
    assert_eq!(within.unpaid, fen("70000.00"));
}

#[test]
fn point_13_an_advance_is_recovered_to_the_fen() {
    let asked = |last_year: &str, parts| advance::Advance {
        last_year: fen(last_year),
        grade_factor: factor("1"),
        cap: None,
        parts,
    };
    let advanced = advance::advance(&asked("24000000.00", 3)).unwrap();
    let parts = ["666666.67", "666666.67", "666666.66"].map(fen);
    assert_eq!(advanced.recovery, parts);
    for (last_year, parts) in [("0.24", 7), ("1200.01", 11), ("0.00", 2)] {
        let advanced = advance::advance(&asked(last_year, parts)).unwrap();
        assert_eq!(
            advanced.recovery.iter().copied().sum::<Fen>(),
            advanced.advance
        );
        assert!(advanced.recovery.iter().all(|part| !part.is_negative()));
    }
    assert!(advance::advance(&asked("24.00", 0)).is_err());
}

#[test]
fn point_14_a_chain_of_readmissions_halves_each_earlier_stay_once() {
    let mut simple = SimpleRegion::of_one_group("1000.00");
    let stay = |id, hospital, from, to| {
        Made::of(id, hospital, "G", "1000.00")
            .patient(1)
            .stay(from, to)
    };
    simple.cases = vec![
        stay("C3", "H1", "2024-03-20", "2024-03-22"),
        stay("C1", "H1", "2024-03-01", "2024-03-05"),
        stay("C2", "H2", "2024-03-10", "2024-03-12"),
    ];
    let cleared = drg::clear_region(&simple.build()).unwrap();
    let got: Vec<(Points, bool)> = cleared
        .priced
        .iter()
        .map(|one| (one.points, one.halved))
        .collect();
    let (whole, half) = ((points("100"), false), (points("50"), true));
    assert_eq!(got, [whole, half, half]);
}

#[test]
fn point_15_a_transfer_on_the_same_day_is_one_stay() {
    let stay = |id: &str, consortium: Option<&str>, from: &str, to: &str| drg::Stay {
        id: id.to_owned(),
        patient: "P1".to_owned(),
        consortium: consortium.map(str::to_owned),
        admission: date(from),
        discharge: date(to),
        cost: fen("100.00"),
    };
    let moved = drg::merge_transfers(vec![
        stay("B", Some("county"), "2024-03-05", "2024-03-09"),
        stay("A", Some("county"), "2024-03-01", "2024-03-05"),
        stay("C", Some("county"), "2024-03-09", "2024-03-10"),
    ]);
    assert_eq!(moved.len(), 1);
    assert_eq!((moved[0].id.as_str(), moved[0].cost), ("A", fen("300.00")));
    assert_eq!(moved[0].discharge, date("2024-03-10"));
    for apart in [
        [
            stay("A", None, "2024-03-01", "2024-03-05"),
            stay("B", None, "2024-03-05", "2024-03-09"),
        ],
        [
            stay("A", Some("county"), "2024-03-01", "2024-03-05"),
            stay("B", Some("county"), "2024-03-06", "2024-03-09"),
        ],
    ] {
        assert_eq!(drg::merge_transfers(apart.to_vec()).len(), 2);
    }
}

#[test]
fn point_16_employee_and_resident_pools_never_mix() {
    assert_eq!(belongs("C1", Scheme::Employee, Scheme::Employee), Ok(()));
    let refused = belongs("C1", Scheme::Resident, Scheme::Employee).unwrap_err();
    assert_eq!(refused.code(), "other_pool");
    assert!(refused.to_string().contains("C1"), "{refused}");
    let version = |scheme| by_days(scheme, 2024, ParameterState::Approved);
    let versions = [version(Scheme::Resident)];
    let area = "330200".parse().unwrap();
    assert!(in_force(&versions, area, Scheme::Employee, date("2024-06-01")).is_err());
}

#[test]
fn point_17_the_number_of_threads_changes_nothing() {
    let simple = SimpleRegion::of_many(3_000);
    let region = simple.build();
    let alone = drg::clear_region(&region).unwrap();
    for parts in [2_usize, 3, 7] {
        let size = region.discharges.len().div_ceil(parts);
        let (together, tally) = thread::scope(|scope| {
            let base = &alone.base;
            let started = region.discharges.chunks(size).map(|part| {
                let parameters = &region.parameters;
                scope.spawn(move || (part, base.price_all(part, parameters).unwrap()))
            });
            let started: Vec<_> = started.collect();
            let mut all = Vec::new();
            let mut whole = PoolTally::new(region.roster.len());
            // The last part is counted first: the order of adding does not matter.
            for one in started.into_iter().rev() {
                let (part, priced) = one.join().unwrap();
                let mut tally = PoolTally::new(region.roster.len());
                for (discharge, priced) in part.iter().zip(&priced) {
                    tally.add(discharge, *priced).unwrap();
                }
                whole.merge(&tally).unwrap();
                all.splice(0..0, priced);
            }
            (all, whole)
        });
        let mut priced = together;
        let rule = region.parameters.readmission.unwrap();
        drg::readmit(&region.discharges, &mut priced, rule).unwrap();
        assert_eq!(priced, alone.priced);
        let mut straight = PoolTally::new(region.roster.len());
        let once = alone
            .base
            .price_all(&region.discharges, &region.parameters)
            .unwrap();
        for (discharge, priced) in region.discharges.iter().zip(&once) {
            straight.add(discharge, *priced).unwrap();
        }
        assert_eq!(tally, straight);
    }
}

/// The time it takes is measured in a release build by the example `province_year`.
#[test]
fn point_18_a_million_cases_are_cleared_to_the_fen() {
    let simple = SimpleRegion::of_many(1_000_000);
    let region = simple.build();
    let cleared = drg::clear_region(&region).unwrap();
    assert_eq!(cleared.priced.len(), 1_000_000);
    let paid: Fen = cleared
        .pool
        .institutions
        .iter()
        .map(|one| one.entitlement)
        .sum();
    assert_eq!(paid, cleared.pool.fund_final);
    let counted: i64 = cleared.priced.iter().map(|one| one.points.get()).sum();
    assert_eq!(counted, cleared.pool.total_points.get());
}

#[test]
fn rules_outside_their_range_are_refused() {
    let rule = Readmission {
        window: 15,
        factor: Factor::from_text("1.01").unwrap(),
    };
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.parameters.readmission = Some(rule);
    let refused = drg::clear_region(&simple.build()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "参数readmission.factor为“1.01”，应在0和1之间"
    );
}
