//! What must hold of accounts, whatever the facts.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use enrolment::account::{
    DrawFacts, InterestFacts, Moved, Purses, Sponsor, interest, may_draw, share_out,
};
use money::Fen;
use policy::SchemePolicy;
use proptest::prelude::*;
use terms::{AccountKind, Date, Relation, Scheme, SharingPurpose};

static LAW: LazyLock<SchemePolicy> = LazyLock::new(|| law("policy", "990100"));
/// Only what lies above 2,000 yuan is shared.
static ABOVE: LazyLock<SchemePolicy> =
    LazyLock::new(|| law("cases/account/policies/regions", "350430"));

fn law(folder: &str, area: &str) -> SchemePolicy {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    golden::law(&root.join(folder), area.parse().unwrap(), Scheme::Employee).unwrap()
}

const ON: Date = Date::constant(2024, 11, 15);

fn facts(current: i64, historic: i64, limit: Option<i64>, drawn: i64) -> DrawFacts {
    DrawFacts {
        relation: Relation::Parent,
        purposes: Vec::new(),
        limit: limit.map(Fen::new),
        from: Date::constant(2024, 1, 1),
        to: None,
        drawn: Fen::new(drawn),
        frozen: None,
        purses: Purses(vec![
            (AccountKind::CurrentYear, Fen::new(current)),
            (AccountKind::Historic, Fen::new(historic)),
        ]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nobody_draws_more_than_the_limit_or_what_is_above_the_kept(
        current in 0_i64..500_000, historic in 0_i64..500_000,
        limit in proptest::option::of(1_i64..100_000), drawn in 0_i64..100_000,
    ) {
        let facts = facts(current, historic, limit, drawn);
        for (law, keeps) in [(&*LAW, 0), (&*ABOVE, 200_000)] {
            let Ok(allowed) = may_draw(&facts, SharingPurpose::OwnShare, ON, law) else { continue };
            let amount = allowed.amount.get();
            prop_assert!(amount > 0 && current + historic - amount >= keeps);
            if let Some(limit) = limit {
                prop_assert!(amount + drawn <= limit);
            }
        }
    }

    #[test]
    fn payments_and_cash_are_the_sum_and_purses_the_payment(
        amount in 1_i64..1_000_000, own in 0_i64..300_000,
        others in proptest::collection::vec((0_i64..300_000, 0_i64..300_000), 0..4),
    ) {
        let own = Purses(vec![(AccountKind::Historic, Fen::new(own))]);
        let sponsor = |(number, (current, historic)): (usize, &(i64, i64))| Sponsor {
            owner: format!("P{number}"),
            facts: facts(*current, *historic, None, 0),
        };
        let sponsors: Vec<Sponsor> = others.iter().enumerate().map(sponsor).collect();
        let purpose = SharingPurpose::OwnShare;
        let me = Some(("P", &own));
        let shared = share_out(Fen::new(amount), me, sponsors, purpose, ON, &LAW).unwrap();
        let paid: Fen = shared.payments.iter().map(|one| one.amount).sum();
        prop_assert_eq!(paid + shared.cash, Fen::new(amount));
        prop_assert!(!shared.cash.is_negative());
        for payment in &shared.payments {
            let purses: Fen = payment.purses.iter().map(|(_, fen)| *fen).sum();
            prop_assert_eq!(purses, payment.amount);
        }
        // Cash is due only where every account is empty.
        let held: i64 = own.total().get() + others.iter().map(|(a, b)| a + b).sum::<i64>();
        prop_assert_eq!(shared.cash.get(), (amount - held).max(0));
    }

    #[test]
    fn interest_is_the_sum_over_days_at_their_closing_balance(
        opening in 0_i64..10_000_000,
        moves in proptest::collection::vec((1_i8..=12, 1_i8..=28, -100_000_i64..100_000), 0..12),
    ) {
        let mut moved: Vec<Moved> = moves
            .iter()
            .map(|(month, day, delta)| Moved {
                on: Date::new(2023, *month, *day).unwrap(),
                delta: Fen::new(*delta),
            })
            .collect();
        moved.sort_by_key(|one| one.on);
        let facts = InterestFacts {
            purse: AccountKind::Historic,
            from: Date::constant(2023, 1, 1),
            opening: Fen::new(opening),
            moved: moved.clone(),
        };
        let earned = interest(&facts, Date::constant(2023, 12, 31), &LAW).unwrap().amount;
        // The other way: day by day.
        let (mut day, mut balance, mut product) = (facts.from, opening, 0_i128);
        for _ in 0..365 {
            let today = moved.iter().filter(|one| one.on == day);
            balance += today.map(|one| one.delta.get()).sum::<i64>();
            product += i128::from(balance.max(0));
            day = day.tomorrow().unwrap();
        }
        // 1.5 % a year of 365 days, half up.
        let plain = (product * 15 * 2 + 365_000) / (365_000 * 2);
        prop_assert_eq!(i128::from(earned.get()), plain);
    }
}
