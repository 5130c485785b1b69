//! What is remembered of advances and of retention given back.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// Money advanced to an institution (预付金).
    AdvanceRow, ADVANCES "provider_advances" at Home::Column("advance"), {
        /// 预付编号.
        advance: text "advance",
        /// `working_capital`, `month_ahead` or `procurement`.
        kind: text "kind",
        /// 医疗机构.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// The year by whose end it must have come back.
        year: int "year",
        /// 预付金额.
        amount: fen "amount_fen",
        /// What the institution gave back in cash.
        returned: fen "returned_fen",
        /// `proposed`, `approved`, `paid`, `closed` or `rejected`.
        state: text "state",
        /// The document it rests on.
        document: text "document",
        /// Who proposed it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// Who decided, or empty.
        checked_by: text "checked_by",
        /// When.
        checked_at: maybe_time "checked_at",
        /// How the amount came about, a JSON list of sentences.
        trace: json "trace",
    }
}

row! {
    /// A part in which an advance comes back (分期冲抵).
    AdvancePartRow, PARTS "advance_parts" at Home::Column("advance"), {
        /// 预付编号.
        advance: text "advance",
        /// From 1.
        part: int "part",
        /// The month whose settlement it is taken from.
        month: text "month",
        /// 金额.
        amount: fen "amount_fen",
        /// `open`, `recovered` from a settlement, or `returned` in cash.
        state: text "state",
    }
}

row! {
    /// An institution's yearly assessment and what it returns (年度考核).
    AssessmentRow, ASSESSMENTS "provider_assessments" at Home::Column("assessment"), {
        /// 考核编号.
        assessment: text "assessment",
        /// 医疗机构.
        institution: text "institution",
        /// 考核年度.
        year: int "year",
        /// 考核得分, such as `86.50`.
        score: text "score",
        /// `proposed`, `approved` or `rejected`.
        state: text "state",
        /// The document it rests on.
        document: text "document",
        /// Who proposed it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// Who decided, or empty.
        checked_by: text "checked_by",
        /// When.
        checked_at: maybe_time "checked_at",
    }
}

row! {
    /// What an assessment gives back in a book (考核返还).
    ReturnRow, RETURNS "assessment_returns" at Home::Column("assessment"), {
        /// 考核编号.
        assessment: text "assessment",
        /// 账套.
        book: text "book",
        /// 预留的质量保证金.
        retained: fen "retained_fen",
        /// 返还.
        returned: fen "returned_fen",
        /// How it came about, in 中文.
        sentence: text "sentence",
    }
}
