//! Inputs as a hospital or pharmacy system writes them.

use demo_maker::Person;
use serde_json::{Value, json};

use crate::house::{House, stamp};

/// A line: item code, price, count, amount.
pub struct Line(
    pub &'static str,
    pub &'static str,
    pub u32,
    pub &'static str,
);

/// Class A, class B with a prior share, and something no catalogue knows.
pub const LINES: [Line; 3] = [
    Line("XJ01CAD000A001010199000", "18.50", 4, "74.00"),
    Line("XJ01DCD000A002010299001", "32.80", 3, "98.40"),
    Line("HOSP-OWN-0001", "6.00", 1, "6.00"),
];
pub const TOTAL: &str = "178.40";

pub fn certificate(person: &Person) -> Value {
    json!({ "psn_no": person.number, "mdtrt_cert_type": "02", "mdtrt_cert_no": person.id_number,
            "psn_cert_type": "01", "certno": person.id_number, "psn_name": person.name })
}

/// Adds the keys of the second object to the first.
pub fn and(mut base: Value, more: Value) -> Value {
    let more = more.as_object().unwrap().clone();
    base.as_object_mut().unwrap().extend(more);
    base
}

pub fn insutype(person: &Person) -> &'static str {
    wire::codes::insutype(person.covers[0].scheme)
}

/// 2101 and 2102.
pub fn sale(house: &House, person: &Person) -> Value {
    let details: Vec<Value> = LINES
        .iter()
        .zip(1..)
        .map(|(line, number)| {
            json!({ "feedetl_sn": number.to_string(), "rx_circ_flag": "0",
                    "fee_ocur_time": stamp(house.now()), "med_list_codg": line.0,
                    "medins_list_codg": format!("Y{number}"), "det_item_fee_sumamt": line.3,
                    "cnt": line.2, "pric": line.1 })
        })
        .collect();
    let head = json!({ "begntime": stamp(house.now()), "medfee_sumamt": TOTAL,
                       "insutype": insutype(person), "acct_used_flag": "1", "med_type": "41" });
    json!({ "druginfo": and(certificate(person), head), "drugdetail": details })
}

/// 2201.
pub fn registration(house: &House, person: &Person) -> Value {
    let more = json!({ "insutype": insutype(person), "begntime": stamp(house.now()),
        "ipt_otp_no": "MZ0001", "atddr_no": "D1", "dr_name": "张医生", "dept_code": "A01",
        "dept_name": "内科", "caty": "A03" });
    json!({ "data": and(certificate(person), more) })
}

/// 2203.
pub fn report(house: &House, person: &Person, visit: &str) -> Value {
    json!({
        "mdtrtinfo": { "mdtrt_id": visit, "psn_no": person.number, "med_type": "11",
                       "begntime": stamp(house.now()), "main_cond_dscr": "发热三天" },
        "diseinfo": [diagnosis(house, "J06.900", "急性上呼吸道感染", 1)],
    })
}

pub fn diagnosis(house: &House, code: &str, name: &str, number: i32) -> Value {
    json!({ "diag_type": "1", "diag_srt_no": number, "diag_code": code, "diag_name": name,
            "diag_dept": "内科", "dise_dor_no": "D1", "dise_dor_name": "张医生",
            "diag_time": stamp(house.now()), "vali_flag": "1", "maindiag_flag": "1" })
}

/// 2204; with another type of care also 2301.
pub fn fees(house: &House, person: &Person, visit: &str, batch: &str) -> Value {
    let rows: Vec<Value> = LINES
        .iter()
        .zip(1..)
        .map(|(line, number)| {
            json!({ "feedetl_sn": format!("{batch}{number}"), "mdtrt_id": visit,
                    "psn_no": person.number, "chrg_bchno": batch, "rx_circ_flag": "0",
                    "med_type": "21", "fee_ocur_time": stamp(house.now()),
                    "med_list_codg": line.0, "medins_list_codg": format!("Y{number}"),
                    "det_item_fee_sumamt": line.3, "cnt": line.2, "pric": line.1,
                    "bilg_dept_codg": "A01", "bilg_dept_name": "内科", "bilg_dr_codg": "D1",
                    "bilg_dr_name": "张医生", "hosp_appr_flag": "1" })
        })
        .collect();
    json!({ "feedetail": rows })
}

/// 2206 and 2207.
pub fn bill(person: &Person, visit: &str, batch: &str) -> Value {
    let more = json!({ "med_type": "11", "medfee_sumamt": TOTAL, "psn_setlway": "01",
        "mdtrt_id": visit, "chrg_bchno": batch, "acct_used_flag": "1",
        "insutype": insutype(person), "inscp_scp_amt": "0" });
    json!({ "data": and(certificate(person), more) })
}

/// 2103, 2208, 2305.
pub fn undo(person: &Person, visit: &str, settlement: &str) -> Value {
    json!({ "data": { "psn_no": person.number, "mdtrt_id": visit, "setl_id": settlement } })
}

/// 2202, 2404, 2405.
pub fn of_visit(person: &Person, visit: &str) -> Value {
    json!({ "data": { "psn_no": person.number, "mdtrt_id": visit, "ipt_otp_no": "MZ0001" } })
}

/// 2401.
pub fn admission(house: &House, person: &Person) -> Value {
    let begin = house.now().saturating_sub(jiff::Span::new().days(4));
    let more = json!({ "insutype": insutype(person), "begntime": stamp(begin), "med_type": "21",
        "ipt_no": "ZY0001", "atddr_no": "D1", "chfpdr_name": "张医生",
        "adm_diag_dscr": "肺炎", "adm_dept_codg": "A01", "adm_dept_name": "内科",
        "adm_bed": "12", "dscg_maindiag_code": "J18.900", "dscg_maindiag_name": "肺炎" });
    let row = and(
        diagnosis(house, "J18.900", "肺炎", 1),
        json!({ "psn_no": person.number }),
    );
    json!({ "mdtrtinfo": and(certificate(person), more), "diseinfo": [row] })
}

/// 2402.
pub fn discharge(house: &House, person: &Person, visit: &str) -> Value {
    let row = and(
        diagnosis(house, "J18.900", "肺炎", 1),
        json!({ "psn_no": person.number, "mdtrt_id": visit }),
    );
    json!({
        "dscginfo": { "mdtrt_id": visit, "psn_no": person.number,
            "insutype": insutype(person), "endtime": stamp(house.now()),
            "dscg_dept_codg": "A01", "dscg_dept_name": "内科", "dscg_way": "1" },
        "diseinfo": [row],
    })
}

/// 2303 and 2304.
pub fn stay_bill(person: &Person, visit: &str) -> Value {
    let more = json!({ "medfee_sumamt": TOTAL, "psn_setlway": "01", "mdtrt_id": visit,
        "acct_used_flag": "0", "insutype": insutype(person), "mid_setl_flag": "0" });
    json!({ "data": and(certificate(person), more) })
}

/// 2601.
pub fn compensation(person: &Person, message: &str, transaction: &str) -> Value {
    json!({ "data": { "psn_no": person.number, "omsgid": message, "oinfno": transaction } })
}
