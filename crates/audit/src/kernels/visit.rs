use lines::Data;
use money::Fen;

use crate::{Hit, Kernel, Sheet, Spot, Target};

/// Judges every visit (逐次就诊).
pub fn each_visit(judge: impl Fn(&Data, u32) -> Option<Hit> + Send + Sync + 'static) -> Kernel {
    Kernel::Visits(Box::new(move |data, visit, sheet| {
        if let Some(hit) = judge(data, visit) {
            sheet.visit(visit, hit);
        }
    }))
}

/// The sums of one item over one visit (就诊内某项目的合计).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitItemSum {
    /// The visit.
    pub visit: u32,
    /// The item.
    pub item: u32,
    /// Net quantity in thousandths.
    pub count: i64,
    /// Net in-scope amount.
    pub in_scope: Fen,
    /// First line.
    pub first: u32,
}

/// Judges the net sum of each item over each visit; `items` limits which, `None` takes all
/// (就诊项目合计).
pub fn each_visit_item(
    items: Option<Vec<u32>>,
    judge: impl Fn(&Data, &VisitItemSum) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    match items {
        Some(items) => Kernel::Items(
            items,
            Box::new(move |person, rows, sheet| sums(person.data, rows, &judge, sheet)),
        ),
        None => Kernel::Visits(Box::new(move |data, visit, sheet| {
            let rows: Vec<u32> = data.lines_of(visit).collect();
            sums(data, &rows, &judge, sheet);
        })),
    }
}

/// As [`each_visit_item`] over all items, but only in visits with reversals (有冲销的就诊).
pub fn each_reversed_item(
    judge: impl Fn(&Data, &VisitItemSum) -> Option<Hit> + Send + Sync + 'static,
) -> Kernel {
    Kernel::Visits(Box::new(move |data, visit, sheet| {
        let range = data.lines_of(visit);
        let counts = &data.lines.count[range.start as usize..range.end as usize];
        if counts.iter().any(|&count| count < 0) {
            sums(data, &range.collect::<Vec<u32>>(), &judge, sheet);
        }
    }))
}

fn sums(
    data: &Data,
    rows: &[u32],
    judge: &impl Fn(&Data, &VisitItemSum) -> Option<Hit>,
    sheet: &mut Sheet,
) {
    let lines = &data.lines;
    let key = |&row: &u32| (lines.visit[row as usize], lines.item[row as usize], row);
    let mut keys: Vec<(u32, u32, u32)> = rows.iter().map(key).collect();
    // Stable: the rows of one item stay in their order.
    keys.sort_by_key(|&(visit, item, _)| (visit, item));
    for same in keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let spots = || same.iter().map(|&(_, _, row)| Spot::of(data, row));
        let (visit, item, first) = same[0];
        let sum = VisitItemSum {
            visit,
            item,
            count: spots().map(|spot| spot.count()).sum(),
            in_scope: spots().map(|spot| spot.in_scope()).sum(),
            first,
        };
        if let Some(hit) = judge(data, &sum) {
            sheet.add(Target::VisitItem(visit, item), hit);
        }
    }
}
