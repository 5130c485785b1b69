use jiff::civil::{Date, DateTime};
use terms::AreaCode;

use super::json::Writer;
use super::rows::put_scheme;
use super::{Diagnosis, Doctor, Message, Patient, Sender};
use crate::codes;

/// A referral to another institution (转院).
#[derive(Debug, Clone, Copy)]
pub struct Referral<'a> {
    /// Where to: code and name.
    pub target: (&'a str, &'a str),
    /// Where that is (就医地).
    pub place: AreaCode,
    /// Why.
    pub diagnosis: Diagnosis<'a>,
    /// On which day.
    pub on: Date,
}

/// A chronic or special disease found by an institution (慢特病鉴定).
#[derive(Debug, Clone, Copy)]
pub struct Recognition<'a> {
    /// The disease of the area's list.
    pub disease: Diagnosis<'a>,
    /// By whom.
    pub doctor: Doctor<'a>,
    /// On which day.
    pub on: Date,
}

/// An institution a person chooses (定点).
#[derive(Debug, Clone, Copy)]
pub struct Designation<'a> {
    /// Which: code and name.
    pub institution: (&'a str, &'a str),
    /// For chronic and special diseases, else for outpatient care.
    pub for_diseases: bool,
    /// Which of the person's choices it is, from 1.
    pub order: usize,
    /// From which day.
    pub from: Date,
}

/// An injury (意外伤害).
#[derive(Debug, Clone, Copy)]
pub struct Accident<'a> {
    /// On which day.
    pub on: Date,
    /// Where.
    pub place: &'a str,
    /// How it came about.
    pub cause: &'a str,
}

impl Sender<'_> {
    /// Asks who the person with a token of the electronic credential is (扫码).
    pub fn look_up_by_token(
        &self,
        token: &str,
        (id_number, name): (&str, &str),
        now: DateTime,
    ) -> Message {
        self.message("1101", None, now, |json| {
            json.key("data")
                .open('{')
                .text("mdtrt_cert_type", "01")
                .text("mdtrt_cert_no", token)
                .text("card_sn", "")
                .text("psn_cert_type", "01")
                .text("certno", id_number)
                .text("psn_name", name)
                .close('}');
        })
    }

    /// Files a referral (转院备案).
    pub fn refer(&self, patient: &Patient<'_>, referral: &Referral<'_>, now: DateTime) -> Message {
        let (target, place) = (referral.target, referral.place);
        let kind = match () {
            () if place.city() == patient.area.city() => "1",
            () if place.province() == patient.area.province() => "2",
            () => "3",
        };
        self.message("2501", Some(patient.area), now, |json| {
            json.key("refmedin")
                .open('{')
                .text("psn_no", patient.number);
            put_scheme(json, patient);
            json.text("insu_optins", &patient.area.to_string())
                .text("diag_code", referral.diagnosis.code)
                .text("diag_name", referral.diagnosis.name)
                .text("reflin_medins_no", target.0)
                .text("reflin_medins_name", target.1)
                .text("mdtrtarea_admdvs", &place.to_string())
                .text("hosp_agre_refl_flag", codes::flag(true))
                .text("refl_type", kind)
                .text("refl_date", &referral.on.to_string())
                .text("refl_rea", "本院不具备诊治条件")
                .text("refl_opnn", "同意转院")
                .close('}');
        })
    }

    /// Takes a referral back (转院备案撤销).
    pub fn withdraw_referral(&self, patient: &Patient<'_>, filing: &str, now: DateTime) -> Message {
        self.withdraw_filing("2502", patient, filing, now)
    }

    /// Files a chronic or special disease (慢特病备案).
    pub fn recognise(
        &self,
        patient: &Patient<'_>,
        found: &Recognition<'_>,
        now: DateTime,
    ) -> Message {
        self.message("2503", Some(patient.area), now, |json| {
            json.key("data").open('{').text("psn_no", patient.number);
            put_scheme(json, patient);
            json.text("opsp_dise_code", found.disease.code)
                .text("opsp_dise_name", found.disease.name)
                .text("insu_optins", &patient.area.to_string())
                .text("ide_fixmedins_no", self.institution)
                .text("ide_fixmedins_name", self.name)
                .text("hosp_ide_date", &found.on.to_string())
                .text("diag_dr_codg", found.doctor.code)
                .text("diag_dr_name", found.doctor.name)
                .text("begndate", &found.on.to_string())
                .close('}');
        })
    }

    /// Takes the filing of a disease back (慢特病备案撤销).
    pub fn withdraw_recognition(
        &self,
        patient: &Patient<'_>,
        filing: &str,
        now: DateTime,
    ) -> Message {
        self.withdraw_filing("2504", patient, filing, now)
    }

    /// Files an institution the person chooses (定点备案).
    pub fn designate(
        &self,
        patient: &Patient<'_>,
        chosen: &Designation<'_>,
        now: DateTime,
    ) -> Message {
        let kind = if chosen.for_diseases { "01" } else { "03" };
        self.message("2505", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("psn_no", patient.number)
                .text("biz_appy_type", kind)
                .text("begndate", &chosen.from.to_string())
                .text("fix_srt_no", &chosen.order.to_string())
                .text("fixmedins_code", chosen.institution.0)
                .text("fixmedins_name", chosen.institution.1)
                .close('}');
        })
    }

    /// Takes a chosen institution back (定点备案撤销).
    pub fn withdraw_designation(
        &self,
        patient: &Patient<'_>,
        filing: &str,
        now: DateTime,
    ) -> Message {
        self.withdraw_filing("2506", patient, filing, now)
    }

    /// Files an injury (意外伤害备案).
    pub fn report_accident(
        &self,
        patient: &Patient<'_>,
        accident: &Accident<'_>,
        now: DateTime,
    ) -> Message {
        self.message("2507", Some(patient.area), now, |json| {
            json.key("data").open('{').text("dcla_souc", "01");
            put_scheme(json, patient);
            json.text("psn_no", patient.number)
                .text("psn_cert_type", "01")
                .text("certno", patient.id_number)
                .text("psn_name", patient.name)
                .text("insu_admdvs", &patient.area.to_string())
                .text("fixmedins_code", self.institution)
                .text("fixmedins_name", self.name)
                .text("trum_time", &accident.on.to_string())
                .text("trum_site", accident.place)
                .text("trum_rea", accident.cause)
                .text("chk_pay_flag", codes::flag(true))
                .text("begndate", &accident.on.to_string())
                .close('}');
        })
    }

    /// Asks for a person's referrals filed since a moment (转院信息查询).
    pub fn read_referrals(&self, patient: &Patient<'_>, since: DateTime, now: DateTime) -> Message {
        self.message("5304", Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("psn_no", patient.number)
                .time("begntime", since)
                .close('}');
        })
    }

    fn withdraw_filing(
        &self,
        transaction: &'static str,
        patient: &Patient<'_>,
        filing: &str,
        now: DateTime,
    ) -> Message {
        let put = |json: &mut Writer| {
            json.key("data")
                .open('{')
                .text("trt_dcla_detl_sn", filing)
                .text("psn_no", patient.number)
                .text("memo", "录入有误")
                .close('}');
        };
        self.message(transaction, Some(patient.area), now, put)
    }
}
