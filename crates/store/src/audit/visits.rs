use std::collections::BTreeMap;
use std::sync::OnceLock;

use terms::AreaCode;

use super::history::{AuditBill, AuditVisit, AuditWindow, charged};
use crate::cell::{Cells, Record};
use crate::context::part;
use crate::rows::{LineRow, VisitRow};
use crate::table::{Dialect, Home, Kind, Table};
use crate::tables::visit;
use crate::{Fault, Store};

/// A bill as far as the audit reads it.
const BILLS: Table = Table {
    name: "settlements",
    home: Home::Person,
    columns: &[
        ("settlement_id", Kind::Text),
        ("visit_id", Kind::Text),
        ("settled_at", Kind::Time),
        ("fund_fen", Kind::Int),
    ],
};

impl Store {
    /// A person's visits with the bills settled in a window, and those that wait for a bill, by
    /// number (就诊历史).
    ///
    /// What [`Store::audit_records`] gives of many people, for one who is waiting for the answer:
    /// one statement, which reads the lines of these visits and no others.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_visits(
        &self,
        area: AreaCode,
        person_no: &str,
        window: AuditWindow,
    ) -> Result<Vec<AuditVisit>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(person_no);
        cells.time(window.from.at(0, 0, 0, 0));
        let after = window.to.tomorrow().unwrap_or(window.to);
        cells.time(after.at(0, 0, 0, 0));
        cells.text(if window.unsettled { "live" } else { "" });
        let sql = statement(self.engine.dialect());
        let rows = self.engine.query(sql.to_owned(), &[Kind::Text; 3], cells);
        let rows = rows.await;
        let rows = rows.map_err(|cause| Fault::database("read a person's visits", cause))?;
        let Some(mut row) = rows.into_iter().next() else {
            return Ok(Vec::new());
        };
        let mut bills: BTreeMap<String, Vec<AuditBill>> = BTreeMap::new();
        for bill in part(&mut row, take_bill)? {
            bills.entry(bill.visit.clone()).or_default().push(bill);
        }
        let mut lines: BTreeMap<String, Vec<LineRow>> = BTreeMap::new();
        for line in part(&mut row, visit::take_line)? {
            lines.entry(line.visit_id.clone()).or_default().push(line);
        }
        let visits: Vec<(String, VisitRow)> = part(&mut row, visit::take)?;
        let visits = visits.into_iter().map(|(_, visit)| visit);
        let mut found: Vec<AuditVisit> = visits
            .filter_map(|visit| {
                let own = bills.remove(&visit.visit_id).unwrap_or_default();
                let lines = lines.remove(&visit.visit_id).unwrap_or_default();
                charged(visit, own, lines)
            })
            .collect();
        // Both engines give the same order, whatever theirs is.
        for one in &mut found {
            one.bills.sort_by(|a, b| a.settlement.cmp(&b.settlement));
            one.lines.sort_by(|a, b| a.line_no.cmp(&b.line_no));
        }
        found.sort_by(|a, b| a.visit.visit_id.cmp(&b.visit.visit_id));
        Ok(found)
    }
}

fn take_bill(record: &mut Record) -> Result<AuditBill, Fault> {
    Ok(AuditBill {
        settlement: record.text()?,
        visit: record.text()?,
        settled_at: record.time()?,
        fund: record.fen()?,
    })
}

/// Bills, lines and visits side by side; the visits are looked up by their numbers.
fn statement(dialect: Dialect) -> &'static str {
    static SQLITE: OnceLock<String> = OnceLock::new();
    static POSTGRES: OnceLock<String> = OnceLock::new();
    let made = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    made.get_or_init(|| {
        let owned = "area = $1 AND person_no = $2";
        let (from, after) = (
            dialect.parameter(3, Kind::Time),
            dialect.parameter(4, Kind::Time),
        );
        let standing = format!(
            "{owned} AND original_id = '' AND reversed_by = '' \
             AND settled_at >= {from} AND settled_at < {after}"
        );
        let wanted = format!(
            "{owned} AND visit_id IN (SELECT visit_id FROM settlements WHERE {standing} UNION \
             SELECT visit_id FROM visits WHERE {owned} AND $5 = 'live' \
             AND status <> 'settled' AND status <> 'cancelled')"
        );
        let lines = format!("{wanted} AND (status = 'settled' OR status = $5)");
        format!(
            "SELECT {}, {}, {}",
            dialect.rows_as_json(&BILLS, &standing),
            dialect.rows_as_json(&visit::LINES, &lines),
            dialect.rows_as_json(&visit::VISITS, &wanted)
        )
    })
}
