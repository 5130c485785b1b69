use lines::{Data, Day, Row};
use money::Fen;

use crate::desk::in_force;
use crate::kernels::{Pair, Within};
use crate::{ByItem, Desk, Waits};

/// Parts by item from a table of main and part codes, for the windows that `within` knows
/// (主从关系表).
///
/// # Errors
/// [`Waits`] when no folder has the table.
pub fn pairs_of(
    desk: &Desk<'_>,
    name: &str,
    within: impl Fn(&str) -> Option<Within>,
) -> Result<ByItem<Pair>, Waits> {
    let mut pairs = Vec::new();
    for row in desk.table(name)?.rows().filter(|row| in_force(*row)) {
        let Some(within) = within(row.text("window")) else {
            continue;
        };
        for main in desk.exact(row.text("main")) {
            for part in desk.exact(row.text("part")) {
                pairs.push((part, desk.entry(name, row, Pair { main, within })));
            }
        }
    }
    Ok(desk.by_items(pairs))
}

/// The first day of the month that a row names by `month` or by a moment `time` (所属月份).
pub fn month_of(row: Row<'_>) -> Option<Day> {
    let said = row.given("month").or_else(|| row.given("time"))?;
    Day::parse(&format!("{}-01", said.get(..7)?))
}

/// The in-scope amount of a whole visit (就诊的范围内金额).
pub fn in_scope_of(data: &Data, visit: u32) -> Fen {
    data.lines_of(visit)
        .map(|row| data.lines.in_scope(row))
        .sum()
}
