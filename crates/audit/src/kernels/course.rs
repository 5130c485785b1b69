use std::collections::BTreeSet;

use lines::Day;

use crate::kernel::Person;
use crate::kernels::net;
use crate::{ByItem, Fact, Hit, Kernel, Sheet, Spot};

/// Payable days of a course (支付疗程).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Distinct dates that may be paid.
    pub days: i64,
    /// Items with the same group are one drug.
    pub group: u32,
    /// Stays at most so many days apart are one course: the days are payable per illness. `None`
    /// where they are payable per stay.
    pub merge_gap: Option<i32>,
}

/// Flags lines on dates beyond the payable days of a stay (超支付疗程).
///
/// Distinct dates with a positive net quantity are counted within one visit, or the stays of one
/// illness, over all codes of the drug; lines on later dates than the last payable one are outside.
/// Facts: place of the date, payable days, first date. `counts` says which visits are looked at.
pub fn course_of_stay(
    courses: ByItem<Course>,
    counts: impl Fn(&Spot<'_>) -> bool + Send + Sync + 'static,
) -> Kernel {
    let items = courses.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = net(person.data, rows);
        for &(row, count) in &left {
            let spot = Spot::of(person.data, row);
            if !counts(&spot) {
                continue;
            }
            for entry in courses.at(&spot) {
                let course = entry.value;
                let earlier = left.iter().filter(|(other, _)| {
                    let other = Spot::of(person.data, *other);
                    let mut same = courses.of(other.item()).iter();
                    same_course(person, course, other.visit, spot.visit)
                        && other.day() <= spot.day()
                        && same.any(|entry| entry.value.group == course.group)
                });
                let dates: BTreeSet<Day> = earlier
                    .map(|(other, _)| Spot::of(person.data, *other).day())
                    .collect();
                let place = i64::try_from(dates.len()).expect("a stay has few dates");
                if place > course.days {
                    let first = dates.first().copied().unwrap_or(spot.day());
                    let facts = [
                        Fact::Whole(place),
                        Fact::Whole(course.days),
                        Fact::Day(first),
                    ];
                    sheet.line(row, entry.cited(Hit::new(spot.share(count), facts)));
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}

/// Whether the days of two visits are counted together.
fn same_course(person: &Person<'_>, course: Course, a: u32, b: u32) -> bool {
    let first = |visit: u32, gap: i32| first_stay(person, visit, gap);
    a == b
        || course
            .merge_gap
            .is_some_and(|gap| first(a, gap) == first(b, gap))
}

/// The first of the stays that follow one another at most `gap` days apart up to this visit.
fn first_stay(person: &Person<'_>, visit: u32, gap: i32) -> u32 {
    let visits = &person.data.visits;
    let mut stays: Vec<u32> = person.visits.to_vec();
    stays.retain(|&stay| visits.is_stay(stay));
    stays.sort_unstable_by(|&a, &b| person.data.visit_order(a, b));
    let (mut first, mut until) = (visit, None);
    for stay in stays {
        let begin = visits.begin[stay as usize].day();
        if until.is_none_or(|until: Day| begin.0 - until.0 > gap) {
            first = stay;
        }
        let end = visits.end[stay as usize].day().max(begin);
        until = until.max(Some(end));
        if stay == visit {
            break;
        }
    }
    first
}
