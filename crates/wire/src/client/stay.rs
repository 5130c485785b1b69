use jiff::civil::DateTime;

use super::outpatient::put_parts;
use super::rows::put_scheme;
use super::rows::{put_care, put_diagnosis, put_fee, put_identity, put_orderer, put_proof};
use super::{Bill, Diagnosis, Doctor, FeeLine, Message, Patient, Sender};
use crate::codes;

/// An admission (入院).
#[derive(Debug, Clone, Copy)]
pub struct Admission<'a> {
    /// The institution's number for the stay (住院号).
    pub local_number: &'a str,
    /// 医疗类别.
    pub care: terms::CareType,
    /// When.
    pub begin: DateTime,
    /// To whom.
    pub doctor: Doctor<'a>,
    /// The bed.
    pub bed: &'a str,
    /// Diagnoses, the main one first.
    pub diagnoses: &'a [Diagnosis<'a>],
}

/// The end of a stay (出院).
#[derive(Debug, Clone, Copy)]
pub struct Departure<'a> {
    /// The stay's number as the centre gave it.
    pub visit: &'a str,
    /// When.
    pub end: DateTime,
    /// From whom.
    pub doctor: Doctor<'a>,
    /// Diagnoses, the main one first.
    pub diagnoses: &'a [Diagnosis<'a>],
}

impl Sender<'_> {
    /// Admits somebody (入院办理).
    pub fn admit(&self, patient: &Patient<'_>, stay: &Admission<'_>, now: DateTime) -> Message {
        let (doctor, main) = (&stay.doctor, stay.diagnoses.first());
        let (code, name) = main.map_or(("", ""), |main| (main.code, main.name));
        self.message("2401", Some(patient.area), now, |json| {
            json.key("mdtrtinfo")
                .open('{')
                .text("psn_no", patient.number);
            put_scheme(json, patient);
            json.time("begntime", stay.begin);
            put_proof(json, patient);
            put_care(json, stay.care);
            json.text("ipt_no", stay.local_number)
                .text("atddr_no", doctor.code)
                .text("chfpdr_name", doctor.name)
                .text("adm_diag_dscr", name)
                .text("adm_dept_codg", doctor.department.0)
                .text("adm_dept_name", doctor.department.1)
                .text("adm_bed", stay.bed)
                .text("dscg_maindiag_code", code)
                .text("dscg_maindiag_name", name)
                .close('}')
                .key("diseinfo")
                .open('[');
            for (order, diagnosis) in stay.diagnoses.iter().enumerate() {
                json.open('{')
                    .text("psn_no", patient.number)
                    .text("maindiag_flag", codes::flag(order == 0));
                put_diagnosis(json, (order, diagnosis), doctor, stay.begin);
                json.close('}');
            }
            json.close(']');
        })
    }

    /// Uploads fees of a stay (住院费用明细上传).
    pub fn upload_stay_fees(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        care: terms::CareType,
        (doctor, lines): (&Doctor<'_>, &[FeeLine<'_>]),
        now: DateTime,
    ) -> Message {
        self.message("2301", Some(patient.area), now, |json| {
            json.key("feedetail").open('[');
            for line in lines {
                json.open('{')
                    .text("mdtrt_id", visit)
                    .text("psn_no", patient.number);
                put_care(json, care);
                put_fee(json, line);
                put_orderer(json, doctor);
                json.text("hosp_appr_flag", "1").close('}');
            }
            json.close(']');
        })
    }

    /// Discharges somebody (出院办理).
    pub fn discharge(&self, patient: &Patient<'_>, stay: &Departure<'_>, now: DateTime) -> Message {
        let doctor = &stay.doctor;
        self.message("2402", Some(patient.area), now, |json| {
            json.key("dscginfo")
                .open('{')
                .text("mdtrt_id", stay.visit)
                .text("psn_no", patient.number);
            put_scheme(json, patient);
            json.time("endtime", stay.end)
                .text("dscg_dept_codg", doctor.department.0)
                .text("dscg_dept_name", doctor.department.1)
                .text("dscg_way", "1")
                .close('}')
                .key("diseinfo")
                .open('[');
            for (order, diagnosis) in stay.diagnoses.iter().enumerate() {
                json.open('{')
                    .text("mdtrt_id", stay.visit)
                    .text("psn_no", patient.number)
                    .text("maindiag_flag", codes::flag(order == 0));
                put_diagnosis(json, (order, diagnosis), doctor, stay.end);
                json.close('}');
            }
            json.close(']');
        })
    }

    /// Rehearses the bill of a stay (住院预结算).
    pub fn rehearse_stay(&self, patient: &Patient<'_>, bill: &Bill<'_>, now: DateTime) -> Message {
        self.stay_bill("2303", patient, bill, now)
    }

    /// Settles a stay (住院结算).
    pub fn settle_stay(&self, patient: &Patient<'_>, bill: &Bill<'_>, now: DateTime) -> Message {
        self.stay_bill("2304", patient, bill, now)
    }

    /// Takes the settlement of a stay back (住院结算撤销).
    pub fn reverse_stay(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        settlement: &str,
        now: DateTime,
    ) -> Message {
        self.undo("2305", patient, visit, settlement, now)
    }

    /// Takes a discharge back (出院撤销).
    pub fn cancel_discharge(&self, patient: &Patient<'_>, visit: &str, now: DateTime) -> Message {
        self.about_stay("2405", patient, visit, now)
    }

    /// Takes all fees of a stay back (住院费用明细撤销).
    pub fn withdraw_stay_fees(&self, patient: &Patient<'_>, visit: &str, now: DateTime) -> Message {
        self.message("2302", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("feedetl_sn", "0000")
                .text("mdtrt_id", visit)
                .text("psn_no", patient.number)
                .close('}');
        })
    }

    /// Takes an admission back (入院撤销).
    pub fn cancel_admission(&self, patient: &Patient<'_>, visit: &str, now: DateTime) -> Message {
        self.about_stay("2404", patient, visit, now)
    }

    fn about_stay(
        &self,
        transaction: &'static str,
        patient: &Patient<'_>,
        visit: &str,
        now: DateTime,
    ) -> Message {
        self.message(transaction, Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("mdtrt_id", visit)
                .text("psn_no", patient.number)
                .close('}');
        })
    }

    fn stay_bill(
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
            put_scheme(json, patient);
            json.amount("medfee_sumamt", bill.total)
                .text("psn_setlway", "01")
                .text("mdtrt_id", bill.visit)
                .text("acct_used_flag", codes::flag(bill.use_account))
                .text("mid_setl_flag", "0");
            if let Some(amounts) = bill.rehearsed {
                put_parts(json, amounts);
            }
            json.close('}');
        })
    }
}
