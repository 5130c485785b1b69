//! Doubts, what was done about them, and what they took back.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// A finding on its way to a decision (审核疑点).
    DoubtRow, DOUBTS "doubts" at Home::Column("owner"), {
        /// The person, or the institution where no person is meant.
        owner: text "owner",
        /// 疑点编号; rises with time.
        doubt: text "doubt_id",
        /// 1 when new; one more with each change.
        version: int "version",
        /// The finding.
        finding: text "finding_id",
        /// 规则编号.
        rule: text "rule",
        /// 规则版本.
        rule_version: int "rule_version",
        /// 规则名称.
        rule_name: text "rule_name",
        /// Library of the rule.
        category: text "category",
        /// As strong as the rule was when it was found.
        strength: text "strength",
        /// Where it stands.
        state: text "state",
        /// `confirmed`, `dismissed`, or empty.
        outcome: text "outcome",
        /// 险种.
        scheme: text "scheme",
        /// 人员编号, or empty.
        person_no: text "person_no",
        /// The person's name on the bill, or empty.
        person_name: text "person_name",
        /// 就诊编号, or empty.
        visit_id: text "visit_id",
        /// 结算编号, or empty.
        settlement: text "settlement_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// The day of the fees.
        day: date "day",
        /// In-scope amount in doubt.
        in_scope: fen "in_scope_fen",
        /// What the fund paid of it, estimated.
        amount: fen "amount_fen",
        /// What is confirmed of that.
        confirmed: fen "confirmed_fen",
        /// What was deducted.
        deducted: fen "deducted_fen",
        /// What was given back of it.
        released: fen "released_fen",
        /// The evidence in one Chinese sentence.
        says: text "says",
        /// Until when somebody has to act.
        due: maybe_date "due",
        /// The appeal term was extended.
        extended: flag "extended",
        /// Who reviewed first, or empty.
        first_reviewer: text "first_reviewer",
        /// Who proposed to dismiss it, or empty.
        dismissed_by: text "dismissed_by",
        /// A panel was asked before.
        panel_before: flag "panel_before",
        /// The day of the notice.
        published_on: maybe_date "published_on",
        /// The day of the appeal.
        appealed_on: maybe_date "appealed_on",
        /// The day it was confirmed or dismissed.
        decided_on: maybe_date "decided_on",
        /// The notice, or empty.
        notice: text "notice_id",
        /// When it was found.
        opened_at: time "opened_at",
        /// When it last changed.
        changed_at: time "changed_at",
    }
}

row! {
    /// A step of a doubt (办理过程).
    DoubtStepRow, STEPS "doubt_steps" at Home::Column("owner"), {
        /// Whose doubt.
        owner: text "owner",
        /// 疑点编号.
        doubt: text "doubt_id",
        /// 1 for the first.
        step: int "step_no",
        /// What was done, in 中文.
        verb: text "verb",
        /// Who, as signed in.
        by_user: text "by_user",
        /// 姓名.
        by_name: text "by_name",
        /// As what.
        role: text "role",
        /// When.
        at: time "at",
        /// The state before.
        from_state: text "from_state",
        /// The state after.
        to_state: text "to_state",
        /// What was confirmed, deducted or given back; zero where nothing was.
        amount: fen "amount_fen",
        /// Reason, statement or opinion.
        text: text "text",
        /// Votes, attachments, batch, JSON.
        detail: json "detail",
    }
}

row! {
    /// A notice of doubts to one institution (疑点通知).
    DoubtNoticeRow, NOTICES "doubt_notices" at Home::Column("notice_id"), {
        /// 通知编号.
        notice: text "notice_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// How many doubts.
        doubts: int "doubts",
        /// What the fund paid of them, estimated.
        amount: fen "amount_fen",
        /// Last day of the appeal.
        due: maybe_date "due",
        /// Who.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// Who received it, or empty (签收).
        received_by: text "received_by",
        /// When it was received.
        received_at: maybe_time "received_at",
    }
}

row! {
    /// Something handed in about a doubt (附件), without its bytes.
    DoubtAttachmentRow, ATTACHMENTS "doubt_attachments" at Home::Column("owner"), {
        /// Whose doubt.
        owner: text "owner",
        /// 疑点编号.
        doubt: text "doubt_id",
        /// 附件编号.
        attachment: text "attachment_id",
        /// `institution` or `agency`.
        side: text "side",
        /// File name.
        name: text "name",
        /// Media type.
        media_type: text "media_type",
        /// Bytes.
        size: int "size",
        /// Hash of the bytes.
        hash: text "hash",
        /// Who.
        added_by: text "added_by",
        /// When.
        added_at: time "added_at",
    }
}

row! {
    /// The bytes of attachments (附件原件).
    DoubtFileRow, FILES "doubt_files" at Home::Column("owner"), {
        /// Whose doubt.
        owner: text "owner",
        /// Hash of the bytes.
        hash: text "hash",
        /// The bytes.
        body: bytes "body",
    }
}

row! {
    /// Work on many doubts at once (批量办理), or a sample drawn before it (抽样).
    DoubtBatchRow, BATCHES "doubt_batches" at Home::Column("batch_id"), {
        /// 批次编号.
        batch: text "batch_id",
        /// `bulk` or `sample`.
        kind: text "kind",
        /// What was done, in 中文; empty for a sample.
        verb: text "verb",
        /// Which doubts, JSON.
        filter: json "filter",
        /// Seed of a sample, or the sample that was looked at.
        seed: text "seed",
        /// How many were to be drawn.
        wanted: int "wanted",
        /// How many doubts the filter met.
        matched: int "matched",
        /// How many moved, or were drawn.
        moved: int "moved",
        /// Their numbers, JSON.
        doubts: json "doubts",
        /// Those that did not move, with the reason, JSON.
        refused: json "refused",
        /// The reason given.
        text: text "text",
        /// Who.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
    }
}

row! {
    /// What a doubt took back of one line (扣减明细); below zero where it was given back.
    AuditDeductionRow, DEDUCTIONS "audit_deductions" at Home::Column("owner"), {
        /// Whose doubt.
        owner: text "owner",
        /// 疑点编号.
        doubt: text "doubt_id",
        /// The step of the doubt that did it.
        sequence: int "sequence",
        /// The line: visit and number; empty where no line is meant.
        line: text "line_key",
        /// 结算编号.
        settlement: text "settlement_id",
        /// What was taken.
        amount: fen "amount_fen",
        /// 清算调整编号.
        adjustment: text "adjustment_id",
        /// When.
        deducted_at: time "deducted_at",
    }
}
