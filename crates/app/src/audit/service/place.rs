//! A finding of the rules as the store keeps it: whose it is, which bill and lines, which day.

use ::audit::{Finding, Plan, Target};
use jiff::civil::Date;
use lines::{Data, Day, NONE};
use money::Fen;
use serde_json::{Map, Value, json};
use workflow::doubt::Strength;

use super::charge::Charged;
use crate::audit::{FindingLine, NewFinding};

/// What a target points at in the batch.
#[derive(Default)]
struct Pointed {
    /// The person it is about; none where it is an institution's.
    person: Option<u32>,
    visits: Vec<u32>,
    rows: Vec<u32>,
    provider: Option<u32>,
    /// The day, where the target itself says it.
    day: Option<Day>,
}

/// The finding to keep; nothing where it points at no institution or day.
pub(super) fn new_finding(plan: &Plan, charged: &Charged, finding: &Finding) -> Option<NewFinding> {
    let data = &charged.data;
    let pointed = pointed(data, &finding.target);
    let last = pointed
        .visits
        .iter()
        .copied()
        .max_by_key(|&visit| (data.visits.settled(visit), data.visits.ids.text(visit)));
    let provider = pointed
        .provider
        .or(last.map(|visit| data.visits.provider[visit as usize]))?;
    let own: Vec<u32> = match pointed.person {
        Some(_) => pointed.rows,
        None => Vec::new(),
    };
    let lines = covered(charged, &own, provider);
    let bill = lines.last().map(|(line, _)| line.settlement.clone());
    let settlement = |visit: u32| {
        let number = data.visits.settlement[visit as usize];
        match number {
            NONE => String::new(),
            known => data.visits.settlements.text(known).to_owned(),
        }
    };
    let day = match (pointed.day, lines.iter().map(|(_, day)| *day).max()) {
        (Some(day), _) => day.date(),
        (None, Some(day)) => day,
        (None, None) => data.visits.settled(last?)?.day().date(),
    };
    let (kind, target) = plan.target(data, &finding.target);
    let is_owned = pointed.person.is_some();
    Some(NewFinding {
        rule: usize::from(finding.rule),
        strength: strength_of(finding.strength),
        target_kind: kind.to_owned(),
        target,
        person_no: pointed
            .person
            .map_or_else(String::new, |who| data.people.ids.text(who).to_owned()),
        visit_id: match (is_owned, last) {
            (true, Some(visit)) => data.visits.ids.text(visit).to_owned(),
            _ => String::new(),
        },
        settlement: match (is_owned, last) {
            (true, Some(visit)) => bill.unwrap_or_else(|| settlement(visit)),
            _ => String::new(),
        },
        institution: data.providers.ids.text(provider).to_owned(),
        day,
        amount: finding.amount,
        knowledge: knowledge(plan, finding),
        says: plan.evidence(data, finding),
        evidence: evidence(plan, data, finding),
        lines: named(&finding.target, lines),
    })
}

/// Lines of an institution that a finding covers, with the day their bill was settled.
fn covered(charged: &Charged, rows: &[u32], provider: u32) -> Vec<(FindingLine, Date)> {
    let data = &charged.data;
    let line = |&row: &u32| {
        let visit = data.lines.visit[row as usize];
        if data.visits.provider[visit as usize] != provider {
            return None;
        }
        let key = data.line_id(row);
        let (settlement, day) = match charged.bills.get(&key) {
            Some((bill, day)) => (bill.clone(), *day),
            None => {
                let number = data.visits.settlement[visit as usize];
                let bill = (number != NONE).then(|| data.visits.settlements.text(number))?;
                (bill.to_owned(), data.visits.settled(visit)?.day().date())
            }
        };
        let (visit, number) = key.split_once('/')?;
        let line = FindingLine {
            settlement,
            visit: visit.to_owned(),
            line: number.to_owned(),
            in_scope: data.lines.in_scope(row),
        };
        Some((line, day))
    };
    let mut found: Vec<_> = rows.iter().filter_map(line).collect();
    found.sort_by(|a, b| (a.1, &a.0.visit, &a.0.line).cmp(&(b.1, &b.0.visit, &b.0.line)));
    found
}

/// A finding about a whole visit or time within one bill stands for the bill and names no lines: a
/// stay has thousands. Who looks at it, or deducts it, reads the lines of the bill then.
fn named(target: &Target, lines: Vec<(FindingLine, Date)>) -> Vec<FindingLine> {
    let wide = !matches!(
        target,
        Target::Line(_) | Target::VisitItem(..) | Target::Prescription(_)
    );
    let mut lines: Vec<FindingLine> = lines.into_iter().map(|(line, _)| line).collect();
    let one_bill = lines
        .windows(2)
        .all(|pair| pair[0].settlement == pair[1].settlement);
    if wide && one_bill {
        return Vec::new();
    }
    lines.retain(|line| line.in_scope > Fen::ZERO);
    lines
}

