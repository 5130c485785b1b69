//! What must hold of every timeline, whatever happens to a person and in whatever order it arrives.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use policy::{AreaPolicy, FeeMonth};
use proptest::prelude::*;
use terms::{AreaCode, Category, CoverState, Date, Scheme, Word};

use super::*;

static LAWS: LazyLock<[AreaPolicy; 3]> = LazyLock::new(|| ["421300", "990100", "340600"].map(law));

fn law(area: &str) -> AreaPolicy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
    golden::area(&folder, area.parse().unwrap()).unwrap()
}

fn day(from: i16, nth: i32) -> Date {
    let first = Date::constant(from, 1, 1);
    (0..nth).fold(first, |day, _| day.tomorrow().unwrap())
}

fn days() -> impl Strategy<Value = Date> {
    (0_i32..2200).prop_map(|nth| day(2022, nth))
}

fn months() -> impl Strategy<Value = FeeMonth> {
    days().prop_map(FeeMonth::of)
}

fn categories() -> impl Strategy<Value = Category> {
    let some = [
        Category::Active,
        Category::Flexible,
        Category::Adult,
        Category::Student,
    ];
    prop::sample::select(some.to_vec())
}

fn areas() -> impl Strategy<Value = AreaCode> {
    prop::sample::select(vec!["421300", "990100", "330200"]).prop_map(|code| code.parse().unwrap())
}

fn happenings() -> impl Strategy<Value = Event> {
    let years = 2021_i16..2031;
    prop_oneof![
        4 => (categories(), areas()).prop_map(|(category, county)| Event::Join {
            category,
            employer: Some(Word::new("E1")),
            county,
        }),
        4 => prop::option::weighted(0.2, months())
            .prop_map(|last_month| Event::Suspend { last_month }),
        3 => prop::option::of(categories()).prop_map(|category| Event::Resume {
            category,
            employer: None,
            county: None,
        }),
        4 => (years.clone(), categories(), areas(), prop::collection::vec(years.clone(), 0..3))
            .prop_map(|(year, category, county, repaid_years)| Event::Premium {
                year,
                category,
                county,
                repaid_years,
            }),
        1 => years.prop_map(|year| Event::PremiumRefunded { year }),
        1 => (areas(), months())
            .prop_map(|(from, last_month)| Event::TransferIn { from, last_month }),
        1 => areas().prop_map(|to| Event::TransferOut { to }),
        1 => categories().prop_map(|category| Event::Switch {
            to: Scheme::Employee,
            category,
            employer: None,
        }),
        1 => categories().prop_map(|category| Event::Change {
            category: Some(category),
            employer: Some(Word::new("E2")),
            county: None,
        }),
        1 => (0_i32..40).prop_map(|missing_months| Event::Retire { missing_months }),
        1 => Just(Event::RetirementPaid),
        2 => (months(), any::<bool>())
            .prop_map(|(since, deferred)| Event::Arrears { since, deferred }),
        2 => (months(), 0_i32..9).prop_map(|(from, more)| Event::Paid {
            from,
            to: from.later(more),
        }),
        1 => areas().prop_map(|area| Event::CoveredElsewhere { area }),
        1 => areas().prop_map(|area| Event::ElsewhereEnded { area }),
        2 => prop::sample::select(vec![
            Event::EnterSchool,
            Event::Graduate,
            Event::Enlist,
            Event::Discharge,
            Event::Imprison,
            Event::Release,
            Event::End,
            Event::Die,
        ]),
    ]
}

fn dated() -> impl Strategy<Value = Dated> {
    let scheme = prop::sample::select(vec![Scheme::Employee, Scheme::Employee, Scheme::Resident]);
    (days(), scheme, happenings()).prop_map(|(on, scheme, event)| Dated {
        no: 0,
        on,
        scheme,
        event,
    })
}

prop_compose! {
    fn lives()(mut events in prop::collection::vec(dated(), 0..14)) -> CoverFacts {
        for (no, event) in (1_i64..).zip(&mut events) {
            event.no = no;
        }
        CoverFacts { events, ..CoverFacts::default() }
    }
}

/// What a person has on the days before one, without the reasons.
fn past(timeline: &Timeline, until: Date) -> Vec<(Scheme, Date, Date, Category, CoverState)> {
    let mut known: Vec<(Scheme, Date, Date, Category, CoverState)> = Vec::new();
    let mut periods: Vec<&CoverPeriod> = timeline.periods.iter().collect();
    periods.sort_by_key(|one| (one.scheme, one.first));
    for one in periods.into_iter().filter(|one| one.first < until) {
        let yesterday = until.yesterday().unwrap();
        let last = one.last.map_or(yesterday, |last| last.min(yesterday));
        let next = (one.scheme, one.first, last, one.category, one.state);
        match known.last_mut() {
            Some(same)
                if (same.0, same.3, same.4) == (next.0, next.3, next.4)
                    && same.2.tomorrow().unwrap() == next.1 =>
            {
                same.2 = last;
            }
            _ => known.push(next),
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Overlap, double benefits and cover after death are asserted by the room itself.
    #[test]
    fn whatever_happens_the_promises_are_kept(facts in lives(), at in 0_usize..3) {
        let made = timeline(&facts, &LAWS[at]);
        let known = facts.events.len();
        prop_assert!(made.issues.len() <= known);
        for issue in &made.issues {
            prop_assert!(issue.to_string().contains("不能成立"));
        }
        for period in &made.periods {
            prop_assert!(!period.begins.sentence().is_empty());
            prop_assert_eq!(period.last.is_some(), period.ends.is_some());
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(
        facts in lives(), at in 0_usize..3, seed in any::<u64>(),
    ) {
        let mut shuffled = facts.clone();
        let count = shuffled.events.len().max(1);
        let turn = usize::try_from(seed % 97).unwrap() % count;
        shuffled.events.rotate_left(turn);
        if seed % 2 == 0 {
            shuffled.events.reverse();
        }
        prop_assert_eq!(timeline(&facts, &LAWS[at]), timeline(&shuffled, &LAWS[at]));
    }

    #[test]
    fn an_event_changes_nothing_before_its_day_but_what_it_says(
        facts in lives(), mut added in dated(), at in 0_usize..3,
    ) {
        added.no = 1000;
        let before = timeline(&facts, &LAWS[at]);
        let mut more = facts;
        more.events.push(added.clone());
        let after = timeline(&more, &LAWS[at]);
        // What a later event opens up again may hang on this one.
        let later = |no: i64| more.events.iter().any(|one| one.no == no && one.on >= added.on);
        let back = |note: &&Note| {
            later(note.event) && matches!(note.what, Remark::Reopened | Remark::Withdrawn)
        };
        let notes = before.notes.iter().chain(&after.notes);
        let reached = notes.filter(back).map(|note| note.from).min();
        let until = reached.map_or(added.on, |from| from.min(added.on));
        prop_assert_eq!(past(&before, until), past(&after, until));
    }

    #[test]
    fn benefits_come_from_one_scheme_and_are_found_first(facts in lives(), nth in 0_i32..2200) {
        let made = timeline(&facts, &LAWS[0]);
        let on = day(2022, nth);
        let gives = |one: &&CoverPeriod| one.has(on) && one.state == CoverState::Active;
        let active: Vec<&CoverPeriod> = made.periods.iter().filter(gives).collect();
        prop_assert!(active.len() <= 1);
        if let Some(one) = active.first() {
            prop_assert_eq!(made.on(on), Some(*one));
            prop_assert_eq!(made.of(one.scheme, on), Some(*one));
        }
    }
}
