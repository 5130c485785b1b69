//! Cases about personal accounts: credits, interest, family sharing, exits.

use enrolment::account::{
    AccountRefusal, CashOutFacts, CreditFacts, DrawFacts, Exit, Heir, InterestFacts, Moved, Paid,
    Purses, SharedOut, Sponsor, cash_out, credit, inherit, interest, may_draw, roll_over,
    rolls_over_on, share_out, transfer_out,
};
use enrolment::{Refusal, Step};
use money::Fen;
use policy::{CashOutReason, HeirTo, SchemePolicy};
use terms::{AccountKind, Date, Relation, SharingPurpose};

use crate::enrolment::{read_month, read_person};
use crate::facts::Place;
use crate::node::Node;
use crate::reader::{Desk, Fields};
use crate::report::Event;
use crate::view::View;

/// What a case asks about an account, with its facts.
pub(crate) struct Question {
    about: About,
    facts: Node,
}

#[derive(Clone, Copy)]
enum About {
    Credit,
    Interest,
    Draw,
    ShareOut,
    Inherit,
    TransferOut,
    CashOut,
}

const ABOUT: [(&str, About); 7] = [
    ("account_credit", About::Credit),
    ("account_interest", About::Interest),
    ("account_draw", About::Draw),
    ("account_share_out", About::ShareOut),
    ("account_inherit", About::Inherit),
    ("account_transfer_out", About::TransferOut),
    ("account_cash_out", About::CashOut),
];

/// The question of a case, if it is one about an account.
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
    let answered = match question.about {
        About::Credit => of_credit(desk, &fields, place, law),
        About::Interest => of_interest(desk, &fields, law),
        About::Draw => of_draw(desk, &fields, law),
        About::ShareOut => of_share_out(desk, &fields, law),
        About::Inherit => of_inherit(desk, &fields, law),
        About::TransferOut => {
            let on = fields.need("on").and_then(|node| desk.date(node));
            let purses = read_purses(desk, fields.maybe("purses"));
            on.map(|on| exited(transfer_out(&purses, on, law)))
        }
        About::CashOut => of_cash_out(desk, &fields, law),
    };
    fields.finish();
    Some(match answered? {
        Ok(view) => (Event::Account, view),
        Err((code, message)) => {
            let mut view = View::default();
            view.put("refusal.code", code);
            view.put("refusal.message", &message);
            view.sentences = vec![message];
            (Event::Refused, view)
        }
    })
}

