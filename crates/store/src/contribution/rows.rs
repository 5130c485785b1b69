//! What is remembered of employers, assessments, receipts and refunds.

use terms::AreaCode;

use super::shape::row;
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

row! {
    /// An employer (参保单位).
    EmployerRow, EMPLOYERS "employers" at Home::Column("employer"), {
        /// 单位编号.
        employer: text "employer",
        /// 单位名称.
        name: text "name",
        /// 单位类型: `enterprise`, `public_body`, `self_employed`, `organisation`.
        kind: text "kind",
        /// Marks rules may ask about, a JSON list of words.
        marks: json "marks",
        /// 所在县.
        county: place "county",
        /// `active` or `closed`.
        state: text "state",
        /// 参保登记日期.
        opened_on: date "opened_on",
        /// 注销日期.
        closed_on: maybe_date "closed_on",
        /// Whatever else is known of it, JSON.
        detail: json "detail",
    }
}

row! {
    /// Somebody on an employer's list over a span of days (在册职工).
    StaffRow, STAFF "employer_staff" at Home::Column("employer"), {
        /// 单位编号.
        employer: text "employer",
        /// 人员编号.
        person_no: text "person_no",
        /// First day.
        starts_on: date "starts_on",
        /// Last day, or open.
        ends_on: maybe_date "ends_on",
        /// 人员类别.
        category: text "category",
    }
}

row! {
    /// A wage declared from a month on (工资申报); a later declaration takes its place.
    WageRow, WAGES "wage_declarations" at Home::Column("employer"), {
        /// 单位编号.
        employer: text "employer",
        /// 人员编号.
        person_no: text "person_no",
        /// First fee month it counts for, such as `2024-11`.
        from_month: text "from_month",
        /// When it was recorded.
        declared_at: time "declared_at",
        /// 月工资.
        wage: fen "wage_fen",
        /// Who recorded it.
        declared_by: text "declared_by",
        /// Where it came from.
        source: text "source",
    }
}

row! {
    /// An employer's month as assessed (单位月核定); the highest version counts.
    EmployerMonthRow, MONTHS "employer_months" at Home::Column("employer"), {
        /// 单位编号.
        employer: text "employer",
        /// 费款所属期.
        month: text "month",
        /// 1 for the first assessment.
        version: int "version",
        /// 核定人数.
        persons: int "persons",
        /// 缴费基数合计.
        base: fen "base_fen",
        /// 单位应缴.
        employer_part: fen "employer_fen",
        /// 个人应缴.
        person_part: fen "person_fen",
        /// 缴费期限.
        due_on: maybe_date "due_on",
        /// People who could not be assessed and why, JSON.
        problems: json "problems",
        /// The policy edition decided under.
        edition: text "edition",
        /// When.
        assessed_at: time "assessed_at",
        /// By whom.
        assessed_by: text "assessed_by",
    }
}

row! {
    /// One person's part of an employer's month (职工月核定).
    MonthLineRow, MONTH_LINES "employer_month_lines" at Home::Column("employer"), {
        /// 单位编号.
        employer: text "employer",
        /// 费款所属期.
        month: text "month",
        /// The version of the month.
        version: int "version",
        /// 人员编号.
        person_no: text "person_no",
        /// 申报工资.
        wage: fen "wage_fen",
        /// 缴费基数.
        base: fen "base_fen",
        /// 单位应缴.
        employer_part: fen "employer_fen",
        /// 个人应缴.
        person_part: fen "person_fen",
        /// How it was computed, JSON.
        trace: json "trace",
    }
}

row! {
    /// A resident's year as assessed (居民年度核定); the highest version counts.
    PremiumRow, PREMIUMS "resident_premiums" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// 参保年度.
        year: int "year",
        /// 1 for the first assessment.
        version: int "version",
        /// 缴费档次.
        tier: text "tier",
        /// 参保登记日期.
        enrolled_on: date "enrolled_on",
        /// 个人缴费标准.
        own: fen "own_fen",
        /// 补缴财政补助部分.
        late: fen "late_fen",
        /// 资助.
        subsidy: fen "subsidy_fen",
        /// Whose money the subsidy is, or empty.
        subsidy_fund: text "subsidy_fund",
        /// The subsidy's 中文 name, or empty.
        subsidy_title: text "subsidy_title",
        /// 财政补助.
        public: fen "public_fen",
        /// 本人应缴.
        due: fen "due_fen",
        /// The last day of the season, or of enrolment where that is later.
        due_on: date "due_on",
        /// How it was computed, JSON.
        trace: json "trace",
        /// The policy edition decided under.
        edition: text "edition",
        /// When.
        assessed_at: time "assessed_at",
        /// By whom.
        assessed_by: text "assessed_by",
    }
}

row! {
    /// A file of receipts from the tax side (到账文件), known by the hash of its bytes.
    ReceiptFileRow, FILES "receipt_files" at Home::Column("file"), {
        /// SHA-256 of the file, hexadecimal.
        file: text "file",
        /// Its name.
        name: text "name",
        /// 批次号 in its header.
        number: text "number",
        /// Lines it says it has.
        lines: int "lines",
        /// What it says they add up to.
        total: fen "total_fen",
        /// Lines that could not be read.
        unreadable: int "unreadable",
        /// When it was imported.
        imported_at: time "imported_at",
        /// By whom.
        imported_by: text "imported_by",
    }
}

