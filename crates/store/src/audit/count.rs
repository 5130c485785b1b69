use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::DoubtFilter;
use super::read::narrow;
use crate::cell::{Cells, Record};
use crate::conditions::Conditions;
use crate::table::{Dialect, Kind};
use crate::{Fault, Store};

/// How many doubts of a rule at an institution stand in a state (疑点数量).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtTally {
    /// The state.
    pub state: String,
    /// The rule.
    pub rule: String,
    /// Its name.
    pub rule_name: String,
    /// The institution.
    pub institution: String,
    /// How many.
    pub doubts: i64,
    /// What the fund paid of them, estimated.
    pub amount: Fen,
}

/// What became of a rule's doubts in a period (规则质量).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTally {
    /// The rule.
    pub rule: String,
    /// Its name.
    pub rule_name: String,
    /// Its version, the newest among the doubts.
    pub rule_version: i64,
    /// 命中: doubts found in the period, reminders among them.
    pub hits: i64,
    /// 通知.
    pub published: i64,
    /// 申诉.
    pub appealed: i64,
    /// 申诉成立: dismissed after an appeal.
    pub reversed: i64,
    /// 确认.
    pub confirmed: i64,
    /// 不成立, before or after the notice.
    pub dismissed: i64,
    /// 扣减金额, less what was given back.
    pub deducted: Fen,
}

/// Coverage of the audit in a period as annual reports print it (审核覆盖).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditCoverage {
    /// 启用规则: the most that worked in one scan.
    pub rules: i64,
    /// 审核单据.
    pub bills: i64,
    /// 审核明细.
    pub lines: i64,
    /// 命中明细.
    pub lines_flagged: i64,
    /// 涉及单据.
    pub bills_touched: i64,
    /// 扣减金额, less what was given back.
    pub deducted: Fen,
}

const TALLY: &str = "CAST(COUNT(*) AS bigint)";

fn sum_if(condition: &str) -> String {
    format!("CAST(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS bigint)")
}

/// `bills`: those that were settled in the period of parameters 4 and 5, stand, and were looked at
/// after: the person, and by a scan over the bill's day.
fn reviewed_bills(dialect: Dialect) -> String {
    let settled = format!(
        "area = $1 AND settled_at >= {} AND settled_at < {}",
        dialect.parameter(4, Kind::Time),
        dialect.parameter(5, Kind::Time),
    );
    format!(
        "WITH looked AS (SELECT d.day, MAX(r.ended_at) AS ended FROM \
         (SELECT DISTINCT date(settled_at) AS day FROM settlements WHERE {settled}) d \
         JOIN audit_runs r ON r.area = $1 AND r.moment = 'after' AND r.from_day <= d.day \
         AND r.to_day >= d.day GROUP BY d.day), \
         settled AS (SELECT person_no, visit_id, settlement_id, settled_at FROM settlements \
         WHERE {settled} AND original_id = '' AND reversed_by = ''), \
         bills AS (SELECT b.person_no, b.visit_id, b.settlement_id FROM settled b \
         JOIN looked ON looked.day = date(b.settled_at) AND looked.ended >= b.settled_at \
         JOIN audit_scans s ON s.area = $1 AND s.person_no = b.person_no \
         AND s.scanned_at >= b.settled_at)"
    )
}