type Answered = Option<Result<View, (&'static str, String)>>;

fn refused(refusal: &AccountRefusal) -> (&'static str, String) {
    (refusal.code(), refusal.to_string())
}

fn of_credit(desk: &Desk<'_>, fields: &Fields<'_>, place: Place, law: &SchemePolicy) -> Answered {
    let person = read_person(desk, fields.maybe("person"), place);
    let words = [
        ("paid", Paid::Paid),
        ("deferred", Paid::Deferred),
        ("owing", Paid::Owing),
        ("nothing_owed", Paid::NothingOwed),
    ];
    let paid = match fields.maybe("paid") {
        Some(node) => choice(desk, node, &words)?,
        None => Paid::Paid,
    };
    let month = fields.need("month").and_then(|node| read_month(desk, node));
    let facts = CreditFacts {
        person,
        base: fields.yuan("base"),
        pension: fields.yuan("pension"),
        month: month?,
        paid,
    };
    let found = credit(&facts, law).map_err(|refusal: Refusal| {
        let code = refusal.code();
        (code, refusal.to_string())
    });
    Some(found.map(|credit| {
        let mut view = View::default();
        view.put("amount", credit.amount);
        view.put("postponed", credit.postponed);
        for part in &credit.parts {
            view.add(format!("parts.{}", part.title), part.amount);
        }
        explain(&mut view, &credit.trace);
        view
    }))
}

/// With `year` the day of roll-over comes from the law.
fn of_interest(desk: &Desk<'_>, fields: &Fields<'_>, law: &SchemePolicy) -> Answered {
    let year = fields.need("year").and_then(|node| desk.whole(node));
    let year = i16::try_from(year?).ok()?;
    let from = fields.date("from").or(Date::new(year, 1, 1).ok())?;
    let moved = read_moved(desk, fields.maybe("moved"));
    let opening = read_purses(desk, fields.maybe("opening"));
    let mut view = View::default();
    let mut after = Vec::new();
    let until = match rolls_over_on(year, law) {
        Ok(until) => until,
        Err(refusal) => return Some(Err(refused(&refusal))),
    };
    for purse in [AccountKind::CurrentYear, AccountKind::Historic] {
        let moved = moved.iter().filter(|(kind, _)| *kind == purse);
        let facts = InterestFacts {
            purse,
            from,
            opening: opening.of(&[purse]),
            moved: moved.map(|(_, moved)| *moved).collect(),
        };
        let earned = match interest(&facts, until, law) {
            Ok(earned) => earned,
            Err(refusal) => return Some(Err(refused(&refusal))),
        };
        let delta: Fen = facts.moved.iter().map(|moved| moved.delta).sum();
        after.push(facts.opening + delta + earned.amount);
        view.add(format!("earned.{}", purse.word()), earned.amount);
        view.sentences
            .extend(earned.trace.iter().map(|step| step.sentence.clone()));
    }
    let rolled = roll_over(after[0], after[1]);
    view.put("until", until);
    view.put("rolled_over", rolled.from_current);
    view.put("historic", rolled.historic);
    Some(Ok(view))
}

fn read_moved(desk: &Desk<'_>, node: Option<&Node>) -> Vec<(AccountKind, Moved)> {
    let nodes = node.map(|node| desk.list(node)).unwrap_or_default();
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let on = fields.need("on").and_then(|node| desk.date(node));
        let delta = fields.need("delta").and_then(|node| desk.yuan(node));
        let purse = fields.term("purse", AccountKind::CurrentYear);
        fields.finish();
        Some((
            purse,
            Moved {
                on: on?,
                delta: delta?,
            },
        ))
    };
    nodes.iter().filter_map(read).collect()
}

fn read_purses(desk: &Desk<'_>, node: Option<&Node>) -> Purses {
    let fields = desk.fields(node);
    let kinds = [
        ("current_year", AccountKind::CurrentYear),
        ("historic", AccountKind::Historic),
    ];
    let held = kinds.map(|(name, kind)| fields.yuan(name).map(|held| (kind, held)));
    fields.finish();
    Purses(held.into_iter().flatten().collect())
}

fn read_grant(desk: &Desk<'_>, fields: &Fields<'_>) -> DrawFacts {
    let purposes = fields.maybe("purposes").map(|node| desk.list(node));
    let purposes = purposes.unwrap_or_default().iter();
    DrawFacts {
        relation: fields.term("relation", Relation::Parent),
        purposes: purposes.filter_map(|node| desk.term(node)).collect(),
        limit: fields.yuan("limit"),
        from: fields.date("from").unwrap_or(Date::constant(2020, 1, 1)),
        to: fields.date("to"),
        drawn: fields.yuan("drawn").unwrap_or(Fen::ZERO),
        frozen: fields
            .maybe("frozen")
            .and_then(|node| desk.text(node))
            .map(str::to_owned),
        purses: read_purses(desk, fields.maybe("purses")),
    }
}

fn of_draw(desk: &Desk<'_>, fields: &Fields<'_>, law: &SchemePolicy) -> Answered {
    let on = fields.need("on").and_then(|node| desk.date(node));
    let purpose = fields.term("purpose", SharingPurpose::OwnShare);
    let facts = read_grant(desk, fields);
    Some(match may_draw(&facts, purpose, on?, law) {
        Ok(allowed) => {
            let mut view = View::default();
            view.put("amount", allowed.amount);
            explain(&mut view, &allowed.trace);
            Ok(view)
        }
        Err(refusal) => Err(refused(&refusal)),
    })
}

