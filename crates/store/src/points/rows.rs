//! What is remembered of payment by method: months, cases, years.

use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::contribution::shape::row;
use crate::table::{Home, Kind, Table};

row! {
    /// What a method pays of an institution's month (月度支付).
    MethodMonthRow, METHOD_MONTHS "method_months" at Home::Column("institution"), {
        /// 定点医药机构编号.
        institution: text "institution",
        /// 清算年月, such as `2024-10`.
        month: text "month",
        /// 账套.
        book: text "book",
        /// The key of the payment arrangement (支付安排).
        arrangement: text "arrangement",
        /// Its 中文 title.
        title: text "title",
        /// The method's 中文 name.
        method: text "method",
        /// 年度.
        year: int "year",
        /// The version of the parameters.
        version: int "version",
        /// 结算笔数.
        claims: int "claims",
        /// 按项目应付.
        items: fen "items_fen",
        /// 按办法支付.
        paid: fen "paid_fen",
        /// Items left to the end of the year; negative where the method pays more.
        held: fen "held_fen",
        /// 结转限额 for later months.
        carry: fen "carry_fen",
        /// 依据.
        basis: text "basis",
        /// How it came about, JSON steps.
        trace: json "trace",
        /// When.
        computed_at: time "computed_at",
    }
}

row! {
    /// What a case counts, as computed once (病例点数).
    CaseValueRow, CASE_VALUES "case_values" at Home::Person, {
        /// 人员编号.
        person_no: text "person_no",
        /// 结算编号.
        settlement: text "settlement_id",
        /// The key of the payment arrangement (支付安排).
        arrangement: text "arrangement",
        /// 1 for the first value, one more for each change.
        number: int "value_no",
        /// 年度.
        year: int "year",
        /// 定点医药机构编号.
        institution: text "institution",
        /// 结算清单编号, or empty where none came.
        list: text "list_id",
        /// 出院日期.
        discharged_on: date "discharged_on",
        /// 病组 or 病种, or empty.
        group_code: text "group_code",
        /// Its 中文 name.
        group_name: text "group_name",
        /// The class's 中文 name (病例类型).
        class: text "class",
        /// 点数 in ten-thousandths.
        points: int "points",
        /// 总费用.
        cost: fen "cost_fen",
        /// 基金按项目应付.
        fund: fen "fund_fen",
        /// What the fund would pay by the estimated value.
        estimate: fen "estimate_fen",
        /// What changed since the value before, in 中文; empty for the first.
        change: text "change",
        /// How it came about, JSON steps.
        trace: json "trace",
        /// When.
        computed_at: time "computed_at",
    }
}

row! {
    /// A year cleared by a method that shares a closed pool (年度清算).
    AnnualClearingRow, ANNUAL_CLEARINGS "annual_clearings" at Home::Column("clearing_id"), {
        /// 年度清算编号.
        clearing: text "clearing_id",
        /// 年度.
        year: int "year",
        /// 账套.
        book: text "book",
        /// The key of the payment arrangement (支付安排).
        arrangement: text "arrangement",
        /// Its 中文 title.
        title: text "title",
        /// The method's 中文 name.
        method: text "method",
        /// The version of the parameters.
        version: int "version",
        /// `computed`, `approved` or `replaced`.
        state: text "state",
        /// 病例数.
        cases: int "cases",
        /// 可分配总额.
        budget: fen "budget_fen",
        /// 按项目应付.
        items: fen "items_fen",
        /// 决算基金额; together with the parts to the fen.
        pool: fen "pool_fen",
        /// 点数 in ten-thousandths.
        points: int "points",
        /// 点值, yuan to four places, for display.
        point_value: text "point_value",
        /// The hash of all that was cleared (快照).
        snapshot: text "snapshot",
        /// 依据.
        basis: text "basis",
        /// How it came about, JSON steps.
        trace: json "trace",
        /// Who computed it.
        computed_by: text "computed_by",
        /// When.
        computed_at: time "computed_at",
        /// Who approved it, or empty.
        approved_by: text "approved_by",
        /// When.
        approved_at: maybe_time "approved_at",
    }
}

row! {
    /// An institution's part of a year (年度清算机构部分).
    AnnualPartRow, ANNUAL_PARTS "annual_parts" at Home::Column("clearing_id"), {
        /// 年度清算编号.
        clearing: text "clearing_id",
        /// 定点医药机构编号.
        institution: text "institution",
        /// 病例数.
        cases: int "cases",
        /// 点数 in ten-thousandths.
        points: int "points",
        /// 按项目应付.
        items: fen "items_fen",
        /// What patients and other payers paid.
        others: fen "others_fen",
        /// 应得: its share of the pool.
        entitlement: fen "entitlement_fen",
        /// 年终结算额: what the method pays for the year.
        payment: fen "payment_fen",
        /// 已拨付: what was paid for the year's cases so far.
        paid: fen "paid_fen",
        /// What is still to be paid, below zero to be recovered.
        difference: fen "difference_fen",
        /// 清算调整编号, once approved.
        adjustment: text "adjustment_id",
        /// How it came about, JSON steps.
        trace: json "trace",
    }
}
