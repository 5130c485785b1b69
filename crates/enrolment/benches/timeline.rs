//! How long one person's timeline takes, and that of a million people as of a day.
//!
//! `cargo bench -p enrolment --bench timeline`
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use enrolment::timeline::{CoverFacts, Dated, Event, Migrated, timeline};
use policy::{AreaPolicy, FeeMonth};
use terms::{Category, CoverState, Date, Scheme, Word};

fn main() {
    divan::main();
}

/// People of whom there is one of each thousand.
const KINDS: usize = 1000;
const PEOPLE: usize = 1_000_000;

static LAW: LazyLock<AreaPolicy> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
    golden::area(&folder, "421300".parse().unwrap()).unwrap()
});

fn month(year: i16, month: i8) -> FeeMonth {
    FeeMonth::of(Date::constant(year, month, 1))
}

fn facts(events: Vec<(Date, Scheme, Event)>) -> CoverFacts {
    let events = (1_i64..)
        .zip(events)
        .map(|(no, (on, scheme, event))| Dated {
            no,
            on,
            scheme,
            event,
        });
    CoverFacts {
        birth: Some(Date::constant(1980, 5, 1)),
        events: events.collect(),
        ..CoverFacts::default()
    }
}

fn join(category: Category) -> Event {
    Event::Join {
        category,
        employer: Some(Word::new("E1")),
        county: LAW.code,
    }
}

fn premium(year: i16) -> Event {
    Event::Premium {
        year,
        category: Category::Adult,
        county: LAW.code,
        repaid_years: Vec::new(),
    }
}

/// Forty events over thirty years: employers, breaks, arrears, premiums, retirement.
fn long_life() -> CoverFacts {
    let employee = Scheme::Employee;
    let mut events = Vec::new();
    for nth in 0..8_i16 {
        let year = 2012 + nth;
        let at = |month| Date::constant(year, month, 3);
        let (resume, since) = (month(year, 1), month(year, 3));
        let first = if nth == 0 {
            join(Category::Active)
        } else {
            Event::Resume {
                category: None,
                employer: Some(Word::new("E2")),
                county: None,
            }
        };
        events.push((at(1), employee, first));
        events.push((
            at(4),
            employee,
            Event::Arrears {
                since,
                deferred: false,
            },
        ));
        events.push((
            at(5),
            employee,
            Event::Paid {
                from: since,
                to: since.later(1),
            },
        ));
        events.push((
            at(12),
            employee,
            Event::Suspend {
                last_month: Some(resume.later(11)),
            },
        ));
    }
    for year in 2021..2027 {
        events.push((
            Date::constant(year - 1, 10, 9),
            Scheme::Resident,
            premium(year),
        ));
    }
    events.push((
        Date::constant(2026, 3, 2),
        employee,
        join(Category::Flexible),
    ));
    events.push((
        Date::constant(2026, 9, 2),
        employee,
        Event::Retire { missing_months: 12 },
    ));
    facts(events)
}

/// A thousand people: residents by the year, employees, flexible workers after a break.
fn people() -> Vec<CoverFacts> {
    (0..KINDS)
        .map(|nth| match nth % 20 {
            0..=11 => CoverFacts {
                migrated: vec![Migrated {
                    no: 0,
                    scheme: Scheme::Resident,
                    first: Date::constant(2020, 1, 1),
                    last: Some(Date::constant(2024, 12, 31)),
                    category: Category::Adult,
                    state: CoverState::Active,
                    county: LAW.code,
                    employer: None,
                    reason: String::new(),
                }],
                ..facts(vec![
                    (Date::constant(2024, 10, 9), Scheme::Resident, premium(2025)),
                    (Date::constant(2025, 10, 9), Scheme::Resident, premium(2026)),
                ])
            },
            12..=17 => facts(vec![(
                Date::constant(2015, 3, 2),
                Scheme::Employee,
                join(Category::Active),
            )]),
            _ => facts(vec![
                (
                    Date::constant(2022, 1, 3),
                    Scheme::Employee,
                    join(Category::Active),
                ),
                (
                    Date::constant(2025, 1, 9),
                    Scheme::Employee,
                    Event::Suspend { last_month: None },
                ),
                (
                    Date::constant(2025, 6, 3),
                    Scheme::Employee,
                    Event::Resume {
                        category: Some(Category::Flexible),
                        employer: None,
                        county: None,
                    },
                ),
            ]),
        })
        .collect()
}

/// How many of so many people have benefits on a day.
fn covered(people: &[CoverFacts], count: usize) -> usize {
    let on = Date::constant(2025, 7, 15);
    let has = |facts: &&CoverFacts| {
        let made = timeline(facts, &LAW);
        made.on(on)
            .is_some_and(|one| one.state == CoverState::Active)
    };
    people.iter().cycle().take(count).filter(has).count()
}

#[divan::bench]
fn one_long_life(bencher: divan::Bencher<'_, '_>) {
    let facts = long_life();
    assert_eq!(timeline(&facts, &LAW).issues, []);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| timeline(divan::black_box(&facts), &LAW));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_people_on_one_core(bencher: divan::Bencher<'_, '_>) {
    let people = people();
    bencher
        .counter(ItemsCount::new(PEOPLE))
        .bench_local(|| covered(divan::black_box(&people), PEOPLE));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_people_on_two_cores(bencher: divan::Bencher<'_, '_>) {
    let people = people();
    bencher.counter(ItemsCount::new(PEOPLE)).bench_local(|| {
        std::thread::scope(|scope| {
            let halves = [0, 1].map(|_| scope.spawn(|| covered(&people, PEOPLE / 2)));
            halves.map(|half| half.join().unwrap())
        })
    });
}