fn of_share_out(desk: &Desk<'_>, fields: &Fields<'_>, law: &SchemePolicy) -> Answered {
    let on = fields.need("on").and_then(|node| desk.date(node));
    let amount = fields.need("amount").and_then(|node| desk.yuan(node));
    let purpose = fields.term("purpose", SharingPurpose::OwnShare);
    let own = fields
        .maybe("own")
        .map(|node| read_purses(desk, Some(node)));
    let others = fields.maybe("sponsors").map(|node| desk.list(node));
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let owner = fields.need("owner").and_then(|node| desk.text(node));
        let facts = read_grant(desk, &fields);
        fields.finish();
        let owner = owner?.to_owned();
        Some(Sponsor { owner, facts })
    };
    let others = others.unwrap_or_default().iter().filter_map(read).collect();
    let own = own.as_ref().map(|purses| ("own", purses));
    let shared = share_out(amount?, own, others, purpose, on?, law);
    Some(shared.map(of_shared).map_err(|refusal| refused(&refusal)))
}

fn of_shared(shared: SharedOut) -> View {
    let mut view = View::default();
    for payment in &shared.payments {
        view.add(format!("pays.{}", payment.owner), payment.amount);
    }
    for (owner, refusal) in &shared.refused {
        view.put(format!("refused.{owner}"), refusal.code());
    }
    let order = shared.payments.iter().map(|one| one.owner.as_str());
    view.put("order", order.collect::<Vec<_>>().join("、"));
    view.put("cash", shared.cash);
    explain(&mut view, &shared.trace);
    view
}

fn of_inherit(desk: &Desk<'_>, fields: &Fields<'_>, law: &SchemePolicy) -> Answered {
    let on = fields.need("on").and_then(|node| desk.date(node));
    let death = fields.date("death");
    let purses = read_purses(desk, fields.maybe("purses"));
    let nodes = fields.maybe("heirs").map(|node| desk.list(node));
    let words = [("account", HeirTo::Account), ("payout", HeirTo::Payout)];
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let name = fields.need("name").and_then(|node| desk.text(node));
        let share = fields.need("share").and_then(|node| desk.yuan(node));
        let to = match fields.maybe("to") {
            Some(node) => choice(desk, node, &words),
            None => Some(HeirTo::Account),
        };
        fields.finish();
        Some(Heir {
            name: name?.to_owned(),
            person_no: None,
            to: to?,
            share: share?,
        })
    };
    let heirs: Vec<Heir> = nodes.unwrap_or_default().iter().filter_map(read).collect();
    Some(exited(inherit(&purses, death, &heirs, on?, law)))
}

fn of_cash_out(desk: &Desk<'_>, fields: &Fields<'_>, law: &SchemePolicy) -> Answered {
    let on = fields.need("on").and_then(|node| desk.date(node));
    let purses = read_purses(desk, fields.maybe("purses"));
    let words = [
        ("emigration", CashOutReason::Emigration),
        ("no_account_there", CashOutReason::NoAccountThere),
    ];
    let reason = fields.need("reason");
    let reason = reason.and_then(|node| choice(desk, node, &words))?;
    let facts = CashOutFacts { reason, on: on? };
    Some(exited(cash_out(&purses, facts, law)))
}

fn exited(exit: Result<Exit, AccountRefusal>) -> Result<View, (&'static str, String)> {
    let exit = exit.map_err(|refusal| refused(&refusal))?;
    let mut view = View::default();
    view.put("amount", exit.amount);
    view.put("way", exit.way.word());
    explain(&mut view, &exit.trace);
    Ok(view)
}

fn choice<T: Copy>(desk: &Desk<'_>, node: &Node, words: &[(&str, T)]) -> Option<T> {
    let text = desk.text(node)?;
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        desk.fault(node, format!("没有“{text}”，可用：{}", known.join("、")));
    }
    found.map(|(_, value)| *value)
}

fn explain(view: &mut View, trace: &[Step]) {
    let names: Vec<&str> = trace.iter().map(|step| step.name).collect();
    view.put("trace", names.join("、"));
    view.sentences = trace.iter().map(|step| step.sentence.clone()).collect();
}
