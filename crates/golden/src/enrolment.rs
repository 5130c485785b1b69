//! Cases about enrolment: what is owed, what being late costs, when benefits begin.

use enrolment::contribution::{
    Assessment, BackPaymentFacts, ContributionFacts, LateFacts, assess, assess_months,
    back_payment, correct, late_fee,
};
use enrolment::waiting::{
    BenefitStart, BreakFacts, EnrolFacts, after_break, benefit_start, months,
};
use enrolment::{PersonFacts, Refusal, Step};
use money::Fen;
use policy::{FeeMonth, Payer, SchemePolicy, Transition};
use terms::{Category, Date, Scheme, Sex};

use crate::facts::Place;
use crate::node::Node;
use crate::premium;
use crate::reader::{Desk, Fields};
use crate::report::Event;
use crate::view::View;

/// What a case asks about enrolment, with its facts.
pub(crate) struct Question {
    about: About,
    facts: Node,
}

#[derive(Clone, Copy)]
enum About {
    Contribution,
    LateFee,
    BackPayment,
    Premium,
    PremiumRefund,
    Waiting,
}

const ABOUT: [(&str, About); 6] = [
    ("contribution", About::Contribution),
    ("late_fee", About::LateFee),
    ("back_payment", About::BackPayment),
    ("premium", About::Premium),
    ("premium_refund", About::PremiumRefund),
    ("waiting", About::Waiting),
];

/// The question of a case, if it is one about enrolment.
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
    place: Place,
    law: &SchemePolicy,
) -> Option<(Event, View)> {
    let fields = desk.fields(Some(&question.facts));
    let person = read_person(desk, fields.maybe("person"), place);
    let answered = match question.about {
        About::Contribution => contribution(desk, &fields, person, law),
        About::LateFee => late(desk, &fields, person, law),
        About::BackPayment => back(desk, &fields, person, law),
        About::Premium => premium::of_year(desk, &fields, person, law),
        About::PremiumRefund => premium::given_back(desk, &fields, law),
        About::Waiting => waiting(desk, &fields, person, law),
    };
    fields.finish();
    Some(match answered? {
        Ok(view) => (Event::Enrolment, view),
        Err(refusal) => (Event::Refused, of_refusal(&refusal)),
    })
}

type Answered = Option<Result<View, Refusal>>;

pub(crate) fn read_person(desk: &Desk<'_>, node: Option<&Node>, place: Place) -> PersonFacts {
    let fields = desk.fields(node);
    let usual = match place.scheme {
        Scheme::Resident => Category::Adult,
        _ => Category::Active,
    };
    let sex: Option<Sex> = fields.maybe("sex").and_then(|node| desk.term(node));
    let county = fields.maybe("county").and_then(|node| desk.area(node));
    let years = fields.maybe("enrolled_years");
    let person = PersonFacts {
        category: fields.term("category", usual),
        identities: fields.words("identities"),
        marks: fields.words("marks"),
        sex,
        birth: fields.date("birth"),
        enrolled_years: years.and_then(|node| desk.count(node)).unwrap_or(0),
        county: county.unwrap_or(place.area),
    };
    fields.finish();
    person
}

pub(crate) fn read_month(desk: &Desk<'_>, node: &Node) -> Option<FeeMonth> {
    let month = desk.text(node)?.parse();
    if let Err(error) = &month {
        desk.fault(node, format!("{error}"));
    }
    month.ok()
}

fn count(desk: &Desk<'_>, fields: &Fields<'_>, name: &'static str) -> Option<i32> {
    fields.maybe(name).and_then(|node| desk.count(node))
}

fn contribution(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    person: PersonFacts,
    law: &SchemePolicy,
) -> Answered {
    let month = fields.need("month").and_then(|node| read_month(desk, node));
    let facts = ContributionFacts {
        person,
        wage: fields.yuan("wage"),
        step: fields.maybe("step").and_then(|node| desk.percent(node)),
    };
    let count = count(desk, fields, "months");
    let (employer, own) = (fields.yuan("employer_paid"), fields.yuan("person_paid"));
    let owed = match count {
        None => assess(&facts, month?, law),
        Some(count) => assess_months(&facts, month?, count, law),
    };
    Some(owed.map(|owed| {
        let mut view = of_assessment(&owed);
        if employer.is_some() || own.is_some() {
            let paid = |amount: Option<Fen>| amount.unwrap_or(Fen::ZERO);
            let change = correct(&owed, paid(employer), paid(own));
            view.put("employer_credit", change.employer_credit);
            view.put("employer_due", change.employer_due);
            view.put("person_credit", change.person_credit);
            view.put("person_due", change.person_due);
        }
        view
    }))
}

fn of_assessment(owed: &Assessment) -> View {
    let mut view = View::default();
    view.put("employer", owed.employer);
    view.put("person", owed.person);
    view.put("fixed", owed.fixed);
    view.put("total", owed.total);
    view.put("months", owed.months);
    if let Some(base) = owed.base {
        view.put("base", base);
    }
    put_day(&mut view, "due", owed.due);
    for one in &owed.owed {
        let payer = match one.payer {
            Payer::Employer => "employer",
            Payer::Person => "person",
        };
        view.add(format!("charges.{payer}/{}", one.code), one.amount);
    }
    explain(&mut view, &owed.trace);
    view
}

