//! What must hold whatever the numbers: pools are paid out, more points are never worth less, the
//! same facts give the same answer, and a second route by hand comes to the same points.
#![allow(clippy::unwrap_used)]

mod region;

use money::{Fen, Points};
use payment::drg::{self, Portion, Sharing, Variant};
use payment::methods::bed_day_tiers::{BedDayStay, BedDayTier, pay_by_days};
use payment::methods::global_budget::{OverBand, YearQuestion, settle_year};
use payment::methods::statement::{StatementFacts, close_statement};
use payment::methods::supplier_netting::{Netting, NettingMode, net_suppliers};
use payment::{Refusal, dip};
use proptest::prelude::*;
use region::{Made, SimpleRegion, factor};

fn portions() -> impl Strategy<Value = Vec<Portion>> {
    let one = (0_i64..50_000_000, 0_i64..900_000_000).prop_map(|(points, others)| Portion {
        points: Points::new(points),
        fund: Fen::ZERO,
        others: Fen::new(others),
    });
    prop::collection::vec(one, 1..40)
}

fn variant() -> impl Strategy<Value = Variant> {
    prop_oneof![Just(Variant::TotalCost), Just(Variant::FundOnly)]
}

proptest! {
    #[test]
    fn a_closed_pool_is_paid_out_to_the_fen(
        portions in portions(),
        fund in 1_i64..900_000_000_000,
        variant in variant(),
    ) {
        let fund = Fen::new(fund);
        match drg::share_pool(&portions, fund, variant) {
            Ok(shared) => {
                let paid: Fen = shared.institutions.iter().map(|one| one.entitlement).sum();
                prop_assert_eq!(paid, fund);
            }
            Err(refusal) => {
                let none = portions.iter().all(|one| one.points == Points::ZERO);
                prop_assert!(none, "{}", refusal);
            }
        }
    }

    #[test]
    fn more_points_of_ones_own_are_never_worth_less(
        portions in portions(),
        fund in 1_i64..900_000_000_000,
        more in 1_i64..1_000_000,
        variant in variant(),
    ) {
        let fund = Fen::new(fund);
        let before = drg::share_pool(&portions, fund, variant);
        let mut raised = portions.clone();
        raised[0].points = Points::new(raised[0].points.get() + more);
        let after = drg::share_pool(&raised, fund, variant).unwrap();
        if let Ok(before) = before {
            // A fen of residue may go to somebody else's larger remainder.
            let (after, before) = (after.institutions[0], before.institutions[0]);
            prop_assert!(after.entitlement + Fen::new(1) >= before.entitlement);
        }
    }

    /// With a value for the fund alone, a case more at one hospital never helps another.
    #[test]
    fn with_fund_only_values_nobody_gains_by_anothers_case(
        portions in portions(),
        fund in 1_i64..900_000_000_000,
        more in 1_i64..1_000_000,
    ) {
        let fund = Fen::new(fund);
        let before = drg::share_pool(&portions, fund, Variant::FundOnly);
        let mut raised = portions.clone();
        raised[0].points = Points::new(raised[0].points.get() + more);
        let after = drg::share_pool(&raised, fund, Variant::FundOnly).unwrap();
        if let Ok(before) = before {
            let others = after.institutions.iter().zip(&before.institutions).skip(1);
            for (after, before) in others {
                // A fen of residue may move from one to the other.
                prop_assert!(after.entitlement <= before.entitlement + Fen::new(1));
            }
        }
    }

    #[test]
    fn sharing_a_difference_stays_between_items_and_budget(
        fund_items in 0_i64..1_000_000_000,
        budget in 1_i64..1_000_000_000,
        keep in 0_u32..=100,
        bear in 0_u32..=100,
    ) {
        let percent = |whole: u32| factor(&format!("{}.{:02}", whole / 100, whole % 100));
        let share = Sharing { keep: percent(keep), bear: percent(bear) };
        let (fund_items, budget) = (Fen::new(fund_items), Fen::new(budget));
        let fund = drg::share_difference(&drg::Shared { fund_items, budget, share }).unwrap();
        prop_assert!(fund >= fund_items.min(budget) && fund <= fund_items.max(budget));
    }

    #[test]
    fn a_year_over_its_budget_never_gets_more_than_it_spent(
        actual in 0_i64..300_000_000,
        budget in 1_i64..100_000_000,
    ) {
        let band = |up_to: Option<i64>, share| OverBand {
            up_to: up_to.map(|whole| money::Ratio::new(whole, 100)),
            fund_share: money::Ratio::new(share, 100),
        };
        let (actual, budget) = (Fen::new(actual), Fen::new(budget));
        let paid = settle_year(&YearQuestion {
            actual,
            budget,
            approved_growth: Fen::ZERO,
            keep: Vec::new(),
            over: vec![band(Some(5), 70), band(Some(10), 50), band(None, 0)],
        });
        let paid = paid.unwrap().amount;
        prop_assert!(paid <= actual.max(budget));
        prop_assert!(paid >= actual.min(budget));
    }

    #[test]
    fn suppliers_and_hospital_share_what_is_due(
        due in 0_i64..100_000_000,
        invoices in prop::collection::vec(-5_000_000_i64..50_000_000, 0..6),
        within in any::<bool>(),
    ) {
        let mode = if within { NettingMode::WithinDue } else { NettingMode::Advance };
        let due = Fen::new(due);
        let netted = net_suppliers(&Netting {
            due,
            invoices: invoices.into_iter().map(Fen::new).collect(),
            advance_recovery: Fen::ZERO,
            deductions: Fen::ZERO,
            mode,
        });
        let netted = netted.unwrap();
        // The hospital's settlement falls by the very yuan the suppliers get.
        prop_assert_eq!(netted.hospital + netted.suppliers - netted.receivable, due);
        prop_assert!(!netted.suppliers.is_negative() && !netted.hospital.is_negative());
    }

    #[test]
    fn months_and_the_last_payment_are_the_entitlement(
        entitlement in -100_000_000_i64..100_000_000,
        prepaid in prop::collection::vec(0_i64..9_000_000, 0..13),
        deductions in 0_i64..1_000_000,
    ) {
        let (entitlement, deductions) = (Fen::new(entitlement), Fen::new(deductions));
        let prepaid: Vec<Fen> = prepaid.into_iter().map(Fen::new).collect();
        let months: Fen = prepaid.iter().copied().sum();
        let facts = StatementFacts {
            entitlement,
            prepaid,
            suppliers: Fen::ZERO,
            advance_recovery: Fen::ZERO,
            deductions,
        };
        let last = close_statement(&facts).unwrap();
        let had = months + last.payable - last.receivable;
        prop_assert_eq!(had, entitlement - deductions);
    }

    #[test]
    fn days_are_paid_one_by_one(days in 1_i64..400) {
        let tier = |up_to, yuan| BedDayTier { up_to, rate: Fen::yuan(yuan) };
        let tiers = vec![tier(Some(30), 280), tier(Some(60), 240), tier(None, 200)];
        let paid = pay_by_days(&BedDayStay { days, leave_days: 0, tiers }).unwrap().amount;
        let by_hand: i64 = (1..=days).map(|day| match day {
            1..=30 => 280,
            31..=60 => 240,
            _ => 200,
        }).sum();
        prop_assert_eq!(paid, Fen::yuan(by_hand));
    }

    #[test]
    fn a_year_by_bands_never_falls_when_more_was_spent(
        actual in 0_i64..200_000_000,
        more in 0_i64..10_000_000,
        entitlement in 1_i64..100_000_000,
    ) {
        let pays = |actual| {
            let (actual, entitlement) = (Fen::new(actual), Fen::new(entitlement));
            let bands = dip::usual_bands();
            dip::annual_payment(&dip::AnnualQuestion { actual, entitlement, bands }).unwrap()
        };
        // Halves of a fen may round either way between the slices.
        prop_assert!(pays(actual + more) + Fen::new(1) >= pays(actual));
    }

    #[test]
    fn whole_regions_close_and_repeat(cases in 1_usize..120, seed in 1_u64..500) {
        let mut simple = SimpleRegion::of_many(cases);
        simple.budget = Fen::new(simple.budget.get() + i64::try_from(seed).unwrap() * 977);
        let region = simple.build();
        let cleared = drg::clear_region(&region).unwrap();
        let again = drg::clear_region(&region).unwrap();
        prop_assert_eq!(&cleared.priced, &again.priced);
        prop_assert_eq!(&cleared.pool, &again.pool);
        let paid: Fen = cleared.pool.institutions.iter().map(|one| one.entitlement).sum();
        prop_assert_eq!(paid, cleared.pool.fund_final);
        for (discharge, priced) in region.discharges.iter().zip(&cleared.priced) {
            let told = drg::explain_discharge(&region, &cleared.base, discharge, *priced).unwrap();
            let last = &told.last().unwrap().sentence;
            prop_assert!(last.contains(&priced.points.to_string()), "{}", last);
        }
    }
}

