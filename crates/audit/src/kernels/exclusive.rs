use std::cmp::Reverse;

use crate::kernel::Person;
use crate::kernels::net;
use crate::{ByItem, Fact, Hit, Kernel, Sheet, Spot};

/// The place of an item in a group of which only one may be charged a day (互斥组).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The group.
    pub group: u32,
    /// 1 is the highest of the group.
    pub rank: i64,
}

/// Flags all but the dearest of different items of one group on one date of a visit (互斥收费).
///
/// Of equal prices the higher rank stays, then the earlier line. Facts: the line that stays.
pub fn exclusive_per_day(groups: ByItem<Rank>) -> Kernel {
    let items = groups.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        if rows.len() < 2 {
            return;
        }
        let data = person.data;
        let left = net(data, rows);
        for &(row, count) in &left {
            let spot = Spot::of(data, row);
            for entry in groups.at(&spot) {
                let weight = |row: u32, rank: i64| {
                    let at = row as usize;
                    let price = data.lines.price(row).unwrap_or(0);
                    (Reverse(price), rank, data.lines.time[at], data.lines.id[at])
                };
                let others = left.iter().filter_map(|&(other, _)| {
                    let place = Spot::of(data, other);
                    let mut ranks = groups.of(place.item()).iter();
                    let rank = ranks.find(|one| one.value.group == entry.value.group)?;
                    let same = place.visit == spot.visit && place.day() == spot.day();
                    same.then(|| (weight(other, rank.value.rank), other))
                });
                let Some((_, stays)) = others.min() else {
                    continue;
                };
                if data.lines.item[stays as usize] != spot.item() {
                    let hit = Hit::new(spot.share(count), [Fact::Line(stays)]);
                    sheet.line(row, entry.cited(hit));
                }
            }
        }
    };
    Kernel::Items(items, Box::new(look))
}
