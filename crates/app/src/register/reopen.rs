use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use ::settlement::{Booked, Counter, CounterKey, Counters, assess};
use jiff::civil::Date;
use money::Fen;
use serde::Serialize;
use store::{
    Context, CoverageRow, LineStatus, RecognitionRow, RegistrationRow, ReopenedRow,
    SettlementFilter, SettlementRow, SettlementState,
};
use terms::{CoverState, Scheme};

use super::Actor;
use crate::facts::{Desk, VisitInput, counters_of, person_detail};
use crate::settlement::{SavedSettlement, SavedStep, saved_of};
use crate::visit::{NewLine, room_lines, sent};
use crate::{App, Call, Error};

/// How many bills of one person a change looks at.
const BILLS: usize = 2_000;

/// What explains a difference, beside its amounts.
#[derive(Debug, Serialize)]
struct Detail {
    /// What each fund paid, and would pay.
    funds_before: Vec<(String, Fen)>,
    funds_after: Vec<(String, Fen)>,
    /// Why nothing would be paid, where that is so.
    refusal: Option<String>,
    /// How the bill is worked out now.
    trace: Vec<SavedStep>,
}

/// The bills that a change of the register would have decided otherwise (追溯差额).
///
/// Every standing bill since the first day that changed is worked out again in its old order, on
/// the counters as they stood before the first of them, by the same engine.
pub(super) async fn reopened(
    app: &App,
    actor: &Actor,
    (before, after): (&Context, &Context),
    fact_no: i64,
) -> Result<Vec<ReopenedRow>, Error> {
    let Some(since) = changed_since(before, after)? else {
        return Ok(Vec::new());
    };
    let filter = SettlementFilter {
        person_no: Some(after.person.person_no.clone()),
        from: Some(since),
        state: Some(SettlementState::Standing),
        ..SettlementFilter::default()
    };
    let page = app
        .store
        .search_settlements(actor.area, &filter, None, BILLS)
        .await?;
    let mut bills = page.rows;
    bills.sort_by(|a, b| a.settlement_id.cmp(&b.settlement_id));
    let mut counters = counters_before(before, &bills)?;
    let mut found = Vec::new();
    for row in &bills {
        let again = work_out_again(app, actor, after, row, &mut counters).await?;
        if let Some(difference) = again.difference(row, actor, fact_no)? {
            found.push(difference);
        }
    }
    Ok(found)
}

/// The first day on which a bill could now be decided otherwise.
fn changed_since(before: &Context, after: &Context) -> Result<Option<Date>, Error> {
    let spans = |context: &Context| -> Result<Vec<Span>, Error> {
        let detail = person_detail(&context.person.marks)?;
        let cover = context.coverage.iter().map(of_cover);
        let recognitions = context.recognitions.iter().map(of_recognition);
        let registrations = context.registrations.iter().map(of_registration);
        let identities = detail.identities.iter().map(|span| Span {
            what: format!("identity {}", span.word),
            from: span.from,
            to: span.to,
        });
        let all = cover.chain(recognitions).chain(registrations);
        Ok(all.chain(identities).collect())
    };
    let (before, after) = (spans(before)?, spans(after)?);
    let mut first: Option<Date> = None;
    for (some, others) in [(&before, &after), (&after, &before)] {
        for span in some.iter().filter(|span| !others.contains(span)) {
            let day = span.first_difference(others);
            first = Some(first.map_or(day, |known| known.min(day)));
        }
    }
    Ok(first)
}

/// Something that holds over days.
#[derive(Debug, PartialEq, Eq)]
struct Span {
    what: String,
    from: Date,
    to: Option<Date>,
}

impl Span {
    /// Where the same thing only ends on another day, what lies before stays as it was.
    fn first_difference(&self, others: &[Self]) -> Date {
        let same = |other: &&Self| other.what == self.what && other.from == self.from;
        let ends = others.iter().find(same).map(|other| (self.to, other.to));
        match ends {
            Some((Some(one), Some(other))) => one.min(other),
            Some((Some(one), None)) | Some((None, Some(one))) => one,
            _ => self.from,
        }
    }
}

fn of_cover(row: &CoverageRow) -> Span {
    let CoverageRow {
        scheme,
        category,
        state,
        county,
        ..
    } = row;
    Span {
        what: format!("cover {scheme} {category} {state} {county}"),
        from: row.starts_on,
        to: row.ends_on,
    }
}

fn of_recognition(row: &RecognitionRow) -> Span {
    let (kind, code, chosen) = (&row.kind, &row.code, &row.institutions);
    Span {
        what: format!("recognition {kind} {code} {chosen}"),
        from: row.starts_on,
        to: row.ends_on,
    }
}

fn of_registration(row: &RegistrationRow) -> Span {
    let (id, kind, state) = (&row.registration_id, &row.kind, &row.state);
    Span {
        what: format!("registration {id} {kind} {state}"),
        from: row.starts_on,
        to: row.ends_on,
    }
}

/// Counters by scheme as bills are worked out one after the other.
type Running = BTreeMap<Scheme, BTreeMap<CounterKey, i64>>;

/// The counters as they stood before the first of the bills.
fn counters_before(context: &Context, bills: &[SettlementRow]) -> Result<Running, Error> {
    let mut running = Running::new();
    for scheme in Scheme::ALL {
        let counters = counters_of(context, *scheme)?.0.into_iter();
        let values = counters.map(|counter| (counter.key, counter.value));
        running.insert(*scheme, values.collect());
    }
    for row in bills {
        let saved = saved_of(row)?;
        let of_scheme = running.entry(saved.facts.scheme).or_default();
        for change in saved.booked.counters {
            *of_scheme.entry(change.key).or_default() -= change.after - change.before;
        }
    }
    Ok(running)
}