/// With the whole cost in the pool, a case that brings more of the patient's money per point than a
/// point is worth helps the others: the property of the fund-only value does not hold here.
#[test]
fn with_total_cost_values_a_rich_case_helps_others() {
    let portion = |points: i64, others: &str| Portion {
        points: Points::new(points * 10_000),
        fund: Fen::ZERO,
        others: region::fen(others),
    };
    let due = |portions: &[Portion]| {
        let shared = drg::share_pool(portions, region::fen("1000.00"), Variant::TotalCost).unwrap();
        shared.institutions[1].entitlement
    };
    let before = due(&[portion(10, "0.00"), portion(10, "0.00")]);
    let after = due(&[portion(11, "900.00"), portion(10, "0.00")]);
    assert!(after > before, "{after} {before}");
}

/// Base points, coefficients and points of the large made-up region by a second, slower route:
/// plain sums over the facts and long division, sharing nothing with the room but the facts.
#[test]
fn a_second_route_comes_to_the_same_points() {
    let simple = SimpleRegion::of_many(4_000);
    let region = simple.build();
    let cleared = drg::clear_region(&region).unwrap();
    let mut halved = 0;
    for (nth, (made, priced)) in simple.cases.iter().zip(&cleared.priced).enumerate() {
        let mut want = by_hand(&simple, made);
        if priced.halved {
            want = rounded(want, 2);
            halved += 1;
        }
        assert_eq!(
            i128::from(priced.points.get()),
            want,
            "case {nth}: {made:?}"
        );
    }
    assert!(halved > 0, "some stays were followed too soon");
}