impl Store {
    /// Counts doubts that pass the filter by state, rule and institution.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_doubts(
        &self,
        area: AreaCode,
        filter: &DoubtFilter,
    ) -> Result<Vec<DoubtTally>, Fault> {
        let mut found = Conditions::new(self.engine.dialect(), area);
        narrow(&mut found, filter);
        let sql = format!(
            "SELECT state, rule, MAX(rule_name), institution, {TALLY}, \
             CAST(SUM(amount_fen) AS bigint) FROM doubts {} GROUP BY state, rule, institution \
             ORDER BY state, rule, institution",
            found.text
        );
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, text, text, int, int];
        let read = |mut row: Record| {
            Ok(DoubtTally {
                state: row.text()?,
                rule: row.text()?,
                rule_name: row.text()?,
                institution: row.text()?,
                doubts: row.int()?,
                amount: row.fen()?,
            })
        };
        let rows = self.engine.query(sql, &kinds, found.parameters).await;
        let rows = rows.map_err(|cause| Fault::database("count doubts", cause))?;
        rows.into_iter().map(read).collect()
    }

    /// What became of every rule's doubts: hits, notices and appeals from `from` on, decisions
    /// made from then on.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_rules(&self, area: AreaCode, from: Date) -> Result<Vec<RuleTally>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).date(from).time(from.at(0, 0, 0, 0));
        let (day, time) = (
            dialect.parameter(2, Kind::Date),
            dialect.parameter(3, Kind::Time),
        );
        let decided = |outcome: &str| format!("outcome = '{outcome}' AND decided_on >= {day}");
        let columns = [
            sum_if(&format!("opened_at >= {time} AND state <> 'withdrawn'")),
            sum_if(&format!("published_on >= {day}")),
            sum_if(&format!("appealed_on >= {day}")),
            sum_if(&format!(
                "{} AND appealed_on IS NOT NULL",
                decided("dismissed")
            )),
            sum_if(&decided("confirmed")),
            sum_if(&decided("dismissed")),
        ];
        let sql = format!(
            "SELECT rule, MAX(rule_name), CAST(MAX(rule_version) AS bigint), {}, \
             CAST(SUM(CASE WHEN decided_on >= {day} THEN deducted_fen - released_fen ELSE 0 END) \
             AS bigint) FROM doubts WHERE area = $1 GROUP BY rule ORDER BY rule",
            columns.join(", ")
        );
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, int, int, int, int, int, int, int, int];
        let rows = self.engine.query(sql, &kinds, cells).await;
        let rows = rows.map_err(|cause| Fault::database("count rules", cause))?;
        rows.into_iter().map(take_rule).collect()
    }

    /// What the audit covered: rules of the scans that touch a period, bills settled in it that the
    /// audit has looked at and their lines, what was found of fees in it, and what was deducted for
    /// those.
    ///
    /// A bill counts once however often it was looked at.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn audit_coverage(
        &self,
        area: AreaCode,
        (from, to): (Date, Date),
    ) -> Result<AuditCoverage, Fault> {
        let dialect = self.engine.dialect();
        let (first, last) = (
            dialect.parameter(2, Kind::Date),
            dialect.parameter(3, Kind::Date),
        );
        let days = format!("day >= {first} AND day <= {last}");
        let sql = format!(
            "{} SELECT (SELECT CAST(COALESCE(MAX(rules), 0) AS bigint) FROM audit_runs \
             WHERE area = $1 AND from_day <= {last} AND to_day >= {first} AND moment = 'after'), \
             (SELECT {TALLY} FROM bills), \
             (SELECT {TALLY} FROM bills b JOIN fee_lines l ON l.area = $1 \
             AND l.person_no = b.person_no AND l.visit_id = b.visit_id \
             AND l.settlement_id = b.settlement_id), \
             (SELECT CAST(COUNT(DISTINCT target) AS bigint) FROM audit_findings \
             WHERE area = $1 AND {days} AND target_kind = 'line' AND gone_at IS NULL), \
             (SELECT CAST(COUNT(DISTINCT settlement_id) AS bigint) FROM audit_findings \
             WHERE area = $1 AND {days} AND settlement_id <> '' AND gone_at IS NULL), \
             (SELECT CAST(COALESCE(SUM(deducted_fen - released_fen), 0) AS bigint) FROM doubts \
             WHERE area = $1 AND {days})",
            reviewed_bills(dialect)
        );
        let mut cells = Cells::default();
        cells.area(area).date(from).date(to);
        let end = to.tomorrow().unwrap_or(to);
        cells.time(from.at(0, 0, 0, 0)).time(end.at(0, 0, 0, 0));
        let rows = self.engine.query(sql, &[Kind::Int; 6], cells).await;
        let rows = rows.map_err(|cause| Fault::database("count what was audited", cause))?;
        let Some(mut row) = rows.into_iter().next() else {
            return Ok(AuditCoverage::default());
        };
        Ok(AuditCoverage {
            rules: row.int()?,
            bills: row.int()?,
            lines: row.int()?,
            lines_flagged: row.int()?,
            bills_touched: row.int()?,
            deducted: row.fen()?,
        })
    }
}

fn take_rule(mut row: Record) -> Result<RuleTally, Fault> {
    Ok(RuleTally {
        rule: row.text()?,
        rule_name: row.text()?,
        rule_version: row.int()?,
        hits: row.int()?,
        published: row.int()?,
        appealed: row.int()?,
        reversed: row.int()?,
        confirmed: row.int()?,
        dismissed: row.int()?,
        deducted: row.fen()?,
    })
}
