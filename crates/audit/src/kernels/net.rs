use lines::Data;

/// What is left of each line after reversals, for lines of one person (冲销后的净数量).
///
/// A negative line takes from the latest positive lines of the same visit and item. Rows come in
/// the order of time and line id and are returned so, without those that are used up.
pub fn net(data: &Data, rows: &[u32]) -> Vec<(u32, i64)> {
    let count = |row: u32| i64::from(data.lines.count[row as usize]);
    let mut left: Vec<(u32, i64)> = rows.iter().map(|&row| (row, count(row))).collect();
    for at in 0..left.len() {
        let (row, quantity) = left[at];
        if quantity >= 0 {
            continue;
        }
        let mut owed = -quantity;
        for other in left.iter_mut().rev() {
            if owed > 0 && other.1 > 0 && same_charge(data, row, other.0) {
                let taken = owed.min(other.1);
                other.1 -= taken;
                owed -= taken;
            }
        }
    }
    left.retain(|&(_, quantity)| quantity > 0);
    left
}

/// The rows that reversals leave nothing of, and the reversals themselves, for rows in any order
/// (已冲销的明细).
pub fn cancelled(data: &Data, rows: &[u32]) -> Vec<u32> {
    let negative = rows.iter().any(|&row| data.lines.count[row as usize] <= 0);
    if !negative {
        return Vec::new();
    }
    let mut in_order = rows.to_vec();
    in_order.sort_unstable_by(|&a, &b| data.line_order(a, b));
    let left = net(data, &in_order);
    let mut gone: Vec<u32> = rows.to_vec();
    gone.retain(|row| !left.iter().any(|(kept, _)| kept == row));
    gone
}

fn same_charge(data: &Data, a: u32, b: u32) -> bool {
    let (a, b) = (a as usize, b as usize);
    let lines = &data.lines;
    lines.visit[a] == lines.visit[b] && lines.item[a] == lines.item[b]
}
