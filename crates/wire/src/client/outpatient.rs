use jiff::civil::DateTime;

use super::rows::put_scheme;
use super::rows::{put_care, put_diagnosis, put_fee, put_identity, put_orderer, put_proof};
use super::{Amounts, Bill, Diagnosis, Doctor, FeeLine, Message, Patient, Sender};
use crate::codes;

/// A registration at an outpatient department (门诊挂号).
#[derive(Debug, Clone, Copy)]
pub struct Registration<'a> {
    /// The institution's number for the visit (门诊号).
    pub local_number: &'a str,
    /// With whom.
    pub doctor: Doctor<'a>,
    /// From when.
    pub begin: DateTime,
}

/// What the doctor found (就诊信息).
#[derive(Debug, Clone, Copy)]
pub struct VisitReport<'a> {
    /// The visit's number as the centre gave it.
    pub visit: &'a str,
    /// 医疗类别.
    pub care: terms::CareType,
    /// The recognised disease by code, or empty.
    pub disease: &'a str,
    /// From when.
    pub begin: DateTime,
    /// By whom.
    pub doctor: Doctor<'a>,
    /// Diagnoses, the main one first.
    pub diagnoses: &'a [Diagnosis<'a>],
}

impl Sender<'_> {
    /// Registers a visit (门诊挂号).
    pub fn register(
        &self,
        patient: &Patient<'_>,
        registration: &Registration<'_>,
        now: DateTime,
    ) -> Message {
        let doctor = &registration.doctor;
        self.message("2201", Some(patient.area), now, |json| {
            json.key("data").open('{').text("psn_no", patient.number);
            put_scheme(json, patient);
            json.time("begntime", registration.begin);
            put_proof(json, patient);
            put_identity(json, patient);
            json.text("ipt_otp_no", registration.local_number)
                .text("atddr_no", doctor.code)
                .text("dr_name", doctor.name)
                .text("dept_code", doctor.department.0)
                .text("dept_name", doctor.department.1)
                .text("caty", doctor.department.0)
                .close('}');
        })
    }

    /// Cancels a registration (门诊挂号撤销).
    pub fn cancel_registration(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        local_number: &str,
        now: DateTime,
    ) -> Message {
        self.message("2202", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("psn_no", patient.number)
                .text("mdtrt_id", visit)
                .text("ipt_otp_no", local_number)
                .close('}');
        })
    }

    /// Reports what the doctor found (门诊就诊信息上传).
    pub fn report_visit(
        &self,
        patient: &Patient<'_>,
        report: &VisitReport<'_>,
        now: DateTime,
    ) -> Message {
        self.message("2203", Some(patient.area), now, |json| {
            json.key("mdtrtinfo")
                .open('{')
                .text("mdtrt_id", report.visit)
                .text("psn_no", patient.number);
            put_care(json, report.care);
            json.time("begntime", report.begin)
                .text("main_cond_dscr", "")
                .text("dise_codg", report.disease)
                .close('}')
                .key("diseinfo")
                .open('[');
            for numbered in report.diagnoses.iter().enumerate() {
                json.open('{');
                put_diagnosis(json, numbered, &report.doctor, report.begin);
                json.close('}');
            }
            json.close(']');
        })
    }

    /// Uploads fees of a visit (门诊费用明细上传).
    pub fn upload_fees(
        &self,
        patient: &Patient<'_>,
        (visit, batch): (&str, &str),
        doctor: &Doctor<'_>,
        lines: &[FeeLine<'_>],
        now: DateTime,
    ) -> Message {
        self.message("2204", Some(patient.area), now, |json| {
            json.key("feedetail").open('[');
            for line in lines {
                json.open('{')
                    .text("mdtrt_id", visit)
                    .text("psn_no", patient.number)
                    .text("chrg_bchno", batch);
                put_fee(json, line);
                put_orderer(json, doctor);
                json.text("rx_circ_flag", "0")
                    .text("hosp_appr_flag", "1")
                    .close('}');
            }
            json.close(']');
        })
    }

    /// Takes uploaded fees back (门诊费用明细撤销).
    pub fn withdraw_fees(
        &self,
        patient: &Patient<'_>,
        (visit, batch): (&str, &str),
        now: DateTime,
    ) -> Message {
        self.message("2205", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("mdtrt_id", visit)
                .text("chrg_bchno", batch)
                .text("psn_no", patient.number)
                .close('}');
        })
    }

    /// Rehearses the bill of a visit (门诊预结算).
    pub fn rehearse_visit(&self, patient: &Patient<'_>, bill: &Bill<'_>, now: DateTime) -> Message {
        self.visit_bill("2206", patient, bill, now)
    }

    /// Settles a visit (门诊结算).
    pub fn settle_visit(&self, patient: &Patient<'_>, bill: &Bill<'_>, now: DateTime) -> Message {
        self.visit_bill("2207", patient, bill, now)
    }

    /// Takes the settlement of a visit back (门诊结算撤销).
    pub fn reverse_visit(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        settlement: &str,
        now: DateTime,
    ) -> Message {
        self.undo("2208", patient, visit, settlement, now)
    }

    fn visit_bill(
        &self,
        transaction: &'static str,
        patient: &Patient<'_>,
        bill: &Bill<'_>,
        now: DateTime,
    ) -> Message {
        self.message(transaction, Some(patient.area), now, |json| {
            json.key("data").open('{').text("psn_no", patient.number);
            put_proof(json, patient);
            put_identity(json, patient);
            put_care(json, bill.care);
            put_scheme(json, patient);
            json.amount("medfee_sumamt", bill.total)
                .text("psn_setlway", "01")
                .text("mdtrt_id", bill.visit)
                .text("chrg_bchno", bill.batch)
                .text("acct_used_flag", codes::flag(bill.use_account));
            if let Some(amounts) = bill.rehearsed {
                put_parts(json, amounts);
            }
            json.close('}');
        })
    }
}

/// The four parts of the total as the rehearsal gave them.
pub(super) fn put_parts(json: &mut super::json::Writer, amounts: &Amounts) {
    json.amount("fulamt_ownpay_amt", amounts.not_covered)
        .amount("overlmt_selfpay", amounts.over_limit)
        .amount("preselfpay_amt", amounts.prior_share)
        .amount("inscp_scp_amt", amounts.in_scope);
}