/// Half up, by long division.
fn rounded(num: i128, den: i128) -> i128 {
    (2 * num + den) / (2 * den)
}

fn mean<'b>(of: impl Iterator<Item = &'b (String, String, Fen)>) -> (i128, i128) {
    of.fold((0, 0), |(sum, count), one| {
        (sum + i128::from(one.2.get()), count + 1)
    })
}

/// A case's points in ten-thousandths before readmissions.
fn by_hand(simple: &SimpleRegion, made: &Made) -> i128 {
    let (all, n) = mean(simple.base.iter());
    let cost = i128::from((made.cost - made.unreasonable).get());
    if let Some(rate) = made.bed_day_rate {
        let one = rounded(i128::from(rate.get()) * n * 1_000_000, all);
        let days = made.discharge.duration_since(made.admission).as_hours() / 24;
        return one * i128::from(days.max(1));
    }
    let of_group = |one: &&(String, String, Fen)| Some(&one.1) == made.group.as_ref();
    let (sum, count) = mean(simple.base.iter().filter(of_group));
    let squares: i128 = simple
        .base
        .iter()
        .filter(of_group)
        .map(|one| i128::from(one.2.get()) * i128::from(one.2.get()))
        .sum();
    let stable = count > 5 && squares * count - sum * sum <= sum * sum;
    if !stable {
        return rounded(cost * n * 1_000_000, all);
    }
    let base = rounded(sum * n * 1_000_000, count * all);
    let own = coefficient(simple, made, (sum, count));
    let high: i128 = if base <= 1_000_000 {
        30
    } else if base <= 2_000_000 {
        25
    } else {
        20
    };
    let normal = rounded(base * own, 10_000);
    if cost * count * 10 >= high * sum {
        let beyond = cost * count * 10 - high * sum;
        return normal
            + if made.approved {
                rounded(beyond * base, sum * 10)
            } else {
                0
            };
    }
    if cost * count * 10 < 4 * sum {
        return rounded(base * own * cost * count, sum * 10_000).min(base);
    }
    normal
}

fn coefficient(simple: &SimpleRegion, made: &Made, (sum, count): (i128, i128)) -> i128 {
    if made.group.as_deref() == Some("G0") {
        return 10_000;
    }
    let tier_of = |hospital: &str| {
        let found = simple.hospitals.iter().find(|(code, _)| *code == hospital);
        found.unwrap().1
    };
    let of_group = |one: &&(String, String, Fen)| Some(&one.1) == made.group.as_ref();
    let same_tier = |one: &&(String, String, Fen)| tier_of(&one.0) == tier_of(&made.hospital);
    let same = |one: &&(String, String, Fen)| one.0 == made.hospital;
    let tier = mean(simple.base.iter().filter(of_group).filter(same_tier));
    let own = mean(simple.base.iter().filter(of_group).filter(same));
    let tier = if tier.1 > 5 { tier } else { (sum, count) };
    let own = if own.1 > 5 { own } else { tier };
    // 0.7 × tier mean ÷ mean + 0.3 × own mean ÷ mean, over one denominator.
    let num = (7 * tier.0 * own.1 + 3 * own.0 * tier.1) * count * 1_000;
    rounded(num, tier.1 * own.1 * sum).clamp(7_000, 13_000)
}

#[test]
fn nothing_but_a_refusal_comes_of_absurd_amounts() {
    let huge = Portion {
        points: Points::new(i64::MAX),
        fund: Fen::new(i64::MAX),
        others: Fen::new(i64::MAX),
    };
    let refused = drg::share_pool(&[huge, huge], Fen::MAX, Variant::TotalCost).unwrap_err();
    assert!(matches!(refused, Refusal::TooLarge { .. }), "{refused}");
    let mut simple = SimpleRegion::of_one_group("1000.00");
    simple.cases[0].cost = Fen::MAX;
    simple.cases[0].fund = Fen::MAX;
    simple.cases.push(simple.cases[0].clone());
    assert!(drg::clear_region(&simple.build()).is_err());
}
