//! Measures a month's assessment: `cargo run --release -p app --example contribution_month`.
//!
//! Two thousand employers with fifty people each, a wage for everybody, on a fresh embedded store;
//! then the month is assessed, assessed again, and paid by one file of receipts.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use app::contribution::ReceiptsOptions;
use app::register::Actor;
use app::{App, Clock, Law};
use jiff::civil::date;
use money::Fen;
use policy::FeeMonth;
use store::{DueFilter, EmployerRow, StaffRow, Store};
use terms::AreaCode;

const EMPLOYERS: usize = 2_000;
const STAFF: usize = 50;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("month.db").display());
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let area: AreaCode = "421300".parse()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let book =
        lawbook::load_policy(&root.join("policy")).map_err(|faults| faults[0].to_string())?;
    let law = Law {
        book,
        items: HashMap::new(),
        diagnoses: HashMap::new(),
        schemes: Default::default(),
        methods: Default::default(),
    };
    let app = App::open(store, Arc::new(law), Clock::real(), area).await?;
    let actor = Actor::batch(area, "measure", date(2024, 11, 5).at(9, 0, 0, 0));
    let month: FeeMonth = "2024-11".parse()?;
    let begun = Instant::now();
    enter(&app, &actor, month).await?;
    println!(
        "entered {} people in {:.2?}",
        EMPLOYERS * STAFF,
        begun.elapsed()
    );
    for what in ["assessed", "assessed again"] {
        let begun = Instant::now();
        let done = app.assess_month(&actor, month, None, &|_| {}).await?;
        let (persons, unchanged) = (done.persons, done.unchanged);
        let took = begun.elapsed();
        println!("{what}: {persons} people, {unchanged} employers unchanged, {took:.2?}");
    }
    let text = receipts(&app, &actor, month).await?;
    let begun = Instant::now();
    let given = ("measure.csv", text.as_bytes());
    let done = app.import_receipts(&actor, given, ReceiptsOptions::default());
    let lines = done.await?.lines;
    println!("received {lines} lines in {:.2?}", begun.elapsed());
    let begun = Instant::now();
    let books = app.store.verify_contributions(area).await?;
    let sums = books.map_err(|difference| difference.to_string())?;
    println!(
        "verified {} transfers in {:.2?}",
        sums.transfers,
        begun.elapsed()
    );
    Ok(())
}

async fn enter(app: &App, actor: &Actor, month: FeeMonth) -> Result<(), Box<dyn Error>> {
    for nth in 0..EMPLOYERS {
        let employer = format!("E{nth:06}");
        let row = EmployerRow {
            employer: employer.clone(),
            name: format!("样例{nth}"),
            kind: "enterprise".to_owned(),
            marks: "[]".to_owned(),
            county: "421303".parse()?,
            state: "active".to_owned(),
            opened_on: date(2020, 1, 1),
            closed_on: None,
            detail: "{}".to_owned(),
        };
        let numbers: Vec<String> = (0..STAFF)
            .map(|one| format!("{employer}-{one:02}"))
            .collect();
        let staff = numbers.iter().map(|person_no| StaffRow {
            employer: employer.clone(),
            person_no: person_no.clone(),
            starts_on: date(2020, 1, 1),
            ends_on: None,
            category: "active".to_owned(),
        });
        app.put_employers(actor, vec![row], staff.collect()).await?;
        let wage =
            |one: usize| Fen::new(300_000 + i64::try_from(nth * 37 + one * 1_013).unwrap_or(0));
        let wages: Vec<(String, Fen)> = numbers
            .into_iter()
            .enumerate()
            .map(|(one, number)| (number, wage(one)))
            .collect();
        let declared = app.declare_wages(actor, &employer, month, &wages).await?;
        declared.map_err(|issues| issues[0].message.clone())?;
    }
    Ok(())
}

/// A file in which every employer pays what it owes.
async fn receipts(app: &App, actor: &Actor, month: FeeMonth) -> Result<String, Box<dyn Error>> {
    let filter = DueFilter {
        period: Some(month.to_string()),
        ..DueFilter::default()
    };
    let dues = app.store.contribution_dues(actor.area, &filter).await?;
    let total: Fen = dues
        .iter()
        .map(|due| due.owed_employer + due.owed_person)
        .sum();
    let mut text = format!(
        "批次号,M1,笔数,{},合计金额,{total}\n\
         缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码\n",
        dues.len()
    );
    for (nth, due) in dues.iter().enumerate() {
        let (owner, employer, person) = (&due.owner, due.owed_employer, due.owed_person);
        text += &format!("单位,{owner},{month},{employer},{person},0,2024-11-20,V{nth}\n");
    }
    Ok(text)
}
