//! Two lists of people in difficulty, one applied and one that waits with rows to be sent back, and
//! a month whose bills put somebody forward.

use std::sync::Arc;

use app::difficulty::{ListFile, ListKind, ListState, ListTotals};
use app::register::Actor;
use app::settlement::Settle;
use app::visit::{Batch, Discharge, LineNote, NewLine, OpenVisit, VisitDetail, VisitKind};
use app::{App, Call, Error, Message};
use demo_maker::{DemoArea, Person};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use money::{Fen, Price, Quantity};
use policy::FeeMonth;
use terms::{
    CareType, Category, Cause, CoverState, Grade, InstitutionKind, ItemClass, ItemKind, Scheme,
};

/// Who takes the lists in.
const OFFICER: &str = "收件演示";
/// People newly recognised by the first list.
const RECOGNISED: usize = 8;
/// What the stays of the watched month cost, in yuan: the first two pass the line.
const STAYS: [i64; 3] = [180_000, 150_000, 20_000];

/// Enters the lists, the bills and the month; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let today = area.recipe.today;
    let plain = plain_residents(area);
    let lists = app.store.lists(area.recipe.area, 1).await?;
    if !lists.is_empty() || plain.len() < RECOGNISED + STAYS.len() {
        return Ok(());
    }
    let (recognised, stayed) = plain.split_at(RECOGNISED);
    let month = FeeMonth::of(today).later(-1);
    for (person, yuan) in stayed.iter().zip(STAYS) {
        stay(app, area, person, (month.first_day(), yuan)).await?;
    }
    app.run_watch(&actor(area, today), month).await?;
    let waiting = risk_list(area, recognised);
    app.receive_list(&actor(area, today), &waiting).await?;
    let first = poverty_list(today, recognised);
    let report = app.receive_list(&actor(area, today), &first).await?;
    if report.state == ListState::Checked {
        let no = &report.list.list_no;
        app.apply_list(&actor(area, today), no, false).await?;
    }
    Ok(())
}

fn actor(area: &DemoArea, day: Date) -> Actor {
    Actor {
        name: OFFICER.to_owned(),
        ..Actor::batch(area.recipe.area, "demo", day.at(9, 0, 0, 0))
    }
}

/// Residents with benefits and nothing special about them, none of the samples among them.
pub(super) fn plain_residents(area: &DemoArea) -> Vec<Person> {
    let samples = area.samples();
    let month = FeeMonth::of(area.recipe.today).later(-1).first_day();
    let plain = |person: &Person| {
        let sample = samples.iter().any(|one| one.person.number == person.number);
        let cover = person.covers.last().is_some_and(|cover| {
            cover.scheme == Scheme::Resident
                && cover.state == CoverState::Active
                && cover.category == Category::Adult
                && cover.benefit_from < month
        });
        let special = !person.identities.is_empty() || !person.registrations.is_empty();
        cover && person.covers.len() == 1 && !special && !sample
    };
    let people = area.people().filter(plain);
    people.take(RECOGNISED + STAYS.len()).collect()
}

fn file(name: &str, day: Date, bureau: &str, kind: ListKind, rows: &[String]) -> ListFile {
    let head = "证件号码,姓名,身份,增减,认定日期,有效期至";
    let total = format!("合计,{}", rows.len());
    let lines: Vec<&str> = std::iter::once(head)
        .chain(rows.iter().map(String::as_str))
        .chain([total.as_str()])
        .collect();
    ListFile {
        bureau: bureau.into(),
        kind,
        day,
        covers: Vec::new(),
        totals: ListTotals::default(),
        name: name.to_owned(),
        bytes: (lines.join("\n") + "\n").into_bytes(),
    }
}

/// The month's newly recognised, from the civil affairs bureau.
fn poverty_list(day: Date, people: &[Person]) -> ListFile {
    let from = day.first_of_month();
    let row = |person: &Person| {
        let (document, name) = (&person.id_number, &person.name);
        format!("{document},{name},低保对象,新增,{from},")
    };
    let rows: Vec<String> = people.iter().map(row).collect();
    file(
        "低保新增.csv",
        day,
        "civil_affairs",
        ListKind::Change,
        &rows,
    )
}

/// Everybody watched for falling back, from the rural bureau, with the slips such lists have.
fn risk_list(area: &DemoArea, others: &[Person]) -> ListFile {
    let day = area.recipe.today;
    let mut rows = Vec::new();
    for person in area.people() {
        let spans = person.identities.iter();
        for span in spans.filter(|span| span.word.as_str() == "jiance" && span.from <= day) {
            let to = span.to.map_or_else(String::new, |to| to.to_string());
            let (document, name) = (&person.id_number, &person.name);
            rows.push(format!(
                "{document},{name},防止返贫监测对象,,{},{to}",
                span.from
            ));
        }
    }
    // One of those on record is left out, so that the list ends somebody.
    rows.pop();
    let from = day.first_of_month();
    if let [first, second, third, ..] = others {
        let slip = |document: &str, name: &str, identity: &str, from: &str| {
            format!("{document},{name},{identity},,{from},")
        };
        let month = from.to_string();
        let wrong = wrong_check_character(&first.id_number);
        rows.push(slip(&wrong, &first.name, "防止返贫监测对象", &month));
        let (document, name) = (&second.id_number, &second.name);
        rows.push(slip(document, name, "防止返贫监测对象", "2024-02-30"));
        rows.push(slip(&third.id_number, "不同名", "防止返贫监测对象", &month));
        rows.push(slip(&third.id_number, &third.name, "低保对象", &month));
    }
    file(
        "监测对象全量.csv",
        day,
        "rural_affairs",
        ListKind::Full,
        &rows,
    )
}

