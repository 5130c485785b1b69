use std::collections::BTreeMap;

use ::settlement::OwnMoney;
use enrolment::PersonFacts;
use enrolment::watch::{OwnBill, PutForward, WatchedPerson};
use jiff::civil::Date;
use policy::{FeeMonth, Part};
use store::{CoverageRow, OwnMoneyRow, PersonRow};
use terms::{AreaCode, Category, Scheme, Word};

use crate::facts::{person_detail, spans, word};
use crate::{App, Error};

/// People to be watched, by the scheme of their last bill.
pub(super) type Watched = BTreeMap<Scheme, Vec<WatchedPerson>>;

/// Whoever may have reached a line, with the bills of the year; and everybody's name.
///
/// # Errors
/// [`Error::Bug`] where a settlement was not written by this version.
pub(super) async fn watched(
    app: &App,
    area: AreaCode,
    month: FeeMonth,
    at_least: money::Fen,
) -> Result<(Watched, BTreeMap<String, String>), Error> {
    let before = month.later(1).first_day().at(0, 0, 0, 0);
    let rows = app.store.own_money(area, month.year(), before, at_least);
    let mut bills: BTreeMap<String, Vec<OwnMoneyRow>> = BTreeMap::new();
    for row in rows.await? {
        bills.entry(row.person_no.clone()).or_default().push(row);
    }
    let numbers: Vec<String> = bills.keys().cloned().collect();
    let people = app.store.people(area, &numbers).await?;
    let mut covers: BTreeMap<String, Vec<CoverageRow>> = BTreeMap::new();
    for (person, row) in app.store.coverage_of(area, &numbers).await? {
        covers.entry(person).or_default().push(row);
    }
    let put_forward = put_forward(app, area, month).await?;
    let (mut watched, mut names) = (Watched::new(), BTreeMap::new());
    for person in people {
        let rows = bills.remove(&person.person_no).unwrap_or_default();
        let Some(last) = rows.last() else { continue };
        let scheme: Scheme = word(&last.scheme)?;
        let covers = covers.remove(&person.person_no).unwrap_or_default();
        let facts = person_facts(&person, scheme, &covers, month.last_day())?;
        let bills: Result<Vec<OwnBill>, Error> = rows.iter().map(own_bill).collect();
        watched.entry(scheme).or_default().push(WatchedPerson {
            person_no: person.person_no.clone(),
            facts,
            bills: bills?,
            put_forward: put_forward.get(&person.person_no).copied(),
        });
        names.insert(person.person_no, person.name);
    }
    Ok((watched, names))
}

/// When people were last put forward in the months of the year before this one.
async fn put_forward(
    app: &App,
    area: AreaCode,
    month: FeeMonth,
) -> Result<BTreeMap<String, PutForward>, Error> {
    let mut found = BTreeMap::new();
    let first = FeeMonth::of(Date::new(month.year(), 1, 1).unwrap_or(month.first_day()));
    if first >= month {
        return Ok(found);
    }
    let (from, to) = (first.to_string(), month.later(-1).to_string());
    // Newest month first, so that the first time somebody turns up is the last.
    for run in app.store.watch_runs(area, (&from, &to)).await? {
        let of_run: FeeMonth = run
            .month
            .parse()
            .map_err(|_| Error::Bug(format!("a watch of the month “{}”", run.month)))?;
        let lines = app.store.watch_lines(area, &run.month, run.run_no).await?;
        for line in lines {
            let own = line.own;
            let one = PutForward { month: of_run, own };
            found.entry(line.person_no).or_insert(one);
        }
    }
    Ok(found)
}

fn own_bill(row: &OwnMoneyRow) -> Result<OwnBill, Error> {
    let own: OwnMoney = serde_json::from_str(&row.own)
        .map_err(|cause| Error::Bug(format!("own money of {}: {cause}", row.settlement_id)))?;
    Ok(OwnBill {
        settlement: row.settlement_id.clone(),
        year: i16::try_from(row.benefit_year).unwrap_or(0),
        settled: row.settled_at.date(),
        reversed: row.reversed_at.map(|at| at.date()),
        own: vec![
            (Part::SelfPaid, own.self_paid),
            (Part::OverLimit, own.over_limit),
            (Part::Prior, own.prior),
            (Part::NonLocalPrior, own.non_local_prior),
            (Part::Deductible, own.deductible),
            (Part::Coinsurance, own.coinsurance),
            (Part::OverCap, own.over_cap),
        ],
    })
}

fn person_facts(
    person: &PersonRow,
    scheme: Scheme,
    covers: &[CoverageRow],
    day: Date,
) -> Result<PersonFacts, Error> {
    let detail = person_detail(&person.marks)?;
    let mut of_scheme = covers.iter().filter(|row| row.scheme == scheme.word());
    let cover = of_scheme.find(|row| spans(row.starts_on, row.ends_on, day));
    let category = match (cover, scheme) {
        (Some(row), _) => word(&row.category)?,
        (None, Scheme::Employee) => Category::Active,
        (None, _) => Category::Adult,
    };
    let held = detail.identities.iter();
    let held = held.filter(|span| spans(span.from, span.to, day));
    let identities: Vec<Word> = held.map(|span| span.word.clone()).collect();
    Ok(PersonFacts {
        identities,
        marks: detail.marks,
        sex: person.sex.parse().ok(),
        birth: Some(person.birth),
        ..PersonFacts::new(category, person.county)
    })
}
