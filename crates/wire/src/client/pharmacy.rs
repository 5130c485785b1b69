use jiff::civil::{Date, DateTime};
use money::Fen;

use super::json::Writer;
use super::rows::{put_care, put_fee, put_identity, put_proof, put_scheme};
use super::{FeeLine, Message, Patient, Sender};
use crate::codes;

/// A sale over the counter of a pharmacy (药店购药).
#[derive(Debug, Clone, Copy)]
pub struct Sale<'a> {
    /// Who buys.
    pub patient: Patient<'a>,
    /// 医疗类别.
    pub care: terms::CareType,
    /// The recognised disease: code and name, or empty.
    pub disease: &'a str,
    /// When.
    pub at: DateTime,
    /// The total.
    pub total: Fen,
    /// Whether accounts shall pay.
    pub use_account: bool,
    /// What.
    pub lines: &'a [FeeLine<'a>],
}

impl Sender<'_> {
    /// Rehearses a sale (药店预结算).
    pub fn rehearse_sale(&self, sale: &Sale<'_>, now: DateTime) -> Message {
        self.sale("2101", sale, now)
    }

    /// Sells (药店结算).
    pub fn sell(&self, sale: &Sale<'_>, now: DateTime) -> Message {
        self.sale("2102", sale, now)
    }

    /// Takes a sale back (药店结算撤销).
    pub fn take_back_sale(
        &self,
        patient: &Patient<'_>,
        visit: &str,
        settlement: &str,
        now: DateTime,
    ) -> Message {
        self.undo("2103", patient, visit, settlement, now)
    }

    fn sale(&self, transaction: &'static str, sale: &Sale<'_>, now: DateTime) -> Message {
        let patient = &sale.patient;
        self.message(transaction, Some(patient.area), now, |json| {
            json.key("druginfo")
                .open('{')
                .text("psn_no", patient.number);
            put_proof(json, patient);
            put_identity(json, patient);
            json.time("begntime", sale.at)
                .amount("medfee_sumamt", sale.total);
            put_scheme(json, patient);
            json.text("dise_codg", sale.disease)
                .text("acct_used_flag", codes::flag(sale.use_account));
            put_care(json, sale.care);
            json.close('}').key("drugdetail").open('[');
            for line in sale.lines {
                put_sold(
                    json,
                    line,
                    (now.date() >= SCANNED_SINCE).then_some(self.institution),
                );
            }
            json.close(']');
        })
    }

    /// The three transactions that take a settlement back have one form.
    pub(super) fn undo(
        &self,
        transaction: &'static str,
        patient: &Patient<'_>,
        visit: &str,
        settlement: &str,
        now: DateTime,
    ) -> Message {
        self.message(transaction, Some(patient.area), now, |json| {
            json.key("data")
                .open('{')
                .text("setl_id", settlement)
                .text("mdtrt_id", visit)
                .text("psn_no", patient.number)
                .close('}');
        })
    }
}

/// Since when a drug is settled only once its box was scanned (医保发〔2025〕7号).
const SCANNED_SINCE: Date = Date::constant(2025, 7, 1);

/// A line sold, with the codes of its boxes where they are scanned; they are made up from the
/// institution's own number of the line, and never repeat.
fn put_sold(json: &mut Writer, line: &FeeLine<'_>, scanned_at: Option<&str>) {
    json.open('{');
    put_fee(json, line);
    json.text("rx_circ_flag", "0");
    if let Some(institution) = scanned_at {
        json.key("durg_trac_info").open('[');
        for number in 1..=line.quantity {
            let code = format!("VT{institution}{}{number:04}", line.number);
            json.open('{').text("feedetl_sn", line.number);
            json.text("drug_trac_codg", &code)
                .text("trdn_flag", "0")
                .close('}');
        }
        json.close(']');
    }
    json.close('}');
}