/// The number with another last character, which its digits do not give.
fn wrong_check_character(document: &str) -> String {
    let mut letters: Vec<char> = document.chars().collect();
    if let Some(last) = letters.last_mut() {
        *last = if *last == '1' { '2' } else { '1' };
    }
    letters.into_iter().collect()
}

/// A stay in the first third of a month, settled.
pub(super) async fn stay(
    app: &App,
    area: &DemoArea,
    person: &Person,
    (month, yuan): (Date, i64),
) -> Result<(), Error> {
    let tertiary = |one: &&demo_maker::Institution| {
        one.kind == InstitutionKind::Hospital
            && one.grade == Grade::Tertiary
            && one.county.city() == area.recipe.area.city()
    };
    let Some(hospital) = area.institutions.iter().find(tertiary) else {
        return Ok(());
    };
    let bed = Bed {
        app,
        hospital: &hospital.code,
        person_no: &person.number,
    };
    let from = month.at(9, 0, 0, 0);
    let to = from.saturating_add(9.days());
    let visit = bed.admit(from, yuan).await?;
    bed.pay(&visit, to).await
}

/// One person's stay in one hospital.
struct Bed<'a> {
    app: &'a App,
    hospital: &'a str,
    person_no: &'a str,
}

impl Bed<'_> {
    fn call(&self, step: &str, at: DateTime) -> Result<Call, Error> {
        let number = format!("demo-{}-{step}", self.person_no);
        Ok(Call {
            area: self.app.home,
            institution: self.app.institution(self.hospital)?,
            message: Some(Message {
                body_hash: number.clone(),
                number,
                transaction: "demo".to_owned(),
            }),
            credential: None,
            operator: "demo".to_owned(),
            at,
            address: String::new(),
        })
    }

    /// Opens the visit with one line; the visit's number.
    async fn admit(&self, from: DateTime, yuan: i64) -> Result<String, Error> {
        let command = OpenVisit {
            person_no: self.person_no.to_owned(),
            scheme: None,
            kind: VisitKind::Stay,
            care: CareType::Inpatient,
            started_at: from,
            diagnoses: Vec::new(),
            detail: visit_detail(),
        };
        let told = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
        let visit = app::visit::open(self.app, &self.call("in", from)?, &command, told).await?;
        let visit_id = String::from_utf8(visit)
            .map_err(|_| Error::Bug("a visit number that is no text".to_owned()))?;
        let batch = Batch {
            person_no: self.person_no.to_owned(),
            visit_id: visit_id.clone(),
            kind: VisitKind::Stay,
            lines: vec![line(self.app, from, yuan)?],
        };
        let call = self.call("line", from)?;
        app::visit::upload(self.app, &call, &batch, |_, _| Ok(Vec::new())).await?;
        Ok(visit_id)
    }

    /// Discharges and settles.
    async fn pay(&self, visit: &str, to: DateTime) -> Result<(), Error> {
        let discharge = Discharge {
            person_no: self.person_no.to_owned(),
            visit_id: visit.to_owned(),
            ended_at: to,
            diagnoses: Vec::new(),
            way: "1".to_owned(),
        };
        let call = self.call("out", to)?;
        app::visit::discharge(self.app, &call, &discharge, || Ok(Vec::new())).await?;
        let settle = Settle {
            person_no: self.person_no.to_owned(),
            visit_id: visit.to_owned(),
            kind: VisitKind::Stay,
            care: None,
            disease: None,
            expected_total: None,
            charge_batch: None,
            use_account: false,
            interim: false,
            receipt: Default::default(),
        };
        let call = self.call("pay", to)?;
        app::settlement::settle(self.app, &call, &settle, |_| Ok(Vec::new())).await?;
        Ok(())
    }
}

fn visit_detail() -> VisitDetail {
    VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: Default::default(),
        disease: None,
        marks: Vec::new(),
        local_number: String::new(),
        department: Default::default(),
        doctor: Default::default(),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: "demo".to_owned(),
        note: String::new(),
    }
}

/// One line of a class A drug that stands for the whole bill.
fn line(app: &App, at: DateTime, yuan: i64) -> Result<NewLine, Error> {
    let plain = |item: &&Arc<policy::CatalogueItem>| {
        let terms = item.terms_for(Scheme::Resident, Grade::Tertiary, at.date());
        item.kind == ItemKind::Drug
            && item.groups.is_empty()
            && item.restrictions.is_empty()
            && terms.is_some_and(|terms| terms.class == ItemClass::A && terms.ceiling.is_none())
    };
    let known = app.law.items.values().filter(plain);
    let first = known.min_by(|a, b| a.code.cmp(&b.code));
    let first = first.ok_or_else(|| Error::missing("目录药品", "甲类"))?;
    Ok(NewLine {
        number: "1".to_owned(),
        charge_batch: "1".to_owned(),
        item_code: first.code.to_string(),
        local_code: String::new(),
        charged_at: at,
        price: Price::from(Fen::yuan(yuan)),
        quantity: Quantity::ONE,
        amount: Fen::yuan(yuan),
        outside_indication: false,
        note: LineNote::default(),
    })
}
