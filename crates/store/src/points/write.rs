use jiff::civil::DateTime;
use terms::AreaCode;

use super::{
    ANNUAL_CLEARINGS, ANNUAL_PARTS, AnnualClearingRow, AnnualPartRow, CASE_VALUES, CaseValueRow,
    METHOD_MONTHS, MethodMonthRow,
};
use crate::cell::Cells;
use crate::engine::Tx;
use crate::record::{Broken, insert_all, update_all};
use crate::table::{Insert, Kind};
use crate::{Fault, Store};

/// What a decision about payment by method changes, as part of a decision about clearing.
#[derive(Debug, Clone, Default)]
pub struct MethodCommit {
    /// Months as they stand now.
    pub months: Vec<MethodMonthRow>,
    /// Years computed.
    pub clearings: Vec<AnnualClearingRow>,
    /// Their parts.
    pub parts: Vec<AnnualPartRow>,
    /// Years that move on.
    pub moves: Vec<AnnualMoved>,
}

/// A clearing of a year that moves on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualMoved {
    /// 年度清算编号.
    pub clearing: String,
    /// The state it was read in.
    pub from_state: String,
    /// The state it has now.
    pub to_state: String,
    /// Who approved it; empty where it was replaced.
    pub approved_by: String,
    /// When.
    pub approved_at: Option<DateTime>,
    /// Institution and the adjustment that carries its difference.
    pub adjustments: Vec<(String, String)>,
}

pub(crate) async fn record(
    tx: &mut Tx,
    area: AreaCode,
    commit: &MethodCommit,
) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &METHOD_MONTHS,
        "ON CONFLICT (area, institution, month, book, arrangement) DO UPDATE SET \
         title = excluded.title, method = excluded.method, year = excluded.year, \
         version = excluded.version, claims = excluded.claims, items_fen = excluded.items_fen, \
         paid_fen = excluded.paid_fen, held_fen = excluded.held_fen, \
         carry_fen = excluded.carry_fen, basis = excluded.basis, trace = excluded.trace, \
         computed_at = excluded.computed_at",
    );
    let (mut months, mut clearings, mut parts) =
        (Cells::default(), Cells::default(), Cells::default());
    commit
        .months
        .iter()
        .for_each(|row| row.put(&mut months, area));
    commit
        .clearings
        .iter()
        .for_each(|row| row.put(&mut clearings, area));
    commit
        .parts
        .iter()
        .for_each(|row| row.put(&mut parts, area));
    insert_all(tx, PUT, months).await?;
    for moved in &commit.moves {
        move_clearing(tx, area, moved).await?;
    }
    insert_all(tx, Insert::into(&ANNUAL_CLEARINGS), clearings).await?;
    insert_all(tx, Insert::into(&ANNUAL_PARTS), parts).await
}

async fn move_clearing(tx: &mut Tx, area: AreaCode, moved: &AnnualMoved) -> Result<(), Broken> {
    let at = tx.dialect().parameter(3, Kind::Time);
    let sql = format!(
        "UPDATE annual_clearings SET state = $1, approved_by = $2, approved_at = {at} \
         WHERE area = $4 AND clearing_id = $5 AND state = $6"
    );
    let mut cells = Cells::default();
    cells.text(&moved.to_state).text(&moved.approved_by);
    cells.time_or_null(moved.approved_at).area(area);
    cells.text(&moved.clearing).text(&moved.from_state);
    update_all(tx, ANNUAL_CLEARINGS.name, sql, cells, 1).await?;
    for (institution, adjustment) in &moved.adjustments {
        let sql = "UPDATE annual_parts SET adjustment_id = $1 WHERE area = $2 \
                   AND clearing_id = $3 AND institution = $4 AND adjustment_id = ''";
        let mut cells = Cells::default();
        cells
            .text(adjustment)
            .area(area)
            .text(&moved.clearing)
            .text(institution);
        update_all(tx, ANNUAL_PARTS.name, sql.to_owned(), cells, 1).await?;
    }
    Ok(())
}

impl Store {
    /// Adds values of cases; one with a number that is taken stays as it is.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn put_case_values(
        &self,
        area: AreaCode,
        rows: &[CaseValueRow],
    ) -> Result<(), Fault> {
        const KEPT: &str = "ON CONFLICT (area, person_no, settlement_id, arrangement, value_no) \
                            DO NOTHING";
        for some in rows.chunks(5_000) {
            let mut cells = Cells::default();
            some.iter().for_each(|row| row.put(&mut cells, area));
            let insert = Insert::or(&CASE_VALUES, KEPT);
            self.put("enter values of cases", insert, cells).await?;
        }
        Ok(())
    }
}
