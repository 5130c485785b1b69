//! What is remembered of clearing: statements, their bills, what adjusts them, what became of them.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// An institution's month in one book (清算单).
    StatementRow, STATEMENTS "clearing_statements" at Home::Column("statement_id"), {
        /// 清算单号, made from month, institution and book.
        statement: text "statement_id",
        /// 清算年月, such as `2024-10`.
        month: text "month",
        /// 定点医药机构编号.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// 1 when first built; one more each time what it says changes after that.
        version: int "version",
        /// A word of [`terms::StatementState`].
        state: text "state",
        /// 明细笔数.
        bills: int "bills",
        /// What the funds of the book owe for the bills.
        funds: fen "funds_fen",
        /// What personal accounts pay of the bills.
        account: fen "account_fen",
        /// The sum of the adjustments.
        adjusted: fen "adjusted_fen",
        /// 应拨付金额, the sum of the lines; below zero where the institution owes.
        due: fen "due_fen",
        /// The hash of its bills and lines (快照).
        snapshot: text "snapshot",
        /// Its lines in order, a JSON list.
        lines: json "lines",
        /// Who built it last.
        built_by: text "built_by",
        /// When.
        built_at: time "built_at",
        /// Who published it, or empty.
        published_by: text "published_by",
        /// When.
        published_at: maybe_time "published_at",
        /// Until when the institution may object.
        respond_by: maybe_date "respond_by",
        /// Until when it must be paid (拨付期限).
        pay_by: maybe_date "pay_by",
        /// 申请日期, from which the term of payment runs.
        applied_on: maybe_date "applied_on",
        /// Who approved it, or empty.
        approved_by: text "approved_by",
        /// When.
        approved_at: maybe_time "approved_at",
    }
}

row! {
    /// A settlement in a statement (清算明细).
    StatementBillRow, BILLS "clearing_bills" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// 结算编号.
        settlement: text "settlement_id",
        /// 账套.
        book: text "book",
        /// 清算单号.
        statement: text "statement_id",
        /// A word of [`terms::BenefitClass`]: what the funds' part is spent on.
        class: text "class",
        /// What the funds of the book owe.
        funds: fen "funds_fen",
        /// What personal accounts pay.
        account: fen "account_fen",
    }
}

row! {
    /// Whatever else changes what an institution gets (清算调整).
    AdjustmentRow, ADJUSTMENTS "clearing_adjustments" at Home::Column("adjustment_id"), {
        /// 调整编号.
        adjustment: text "adjustment_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// 账套.
        book: text "book",
        /// A word of [`terms::BenefitClass`].
        class: text "class",
        /// A word of [`terms::AdjustmentKind`].
        kind: text "kind",
        /// Signed: below zero takes money from the institution.
        amount: fen "amount_fen",
        /// The first month whose statement may take it.
        first_month: text "first_month",
        /// The document it rests on (依据).
        document: text "document",
        /// What it is, in 中文, as the statement shows it.
        text: text "text",
        /// Who made it.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// `open`, `taken` or `withdrawn`.
        state: text "state",
        /// The statement that took it, or empty.
        statement: text "statement_id",
        /// The transfer by which the books took it when that statement was approved, or empty.
        transfer: text "transfer",
    }
}

impl AdjustmentRow {
    /// Whether it follows from the others of its statement: its number begins with the statement's.
    pub fn is_derived(&self) -> bool {
        let rest = self.adjustment.strip_prefix(&self.statement);
        !self.statement.is_empty() && rest.is_some_and(|rest| rest.starts_with('-'))
    }
}

row! {
    /// A step of a statement's way (办理过程).
    StatementEventRow, EVENTS "clearing_events" at Home::Column("statement_id"), {
        /// 清算单号.
        statement: text "statement_id",
        /// 1 for the first.
        sequence: int "sequence",
        /// `built`, `published`, `objected`, `answered`, `confirmed`, `approved`, `ordered`,
        /// `paid`, `returned` or `closed`.
        event: text "event",
        /// The version of the statement.
        version: int "version",
        /// Who.
        by: text "by_name",
        /// When.
        at: time "at",
        /// What was said.
        note: text "note",
        /// The snapshot of the statement.
        snapshot: text "snapshot",
        /// The statement as it stood then, JSON.
        body: json "statement",
    }
}

row! {
    /// What an institution objects to, and the answer (异议).
    ObjectionRow, OBJECTIONS "clearing_objections" at Home::Column("statement_id"), {
        /// 清算单号.
        statement: text "statement_id",
        /// 1 for the first.
        number: int "objection_no",
        /// The version objected to.
        version: int "version",
        /// The settlements it is about, a JSON list.
        settlements: json "settlements",
        /// 异议内容.
        text: text "text",
        /// Who objected.
        made_by: text "made_by",
        /// When.
        made_at: time "made_at",
        /// `open`, `accepted` or `rejected`.
        state: text "state",
        /// 答复.
        answer: text "answer",
        /// Who answered, or empty.
        answered_by: text "answered_by",
        /// When.
        answered_at: maybe_time "answered_at",
    }
}

row! {
    /// An institution's application for clearing (清算申请).
    ApplicationRow, APPLICATIONS "clearing_applications" at Home::Column("application_id"), {
        /// 机构清算申请事件编号.
        application: text "application_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// 清算年月.
        month: text "month",
        /// 清算类别, in the words of the interface.
        class: text "class",
        /// `applied` or `withdrawn`.
        state: text "state",
        /// The message that brought it, or empty.
        message: text "message",
        /// What the institution says, JSON.
        totals: json "totals",
        /// What our own settlements say, JSON.
        own: json "own",
        /// The operator.
        applied_by: text "applied_by",
        /// When.
        applied_at: time "applied_at",
        /// When it was withdrawn.
        ended_at: maybe_time "ended_at",
    }
}

/// Who may change a subject next: raised with every change.
pub(crate) const HEADS: Table = Table {
    name: "clearing_heads",
    home: Home::Column("subject"),
    columns: &[
        ("area", Kind::Int),
        ("subject", Kind::Text),
        ("version", Kind::Int),
    ],
};

/// The ledger of clearing and payment, by whom the money goes to.
pub(crate) const TRANSFERS: Table = Table {
    name: "clearing_transfers",
    home: Home::Column("owner"),
    columns: &[
        ("area", Kind::Int),
        ("owner", Kind::Text),
        ("batch_id", Kind::Text),
        ("sequence", Kind::Int),
        ("book", Kind::Text),
        ("debit", Kind::Text),
        ("debit_holder", Kind::Text),
        ("credit", Kind::Text),
        ("credit_holder", Kind::Text),
        ("amount_fen", Kind::Int),
        ("reason", Kind::Text),
        ("reference", Kind::Text),
        ("posted_on", Kind::Date),
        ("reverses", Kind::Text),
    ],
};
