//! A visit as a message tells it, in the shape in which the store would hold it.

use ::store::{AuditVisit, LineRow, LineStatus, LineTotals, VisitRow};
use money::Fen;
use terms::Cause;

use super::{PromptLine, PromptVisit};
use crate::Error;
use crate::visit::{Diagnosis, LineNote, VisitDetail, VisitKind, VisitStatus};

/// The visit with its lines, none of them settled.
pub(crate) fn told(visit: &PromptVisit) -> Result<AuditVisit, Error> {
    let broken = |cause: serde_json::Error| Error::Bug(format!("visit {}: {cause}", visit.number));
    let numbered = visit.diagnoses.iter().enumerate();
    let diagnosis = |(place, (code, name)): (usize, &(String, String))| Diagnosis {
        code: code.clone(),
        name: name.clone(),
        main: place == 0,
        kind: String::new(),
    };
    let diagnoses: Vec<Diagnosis> = numbered.map(diagnosis).collect();
    let detail = VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: Default::default(),
        disease: (!visit.disease.is_empty()).then(|| (visit.disease.clone(), String::new())),
        marks: Vec::new(),
        local_number: String::new(),
        department: (String::new(), visit.department.clone()),
        doctor: (visit.doctor.clone(), String::new()),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: String::new(),
        note: String::new(),
    };
    let kind = match visit.care.is_stay() {
        true => VisitKind::Stay,
        false => VisitKind::Outpatient,
    };
    let scheme = visit.scheme.map_or("", |scheme| scheme.word());
    let row = VisitRow {
        visit_id: visit.number.clone(),
        version: 0,
        institution: visit.institution.clone(),
        kind: kind.word().to_owned(),
        care_type: visit.care.word().to_owned(),
        scheme: scheme.to_owned(),
        status: VisitStatus::Open.word().to_owned(),
        started_at: visit.begin,
        ended_at: visit.end,
        diagnoses: serde_json::to_string(&diagnoses).map_err(broken)?,
        detail: serde_json::to_string(&detail).map_err(broken)?,
    };
    let lines = visit.lines.iter().map(|line| line_row(visit, line));
    Ok(AuditVisit {
        visit: row,
        bills: Vec::new(),
        lines: lines.collect::<Result<_, _>>().map_err(broken)?,
    })
}

fn line_row(visit: &PromptVisit, line: &PromptLine) -> Result<LineRow, serde_json::Error> {
    let note = LineNote {
        name: line.item_name.clone(),
        doctor: (line.doctor.clone(), String::new()),
        department: (String::new(), line.department.clone()),
        prescription: line.prescription.clone(),
        supply_days: line.supply_days,
        ..LineNote::default()
    };
    Ok(LineRow {
        visit_id: visit.number.clone(),
        line_no: line.number.clone(),
        upload: String::new(),
        charge_batch: String::new(),
        status: LineStatus::Live,
        settlement_id: String::new(),
        item_code: line.item.clone(),
        local_code: String::new(),
        price_micro: line.price.get(),
        quantity_micro: line.quantity.get() * 100,
        amounts: LineTotals {
            total: line.amount,
            self_paid: line.amount - line.in_scope,
            over_limit: Fen::ZERO,
            prior: Fen::ZERO,
            in_scope: line.in_scope,
        },
        charged_at: line.at,
        detail: serde_json::to_string(&note)?,
    })
}
