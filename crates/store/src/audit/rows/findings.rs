//! What the audit found.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// What the audit finds (审核结果).
    AuditFindingRow, FINDINGS "audit_findings" at Home::Column("owner"), {
        /// The person, or the institution where no person is meant.
        owner: text "owner",
        /// Hash of rule, version and target.
        finding: text "finding_id",
        /// 规则编号.
        rule: text "rule",
        /// 规则版本.
        rule_version: int "rule_version",
        /// 规则名称.
        rule_name: text "rule_name",
        /// Library of the rule.
        category: text "category",
        /// What the rule says of its findings.
        strength: text "strength",
        /// What it is about: `line`, `visit` …
        target_kind: text "target_kind",
        /// Which.
        target: text "target",
        /// 人员编号, or empty.
        person_no: text "person_no",
        /// 就诊编号, or empty.
        visit_id: text "visit_id",
        /// 结算编号, or empty.
        settlement: text "settlement_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// The day of the fees.
        day: date "day",
        /// In-scope amount in doubt.
        amount: fen "amount_fen",
        /// What the fund paid of it, estimated by the settlement's share.
        fund: fen "fund_fen",
        /// Knowledge row used with its version, or empty.
        knowledge: text "knowledge",
        /// The evidence in one Chinese sentence.
        says: text "says",
        /// Evidence, JSON.
        evidence: json "evidence",
        /// The lines it covers, JSON.
        lines: json "lines",
        /// The run that found it first.
        first_run: text "first_run",
        /// The run that found it last.
        last_run: text "last_run",
        /// When it was found first.
        found_at: time "found_at",
        /// When a run no longer found it.
        gone_at: maybe_time "gone_at",
        /// Why it is gone.
        gone_reason: text "gone_reason",
    }
}