fn pointed(data: &Data, target: &Target) -> Pointed {
    let of_visits = |visits: Vec<u32>, whole: bool| Pointed {
        person: (whole && !visits.is_empty()).then(|| data.visits.person[visits[0] as usize]),
        rows: visits
            .iter()
            .flat_map(|&visit| data.lines_of(visit))
            .collect(),
        visits,
        ..Pointed::default()
    };
    let at = |provider: u32, day: Day| Pointed {
        visits: data.visits_at(provider).to_vec(),
        provider: Some(provider),
        day: Some(day),
        ..Pointed::default()
    };
    match target {
        Target::Line(row) => Pointed {
            rows: vec![*row],
            ..of_visits(vec![data.lines.visit[*row as usize]], true)
        },
        Target::Visit(visit) => of_visits(vec![*visit], true),
        Target::VisitItem(visit, item) => {
            let mut found = of_visits(vec![*visit], true);
            found
                .rows
                .retain(|&row| data.lines.item[row as usize] == *item);
            found
        }
        Target::Prescription(number) => {
            let (visit, _) = data
                .prescriptions
                .text(*number)
                .rsplit_once('/')
                .unwrap_or_default();
            let mut found = of_visits(data.visits.ids.find(visit).into_iter().collect(), true);
            found
                .rows
                .retain(|&row| data.lines.prescription(row) == *number);
            found
        }
        Target::PersonDay(who, day) => within(data, *who, day.0, |day| day.0),
        Target::PersonWeek(who, day) => within(data, *who, day.week(), Day::week),
        Target::PersonMonth(who, day) => within(data, *who, day.month(), Day::month),
        Target::PersonYear(who, day) => within(data, *who, day.year(), Day::year),
        Target::Person(who) => of_visits(data.visits_of(*who).to_vec(), true),
        Target::ProviderDay(provider, day) => at(*provider, *day),
        Target::ProviderMonth(provider, day) | Target::ProviderItemMonth(provider, _, day) => {
            at(*provider, last_of_month(*day))
        }
        Target::DoctorDay(doctor, day) => Pointed {
            visits: visits_of_doctor(data, *doctor, *day),
            day: Some(*day),
            ..Pointed::default()
        },
        Target::TerminalDay(terminal, day) => Pointed {
            visits: numbered(&data.visits.terminal, *terminal),
            day: Some(*day),
            ..Pointed::default()
        },
        Target::Phone(phone) => {
            let people = numbered(&data.people.phone, *phone);
            of_visits(visits_of_people(data, &people), false)
        }
        Target::People(people) => of_visits(visits_of_people(data, people), false),
        Target::Visits(visits) => of_visits(visits.to_vec(), false),
        Target::TraceCode(code) => of_visits(visits_of_code(data, code), false),
    }
}

/// A person's visits with charges within a day, week, month or year, and those charges.
fn within(data: &Data, who: u32, wanted: i32, part: impl Fn(Day) -> i32) -> Pointed {
    let mut found = Pointed {
        person: Some(who),
        ..Pointed::default()
    };
    for &visit in data.visits_of(who) {
        let charged = |row: &u32| part(data.lines.time[*row as usize].day()) == wanted;
        let rows: Vec<u32> = data.lines_of(visit).filter(charged).collect();
        let begun = part(data.visits.begin[visit as usize].day()) == wanted;
        if begun || !rows.is_empty() {
            found.visits.push(visit);
            found.rows.extend(rows);
        }
    }
    found
}

fn visits_of_doctor(data: &Data, doctor: u32, day: Day) -> Vec<u32> {
    let rows = (0..).zip(&data.lines.doctor);
    let own = rows.filter(|&(row, &who)| {
        let row: usize = row;
        who == doctor && data.lines.time[row].day() == day
    });
    own.map(|(row, _)| data.lines.visit[row]).collect()
}

fn visits_of_people(data: &Data, people: &[u32]) -> Vec<u32> {
    let visits = people.iter().flat_map(|&who| data.visits_of(who));
    visits.copied().collect()
}

fn visits_of_code(data: &Data, code: &str) -> Vec<u32> {
    let events = data.trace.iter().flat_map(|trace| &trace.events);
    let own = events.filter(|event| event.code == code && event.line != NONE);
    own.map(|event| data.lines.visit[event.line as usize])
        .collect()
}

/// The places of a number in a column.
fn numbered(column: &[u32], wanted: u32) -> Vec<u32> {
    let places = (0..).zip(column);
    places
        .filter(|(_, number)| **number == wanted)
        .map(|(place, _)| place)
        .collect()
}

fn last_of_month(day: Day) -> Day {
    Day::from_date(day.date().last_of_month())
}

/// The strength of a hit in the word of doubts.
pub(super) fn strength_of(strength: ::audit::Strength) -> Strength {
    match strength {
        ::audit::Strength::Deduct => Strength::Deduct,
        ::audit::Strength::Suspect => Strength::Suspect,
        ::audit::Strength::Remind => Strength::Remind,
    }
}

/// The knowledge row as findings name it, with its version where it has one.
fn knowledge(plan: &Plan, finding: &Finding) -> String {
    let id = plan.cited(finding);
    let row = plan.citations.row(finding.knowledge);
    match row.and_then(|(_, row)| row.given("version")) {
        Some(version) if !id.is_empty() => format!("{id}@{version}"),
        _ => id,
    }
}

/// The facts, and the knowledge row as it stood.
fn evidence(plan: &Plan, data: &Data, finding: &Finding) -> Value {
    let facts = plan.facts(data, finding);
    let Some((table, row)) = plan.citations.row(finding.knowledge) else {
        return json!({ "facts": facts });
    };
    let cells = row.cells().filter(|(_, cell)| !cell.is_empty());
    let cells: Map<String, Value> = cells
        .map(|(name, cell)| (name.to_owned(), Value::from(cell)))
        .collect();
    json!({ "facts": facts, "table": table, "knowledge": cells })
}
