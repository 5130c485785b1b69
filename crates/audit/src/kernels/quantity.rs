use lines::{Data, Day};

use crate::kernel::Person;
use crate::kernels::net;
use crate::{ByItem, Fact, Hit, Kernel, Sheet, Spot};

/// A bound on quantity (数量上限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Thousandths.
    pub limit: i64,
    /// Over what time.
    pub window: Window,
    /// Counted for whom.
    pub scope: Scope,
    /// Items with the same group are counted together; by default the item's own number.
    pub group: u32,
}

/// Over what time quantities are counted (统计窗口).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// One calendar date.
    Day,
    /// The dates (d − n, d] before each line.
    Sliding(i32),
    /// An ISO week.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Everything in the scope.
    Whole,
}

/// For whom quantities are counted (统计范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The person at all providers.
    Person,
    /// The person at one provider.
    Provider,
    /// One visit.
    Visit,
}

/// Flags the lines beyond a bound (超量).
///
/// Lines are taken in the order of time and line id, after reversals; the amount is the excess
/// quantity of the line times its in-scope unit amount. Facts: quantity so far, bound, first line.
pub fn quantity(caps: ByItem<Cap>) -> Kernel {
    let items = caps.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = net(person.data, rows);
        for (at, &(row, count)) in left.iter().enumerate() {
            let spot = Spot::of(person.data, row);
            for entry in caps.at(&spot) {
                let cap = entry.value;
                let same = |other: u32| {
                    let caps = caps.of(person.data.lines.item[other as usize]).iter();
                    let mut groups = caps.map(|other| other.value.group);
                    groups.any(|group| group == cap.group) && together(person.data, cap, other, row)
                };
                let before = left[..at].iter().filter(|(other, _)| same(*other));
                let (mut so_far, mut first) = (0, row);
                for &(other, count) in before {
                    first = if so_far == 0 { other } else { first };
                    so_far += count;
                }
                let sum = so_far + count;
                if sum > cap.limit {
                    let excess = count.min(sum - cap.limit);
                    let facts = [Fact::Count(sum), Fact::Count(cap.limit), Fact::Line(first)];
                    sheet.line(row, entry.cited(Hit::new(spot.share(excess), facts)));
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}

/// Whether an earlier line is counted with a later one.
fn together(data: &Data, cap: Cap, earlier: u32, later: u32) -> bool {
    let (a, b) = (Spot::of(data, earlier), Spot::of(data, later));
    let same_place = match cap.scope {
        Scope::Person => true,
        Scope::Provider => a.provider() == b.provider(),
        Scope::Visit => a.visit == b.visit,
    };
    same_place && same_window(cap.window, a.day(), b.day())
}

fn same_window(window: Window, earlier: Day, later: Day) -> bool {
    match window {
        Window::Day => earlier == later,
        Window::Sliding(days) => later.0 - earlier.0 < days,
        Window::Week => earlier.week() == later.week(),
        Window::Month => earlier.month() == later.month(),
        Window::Year => earlier.year() == later.year(),
        Window::Whole => true,
    }
}
