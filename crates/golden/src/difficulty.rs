//! Cases about people in difficulty: received lists and the poverty-risk watch.

use enrolment::difficulty::{
    Days, Held, Intake, KnownPerson, ListKind, ListLaw, ListTotals, RawRow, ReceivedList, RowState,
    intake,
};
use enrolment::watch::{OwnBill, PutForward, WatchEntry, WatchedPerson, watch};
use policy::{AreaPolicy, Part, SchemePolicy};
use terms::{Date, Word};

use crate::enrolment::{read_month, read_person};
use crate::facts::Place;
use crate::node::Node;
use crate::reader::{Desk, Fields};
use crate::report::Event;
use crate::view::View;

/// What a case asks, with its facts.
pub(crate) struct Question {
    about: About,
    facts: Node,
}

#[derive(Clone, Copy)]
enum About {
    List,
    Watch,
}

const ABOUT: [(&str, About); 2] = [("difficulty", About::List), ("watch", About::Watch)];

/// The law a question is asked under, and where.
pub(crate) struct Under<'a> {
    pub area: &'a AreaPolicy,
    pub law: &'a SchemePolicy,
    pub place: Place,
}

/// The question of a case, if it is one about people in difficulty.
pub(crate) fn asked(fields: &Fields<'_>) -> Option<Question> {
    let found = ABOUT.map(|(name, about)| fields.maybe(name).map(|node| (about, node)));
    let (about, node) = found.into_iter().flatten().next()?;
    let facts = node.clone();
    Some(Question { about, facts })
}

/// Answers a question; nothing where its facts could not be read.
pub(crate) fn answer(
    desk: &Desk<'_>,
    question: &Question,
    under: &Under<'_>,
) -> Option<(Event, View)> {
    let fields = desk.fields(Some(&question.facts));
    let view = match question.about {
        About::List => list(desk, &fields, under),
        About::Watch => watched(desk, &fields, under),
    };
    fields.finish();
    view.map(|view| (Event::Difficulty, view))
}

fn text(desk: &Desk<'_>, fields: &Fields<'_>, name: &'static str) -> String {
    let node = fields.maybe(name);
    let text = node.and_then(|node| desk.text(node));
    text.unwrap_or_default().to_owned()
}

fn nodes<'n>(desk: &Desk<'_>, fields: &Fields<'n>, name: &'static str) -> &'n [Node] {
    fields
        .maybe(name)
        .map(|node| desk.list(node))
        .unwrap_or_default()
}

fn list(desk: &Desk<'_>, fields: &Fields<'_>, under: &Under<'_>) -> Option<View> {
    let kind = ListKind::of(desk.text(fields.need("kind")?)?)?;
    let day = desk.date(fields.need("day")?)?;
    let totals = desk.fields(fields.maybe("totals"));
    let total = |name| {
        let node = totals.maybe(name)?;
        usize::try_from(desk.whole(node)?).ok()
    };
    let stated = ListTotals {
        rows: total("rows"),
        people: total("people"),
    };
    totals.finish();
    let rows = nodes(desk, fields, "rows").iter().zip(1..);
    let received = ReceivedList {
        bureau: fields.word("bureau")?,
        kind,
        day,
        covers: fields.words("covers"),
        totals: stated,
        rows: rows.map(|(node, row)| read_row(desk, node, row)).collect(),
    };
    let register = nodes(desk, fields, "register").iter();
    let register: Option<Vec<KnownPerson>> = register.map(|node| read_known(desk, node)).collect();
    let register = register?;
    let mut topics = under
        .law
        .difficulties
        .iter()
        .filter_map(|topic| topic.on(day));
    let (rule, _) = topics.next()?;
    let words = &under.area.words;
    Some(
        match intake(&received, &register, &ListLaw { rule, words }) {
            Ok(intake) => of_intake(&intake),
            Err(refusal) => {
                let mut view = View::default();
                view.put("refusal.code", refusal.code());
                view.put("refusal.message", &refusal);
                view
            }
        },
    )
}

fn read_row(desk: &Desk<'_>, node: &Node, row: u32) -> RawRow {
    let fields = desk.fields(Some(node));
    let text = |name| text(desk, &fields, name);
    let read = RawRow {
        row,
        document_kind: text("document_kind"),
        document: text("document"),
        name: text("name"),
        identity: text("identity"),
        action: text("action"),
        from: text("from"),
        to: text("to"),
    };
    fields.finish();
    read
}

fn read_days(desk: &Desk<'_>, node: &Node) -> Option<Days> {
    let fields = desk.fields(Some(node));
    let days = Days::new(desk.date(fields.need("from")?)?, fields.date("to"));
    fields.finish();
    Some(days)
}

fn read_known(desk: &Desk<'_>, node: &Node) -> Option<KnownPerson> {
    let fields = desk.fields(Some(node));
    let held = nodes(desk, &fields, "held").iter();
    let held: Option<Vec<Held>> = held
        .map(|node| {
            let fields = desk.fields(Some(node));
            let days = Days::new(desk.date(fields.need("from")?)?, fields.date("to"));
            let held = Held {
                identity: fields.word("identity")?,
                bureau: fields.word("bureau"),
                days,
            };
            fields.finish();
            Some(held)
        })
        .collect();
    let covers = nodes(desk, &fields, "covers").iter();
    let covers: Option<Vec<Days>> = covers.map(|node| read_days(desk, node)).collect();
    let person = KnownPerson {
        person_no: text(desk, &fields, "person"),
        name: text(desk, &fields, "name"),
        documents: vec![text(desk, &fields, "document")],
        birth: fields.date("birth"),
        death: fields.date("death"),
        held: held?,
        covers: covers?,
    };
    fields.finish();
    Some(person)
}

