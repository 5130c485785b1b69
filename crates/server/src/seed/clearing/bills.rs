//! Bills of a past month: stays, outpatient visits of nobody in particular, sales of pharmacies.

use std::sync::Arc;

use app::settlement::{Sale, Settle, sell};
use app::visit::{
    Batch, Diagnosis, Discharge, LineNote, NewLine, OpenVisit, VisitDetail, VisitKind,
};
use app::visit::{discharge, open, upload};
use app::{App, Call, Error, Institution, Message};
use demo_maker::{DemoArea, Person, Random};
use jiff::ToSpan;
use jiff::civil::DateTime;
use money::{Fen, Price, Quantity};
use policy::{CatalogueItem, FeeMonth};
use terms::{CareType, Cause, Grade, InstitutionKind, ItemClass, ItemKind, Scheme};

/// Stays of a month.
const STAYS: u32 = 40;
/// Sales of pharmacies of a month.
const SALES: u32 = 120;
/// Principal diagnoses of stays: code and name.
const DIAGNOSES: [(&str, &str); 6] = [
    ("J18.900", "肺炎"),
    ("I63.900", "脑梗死"),
    ("K35.800", "急性阑尾炎"),
    ("I50.900", "心力衰竭"),
    ("E11.900", "2型糖尿病"),
    ("S72.000", "股骨颈骨折"),
];

/// Settles the bills of a month; who is not entitled, or in bed already, is passed over.
///
/// # Errors
/// What the store refuses.
pub(super) async fn settle(app: &App, area: &DemoArea, month: FeeMonth) -> Result<(), Error> {
    let mut random = Random::named(area.recipe.seed, &format!("bills {month}"));
    let desk = Desk::new(app, area, month);
    let people: Vec<Person> = area.people().collect();
    if people.is_empty() || desk.hospitals.is_empty() || desk.pharmacies.is_empty() {
        return Ok(());
    }
    for nth in 0..STAYS {
        let person = random.pick(&people);
        passed(desk.stay(person, nth, &mut random).await)?;
    }
    for nth in 0..SALES {
        let person = random.pick(&people);
        passed(desk.sale(person, nth, &mut random).await)?;
    }
    Ok(())
}

/// Lets refusals of the law pass.
fn passed(done: Result<(), Error>) -> Result<(), Error> {
    match done {
        Err(error) if !error.is_decided() => Err(error),
        _ => Ok(()),
    }
}

struct Desk<'a> {
    app: &'a App,
    month: FeeMonth,
    hospitals: Vec<Arc<Institution>>,
    pharmacies: Vec<Arc<Institution>>,
    items: Vec<Arc<CatalogueItem>>,
}

impl<'a> Desk<'a> {
    fn new(app: &'a App, area: &DemoArea, month: FeeMonth) -> Self {
        let inside = |one: &&Arc<Institution>| one.county.city() == area.recipe.area;
        let of = |kind: InstitutionKind| {
            let all = app.institutions();
            let found = all.iter().filter(inside).filter(|one| one.kind == kind);
            found.cloned().collect::<Vec<_>>()
        };
        Self {
            app,
            month,
            hospitals: of(InstitutionKind::Hospital),
            pharmacies: of(InstitutionKind::Pharmacy),
            items: plain_items(app, month),
        }
    }

    fn call(&self, institution: &Arc<Institution>, number: String, at: DateTime) -> Call {
        Call {
            area: self.app.home,
            institution: Arc::clone(institution),
            message: Some(Message {
                body_hash: number.clone(),
                transaction: "seed".to_owned(),
                number,
            }),
            credential: None,
            operator: "示范".to_owned(),
            at,
            address: String::new(),
        }
    }

    fn line(&self, yuan: u32, at: DateTime, random: &mut Random) -> Option<NewLine> {
        if self.items.is_empty() {
            return None;
        }
        let amount = Fen::yuan(i64::from(yuan));
        Some(NewLine {
            number: "1".to_owned(),
            charge_batch: "1".to_owned(),
            item_code: random.pick(&self.items).code.to_string(),
            local_code: "SF".to_owned(),
            charged_at: at,
            price: Price::from(amount),
            quantity: Quantity::ONE,
            amount,
            outside_indication: false,
            note: LineNote::default(),
        })
    }

