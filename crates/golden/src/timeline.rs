//! Cases about the timeline of cover: events and law in, periods with their reasons out.

use enrolment::timeline::{CoverFacts, CoverPeriod, Dated, Held, Migrated, Timeline, timeline};
use money::Ratio;
use policy::AreaPolicy;
use serde_json::{Map, Value};
use terms::{CoverState, Date, Word};

use crate::facts::Place;
use crate::node::{Data, Node};
use crate::reader::{Desk, Fields};
use crate::report::Event;
use crate::view::View;

/// The facts of a case, if it is one about a timeline.
pub(crate) fn asked(fields: &Fields<'_>) -> Option<Node> {
    fields.maybe("timeline").cloned()
}

/// Makes the timeline; nothing where its facts could not be read.
pub(crate) fn answer(
    desk: &Desk<'_>,
    facts: &Node,
    (area, place): (&AreaPolicy, Place),
) -> Option<(Event, View)> {
    let fields = desk.fields(Some(facts));
    let person = desk.fields(fields.maybe("person"));
    let known = CoverFacts {
        birth: person.date("birth"),
        sex: person.maybe("sex").and_then(|node| desk.term(node)),
        identities: read_held(desk, person.maybe("identities")),
        marks: read_held(desk, person.maybe("marks")),
        migrated: each(desk, fields.maybe("migrated"), |node, no| {
            read_migrated(desk, node, no, place)
        })?,
        events: each(desk, fields.maybe("events"), |node, no| {
            read_event(desk, node, no, place)
        })?,
    };
    person.finish();
    fields.finish();
    let view = view_of(&timeline(&known, area));
    Some((Event::Timeline, view))
}

/// Every entry of a list, numbered; nothing when one could not be read.
fn each<T>(
    desk: &Desk<'_>,
    node: Option<&Node>,
    read: impl Fn(&Node, i64) -> Option<T>,
) -> Option<Vec<T>> {
    let nodes = node.map(|node| desk.list(node)).unwrap_or_default();
    (1_i64..)
        .zip(nodes)
        .map(|(no, node)| read(node, no))
        .collect()
}

/// Words with the days on which they were held: `{dibao: {from: 2024-01-01}}`.
fn read_held(desk: &Desk<'_>, node: Option<&Node>) -> Vec<Held> {
    let entries = node.map(|node| desk.entries(node)).unwrap_or_default();
    let read = |(word, node): &(String, Node)| {
        let fields = desk.fields(Some(node));
        let (from, to) = (fields.date("from"), fields.date("to"));
        fields.finish();
        Some(Held {
            word: Word::new(word),
            from: from?,
            to,
        })
    };
    entries.iter().filter_map(read).collect()
}

fn read_migrated(desk: &Desk<'_>, node: &Node, no: i64, place: Place) -> Option<Migrated> {
    let fields = desk.fields(Some(node));
    let first = fields.need("from").and_then(|node| desk.date(node));
    let category = fields.need("category").and_then(|node| desk.term(node));
    let migrated = Migrated {
        // Numbers of events stay free.
        no: no - 1000,
        scheme: fields.term("scheme", place.scheme),
        first: first?,
        last: fields.date("to"),
        category: category?,
        state: fields.term("state", CoverState::Active),
        county: fields
            .maybe("county")
            .and_then(|node| desk.area(node))
            .unwrap_or(place.area),
        employer: fields.word("employer"),
        reason: fields
            .maybe("reason")
            .and_then(|node| desk.text(node))
            .unwrap_or_default()
            .to_owned(),
    };
    fields.finish();
    Some(migrated)
}

/// An event as the register stores it, with its day beside it: `{on, scheme, kind: join, …}`.
fn read_event(desk: &Desk<'_>, node: &Node, no: i64, place: Place) -> Option<Dated> {
    let on: Option<Date> = desk.date(node.entry("on")?);
    let scheme = match node.entry("scheme") {
        Some(node) => desk.term(node)?,
        None => place.scheme,
    };
    let number = node.entry("no").and_then(|node| desk.whole(node));
    let beside = ["on", "scheme", "no"];
    let mut stated = Map::new();
    for (key, value) in desk.entries(node) {
        if !beside.contains(&key.as_str()) {
            stated.insert(key.clone(), json(value));
        }
    }
    let kind = stated
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if ["join", "premium"].contains(&kind) && !stated.contains_key("county") {
        stated.insert("county".to_owned(), Value::from(place.area.to_string()));
    }
    match serde_json::from_value(Value::Object(stated)) {
        Ok(event) => Some(Dated {
            no: number.unwrap_or(no),
            on: on?,
            scheme,
            event,
        }),
        Err(error) => {
            desk.fault(node, format!("不是参保变动：{error}"));
            None
        }
    }
}

fn json(node: &Node) -> Value {
    match &node.data {
        Data::Null | Data::Decimal => Value::Null,
        Data::Flag(flag) => Value::from(*flag),
        Data::Whole(number) => Value::from(*number),
        Data::Text(text) => Value::from(text.as_str()),
        Data::List(items) => items.iter().map(json).collect(),
        Data::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|(key, value)| (key.clone(), json(value)));
            Value::Object(pairs.collect())
        }
    }
}

fn view_of(made: &Timeline) -> View {
    let mut view = View::default();
    let periods: Vec<String> = made.periods.iter().map(of_period).collect();
    let notes: Vec<String> = made.notes.iter().map(ToString::to_string).collect();
    let issues: Vec<String> = made.issues.iter().map(ToString::to_string).collect();
    for (name, list) in [
        ("periods", &periods),
        ("notes", &notes),
        ("issues", &issues),
    ] {
        view.put(name, list.join("、"));
    }
    let boundaries = made.periods.iter().flat_map(|one| {
        let ends = one
            .ends
            .iter()
            .map(|ends| told(ends.basis.as_deref(), ends.sentence()));
        let begins = told(one.begins.basis.as_deref(), one.begins.sentence());
        std::iter::once(begins).chain(ends)
    });
    view.sentences = boundaries.chain(notes).chain(issues).collect();
    view
}

/// A reason with its law, so that cases can ask for either.
fn told(basis: Option<&policy::Provenance>, sentence: String) -> String {
    match basis {
        Some(basis) => format!("{sentence}〔{}〕", basis.source.document),
        None => sentence,
    }
}

/// Such as `employee 2024-03-01..2024-08-31 flexible waiting 50%`.
fn of_period(period: &CoverPeriod) -> String {
    let last = period.last.map(|last| last.to_string()).unwrap_or_default();
    let (scheme, first) = (period.scheme.word(), period.first);
    format!("{scheme} {first}..{last} {}", of_state(period))
}

fn of_state(period: &CoverPeriod) -> String {
    let mut text = format!("{} {}", period.category.word(), period.state.word());
    if period.share_while_waiting > Ratio::ZERO {
        text.push_str(&format!(" {}", period.share_while_waiting));
    }
    if let Some(employer) = &period.employer {
        text.push_str(&format!(" @{employer}"));
    }
    text
}
