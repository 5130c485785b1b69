//! A person, and what was registered in their name.

use std::collections::BTreeSet;

use lines::Table;
use store::{AuditRecord, CoverageRow, RegistrationRow};
use terms::Scheme;

use super::AuditIntake;
use super::places::day_or_open;
use super::words::insurance_of;
use crate::facts::person_detail;
use crate::filing::{Conclusion, concluded, covers};

/// Kinds of registration for treatment elsewhere.
const AWAY: [&str; 4] = ["long_term", "referred", "emergency", "temporary"];

pub(super) fn table() -> Table {
    Table::new([
        "person",
        "sex",
        "birth",
        "death",
        "insurance",
        "phone",
        "household",
    ])
}

impl AuditIntake {
    pub(super) fn person(&mut self, record: &AuditRecord) {
        let person = &record.person;
        let number = person.person_no.as_str();
        let detail = person_detail(&person.marks).unwrap_or_default();
        let insurance = insured(&record.coverage)
            .map_or_else(String::new, |scheme| insurance_of(scheme).to_string());
        self.people.push([
            number,
            &person.sex,
            &person.birth.to_string(),
            &day_or_open(person.death),
            &insurance,
            &detail.phone,
            &detail.household,
        ]);
        for row in record.coverage.iter().filter(|row| is_paid(row)) {
            let (from, until) = (row.starts_on.to_string(), day_or_open(row.ends_on));
            self.coverage.push([number, &from, &until]);
        }
        for row in &record.recognitions {
            let (from, until) = (row.starts_on.to_string(), day_or_open(row.ends_on));
            let table = match row.kind.as_str() {
                "separate_drug" => &mut self.approvals,
                _ => &mut self.chronic,
            };
            table.push([number, &row.code, &from, &until]);
        }
        self.registrations(record);
    }

    fn registrations(&mut self, record: &AuditRecord) {
        let number = record.person.person_no.as_str();
        let valid = |row: &&RegistrationRow| row.state == "valid";
        let away: Vec<&RegistrationRow> = record
            .registrations
            .iter()
            .filter(valid)
            .filter(|row| AWAY.contains(&row.kind.as_str()))
            .collect();
        if !away.is_empty() {
            self.away_from_home(record, &away);
        }
        for row in record.registrations.iter().filter(valid) {
            let injury = matches!(concluded(row), Some(Conclusion::WorkInjury));
            if row.kind == "accident" && injury {
                let (from, until) = (row.starts_on.to_string(), day_or_open(row.ends_on));
                self.injuries.push([number, &from, &until]);
            }
        }
    }

    /// Registrations name places, rules compare institutions: every institution the person went to
    /// is written with the days on which the place is registered. At home none is needed.
    fn away_from_home(&mut self, record: &AuditRecord, away: &[&RegistrationRow]) {
        let number = record.person.person_no.as_str();
        let visited: BTreeSet<&str> = record
            .visits
            .iter()
            .map(|one| one.visit.institution.as_str())
            .collect();
        for code in visited {
            let Some(institution) = self.known.institution(code) else {
                continue;
            };
            if institution.county.city() == self.known.home.city() {
                self.away.push([number, code]);
                continue;
            }
            for row in away {
                let (from, until) = match covers(row, code, institution.county) {
                    true => (row.starts_on.to_string(), day_or_open(row.ends_on)),
                    false => continue,
                };
                self.away.push([number, code, &from, &until]);
            }
        }
        // Registered somewhere: an institution elsewhere that no row names is not covered.
        self.away.push([number, "registered"]);
    }
}

/// Contributions are paid while cover is enjoyed and while it waits to begin.
fn is_paid(row: &CoverageRow) -> bool {
    matches!(row.state.as_str(), "active" | "waiting")
}

/// The scheme of the newest cover that is paid for.
fn insured(coverage: &[CoverageRow]) -> Option<Scheme> {
    let paid = coverage.iter().filter(|row| is_paid(row));
    let newest = paid.max_by_key(|row| row.starts_on)?;
    newest.scheme.parse().ok()
}
