use jiff::civil::DateTime;
use money::Fen;
use terms::{AreaCode, CareType, Category, Scheme};

use super::json::Writer;
use crate::codes;

/// Who is treated, as the institution knows the person (患者).
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a> {
    /// 人员编号.
    pub number: &'a str,
    /// 姓名.
    pub name: &'a str,
    /// 公民身份号码, which is also the proof shown.
    pub id_number: &'a str,
    /// The scheme the person is treated under.
    pub scheme: Scheme,
    /// 人员类别.
    pub category: Category,
    /// 参保地.
    pub area: AreaCode,
}

/// Who treats, and in which department (医师与科室).
#[derive(Debug, Clone, Copy)]
pub struct Doctor<'a> {
    /// 医师代码.
    pub code: &'a str,
    /// 姓名.
    pub name: &'a str,
    /// Department: code and name.
    pub department: (&'a str, &'a str),
}

/// A diagnosis (诊断).
#[derive(Debug, Clone, Copy)]
pub struct Diagnosis<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
}

/// One line of fees (费用明细).
#[derive(Debug, Clone, Copy)]
pub struct FeeLine<'a> {
    /// The institution's number for the line.
    pub number: &'a str,
    /// 医疗目录编码.
    pub item: &'a str,
    /// The institution's own code for the item.
    pub local_item: &'a str,
    /// How many whole units.
    pub quantity: u32,
    /// Price of one unit.
    pub price: Fen,
    /// Price times quantity.
    pub amount: Fen,
    /// When.
    pub served: DateTime,
    /// Days it lasts, 0 where nobody says (周期天数).
    pub days: u32,
}

/// Proof and identity, the same in every transaction that asks for them.
pub(super) fn put_proof(json: &mut Writer, patient: &Patient<'_>) {
    json.text("mdtrt_cert_type", "02")
        .text("mdtrt_cert_no", patient.id_number)
        .text("card_sn", "");
}

/// Name and kind of the person, which some regions demand beside the number.
pub(super) fn put_identity(json: &mut Writer, patient: &Patient<'_>) {
    // On the way in the field has room for the main kinds only, which are two digits.
    let kind = codes::psn_type(patient.category);
    let kind = kind.get(..2).unwrap_or(kind);
    json.text("psn_cert_type", "01")
        .text("certno", patient.id_number)
        .text("psn_type", kind)
        .text("psn_name", patient.name);
}

/// What was sold or done: item, price, amount, moment.
pub(super) fn put_fee(json: &mut Writer, line: &FeeLine<'_>) {
    json.text("feedetl_sn", line.number)
        .time("fee_ocur_time", line.served)
        .text("med_list_codg", line.item)
        .text("medins_list_codg", line.local_item)
        .amount("det_item_fee_sumamt", line.amount)
        .count("cnt", line.quantity as usize)
        .amount("pric", line.price);
    if line.days > 0 {
        json.count("prd_days", line.days as usize);
    }
}

/// Who ordered it.
pub(super) fn put_orderer(json: &mut Writer, doctor: &Doctor<'_>) {
    json.text("bilg_dept_codg", doctor.department.0)
        .text("bilg_dept_name", doctor.department.1)
        .text("bilg_dr_codg", doctor.code)
        .text("bilg_dr_name", doctor.name);
}

/// One row of diagnoses without the keys of person and visit.
pub(super) fn put_diagnosis(
    json: &mut Writer,
    (order, diagnosis): (usize, &Diagnosis<'_>),
    doctor: &Doctor<'_>,
    at: DateTime,
) {
    json.text("diag_type", "1")
        .count("diag_srt_no", order + 1)
        .text("diag_code", diagnosis.code)
        .text("diag_name", diagnosis.name)
        .text("diag_dept", doctor.department.1)
        .text("dise_dor_no", doctor.code)
        .text("dise_dor_name", doctor.name)
        .time("diag_time", at)
        .text("vali_flag", "1");
}

pub(super) fn put_care(json: &mut Writer, care: CareType) {
    json.text("med_type", codes::med_type(care));
}

pub(super) fn put_scheme(json: &mut Writer, patient: &Patient<'_>) {
    json.text("insutype", codes::insutype(patient.scheme));
}
