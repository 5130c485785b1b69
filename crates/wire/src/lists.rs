//! 结算清单：上传与各查询交易共有的部分。
//!
//! The editions give no dictionary for states, results and gravity; the codes here are those that
//! hospitals see in the transactions' notes: 0 未提交, 1 已提交, 2 审核通过, 3 审核退回; yes is 1.

use app::discharge::{GroupRow, ListDiagnosis, ListProcedure, ListState, Sent, SettlementList};
use jiff::civil::Date;
use money::Fen;
use terms::Sex;

use crate::{Body, Node, Refusal, codes};

/// Rows a page of a query may have.
const LARGEST_PAGE: i64 = 500;

/// Nodes of a list in the order of the interface.
pub(crate) const NODES: [&str; 8] = [
    "setlinfo",
    "payinfo",
    "opspdiseinfo",
    "diseinfo",
    "iteminfo",
    "oprninfo",
    "icuinfo",
    "bldinfo",
];

/// Items of the general part that the filling standard wants and checks miss, with their names.
const WANTED: [(&str, &str); 9] = [
    ("medcasno", "病案号"),
    ("dscg_caty", "出院科别"),
    ("dscg_way", "离院方式"),
    ("bill_code", "票据代码"),
    ("bill_no", "票据号码"),
    ("biz_sn", "业务流水号"),
    ("medins_fill_dept", "医疗机构填报部门"),
    ("medins_fill_psn", "医疗机构填报人"),
    ("hi_paymtd", "医保支付方式"),
];

/// The list of a message, of the full body or the slim one.
pub(crate) fn read(body: &Body) -> Result<SettlementList, Refusal> {
    let head = body.node("setlinfo")?;
    let text = |field: &str| head.optional_text(field).unwrap_or_default().to_owned();
    let missing = WANTED
        .iter()
        .filter(|(field, _)| head.optional_text(field).is_none());
    Ok(SettlementList {
        sex: head.optional_text("gend").and_then(sex),
        years: decimal_of(head, "age").and_then(|tenths| i64::try_from(tenths / 10).ok()),
        birth_weight_g: birth_weight(head),
        admitted_at: head.optional_datetime("adm_time"),
        discharged_at: head.optional_datetime("dscg_time"),
        department: text("dscg_caty"),
        discharge_way: text("dscg_way"),
        ventilation: text("vent_used_dura"),
        diagnoses: body.rows("diseinfo").iter().map(diagnosis).collect(),
        procedures: body.rows("oprninfo").iter().map(procedure).collect(),
        charges: sum(body.rows("iteminfo"), "amt"),
        funds: sum(body.rows("payinfo"), "fund_payamt"),
        missing: missing.map(|(_, name)| (*name).to_owned()).collect(),
        sent: sent(body),
    })
}

fn sex(code: &str) -> Option<Sex> {
    match code {
        "1" => Some(Sex::Male),
        "2" => Some(Sex::Female),
        _ => None,
    }
}

/// A number of one decimal, in tenths.
fn decimal_of(node: &Node, field: &str) -> Option<i128> {
    let (_, text) = node.filled().find(|(name, _)| *name == field)?;
    let (whole, tenth) = text.split_once('.')?;
    format!("{whole}{tenth}").parse().ok()
}

/// The birth weight in whole grams; of twins and more, that of the first.
fn birth_weight(head: &Node) -> Option<u32> {
    let of_many = || {
        let text = head.optional_text("mul_nwb_bir_wt")?;
        let first = text.split([',', '，']).next()?.trim();
        Fen::from_yuan_text(first).ok().map(Fen::get)
    };
    let hundredths = head.optional_hundredths("nwb_bir_wt").or_else(of_many)?;
    u32::try_from(hundredths / 100)
        .ok()
        .filter(|grams| *grams > 0)
}

fn diagnosis(row: &Node) -> ListDiagnosis {
    let text = |field: &str| row.optional_text(field).unwrap_or_default().to_owned();
    ListDiagnosis {
        code: text("diag_code"),
        name: text("diag_name"),
        main: codes::is_set(row.optional_text("maindiag_flag")),
        traditional: matches!(row.optional_text("diag_type"), Some("2" | "3")),
        on_admission: text("adm_cond_type"),
    }
}

fn procedure(row: &Node) -> ListProcedure {
    let text = |field: &str| row.optional_text(field).unwrap_or_default().to_owned();
    let begun = row.optional_date("oprn_oprt_begntime");
    ListProcedure {
        code: text("oprn_oprt_code"),
        name: text("oprn_oprt_name"),
        main: codes::is_set(row.optional_text("oprn_oprt_type")),
        on: begun.or_else(|| row.optional_date("oprn_oprt_date")),
    }
}

fn sum(rows: &[Node], field: &str) -> Option<Fen> {
    let amounts = rows.iter().filter_map(|row| row.optional_amount(field));
    (!rows.is_empty()).then(|| amounts.sum())
}

fn sent(body: &Body) -> Sent {
    let rows = |name: &str| {
        let rows = body.rows(name).iter();
        rows.map(|row| {
            row.filled()
                .map(|(field, text)| (field.to_owned(), text))
                .collect()
        })
        .collect()
    };
    let nodes = NODES.iter().map(|name| ((*name).to_owned(), rows(name)));
    nodes
        .filter(|(_, rows): &(String, Vec<_>)| !rows.is_empty())
        .collect()
}

/// The code of a state.
pub(crate) fn stas_type(state: ListState) -> &'static str {
    match state {
        ListState::Draft => "0",
        ListState::Submitted => "1",
        ListState::Approved => "2",
        ListState::Rejected => "3",
    }
}

/// The state that an institution asks for.
pub(crate) fn state(node: &Node) -> Result<ListState, Refusal> {
    let code = node.text("stas_type")?;
    let known = ListState::ALL
        .into_iter()
        .find(|state| stas_type(*state) == code);
    known.ok_or_else(|| node.refuse("stas_type", "应为0、1、2、3之一"))
}

/// The code of a gravity: 1 for what must be put right, 2 for what should be looked at.
pub(crate) fn err_lv(severity: &str) -> &'static str {
    match severity {
        "error" => "1",
        _ => "2",
    }
}

/// Whether a group was found.
pub(crate) fn grouped(row: Option<&GroupRow>) -> &'static str {
    codes::flag(row.is_some_and(GroupRow::is_grouped))
}

/// First and last day of the month that a field names (结算年月, yyyyMM).
pub(crate) fn month(node: &Node, field: &str) -> Result<(Date, Date), Refusal> {
    let text = node.text(field)?.replace('-', "");
    let wrong = || node.refuse(field, "应为yyyyMM");
    let (year, month) = text.split_at_checked(4).ok_or_else(wrong)?;
    let (year, month) = (year.parse().ok(), month.parse().ok());
    let first = year
        .zip(month)
        .and_then(|(year, month)| Date::new(year, month, 1).ok());
    let first = first.filter(|_| text.len() == 6).ok_or_else(wrong)?;
    Ok((first, first.last_of_month()))
}

/// Where a page begins and how long it is.
pub(crate) fn page(node: &Node) -> Result<(usize, usize), Refusal> {
    let bounded = |field: &str, most: i64| {
        let number = node.integer(field)?;
        let fits = (1..=most).contains(&number);
        let number = usize::try_from(number).ok().filter(|_| fits);
        number.ok_or_else(|| node.refuse(field, &format!("应在1至{most}之间")))
    };
    let (number, size) = (
        bounded("page_num", 1_000_000)?,
        bounded("page_size", LARGEST_PAGE)?,
    );
    Ok(((number - 1) * size, size))
}