/// A bill decided again.
struct Again {
    booked: Option<Booked>,
    refusal: Option<String>,
    trace: Vec<SavedStep>,
}

async fn work_out_again(
    app: &App,
    actor: &Actor,
    after: &Context,
    row: &SettlementRow,
    running: &mut Running,
) -> Result<Again, Error> {
    let saved = saved_of(row)?;
    let stored = app
        .store
        .visit_lines(actor.area, &after.person.person_no, &row.visit_id)
        .await?;
    let of_bill = |line: &&store::LineRow| {
        line.status == LineStatus::Settled && line.settlement_id == row.settlement_id
    };
    let lines = stored.iter().filter(of_bill).map(sent);
    let lines: Vec<NewLine> = lines.collect::<Result<_, _>>()?;
    let call = call_of(app, actor, row)?;
    let desk = Desk {
        app,
        call: &call,
        context: after,
    };
    match decide(&desk, &saved, &lines, running) {
        Ok(again) => Ok(again),
        Err(error) if error.is_decided() => Ok(Again {
            booked: None,
            refusal: Some(error.to_string()),
            trace: Vec::new(),
        }),
        Err(error) => Err(error),
    }
}

fn decide(
    desk: &Desk<'_>,
    saved: &SavedSettlement,
    lines: &[NewLine],
    running: &mut Running,
) -> Result<Again, Error> {
    let mut bill = desk.bill(&visit_of(desk, saved)?)?;
    bill.lines = room_lines(desk, lines)?;
    bill.purses.clear();
    let values = running.entry(bill.scheme).or_default();
    let counter = |(key, value): (&CounterKey, &i64)| Counter {
        key: key.clone(),
        value: *value,
    };
    bill.counters = Counters(values.iter().map(counter).collect());
    let outcome = assess(&bill, desk.law(bill.scheme)?)?;
    let booked = Booked::from(&outcome);
    for change in &booked.counters {
        values.insert(change.key.clone(), change.after);
    }
    Ok(Again {
        booked: Some(booked),
        refusal: None,
        trace: outcome.trace.iter().map(SavedStep::from).collect(),
    })
}

/// The visit as it was settled; under the same scheme while that covers the day, else under the
/// one that does.
fn visit_of(desk: &Desk<'_>, saved: &SavedSettlement) -> Result<VisitInput, Error> {
    let facts = &saved.facts;
    let same = desk.cover(Some(facts.scheme), facts.dates.admission);
    let covered = match same {
        Ok(cover) => cover.state()? == CoverState::Active,
        Err(error) if error.is_decided() => false,
        Err(error) => return Err(error),
    };
    Ok(VisitInput {
        id: facts.visit.id.to_string(),
        scheme: covered.then_some(facts.scheme),
        care: facts.visit.care,
        cause: facts.visit.cause,
        disease: facts.visit.disease.as_ref().map(ToString::to_string),
        diagnoses: facts
            .visit
            .diagnoses
            .iter()
            .map(ToString::to_string)
            .collect(),
        marks: facts.visit.marks.clone(),
        dates: facts.dates,
        use_account: false,
    })
}

fn call_of(app: &App, actor: &Actor, row: &SettlementRow) -> Result<Call, Error> {
    Ok(Call {
        area: actor.area,
        institution: Arc::clone(&app.institution(&row.institution)?),
        message: None,
        credential: None,
        operator: actor.name.clone(),
        at: actor.at,
        address: actor.address.clone(),
    })
}

impl Again {
    fn difference(
        self,
        row: &SettlementRow,
        actor: &Actor,
        fact_no: i64,
    ) -> Result<Option<ReopenedRow>, Error> {
        let before = saved_of(row)?.booked;
        let fund = |booked: &Booked| booked.fund_total();
        let fund_after = self.booked.as_ref().map_or(Fen::ZERO, fund);
        let own = |booked: &Booked| booked.cash + booked.account_total();
        let own_after = self.booked.as_ref().map_or(before.total, own);
        if fund_after == fund(&before) && own_after == own(&before) {
            return Ok(None);
        }
        let detail = Detail {
            funds_before: funds(&before),
            funds_after: self.booked.as_ref().map(funds).unwrap_or_default(),
            refusal: self.refusal,
            trace: self.trace,
        };
        let detail = serde_json::to_string(&detail)
            .map_err(|cause| Error::Bug(format!("reopened {}: {cause}", row.settlement_id)))?;
        Ok(Some(ReopenedRow {
            person_no: row.person_no.clone(),
            settlement_id: row.settlement_id.clone(),
            fact_no,
            state: "open".to_owned(),
            found_at: actor.at,
            reason: reason(row, before.fund_total(), fund_after),
            fund_before: fund(&before),
            fund_after,
            own_before: own(&before),
            own_after,
            detail,
            decided_by: String::new(),
            decided_at: None,
        }))
    }
}

fn funds(booked: &Booked) -> Vec<(String, Fen)> {
    let share = |share: &::settlement::FundShare| (share.fund.word().to_owned(), share.amount);
    booked.funds.iter().map(share).collect()
}

fn reason(row: &SettlementRow, fund_before: Fen, fund_after: Fen) -> String {
    let scheme = Scheme::from_str(&row.scheme).map_or("", Scheme::zh);
    if fund_after >= fund_before {
        format!("{scheme}：应补付{}元", fund_after - fund_before)
    } else {
        format!("{scheme}：应追回{}元", fund_before - fund_after)
    }
}
