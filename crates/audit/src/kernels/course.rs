use std::collections::BTreeSet;

use lines::Day;

use crate::kernel::Person;
use crate::kernels::line_limit::cited;
use crate::kernels::net;
use crate::{ByItem, Fact, Hit, Kernel, Sheet, Spot};

/// Payable days of a course (支付疗程).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Distinct dates that may be paid.
    pub days: i64,
    /// Items with the same group are one drug.
    pub group: u32,
}

/// Flags lines on dates beyond the payable days of a stay (超支付疗程).
///
/// Distinct dates with a positive net quantity are counted within one visit over all codes of the
/// drug; lines on later dates than the last payable one are outside. Facts: place of the date,
/// payable days, first date. `counts` says which visits are looked at.
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
                    other.visit == spot.visit
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
                    sheet.line(row, cited(entry, Hit::new(spot.share(count), facts)));
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}
