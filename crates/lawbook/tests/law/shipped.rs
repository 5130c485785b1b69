//! Everything the repository ships loads, and every value says where it comes from.

use lawbook::{load_catalogue, load_policy, tree};
use policy::PolicyBook;
use terms::Date;

use crate::common;

fn shipped() -> PolicyBook {
    load_policy(&common::root().join("policy")).unwrap_or_else(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{} 处问题：\n{}", lines.len(), lines.join("\n"));
    })
}

#[test]
fn every_shipped_area_loads() {
    let book = shipped();
    assert!(
        book.areas.keys().any(|code| code.get() == 990_100),
        "the fictional area is there"
    );
}

#[test]
fn every_value_has_a_source_and_a_day_of_checking() {
    let book = shipped();
    let mut values = 0;
    for (code, area) in &book.areas {
        for scheme in area.schemes.keys() {
            for topic in tree(&book, *code, *scheme, Date::MAX) {
                for version in &topic.history {
                    let place = &version.place;
                    assert!(!version.source.document.is_empty(), "{place}");
                    assert!(version.checked > "2020-01-01".parse().unwrap(), "{place}");
                    values += 1;
                }
            }
        }
    }
    assert!(values > 100, "{values} values were looked at");
}

#[test]
fn the_example_catalogue_loads() {
    let catalogue = load_catalogue(&common::root().join("catalogues/example")).unwrap();
    assert!(catalogue.items.len() > 1000);
    assert!(!catalogue.diagnoses.is_empty());
}

/// Holidays are moved about, never added: weekdays less the days off that 全国年节及纪念日放假办法
/// grants, eleven before 2025 and thirteen since.
#[test]
fn a_year_has_as_many_working_days_as_the_law_on_holidays_leaves() {
    let calendar = shipped().calendar;
    for (year, granted) in [(2024, 11), (2025, 13), (2026, 13)] {
        let eve = Date::new(year - 1, 12, 31).unwrap();
        let last = Date::new(year, 12, 31).unwrap();
        let days = eve.series(jiff::Span::new().days(1)).skip(1);
        let weekday = |day: &Date| day.weekday().to_monday_one_offset() <= 5;
        let weekdays = days.take_while(|day| *day <= last).filter(weekday).count();
        let worked = calendar.working_days_between(eve, last).unwrap();
        assert_eq!(worked as usize, weekdays - granted, "{year}");
    }
    assert!(
        calendar
            .is_working_day(Date::new(2027, 3, 1).unwrap())
            .is_err()
    );
}

/// Counted by hand: eleven days until 14 February, which is worked, five from the 24th to the 28th,
/// ten in the first two weeks of March, four more.
#[test]
fn thirty_working_days_step_over_the_spring_festival() {
    let calendar = shipped().calendar;
    let end = calendar.nth_working_day_after("2026-01-30".parse().unwrap(), 30);
    assert_eq!(end.unwrap().to_string(), "2026-03-19");
}