    async fn sale(&self, person: &Person, nth: u32, random: &mut Random) -> Result<(), Error> {
        let day = self
            .month
            .first_day()
            .saturating_add(i64::from(random.below(28)).days());
        let at = day.at(10, 0, 0, 0);
        let Some(line) = self.line(random.between(30, 600), at, random) else {
            return Ok(());
        };
        let pharmacy = random.pick(&self.pharmacies);
        let number = format!("SFYD{}-{nth:05}", self.month);
        let call = self.call(pharmacy, number, at);
        let sale = Sale {
            person_no: person.number.clone(),
            scheme: None,
            care: CareType::Pharmacy,
            at,
            diagnoses: Vec::new(),
            disease: None,
            expected_total: None,
            use_account: true,
            receipt: Default::default(),
            lines: vec![line],
        };
        sell(self.app, &call, &sale, |_| Ok(Vec::new()))
            .await
            .map(|_| ())
    }

    async fn stay(&self, person: &Person, nth: u32, random: &mut Random) -> Result<(), Error> {
        let from = self
            .month
            .first_day()
            .saturating_add(i64::from(random.below(18)).days());
        let to = from.saturating_add(i64::from(random.between(3, 9)).days());
        let (from, to) = (from.at(9, 0, 0, 0), to.at(15, 0, 0, 0));
        let Some(line) = self.line(random.between(1_500, 24_000), from, random) else {
            return Ok(());
        };
        let hospital = random.pick(&self.hospitals);
        let number = |step: &str| format!("SFZY{}-{nth:05}-{step}", self.month);
        let diagnoses = diagnoses(random);
        let opened = self.open(person, hospital, (number("in"), from), &diagnoses);
        let visit = opened.await?;
        let batch = Batch {
            person_no: person.number.clone(),
            visit_id: visit.clone(),
            kind: VisitKind::Stay,
            lines: vec![line],
        };
        let call = self.call(hospital, number("line"), from);
        upload(self.app, &call, &batch, |_, _| Ok(Vec::new())).await?;
        let leaves = Discharge {
            person_no: person.number.clone(),
            visit_id: visit.clone(),
            ended_at: to,
            diagnoses,
            way: "1".to_owned(),
        };
        let call = self.call(hospital, number("out"), to);
        discharge(self.app, &call, &leaves, || Ok(Vec::new())).await?;
        let pays = Settle {
            person_no: person.number.clone(),
            visit_id: visit,
            kind: VisitKind::Stay,
            care: None,
            disease: None,
            expected_total: None,
            charge_batch: None,
            use_account: true,
            interim: false,
            receipt: Default::default(),
        };
        let call = self.call(hospital, number("pay"), to);
        settle_visit(self.app, &call, &pays).await
    }

    async fn open(
        &self,
        person: &Person,
        hospital: &Arc<Institution>,
        (number, at): (String, DateTime),
        diagnoses: &[Diagnosis],
    ) -> Result<String, Error> {
        let command = OpenVisit {
            person_no: person.number.clone(),
            scheme: None,
            kind: VisitKind::Stay,
            care: CareType::Inpatient,
            started_at: at,
            diagnoses: diagnoses.to_vec(),
            detail: detail(),
        };
        let call = self.call(hospital, number, at);
        let told = |row: &store::VisitRow| Ok(row.visit_id.clone().into_bytes());
        let reply = open(self.app, &call, &command, told).await?;
        String::from_utf8(reply).map_err(|cause| Error::Bug(format!("a visit's number: {cause}")))
    }
}

async fn settle_visit(app: &App, call: &Call, pays: &Settle) -> Result<(), Error> {
    let told = |_: &app::settlement::Settled<'_>| Ok(Vec::new());
    app::settlement::settle(app, call, pays, told)
        .await
        .map(|_| ())
}

/// Drugs of class A without limits: what a bill of nobody in particular is made of.
fn plain_items(app: &App, month: FeeMonth) -> Vec<Arc<CatalogueItem>> {
    let day = month.first_day();
    let plain = |item: &&Arc<CatalogueItem>| {
        let terms = item.terms_for(Scheme::Employee, Grade::Tertiary, day);
        item.kind == ItemKind::Drug
            && item.groups.is_empty()
            && item.restrictions.is_empty()
            && terms.is_some_and(|terms| terms.class == ItemClass::A && terms.ceiling.is_none())
    };
    let mut found: Vec<_> = app.law.items.values().filter(plain).cloned().collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found.truncate(40);
    found
}

fn diagnoses(random: &mut Random) -> Vec<Diagnosis> {
    let (code, name) = *random.pick(&DIAGNOSES);
    vec![Diagnosis {
        code: code.to_owned(),
        name: name.to_owned(),
        main: true,
        kind: "1".to_owned(),
    }]
}

fn detail() -> VisitDetail {
    VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: Default::default(),
        disease: None,
        marks: Vec::new(),
        local_number: "SF".to_owned(),
        department: Default::default(),
        doctor: Default::default(),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: "示范".to_owned(),
        note: String::new(),
    }
}
