//! What is remembered of targets and interviews.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// A round of negotiation about an institution's yearly target in a book (预算指标协商).
    TargetRow, TARGETS "budget_targets" at Home::Column("institution"), {
        /// 医疗机构.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// 年度.
        year: int "year",
        /// The round, from 1; the highest agreed one counts.
        version: int "version",
        /// 协商后的年度指标.
        amount: fen "amount_fen",
        /// What the institution asked for.
        asked: fen "asked_fen",
        /// What the agency offered.
        offered: fen "offered_fen",
        /// Twelve quotas in fen that together make the target, a JSON list (月度限额).
        quotas: json "quotas",
        /// From what the season was taken: `history`, `even` or `given`.
        season: text "season",
        /// `proposed`, `agreed` or `rejected`.
        state: text "state",
        /// 协商记录.
        note: text "note",
        /// Who entered it.
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
    /// A talk with an institution about spending beyond its quotas (约谈记录).
    InterviewRow, INTERVIEWS "budget_interviews" at Home::Column("interview"), {
        /// 约谈编号.
        interview: text "interview",
        /// 医疗机构.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// The month up to which spending was counted.
        through: text "through_month",
        /// 累计支付.
        actual: fen "actual_fen",
        /// 累计限额.
        quota: fen "quota_fen",
        /// 执行进度, four places.
        progress: text "progress",
        /// `notice`, `interview` or `special_review`.
        warning: text "warning",
        /// 超支原因.
        causes: text "causes",
        /// 整改措施.
        remedies: text "remedies",
        /// 整改期限.
        deadline: date "deadline",
        /// The month in which it is looked at again (复查月份).
        follow_up: text "follow_up_month",
        /// `held` or `closed`.
        state: text "state",
        /// 复查结论, or empty.
        result: text "result",
        /// 执行进度 when it was looked at again, or empty.
        progress_after: text "progress_after",
        /// Who held it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// Who closed it, or empty.
        closed_by: text "closed_by",
        /// When.
        closed_at: maybe_time "closed_at",
    }
}