row! {
    /// One line of such a file (到账明细).
    ReceiptLineRow, LINES "receipt_lines" at Home::Column("file"), {
        /// The file.
        file: text "file",
        /// Line of the file, from 1.
        line_no: int "line_no",
        /// `employer` or `person`; empty where it could not be read.
        owner_kind: text "owner_kind",
        /// 单位或人员编号.
        owner: text "owner",
        /// 费款所属期, or empty for the oldest.
        period: text "period",
        /// 单位缴费.
        employer_part: fen "employer_fen",
        /// 个人缴费.
        person_part: fen "person_fen",
        /// 滞纳金.
        late_fee: fen "late_fee_fen",
        /// 入库日期.
        paid_on: date "paid_on",
        /// 税票号码.
        voucher: text "voucher",
        /// `matched`, `duplicate`, `unmatched`, `over`, `under`, `unreadable`.
        status: text "status",
        /// What is wrong with it, in 中文.
        note: text "note",
        /// Of the employer's money what no period takes.
        left_employer: fen "left_employer_fen",
        /// Of the person's money what no period takes.
        left_person: fen "left_person_fen",
    }
}

row! {
    /// Money counted towards a period (到账分配); negative where it is taken away again.
    AllocationRow, ALLOCATIONS "contribution_allocations" at Home::Column("owner"), {
        /// 单位或人员编号.
        owner: text "owner",
        /// 费款所属期.
        period: text "period",
        /// Its number.
        allocation: text "allocation",
        /// `receipt`, `offset` or `refund`.
        kind: text "kind",
        /// 单位部分.
        employer_part: fen "employer_fen",
        /// 个人部分.
        person_part: fen "person_fen",
        /// 滞纳金.
        late_fee: fen "late_fee_fen",
        /// The file of a receipt, or empty.
        file: text "file",
        /// Its line.
        line_no: int "line_no",
        /// 入库日期.
        paid_on: date "paid_on",
        /// When.
        made_at: time "made_at",
        /// By whom.
        made_by: text "made_by",
    }
}

row! {
    /// A late fee that came due because money came late (滞纳金).
    LateFeeRow, LATE_FEES "contribution_late_fees" at Home::Column("owner"), {
        /// 单位编号.
        owner: text "owner",
        /// 费款所属期.
        period: text "period",
        /// Its number.
        item: text "item",
        /// The last day without late fee.
        due_on: date "due_on",
        /// 入库日期.
        paid_on: date "paid_on",
        /// 天数.
        days: int "days",
        /// What was late.
        arrears: fen "arrears_fen",
        /// 滞纳金.
        fee: fen "fee_fen",
        /// When.
        made_at: time "made_at",
    }
}

row! {
    /// A refund: proposed by one, approved by another, then paid (退费).
    RefundRow, REFUNDS "contribution_refunds" at Home::Column("refund"), {
        /// 退费单号.
        refund: text "refund",
        /// `employer` or `person`.
        owner_kind: text "owner_kind",
        /// 单位或人员编号.
        owner: text "owner",
        /// 费款所属期.
        period: text "period",
        /// Why: `reassessed`, `overpaid`, `subsidised`, or a reason of the policy.
        reason: text "reason",
        /// 退单位.
        employer_part: fen "employer_fen",
        /// 退个人.
        person_part: fen "person_fen",
        /// `proposed`, `approved`, `rejected` or `paid`.
        state: text "state",
        /// The file of the receipt it gives back, or empty.
        file: text "file",
        /// Its line.
        line_no: int "line_no",
        /// Who proposed it.
        proposed_by: text "proposed_by",
        /// When.
        proposed_at: time "proposed_at",
        /// Who decided, or empty.
        decided_by: text "decided_by",
        /// When.
        decided_at: maybe_time "decided_at",
        /// When it was paid.
        paid_at: maybe_time "paid_at",
        /// Why, in 中文.
        note: text "note",
    }
}

row! {
    /// A period somebody's contribution is paid for (已缴所属期).
    PaidPeriodRow, PAID "paid_periods" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// 险种.
        scheme: text "scheme",
        /// 费款所属期: a month, or a resident's year.
        period: text "period",
        /// Who paid: the employer, or the person.
        owner: text "owner",
        /// The day on which it was complete.
        paid_on: date "paid_on",
        /// When it was noted.
        noted_at: time "noted_at",
        /// Whether the register of the person has it.
        registered: flag "registered",
    }
}

/// Who may decide about an owner's money next: raised with every change.
pub(crate) const HEADS: Table = Table {
    name: "contribution_heads",
    home: Home::Column("owner"),
    columns: &[
        ("area", Kind::Int),
        ("owner", Kind::Text),
        ("version", Kind::Int),
    ],
};

/// The ledger of contributions, by who owes them.
pub(crate) const TRANSFERS: Table = Table {
    name: "contribution_transfers",
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
