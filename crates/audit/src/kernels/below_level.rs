use lines::Level;

use crate::kernels::each_line;
use crate::{Built, Desk, Fact};

/// Flags in-scope lines of the items of a table at institutions below their lowest level on the fee
/// date (机构等级不够); a level that is not known is left alone. Facts: level, lowest level.
///
/// # Errors
/// [`crate::Waits`] when no folder has the table.
pub fn below_level(desk: &Desk<'_>, table: &str) -> Built {
    let limits = desk.by_item(table, |row| row.whole("min_level"))?;
    Ok(each_line(limits, |spot, &lowest| {
        let level = spot.level();
        let below = i64::from(level.rank()?) < lowest && !spot.in_scope().is_zero();
        let wanted = Level(u8::try_from(lowest).ok()?);
        below.then(|| spot.hit([Fact::Level(level), Fact::Level(wanted)]))
    }))
}
