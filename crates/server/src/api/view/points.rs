use app::clearing::{AnnualCleared, ValuedCases};
use money::Points;
use payment::Arrangement;
use store::{AnnualClearingRow, AnnualPartRow, CaseValueRow, MethodMonthRow};

use crate::Service;
use crate::api::points::{
    AnnualLine, AnnualPart, AnnualView, ArrangementVersion, CaseValue, MethodMonth,
    PaymentArrangement, PaymentStep, Valued,
};
use crate::api::settlements::seconds;

/// An arrangement with its versions.
pub fn arrangement(one: &Arrangement) -> PaymentArrangement {
    let pairs = one.versions.iter().zip(&one.bases);
    let versions = pairs.map(|(version, basis)| ArrangementVersion {
        year: version.year,
        version: version.version,
        effective: version.effective.to_string(),
        state_name: version.state.zh().to_owned(),
        method: version.method.zh().to_owned(),
        basis: basis.document.clone(),
        assumed: basis.assumed.clone(),
    });
    PaymentArrangement {
        key: one.key.clone(),
        title: one.title.clone(),
        scheme_name: one.scheme.zh().to_owned(),
        care: one
            .scope
            .care
            .iter()
            .map(|care| care.zh().to_owned())
            .collect(),
        versions: versions.collect(),
    }
}

fn steps(text: &str) -> Vec<PaymentStep> {
    serde_json::from_str(text).unwrap_or_default()
}

fn name_of(service: &Service, institution: &str) -> String {
    let found = service.app.institution(institution);
    found.map_or_else(|_| institution.to_owned(), |one| one.name.clone())
}

/// What a method paid of a month.
pub fn month(service: &Service, row: &MethodMonthRow) -> MethodMonth {
    MethodMonth {
        institution: row.institution.clone(),
        institution_name: name_of(service, &row.institution),
        book: row.book.clone(),
        arrangement: row.arrangement.clone(),
        title: row.title.clone(),
        method: row.method.clone(),
        claims: row.claims,
        items: row.items.into(),
        paid: row.paid.into(),
        held: row.held.into(),
        carry: row.carry.into(),
        basis: row.basis.clone(),
        trace: steps(&row.trace),
    }
}

/// What a case counts.
pub fn case(row: &CaseValueRow) -> CaseValue {
    CaseValue {
        settlement_id: row.settlement.clone(),
        list_id: row.list.clone(),
        institution: row.institution.clone(),
        arrangement: row.arrangement.clone(),
        number: row.number,
        discharged_on: row.discharged_on.to_string(),
        group_code: row.group_code.clone(),
        group_name: row.group_name.clone(),
        class: row.class.clone(),
        points: Points::new(row.points).to_string(),
        cost: row.cost.into(),
        fund: row.fund.into(),
        estimate: row.estimate.into(),
        change: row.change.clone(),
        computed_at: seconds(row.computed_at),
        trace: steps(&row.trace),
    }
}

/// What valuing did.
pub fn valued(done: &ValuedCases) -> Valued {
    Valued {
        cases: done.cases,
        fresh: done.fresh,
        changed: done.changed,
        unpriced: done.unpriced,
        simulated: done.simulated,
        point_value: done.point_value.clone(),
    }
}

/// The clearing of a year in one line.
pub fn year(row: &AnnualClearingRow) -> AnnualLine {
    AnnualLine {
        id: row.clearing.clone(),
        year: row.year,
        book: row.book.clone(),
        arrangement: row.arrangement.clone(),
        title: row.title.clone(),
        method: row.method.clone(),
        state: row.state.clone(),
        cases: row.cases,
        budget: row.budget.into(),
        items: row.items.into(),
        pool: row.pool.into(),
        points: Points::new(row.points).to_string(),
        point_value: row.point_value.clone(),
        snapshot: row.snapshot.clone(),
        basis: row.basis.clone(),
        computed_by: row.computed_by.clone(),
        computed_at: seconds(row.computed_at),
        approved_by: row.approved_by.clone(),
    }
}

/// The clearing of a year with its parts.
pub fn annual(service: &Service, found: &AnnualCleared) -> AnnualView {
    let part = |row: &AnnualPartRow| AnnualPart {
        institution: row.institution.clone(),
        institution_name: name_of(service, &row.institution),
        cases: row.cases,
        points: Points::new(row.points).to_string(),
        items: row.items.into(),
        others: row.others.into(),
        entitlement: row.entitlement.into(),
        payment: row.payment.into(),
        paid: row.paid.into(),
        difference: row.difference.into(),
        adjustment: row.adjustment.clone(),
        trace: steps(&row.trace),
    };
    AnnualView {
        clearing: year(&found.clearing),
        parts: found.parts.iter().map(part).collect(),
    }
}