fn of_intake(intake: &Intake) -> View {
    let mut view = View::default();
    let joined = |texts: Vec<String>| texts.join("、");
    let rows = intake.rows.iter().map(|row| match &row.state {
        RowState::Rejected(why) => format!("{} {}", row.row, why.code()),
        state => format!("{} {}", row.row, state.word()),
    });
    view.put("rows", joined(rows.collect()));
    let changes = intake.changes.iter().map(|change| {
        let days = change.after.or(change.before);
        let days = days.map_or_else(String::new, |days| days.to_string());
        let (person, kind) = (&change.person_no, change.kind.word());
        format!("{person} {} {kind} {days}", change.identity)
    });
    view.put("changes", joined(changes.collect()));
    let enrolled = intake.changes.iter().filter_map(|change| {
        let day = change.enrol_from?;
        Some(format!("{} {day}", change.person_no))
    });
    view.put("enrolled", joined(enrolled.collect()));
    let subsidies = intake.changes.iter().flat_map(|change| {
        let years = change.subsidy_years.iter();
        years.map(|year| format!("{} {year}", change.person_no))
    });
    view.put("subsidies", joined(subsidies.collect()));
    view.put("ended", format!("{}/{}", intake.ended, intake.held_before));
    let second = if intake.needs_second_person {
        "是"
    } else {
        "否"
    };
    view.put("second_person", second);
    let reasons = intake.rows.iter().map(|row| row.reason.clone());
    let why = intake.changes.iter().map(|change| change.reason.clone());
    view.sentences = reasons.chain(why).collect();
    view
}

fn watched(desk: &Desk<'_>, fields: &Fields<'_>, under: &Under<'_>) -> Option<View> {
    let month = read_month(desk, fields.need("month")?)?;
    let people = nodes(desk, fields, "people").iter();
    let people: Option<Vec<WatchedPerson>> = people
        .map(|node| read_watched(desk, node, under.place))
        .collect();
    let mut view = View::default();
    match watch(&people?, month, under.law) {
        Ok(entries) => put_entries(&mut view, &entries),
        Err(refusal) => {
            view.put("refusal.code", refusal.code());
            view.put("refusal.message", &refusal);
        }
    }
    Some(view)
}

fn read_watched(desk: &Desk<'_>, node: &Node, place: Place) -> Option<WatchedPerson> {
    let fields = desk.fields(Some(node));
    let bills = nodes(desk, &fields, "bills").iter().zip(1..);
    let bills: Option<Vec<OwnBill>> = bills
        .map(|(node, number)| read_bill(desk, node, number))
        .collect();
    let before = fields.maybe("put_forward").and_then(|node| {
        let fields = desk.fields(Some(node));
        let month = read_month(desk, fields.need("month")?)?;
        let own = desk.yuan(fields.need("own")?)?;
        fields.finish();
        Some(PutForward { month, own })
    });
    let person = WatchedPerson {
        person_no: text(desk, &fields, "person"),
        facts: read_person(desk, fields.maybe("facts"), place),
        bills: bills?,
        put_forward: before,
    };
    fields.finish();
    Some(person)
}

const PARTS: [(&str, Part); 7] = [
    ("self_paid", Part::SelfPaid),
    ("over_limit", Part::OverLimit),
    ("prior", Part::Prior),
    ("non_local_prior", Part::NonLocalPrior),
    ("deductible", Part::Deductible),
    ("coinsurance", Part::Coinsurance),
    ("over_cap", Part::OverCap),
];

fn read_bill(desk: &Desk<'_>, node: &Node, number: u32) -> Option<OwnBill> {
    let fields = desk.fields(Some(node));
    let settled: Date = desk.date(fields.need("settled")?)?;
    let year = fields.maybe("year").and_then(|node| desk.whole(node));
    let own = PARTS.map(|(name, part)| fields.yuan(name).map(|amount| (part, amount)));
    let bill = OwnBill {
        settlement: format!("S{number}"),
        year: year.map_or(Some(settled.year()), |year| i16::try_from(year).ok())?,
        settled,
        reversed: fields.date("reversed"),
        own: own.into_iter().flatten().collect(),
    };
    fields.finish();
    Some(bill)
}

fn put_entries(view: &mut View, entries: &[WatchEntry]) {
    let shown = entries
        .iter()
        .map(|entry| format!("{} {} {}", entry.person_no, entry.line, entry.own));
    view.put("put_forward", shown.collect::<Vec<_>>().join("、"));
    let told = entries.iter().map(|entry| {
        let bureaus: Vec<&str> = entry.bureaus.iter().map(Word::as_str).collect();
        format!("{} {}", entry.person_no, bureaus.join("+"))
    });
    view.put("told", told.collect::<Vec<_>>().join("、"));
    let steps = entries.iter().flat_map(|entry| &entry.trace);
    view.sentences = steps.map(|step| step.sentence.clone()).collect();
}
