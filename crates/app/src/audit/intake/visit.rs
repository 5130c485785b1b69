//! A visit with its diagnoses and marks.

use lines::{Care, Moment, VisitRow, Visits};
use money::Fen;
use store::{AuditRecord, AuditVisit};
use terms::{CareType, Cause, Scheme};

use super::words::{care_of, insurance_of, level_of, moment_of};
use super::{AuditIntake, line_key};
use crate::filing::{Conclusion, concluded};
use crate::visit::{Diagnosis, Receipt, VisitDetail};

/// Left by referral to another house or to a community centre, or died (离院方式 2, 3, 5).
const DIED_OR_MOVED: [&str; 3] = ["2", "3", "5"];

impl AuditIntake {
    pub(super) fn visit(&mut self, record: &AuditRecord, of: &AuditVisit) {
        let row = &of.visit;
        let detail: Option<VisitDetail> = serde_json::from_str(&row.detail).ok();
        let diagnoses: Option<Vec<Diagnosis>> = serde_json::from_str(&row.diagnoses).ok();
        if detail.is_none() || diagnoses.is_none() {
            self.intake.note("就诊记录不可读", &row.visit_id);
        }
        let care: Option<CareType> = row.care_type.parse().ok();
        let scheme: Option<Scheme> = row.scheme.parse().ok();
        let institution = self.known.institution(&row.institution);
        let last = of.bills.iter().max_by_key(|bill| bill.settled_at);
        let (codes, names) = diagnoses.map_or((None, String::new()), |list| {
            let (codes, names) = joined(list);
            (Some(codes), names)
        });
        let disease = detail.as_ref().and_then(|detail| detail.disease.as_ref());
        let receipt = detail.as_ref().map(|detail| detail.receipt.clone());
        let receipt = receipt.unwrap_or_default();
        let department = detail.as_ref().map_or("", |detail| &detail.department.1);
        self.intake.visit(&VisitRow {
            id: &row.visit_id,
            person: &record.person.person_no,
            provider: &row.institution,
            care: care.map_or(Care::default(), care_of),
            begin: begin(of, care),
            end: row.ended_at.map_or(Moment::default(), moment_of),
            settled: last.map_or(Moment::default(), |bill| moment_of(bill.settled_at)),
            diagnoses: codes.as_deref(),
            diagnosis_names: &names,
            department,
            terminal: &terminal(of, &receipt),
            invoice: &receipt.invoice,
            disease: disease.map_or("", |(code, _)| code),
            settlement: last.map_or("", |bill| &bill.settlement),
            level: institution.map(level_of).unwrap_or_default(),
            flags: detail
                .as_ref()
                .map_or(0, |known| marks(record, of, care, known)),
            insurance: scheme.map_or(0, insurance_of),
            ..VisitRow::default()
        });
        for line in &of.lines {
            self.line(of, line);
        }
    }
}

/// The device across the area: institutions number their own.
fn terminal(of: &AuditVisit, receipt: &Receipt) -> String {
    match receipt.terminal.is_empty() {
        true => String::new(),
        false => line_key(&of.visit.institution, &receipt.terminal),
    }
}

/// When the visit began. A sale is kept with the moment it was told; its goods were rung up before.
fn begin(of: &AuditVisit, care: Option<CareType>) -> Moment {
    let told = of.visit.started_at;
    let rung_up = of.lines.iter().map(|line| line.charged_at).min();
    match care {
        Some(CareType::Pharmacy) => moment_of(rung_up.map_or(told, |first| first.min(told))),
        _ => moment_of(told),
    }
}

/// Codes and names joined by bars, the main diagnosis first.
fn joined(mut list: Vec<Diagnosis>) -> (String, String) {
    list.sort_by_key(|one| !one.main);
    let plain = |text: &String| text.replace('|', " ");
    let codes: Vec<String> = list.iter().map(|one| plain(&one.code)).collect();
    let names: Vec<String> = list.iter().map(|one| plain(&one.name)).collect();
    (codes.join("|"), names.join("|"))
}

fn marks(
    record: &AuditRecord,
    of: &AuditVisit,
    care: Option<CareType>,
    detail: &VisitDetail,
) -> u8 {
    let mark = |set: bool, mark: u8| if set { mark } else { 0 };
    let rescue = care == Some(CareType::EmergencyRescue);
    let internet = care == Some(CareType::InternetVisit);
    let left = detail.discharge_way.trim().trim_start_matches('0');
    let unpaid = !of.bills.is_empty() && of.bills.iter().all(|bill| bill.fund <= Fen::ZERO);
    mark(rescue, Visits::CRITICAL)
        | mark(unpaid, Visits::UNFUNDED)
        | mark(internet, Visits::INTERNET)
        | mark(DIED_OR_MOVED.contains(&left), Visits::DIED_OR_MOVED)
        | mark(asked(record, of, detail), Visits::NO_THIRD_PARTY)
}

/// Whether nobody is left to be asked who caused an injury: the institution named a cause, or an
/// accident was investigated. One that said nothing is not held to have said illness; one that
/// said illness of a fracture is.
fn asked(record: &AuditRecord, of: &AuditVisit, detail: &VisitDetail) -> bool {
    let day = of.visit.started_at.date();
    let investigated = record.registrations.iter().any(|row| {
        let holds = row.starts_on <= day && row.ends_on.is_none_or(|end| day <= end);
        let found = concluded(row);
        row.kind == "accident" && holds && found.is_some_and(|end| end != Conclusion::WorkInjury)
    });
    detail.cause != Cause::Illness || !detail.cause_told || investigated
}
