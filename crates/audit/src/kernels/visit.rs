use lines::Data;
use money::Fen;

use crate::{Hit, Kernel, Spot, Target};

/// Judges every visit (逐次就诊).
pub fn each_visit(judge: impl Fn(&Data, u32) -> Option<Hit> + Send + Sync + 'static) -> Kernel {
    Kernel::People(Box::new(move |person, sheet| {
        for &visit in person.visits {
            if let Some(hit) = judge(person.data, visit) {
                sheet.visit(visit, hit);
            }
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
    let look = move |data: &Data, rows: &mut Vec<u32>, sheet: &mut crate::Sheet| {
        let key = |row: u32| {
            (
                data.lines.visit[row as usize],
                data.lines.item[row as usize],
            )
        };
        rows.sort_by_key(|&row| key(row));
        for same in rows.chunk_by(|&a, &b| key(a) == key(b)) {
            let spots = || same.iter().map(|&row| Spot::of(data, row));
            let (visit, item) = key(same[0]);
            let sum = VisitItemSum {
                visit,
                item,
                count: spots().map(|spot| spot.count()).sum(),
                in_scope: spots().map(|spot| spot.in_scope()).sum(),
                first: same[0],
            };
            if let Some(hit) = judge(data, &sum) {
                sheet.add(Target::VisitItem(visit, item), hit);
            }
        }
    };
    match items {
        Some(items) => Kernel::Items(
            items,
            Box::new(move |person, rows, sheet| look(person.data, &mut rows.to_vec(), sheet)),
        ),
        None => Kernel::People(Box::new(move |person, sheet| {
            look(person.data, &mut person.rows().collect(), sheet);
        })),
    }
}
