//! 质控结果：4104 与 3607 共有的部分。

use app::discharge::{JudgedList, QualityRow};
use grouping::quality::Gravity;

use crate::ask::Ask;
use crate::{Fields, codes, lists};

/// A finding as replies show it.
pub(crate) struct Finding<'a> {
    pub field: &'a str,
    pub message: &'a str,
    pub gravity: &'static str,
    pub returned: &'static str,
    pub value: &'a str,
}

/// The findings of a list.
pub(crate) fn shown(list: &JudgedList) -> Vec<Finding<'_>> {
    list.findings.iter().map(finding).collect()
}

fn finding(row: &QualityRow) -> Finding<'_> {
    Finding {
        field: &row.field,
        message: &row.message,
        gravity: lists::err_lv(&row.severity),
        returned: codes::flag(row.severity == Gravity::Error.word()),
        value: &row.value,
    }
}

/// What both queries say of a list before its findings.
pub(crate) fn summary(ask: &Ask<'_>, list: &JudgedList) -> Fields {
    let row = &list.row;
    let gravity = match (row.errors, row.warnings) {
        (1.., _) => lists::err_lv("error"),
        (_, 1..) => lists::err_lv("warning"),
        _ => "0",
    };
    let place = &ask.call.institution;
    Fields::new()
        .text("fixmedins_code", &place.code)
        .text("fixmedins_name", &place.name)
        .text("setl_ym", row.settled_on.strftime("%Y%m").to_string())
        .text("setl_id", &row.settlement_id)
        .text("psn_no", &row.person_no)
        .text("psn_name", &row.person_name)
        .text("qltctrl_rslt", codes::flag(row.errors == 0))
        .text("err_lv", gravity)
        .text("retn_flag", codes::flag(row.errors > 0))
        .text("qltctrl_ver", &ask.app.law.schemes.quality.version)
        .datetime("qltctrl_time", row.received_at)
        .text("grp_stas", codes::flag(list.grouped))
}
