use std::fmt::Write;

use lines::{Data, Day};

use crate::{Fact, Finding, Plan, Target};

impl Plan {
    /// Kind and id of a target as files write them.
    pub fn target(&self, data: &Data, target: &Target) -> (&'static str, String) {
        let visit = |number: u32| data.visits.ids.text(number);
        let person = |number: u32| data.people.ids.text(number);
        let provider = |number: u32| data.providers.ids.text(number);
        let item = |number: u32| data.items.code(number);
        match target {
            Target::Line(row) => ("line", data.line_id(*row)),
            Target::Visit(number) => ("visit", visit(*number).to_owned()),
            Target::VisitItem(number, code) => {
                ("visit_item", format!("{}/{}", visit(*number), item(*code)))
            }
            Target::Prescription(number) => ("rx", data.prescriptions.text(*number).to_owned()),
            Target::PersonDay(who, day) => ("person_day", format!("{}/{day}", person(*who))),
            Target::PersonWeek(who, day) => {
                let week = day.week();
                (
                    "person_week",
                    format!("{}/{}-W{:02}", person(*who), week / 100, week % 100),
                )
            }
            Target::PersonMonth(who, day) => {
                ("person_month", format!("{}/{}", person(*who), month(*day)))
            }
            Target::PersonYear(who, day) => {
                ("person_year", format!("{}/{}", person(*who), day.year()))
            }
            Target::Person(who) => ("person", person(*who).to_owned()),
            Target::ProviderMonth(at, day) => (
                "provider_month",
                format!("{}/{}", provider(*at), month(*day)),
            ),
            Target::ProviderItemMonth(at, code, day) => {
                let id = format!("{}/{}/{}", provider(*at), item(*code), month(*day));
                ("provider_item_month", id)
            }
            Target::ProviderDay(at, day) => ("provider_day", format!("{}/{day}", provider(*at))),
            Target::DoctorDay(who, day) => {
                ("doctor_day", format!("{}/{day}", data.doctors.text(*who)))
            }
            Target::TerminalDay(at, day) => (
                "terminal_day",
                format!("{}/{day}", data.visits.terminals.text(*at)),
            ),
            Target::Phone(number) => ("tel", data.people.phones.text(*number).to_owned()),
            Target::People(who) => ("person_set", joined(who.iter().map(|&one| person(one)))),
            Target::Visits(which) => ("visit_set", joined(which.iter().map(|&one| visit(one)))),
            Target::TraceCode(code) => ("trace_code", code.to_string()),
        }
    }

    /// The evidence of a finding as a Chinese sentence.
    pub fn evidence(&self, data: &Data, finding: &Finding) -> String {
        let mut said = String::new();
        let mut rest = self.rule(finding.rule).says;
        while let Some(at) = rest.find('{') {
            said.push_str(&rest[..at]);
            let digit = rest.as_bytes().get(at + 1).copied().unwrap_or(b'?');
            let place = usize::from(digit.wrapping_sub(b'0'));
            if let Some(fact) = finding.facts.get(place) {
                self.write(&mut said, data, finding, *fact);
            }
            rest = rest.get(at + 3..).unwrap_or_default();
        }
        said.push_str(rest);
        said
    }

    /// The facts of a finding, each as text, in the order of the evidence.
    pub fn facts(&self, data: &Data, finding: &Finding) -> Vec<String> {
        let told = finding.facts.iter().filter(|fact| **fact != Fact::None);
        let text = |fact: &Fact| {
            let mut said = String::new();
            self.write(&mut said, data, finding, *fact);
            said
        };
        told.map(text).collect()
    }

    /// The identity of the knowledge row of a finding, empty without.
    pub fn cited(&self, finding: &Finding) -> String {
        self.citations.identity(finding.knowledge)
    }

    fn write(&self, said: &mut String, data: &Data, finding: &Finding, fact: Fact) {
        let written = match fact {
            Fact::None => Ok(()),
            Fact::Whole(number) => write!(said, "{number}"),
            Fact::Count(thousandths) => decimal(said, thousandths, 3),
            Fact::PerMille(parts) => {
                let done = decimal(said, parts, 1);
                said.push('%');
                done
            }
            Fact::Yuan(amount) => write!(said, "{amount}元"),
            Fact::Price(price) => {
                let done = decimal(said, price, 4);
                said.push('元');
                done
            }
            Fact::Day(day) => write!(said, "{day}"),
            Fact::Moment(moment) => write!(said, "{moment}"),
            Fact::Line(row) => {
                let item = data.lines.item[row as usize];
                write!(said, "明细{}（{}）", data.line_id(row), named(data, item))
            }
            Fact::Visit(visit) => write!(said, "就诊{}", data.visits.ids.text(visit)),
            Fact::Item(item) => write!(said, "{}", named(data, item)),
            Fact::Provider(at) => write!(said, "{}", data.providers.ids.text(at)),
            Fact::Doctor(who) => write!(said, "{}", data.doctors.text(who)),
            Fact::Department(at) => write!(said, "{}", data.departments.text(at)),
            Fact::Person(who) => write!(said, "{}", data.people.ids.text(who)),
            Fact::Diagnosis(number) => {
                let diagnosis = data.visits.diagnosis(number);
                write!(said, "{}{}", diagnosis.code, diagnosis.name)
            }
            Fact::Level(level) => write!(said, "{level}"),
            Fact::Sex(sex) => write!(said, "{}", sex.name()),
            Fact::Care(care) => write!(said, "{care}"),
            Fact::Words(words) => write!(said, "{words}"),
            Fact::Cell(column) => {
                let row = self.citations.row(finding.knowledge);
                write!(said, "{}", row.map_or("", |(_, row)| row.text(column)))
            }
        };
        written.expect("a string takes all that is written");
    }
}

/// The name of an item, its code when no file names it.
fn named(data: &Data, item: u32) -> &str {
    let name = data.items.name(item);
    if name.is_empty() {
        data.items.code(item)
    } else {
        name
    }
}

fn month(day: Day) -> String {
    let month = day.month();
    format!("{}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

fn joined<'t>(ids: impl Iterator<Item = &'t str>) -> String {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.join("|")
}

/// A count of 10^-`places` without trailing zeros.
fn decimal(said: &mut String, value: i64, places: u32) -> std::fmt::Result {
    let unit = 10_u64.pow(places);
    let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    if part == 0 {
        return write!(said, "{sign}{whole}");
    }
    let digits = format!("{part:0width$}", width = places as usize);
    write!(said, "{sign}{whole}.{}", digits.trim_end_matches('0'))
}
