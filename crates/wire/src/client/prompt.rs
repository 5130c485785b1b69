use jiff::civil::{Date, DateTime};
use terms::{CareType, Sex};

use super::json::Writer;
use super::rows::{put_care, put_scheme};
use super::{Diagnosis, Doctor, FeeLine, Message, Patient, Sender};

/// Orders that are about to be given (待开处方、医嘱).
#[derive(Debug, Clone, Copy)]
pub struct Orders<'a> {
    /// For whom.
    pub patient: Patient<'a>,
    /// 性别.
    pub sex: Sex,
    /// 出生日期.
    pub birth: Date,
    /// The institution's own number of the visit.
    pub visit: &'a str,
    /// 医疗类别.
    pub care: CareType,
    /// Begin of the visit.
    pub begin: DateTime,
    /// Who orders.
    pub doctor: Doctor<'a>,
    /// The main diagnosis.
    pub diagnosis: Diagnosis<'a>,
    /// What is ordered.
    pub lines: &'a [FeeLine<'a>],
}

impl Sender<'_> {
    /// Asks what is doubtful about orders before they are given (明细审核事前分析).
    pub fn ask_before(&self, orders: &Orders<'_>, now: DateTime) -> Message {
        let patient = &orders.patient;
        self.message("3101", Some(patient.area), now, |json| {
            json.key("data").open('{').text("trig_scen", "2");
            json.key("patient_dtos").open('[').open('{');
            json.text("patn_id", patient.number)
                .text("patn_name", patient.name)
                .text("gend", if orders.sex == Sex::Male { "1" } else { "2" })
                .text("brdy", &orders.birth.to_string())
                .text("poolarea", &patient.area.to_string())
                .text("curr_mdtrt_id", orders.visit);
            json.key("fsi_encounter_dtos").open('[');
            self.put_encounter(json, orders);
            json.close(']').close('}').close(']').close('}');
        })
    }

    fn put_encounter(&self, json: &mut Writer, orders: &Orders<'_>) {
        json.open('{')
            .text("mdtrt_id", orders.visit)
            .text("medins_id", self.institution)
            .text("medins_name", self.name)
            .text("medins_lv", "11")
            .time("adm_date", orders.begin)
            .text("dscg_main_dise_codg", orders.diagnosis.code)
            .text("dscg_main_dise_name", orders.diagnosis.name)
            .text("dr_codg", orders.doctor.code)
            .text("adm_dept_name", orders.doctor.department.1);
        put_care(json, orders.care);
        put_scheme(json, &orders.patient);
        json.key("fsi_diagnose_dtos").open('[').open('{');
        json.text("maindise_flag", "1")
            .text("dise_codg", orders.diagnosis.code)
            .text("dise_name", orders.diagnosis.name);
        json.close('}').close(']');
        json.key("fsi_order_dtos").open('[');
        for line in orders.lines {
            put_order(json, line, &orders.doctor);
        }
        json.close(']').close('}');
    }
}

fn put_order(json: &mut Writer, line: &FeeLine<'_>, doctor: &Doctor<'_>) {
    json.open('{')
        .text("rx_id", line.number)
        .text("long_drord_flag", "0")
        .text("hilist_type", "101")
        .text("chrg_type", "09")
        .text("hilist_code", line.item)
        .text("hilist_name", line.local_item)
        .text("hilist_lv", "01")
        .count("cnt", line.quantity as usize)
        .amount("pric", line.price)
        .amount("sumamt", line.amount)
        .time("drord_begn_date", line.served)
        .text("drord_dept_name", doctor.department.1)
        .text("drord_dr_codg", doctor.code)
        .text("curr_drord_flag", "1");
    if line.days > 0 {
        json.key("extend_order_map").open('{');
        json.text("o_prdDays", &line.days.to_string()).close('}');
    }
    json.close('}');
}
