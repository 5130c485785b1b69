use jiff::civil::{Date, DateTime};
use terms::AreaCode;

use super::AuditScanRow;
use crate::cell::{Cells, Record};
use crate::table::Kind;
use crate::{Fault, Store};

/// A person who has bills in a period, and how far the audit has looked at them (待审人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditDue {
    /// 人员编号.
    pub person_no: String,
    /// The version of the record.
    pub version: i64,
    /// The last look, if there was one.
    pub scan: Option<AuditScanRow>,
}

impl Store {
    /// People by number after `after` with a bill settled between two days, taken back or not.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_due(
        &self,
        area: AreaCode,
        (from, to): (Date, Date),
        after: &str,
        limit: usize,
    ) -> Result<Vec<AuditDue>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).text(after);
        cells.time(from.at(0, 0, 0, 0));
        let end = to.tomorrow().unwrap_or(to);
        cells.time(end.at(0, 0, 0, 0));
        let read = |name, kind| dialect.column(name, kind);
        let (int, text, time, day) = (Kind::Int, Kind::Text, Kind::Time, Kind::Date);
        // A limit of one keeps PostgreSQL from joining: a page of people would then be merged with
        // the bills of everybody in the period.
        let sql = format!(
            "SELECT h.person_no, {}, COALESCE(s.person_no, ''), {}, COALESCE(s.edition, ''), \
             COALESCE({}, ''), COALESCE({}, ''), COALESCE({}, '') \
             FROM person_heads h LEFT JOIN audit_scans s \
             ON s.area = h.area AND s.person_no = h.person_no \
             WHERE h.area = $1 AND h.person_no > $2 AND EXISTS (SELECT 1 FROM settlements b \
             WHERE b.area = h.area AND b.person_no = h.person_no \
             AND b.settled_at >= {} AND b.settled_at < {} LIMIT 1 OFFSET 0) \
             ORDER BY h.person_no LIMIT {limit}",
            read("h.version", int),
            read("COALESCE(s.version, 0)", int),
            read("s.scanned_at", time),
            read("s.from_day", day),
            read("s.to_day", day),
            dialect.parameter(3, time),
            dialect.parameter(4, time),
        );
        let kinds = [text, int, text, int, text, text, text, text];
        let rows = self.engine.query(sql, &kinds, cells).await;
        let rows = rows.map_err(|cause| Fault::database("find people to audit", cause))?;
        rows.into_iter().map(take).collect()
    }

    /// Whose findings of these rules hold on days of a period: people and institutions.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_finding_owners(
        &self,
        area: AreaCode,
        rules: &[String],
        (from, to): (Date, Date),
    ) -> Result<Vec<String>, Fault> {
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let dialect = self.engine.dialect();
        let (list, mut cells) = super::read::list_of(area, rules);
        cells.date(from).date(to);
        let next = rules.len() + 2;
        let sql = format!(
            "SELECT DISTINCT owner FROM audit_findings WHERE area = $1 AND rule IN ({list}) \
             AND day >= {} AND day <= {} AND gone_at IS NULL ORDER BY owner",
            dialect.parameter(next, Kind::Date),
            dialect.parameter(next + 1, Kind::Date)
        );
        let rows = self.engine.query(sql, &[Kind::Text], cells).await;
        let rows = rows.map_err(|cause| Fault::database("find owners of findings", cause))?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }
}

fn take(mut row: Record) -> Result<AuditDue, Fault> {
    let (person_no, version, scanned) = (row.text()?, row.int()?, row.text()?);
    let scan_version = row.int()?;
    let edition = row.text()?;
    if scanned.is_empty() {
        return Ok(AuditDue {
            person_no,
            version,
            scan: None,
        });
    }
    let scanned_at: DateTime = row.time()?;
    let scan = AuditScanRow {
        person_no: person_no.clone(),
        version: scan_version,
        edition,
        scanned_at,
        from: row.date()?,
        to: row.date()?,
    };
    Ok(AuditDue {
        person_no,
        version,
        scan: Some(scan),
    })
}