fn late(desk: &Desk<'_>, fields: &Fields<'_>, person: PersonFacts, law: &SchemePolicy) -> Answered {
    let payers = [("employer", Payer::Employer), ("person", Payer::Person)];
    let payer = match fields.maybe("payer").and_then(|node| desk.text(node)) {
        None => Payer::Employer,
        Some(text) => payers.iter().find(|(word, _)| *word == text)?.1,
    };
    let due = fields.date("due");
    let month = fields.maybe("month");
    let month = month.map_or(due.map(FeeMonth::of), |node| read_month(desk, node));
    let arrears = fields.need("arrears").and_then(|node| desk.yuan(node));
    let paid = fields.need("paid").and_then(|node| desk.date(node));
    let facts = LateFacts {
        person,
        payer,
        due,
        deferral_granted: fields.flag("deferral_granted"),
        left: fields.date("left"),
        arrears: arrears?,
        month: month?,
        paid: paid?,
    };
    Some(late_fee(&facts, law).map(|fee| {
        let mut view = View::default();
        view.put("due", fee.due);
        view.put("days", fee.days);
        view.put("late_fee", fee.late_fee);
        view.put("total", fee.total);
        explain(&mut view, &fee.trace);
        view
    }))
}

fn back(desk: &Desk<'_>, fields: &Fields<'_>, person: PersonFacts, law: &SchemePolicy) -> Answered {
    let month = fields.need("month").and_then(|node| read_month(desk, node));
    let months = |name| count(desk, fields, name);
    let facts = BackPaymentFacts {
        person,
        paid_months: months("paid_months").unwrap_or(0),
        deemed_months: months("deemed_months").unwrap_or(0),
        local_months: months("local_months").unwrap_or(0),
        base: fields.yuan("base"),
        month: month?,
    };
    Some(back_payment(&facts, law).map(|paid| {
        let mut view = View::default();
        view.put("months", paid.months);
        view.put("base", paid.base);
        view.put("back_payment", paid.amount);
        view.put("pooled", paid.pooled);
        view.put("account", paid.account);
        explain(&mut view, &paid.trace);
        view
    }))
}

/// With `year` a resident who enrols for it, otherwise an employee after a break.
fn waiting(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    person: PersonFacts,
    law: &SchemePolicy,
) -> Answered {
    let paid = fields.need("paid").and_then(|node| desk.date(node));
    let Some(year) = fields.maybe("year") else {
        let last = fields.maybe("last_paid");
        let facts = BreakFacts {
            person,
            last_paid: last.and_then(|node| read_month(desk, node)),
            repaid: fields.flag("repaid"),
            repaid_on: fields.date("repaid_on"),
            paid: paid?,
        };
        return Some(after_break(&facts, law).map(|start| of_start(&start)));
    };
    let missing = fields.maybe("missing_years").map(|node| desk.list(node));
    let missing = missing.unwrap_or_default().iter();
    let short = |node: &Node| i16::try_from(desk.whole(node)?).ok();
    let facts = EnrolFacts {
        person,
        year: short(year)?,
        in_window: fields.flag("in_window"),
        missing_years: missing.filter_map(short).collect(),
        repaid_years: count(desk, fields, "repaid_years").unwrap_or(0),
        transitions: read_transitions(desk, fields.maybe("transitions")),
        paid: paid?,
    };
    let answered = benefit_start(&facts, law).and_then(|start| {
        let mut view = of_start(&start);
        if let Some(exempt) = months(&facts, law)?.exempt {
            view.put("exempt", exempt);
        }
        Ok(view)
    });
    Some(answered)
}

/// What happened before, such as `{left_employee: 2026-02-28}`.
fn read_transitions(desk: &Desk<'_>, node: Option<&Node>) -> Vec<(Transition, Date)> {
    let entries = node.map(|node| desk.entries(node)).unwrap_or_default();
    let read = |(name, node): &(String, Node)| {
        let known = Transition::ALL.iter().find(|(word, _)| word == name);
        if known.is_none() {
            desk.fault(node, format!("不认识过渡情形“{name}”"));
        }
        Some((known?.1, desk.date(node)?))
    };
    entries.iter().filter_map(read).collect()
}

fn of_start(start: &BenefitStart) -> View {
    let mut view = View::default();
    view.put("waiting_months", start.waiting_months);
    view.put("benefit_start", start.start);
    put_day(&mut view, "until", start.until);
    put_day(&mut view, "retroactive_from", start.retroactive_from);
    view.put("share_while_waiting", start.share_while_waiting);
    explain(&mut view, &start.trace);
    view
}

fn put_day(view: &mut View, field: &str, day: Option<Date>) {
    if let Some(day) = day {
        view.put(field, day);
    }
}

pub(crate) fn explain(view: &mut View, trace: &[Step]) {
    let names: Vec<&str> = trace.iter().map(|step| step.name).collect();
    view.put("trace", names.join("、"));
    view.sentences = trace.iter().map(|step| step.sentence.clone()).collect();
}

fn of_refusal(refusal: &Refusal) -> View {
    let mut view = View::default();
    view.put("refusal.code", refusal.code());
    view.put("refusal.message", refusal);
    view.sentences = vec![refusal.to_string()];
    view
}
