//! Scans of the audit, how far they looked, what rules are worth, what institutions were told.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// One scan of the audit (审核批次).
    AuditRunRow, RUNS "audit_runs" at Home::Everywhere, {
        /// Its number.
        run: text "run_id",
        /// `before`, `during` or `after`.
        moment: text "moment",
        /// First day of what it may find.
        from: date "from_day",
        /// Last day.
        to: date "to_day",
        /// When it began.
        started_at: time "started_at",
        /// When it ended.
        ended_at: time "ended_at",
        /// Who.
        run_by: text "run_by",
        /// The policy edition.
        edition: text "edition",
        /// Hash of the rules with their versions and parameters.
        rules_edition: text "rules_edition",
        /// Hash of the knowledge.
        knowledge_edition: text "knowledge_edition",
        /// Rules that worked.
        rules: int "rules",
        /// People read.
        people: int "people",
        /// Settlements read.
        bills: int "bills",
        /// Lines read.
        lines: int "lines",
        /// Findings that hold.
        found: int "found",
        /// Findings that are new.
        fresh: int "fresh",
        /// Findings that no longer hold.
        gone: int "gone",
        /// What was wrong with the data, JSON.
        quality: json "quality",
    }
}

row! {
    /// How far the audit has looked at a person (增量审核).
    AuditScanRow, SCANS "audit_scans" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// The version of the record that was read.
        version: int "version",
        /// Hash of rules and knowledge.
        edition: text "edition",
        /// When.
        scanned_at: time "scanned_at",
        /// First day of settlement that was judged.
        from: date "from_day",
        /// Last day.
        to: date "to_day",
    }
}

row! {
    /// How strong a rule's new findings are from a moment on (规则当前等级).
    AuditStandingRow, STANDINGS "audit_standings" at Home::Everywhere, {
        /// 规则编号.
        rule: text "rule",
        /// 1 for the first.
        sequence: int "sequence",
        /// 规则版本.
        rule_version: int "rule_version",
        /// What the rule says of itself.
        declared: text "declared",
        /// What counts.
        strength: text "strength",
        /// Doubts confirmed in the months that count.
        confirmed: int "confirmed",
        /// Doubts dismissed in them.
        dismissed: int "dismissed",
        /// From when.
        since: time "since",
        /// Who, or the run.
        decided_by: text "decided_by",
    }
}

row! {
    /// What an institution was told before or while it settled (提醒), and its answer.
    AuditPromptRow, PROMPTS "audit_prompts" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// Its number.
        prompt: text "prompt_id",
        /// `before` or `during`.
        moment: text "moment",
        /// When.
        asked_at: time "asked_at",
        /// 定点医药机构编号.
        institution: text "institution",
        /// The doctor's code, or empty.
        doctor: text "doctor",
        /// The visit at the institution, or empty.
        visit_id: text "visit_id",
        /// 规则编号.
        rule: text "rule",
        /// 规则版本.
        rule_version: int "rule_version",
        /// What the rule says of its findings.
        strength: text "strength",
        /// The amount in doubt.
        amount: fen "amount_fen",
        /// Knowledge row used, or empty.
        knowledge: text "knowledge",
        /// One Chinese sentence.
        says: text "says",
        /// Evidence, JSON.
        evidence: json "evidence",
        /// `changed`, `continued`, or empty.
        answer: text "answer",
        /// The reason given.
        answer_text: text "answer_text",
        /// Who answered.
        answered_by: text "answered_by",
        /// When.
        answered_at: maybe_time "answered_at",
    }
}
