use lines::Data;

use crate::kernel::Person;
use crate::kernels::net;
use crate::{ByItem, Fact, Hit, Kernel, Sheet, Spot};

/// What a part is contained in, and how near the two must be (包含关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The item that contains it.
    pub main: u32,
    /// How near.
    pub within: Within,
}

/// How near two lines of one visit must be (范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// The same date of the same visit.
    Day,
    /// The same visit.
    Visit,
    /// So many seconds apart, included, in the same visit.
    Seconds(i64),
    /// The same prescription.
    Prescription,
}

/// Flags parts billed beside what contains them (主项含从项).
///
/// Parts are by item in `parts`. Facts: the main line, its date.
pub fn included(parts: ByItem<Pair>) -> Kernel {
    included_unless(parts, |_, _| false)
}

/// As [`included`], but a part is left alone beside a main line that the second argument excuses.
pub fn included_unless(
    parts: ByItem<Pair>,
    excused: impl Fn(&Spot<'_>, u32) -> bool + Send + Sync + 'static,
) -> Kernel {
    let mut items = parts.items();
    items.extend(items.clone().iter().flat_map(|&item| {
        parts
            .of(item)
            .iter()
            .map(|entry| entry.value.main)
            .collect::<Vec<_>>()
    }));
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        if rows.len() < 2 {
            return;
        }
        let left = net(person.data, rows);
        let present = Present::of(person.data, &left);
        for &(row, count) in &left {
            let spot = Spot::of(person.data, row);
            for entry in parts.at(&spot) {
                let mut mains = present.near(person.data, &spot, entry.value);
                if let Some(main) = mains.find(|&main| !excused(&spot, main)) {
                    let facts = [
                        Fact::Line(main),
                        Fact::Moment(Spot::of(person.data, main).time()),
                    ];
                    sheet.line(row, entry.cited(Hit::new(spot.share(count), facts)));
                    break;
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}

/// Flags lines without any of the items they need nearby (缺少前提项目).
///
/// `needs` names, by claimed item, a list of items of which one must be there. Facts: the item.
pub fn lacking(needs: ByItem<(Vec<u32>, Within)>) -> Kernel {
    let mut items = needs.items();
    let claimed = items.clone();
    for item in claimed {
        items.extend(
            needs
                .of(item)
                .iter()
                .flat_map(|entry| entry.value.0.clone()),
        );
    }
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left = net(person.data, rows);
        let present = Present::of(person.data, &left);
        for &(row, count) in &left {
            let spot = Spot::of(person.data, row);
            for entry in needs.at(&spot) {
                let (required, within) = &entry.value;
                let pair = |&main: &u32| Pair {
                    main,
                    within: *within,
                };
                let found = |main: &u32| present.find(person.data, &spot, pair(main)).is_some();
                if !required.iter().any(found) {
                    let facts = [Fact::Item(spot.item())];
                    sheet.line(row, entry.cited(Hit::new(spot.share(count), facts)));
                    break;
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}

/// Lines by visit and item, to find one quickly.
struct Present(Vec<(u32, u32, u32)>);

impl Present {
    fn of(data: &Data, left: &[(u32, i64)]) -> Self {
        let key = |&(row, _): &(u32, i64)| {
            (
                data.lines.visit[row as usize],
                data.lines.item[row as usize],
                row,
            )
        };
        let mut rows: Vec<(u32, u32, u32)> = left.iter().map(key).collect();
        // Stable: the rows of one item stay in the order of time and line id.
        rows.sort_by_key(|&(visit, item, _)| (visit, item));
        Self(rows)
    }

    /// The first line of the main item near enough.
    fn find(&self, data: &Data, spot: &Spot<'_>, pair: Pair) -> Option<u32> {
        self.near(data, spot, pair).next()
    }

    /// The lines of the main item near enough.
    fn near<'s>(
        &'s self,
        data: &'s Data,
        spot: &'s Spot<'_>,
        pair: Pair,
    ) -> impl Iterator<Item = u32> + 's {
        let key = (spot.visit, pair.main);
        let begin = self
            .0
            .partition_point(|&(visit, item, _)| (visit, item) < key);
        let same = self.0[begin..]
            .iter()
            .take_while(move |&&(visit, item, _)| (visit, item) == key);
        let rows = same.map(|&(_, _, row)| row).filter(|&row| row != spot.row);
        rows.filter(move |&row| near(data, spot, row, pair.within))
    }
}

fn near(data: &Data, spot: &Spot<'_>, row: u32, within: Within) -> bool {
    let other = Spot::of(data, row);
    match within {
        Within::Day => other.day() == spot.day(),
        Within::Visit => true,
        Within::Seconds(seconds) => {
            let timed = !other.time().is_only_a_date() && !spot.time().is_only_a_date();
            timed && other.time().since(spot.time()).abs() <= seconds
        }
        Within::Prescription => data.lines.prescription(row) == data.lines.prescription(spot.row),
    }
}
