//! What must hold of every contribution and late fee, whatever the facts.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use enrolment::PersonFacts;
use enrolment::contribution::{
    BackPaymentFacts, ContributionFacts, LateFacts, assess, assess_months, back_payment, correct,
    late_fee,
};
use money::{Fen, Ratio};
use policy::{FeeMonth, Payer, SchemePolicy};
use proptest::prelude::*;
use terms::{AreaCode, Category, Date, Scheme, Sex, Word};

/// Halved and fixed-rate reliefs, bounds, sums rounded per payer.
const AREAS: [&str; 6] = ["320700", "350600", "210100", "990084", "990110", "990111"];

static LAWS: LazyLock<Vec<SchemePolicy>> = LazyLock::new(|| AREAS.map(law).into());
static BOUNDED: LazyLock<SchemePolicy> = LazyLock::new(|| law("990084"));
static RETIRING: LazyLock<SchemePolicy> = LazyLock::new(|| law("990087"));
static HALVED: LazyLock<SchemePolicy> = LazyLock::new(|| law("320700"));

fn law(area: &str) -> SchemePolicy {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/enrolment/policies/regions");
    golden::law(&folder, area.parse().unwrap(), Scheme::Employee).unwrap()
}

fn person(marks: &[&str]) -> PersonFacts {
    let county: AreaCode = "990001".parse().unwrap();
    PersonFacts {
        marks: marks.iter().map(|mark| Word::new(mark)).collect(),
        ..PersonFacts::new(Category::Active, county)
    }
}

fn facts(wage: i64, marks: &[&str]) -> ContributionFacts {
    ContributionFacts {
        person: person(marks),
        wage: Some(Fen::new(wage)),
        step: None,
    }
}

fn month(number: i32) -> FeeMonth {
    "2024-01".parse::<FeeMonth>().unwrap().later(number)
}

fn late(arrears: i64, due: Date, days: i32) -> LateFacts {
    LateFacts {
        person: person(&[]),
        payer: Payer::Employer,
        arrears: Fen::new(arrears),
        month: FeeMonth::of(due),
        due: Some(due),
        paid: days_after(due, days),
        deferral_granted: false,
        left: None,
    }
}

fn days_after(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn charges_add_up_to_payers_and_payers_to_the_total(wage in 0_i64..10_000_000) {
        for law in LAWS.iter() {
            let Ok(owed) = assess(&facts(wage, &[]), month(5), law) else { continue };
            let all: Fen = owed.owed.iter().map(|one| one.amount).sum();
            prop_assert_eq!(all, owed.total);
            prop_assert_eq!(owed.employer + owed.person, owed.total);
            prop_assert!(owed.owed.iter().all(|one| !one.amount.is_negative()));
        }
    }

    #[test]
    fn a_higher_wage_never_owes_less(wage in 0_i64..5_000_000, more in 0_i64..5_000_000) {
        for law in LAWS.iter() {
            let Ok(low) = assess(&facts(wage, &[]), month(5), law) else { continue };
            let high = assess(&facts(wage + more, &[]), month(5), law).unwrap();
            prop_assert!(low.employer <= high.employer && low.person <= high.person);
            prop_assert!(low.base <= high.base);
        }
    }

    #[test]
    fn the_base_stays_within_its_bounds(wage in 0_i64..10_000_000) {
        let owed = assess(&facts(wage, &[]), "2025-08".parse().unwrap(), &BOUNDED).unwrap();
        let base = owed.base.unwrap();
        prop_assert!(Fen::yuan(4200) <= base && base <= Fen::yuan(21_000));
    }

    #[test]
    fn months_together_are_the_sum_of_months_where_each_is_rounded(
        wage in 0_i64..10_000_000, first in -50_i32..-20, count in 1_i32..20,
    ) {
        let law = &HALVED;
        let from = month(first);
        if let Ok(together) = assess_months(&facts(wage, &[]), from, count, law) {
            let each = (0..count).map(|nth| assess(&facts(wage, &[]), from.later(nth), law));
            let sum: Fen = each.map(|one| one.unwrap().total).sum();
            prop_assert_eq!(sum, together.total);
        }
    }

    #[test]
    fn a_relief_never_raises_and_never_touches_the_person(
        wage in 0_i64..10_000_000, nth in -48_i32..-36,
    ) {
        let relieved = assess(&facts(wage, &[]), month(nth), &HALVED).unwrap();
        let public = assess(&facts(wage, &["public_body"]), month(nth), &HALVED).unwrap();
        prop_assert!(relieved.employer <= public.employer);
        prop_assert_eq!(relieved.person, public.person);
        let inside = (2..=6).contains(&month(nth).month());
        let cut = relieved.owed[0].rate < public.owed[0].rate;
        prop_assert_eq!(inside, cut);
    }

    #[test]
    fn a_correction_is_what_was_paid_less_what_is_owed(
        wage in 0_i64..10_000_000, employer in 0_i64..1_000_000, own in 0_i64..1_000_000,
    ) {
        let owed = assess(&facts(wage, &[]), month(-46), &HALVED).unwrap();
        let (employer, own) = (Fen::new(employer), Fen::new(own));
        let change = correct(&owed, employer, own);
        prop_assert_eq!(change.employer_credit - change.employer_due, employer - owed.employer);
        prop_assert_eq!(change.person_credit - change.person_due, own - owed.person);
        prop_assert!(change.employer_credit.is_zero() || change.employer_due.is_zero());
    }

    #[test]
    fn a_late_fee_is_additive_over_days(
        yuan in 0_i64..100_000, start in 0_i32..800, first in 0_i32..400, second in 0_i32..400,
    ) {
        // From 2010 on, so that the change of the rate in July 2011 is crossed as well. A multiple
        // of 20 yuan has a whole number of fen a day at either rate.
        let due = days_after(Date::constant(2010, 1, 1), start);
        let fee = |due, days| late_fee(&late(yuan * 2000, due, days), &BOUNDED).unwrap().late_fee;
        let apart = fee(due, first) + fee(days_after(due, first), second);
        prop_assert_eq!(fee(due, first + second), apart);
    }

    #[test]
    fn a_late_fee_is_rounded_once(arrears in 0_i64..100_000_000, days in 0_i32..800) {
        let due = Date::constant(2012, 1, 1);
        let fee = late_fee(&late(arrears, due, days), &BOUNDED).unwrap();
        let exact = Ratio::new(i64::from(days), 2000);
        let plain = Fen::new(arrears).times(exact, money::Rounding::HalfUp);
        prop_assert_eq!(fee.late_fee, plain);
        prop_assert_eq!(fee.days, days);
    }

    #[test]
    fn a_back_payment_shrinks_with_months_paid_and_is_shared_whole(
        base in 0_i64..10_000_000, paid in 0_i32..400, more in 0_i32..100,
    ) {
        let due = |paid| {
            let facts = BackPaymentFacts {
                person: PersonFacts { sex: Some(Sex::Male), ..person(&[]) },
                month: month(12),
                paid_months: paid,
                deemed_months: 0,
                local_months: paid,
                base: Some(Fen::new(base)),
            };
            back_payment(&facts, &RETIRING).unwrap()
        };
        let (one, later) = (due(paid), due(paid + more));
        prop_assert!(later.amount <= one.amount);
        prop_assert_eq!(one.pooled + one.account, one.amount);
        prop_assert_eq!(one.months, (300 - paid).max(0));
    }
}
