//! Employers with half a year of contributions, receipts with and without trouble, and the
//! residents' premiums of the year.

use std::collections::BTreeMap;

use app::contribution::{ReceiptsOptions, RefundAsked};
use app::register::Actor;
use app::{App, Error};
use demo_maker::{DemoArea, Group, Random};
use jiff::ToSpan;
use money::Fen;
use policy::FeeMonth;
use store::{DueFilter, DueRow, EmployerRow, StaffRow};
use terms::{AreaCode, Category, Date, Scheme};

/// Employers of the demonstration: those with the most staff.
const EMPLOYERS: usize = 40;
/// Months assessed, the last one that of the business date.
const MONTHS: i32 = 6;
/// From this place on in the numbering of kinds of work an employer is a public body.
const PUBLIC: usize = 8;

/// Enters employers, wages, assessments and receipts; doing it again changes nothing.
///
/// # Errors
/// What the law or the store refuses.
pub async fn seed(app: &App, area: &DemoArea) -> Result<(), Error> {
    let code = area.recipe.area;
    if !app.store.receipt_files(code, 1).await?.is_empty() {
        return Ok(());
    }
    let this_month = FeeMonth::of(area.recipe.today);
    let first = this_month.later(1 - MONTHS);
    let employers = employers(area);
    let opening = actor(code, "clerk", first.first_day());
    let rows = employers.iter().map(|one| row(one, first)).collect();
    let staff = employers.iter().flat_map(staff).collect();
    app.put_employers(&opening, rows, staff).await?;
    let mut random = Random::named(area.recipe.seed, "wages");
    for employer in &employers {
        declare(app, &opening, employer, first, &mut random).await?;
    }
    for nth in 0..MONTHS {
        let month = first.later(nth);
        let by = actor(code, "clerk", month.first_day().saturating_add(4.days()));
        app.assess_month(&by, month, None, &|_| {}).await?;
        if month < this_month {
            receive(app, code, month, &mut random).await?;
        }
    }
    residents(app, area, &mut random).await?;
    troubled(app, area, &employers).await
}

struct Employer {
    group: Group,
    county: AreaCode,
    staff: Vec<(String, Date)>,
}

impl Employer {
    fn is_public(&self) -> bool {
        let kind = self.group.code.get(self.group.code.len() - 2..);
        kind.and_then(|text| text.parse().ok())
            .is_some_and(|kind: usize| kind >= PUBLIC)
    }
}

fn actor(area: AreaCode, name: &str, on: Date) -> Actor {
    let mut actor = Actor::batch(area, "demo", on.at(9, 0, 0, 0));
    actor.name = name.to_owned();
    actor
}

fn employers(area: &DemoArea) -> Vec<Employer> {
    let mut known: BTreeMap<String, Employer> = BTreeMap::new();
    for person in area.people() {
        let Some(cover) = person
            .cover()
            .filter(|cover| cover.scheme == Scheme::Employee && cover.category == Category::Active)
        else {
            continue;
        };
        let employer = known
            .entry(cover.group.code.clone())
            .or_insert_with(|| Employer {
                group: cover.group.clone(),
                county: cover.county,
                staff: Vec::new(),
            });
        employer.staff.push((person.number.clone(), cover.from));
    }
    let mut largest: Vec<Employer> = known.into_values().collect();
    largest.sort_by_key(|one| (std::cmp::Reverse(one.staff.len()), one.group.code.clone()));
    largest.truncate(EMPLOYERS);
    largest.sort_by(|a, b| a.group.code.cmp(&b.group.code));
    largest
}

fn row(employer: &Employer, first: FeeMonth) -> EmployerRow {
    let (kind, marks) = if employer.is_public() {
        ("public_body", r#"["public_body"]"#)
    } else {
        ("enterprise", "[]")
    };
    EmployerRow {
        employer: employer.group.code.clone(),
        name: employer.group.name.clone(),
        kind: kind.to_owned(),
        marks: marks.to_owned(),
        county: employer.county,
        state: "active".to_owned(),
        opened_on: first.later(-60).first_day(),
        closed_on: None,
        detail: "{}".to_owned(),
    }
}

fn staff(employer: &Employer) -> Vec<StaffRow> {
    let member = |(person_no, from): &(String, Date)| StaffRow {
        employer: employer.group.code.clone(),
        person_no: person_no.clone(),
        starts_on: *from,
        ends_on: None,
        category: Category::Active.word().to_owned(),
    };
    employer.staff.iter().map(member).collect()
}

async fn declare(
    app: &App,
    by: &Actor,
    employer: &Employer,
    first: FeeMonth,
    random: &mut Random,
) -> Result<(), Error> {
    let wages: Vec<(String, Fen)> = employer
        .staff
        .iter()
        .map(|(person, _)| {
            let yuan = i64::from(random.between(30, 160)) * 100;
            (person.clone(), Fen::yuan(yuan))
        })
        .collect();
    let number = &employer.group.code;
    let declared = app.declare_wages(by, number, first, &wages).await?;
    declared.map(|_| ()).map_err(|issues| {
        let first = issues.first().map_or("", |issue| issue.message.as_str());
        Error::Bug(format!("the demonstration's wages: {first}"))
    })
}

async fn dues(app: &App, area: AreaCode, period: &str) -> Result<Vec<DueRow>, Error> {
    let filter = DueFilter {
        period: Some(period.to_owned()),
        ..DueFilter::default()
    };
    Ok(app.store.contribution_dues(area, &filter).await?)
}

/// A file of receipts whose head agrees with its lines.
fn file(number: &str, lines: &[(String, Fen)]) -> String {
    let total: Fen = lines.iter().map(|(_, amount)| *amount).sum();
    let text: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
    format!(
        "批次号,{number},笔数,{},合计金额,{total}\n\
         缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码\n{}\n",
        lines.len(),
        text.join("\n")
    )
}

/// A line that pays all an owner owes for a period.
fn paying(due: &DueRow, on: Date, voucher: &str) -> (String, Fen) {
    let kind = if due.owner_kind == "employer" {
        "单位"
    } else {
        "个人"
    };
    let (owner, period) = (&due.owner, &due.period);
    let (employer, person) = (due.owed_employer, due.owed_person);
    let line = format!("{kind},{owner},{period},{employer},{person},0.00,{on},{voucher}");
    (line, employer + person)
}

async fn take(
    app: &App,
    by: &Actor,
    (name, text): (&str, String),
    rows_ok: bool,
) -> Result<String, Error> {
    let options = ReceiptsOptions {
        dry_run: false,
        rows_ok,
    };
    let done = app.import_receipts(by, (name, text.as_bytes()), options);
    let done = done.await?;
    if done.applied {
        Ok(done.file)
    } else {
        Err(Error::Bug(format!(
            "the demonstration's file {name}: {:?}",
            done.issues
        )))
    }
}

/// Most employers pay in the month; one in nine later or not yet.
async fn receive(
    app: &App,
    area: AreaCode,
    month: FeeMonth,
    random: &mut Random,
) -> Result<(), Error> {
    let on = month.first_day().saturating_add(18.days());
    let mut lines = Vec::new();
    for (nth, due) in (1..).zip(dues(app, area, &month.to_string()).await?) {
        if random.below(9) > 0 {
            lines.push(paying(&due, on, &format!("SP{month}-{nth:04}")));
        }
    }
    let number = format!("DZ{month}");
    let by = actor(area, "clerk", on.saturating_add(1.days()));
    let text = file(&number, &lines);
    take(app, &by, (&format!("{number}.csv"), text), false).await?;
    Ok(())
}

/// The year's premiums, most of them paid with the last season.
async fn residents(app: &App, area: &DemoArea, random: &mut Random) -> Result<(), Error> {
    let code = area.recipe.area;
    let year = area.recipe.today.year();
    let by = actor(code, "clerk", jiff::civil::date(year, 1, 5));
    app.assess_season(&by, year, &|_| {}).await?;
    let on = jiff::civil::date(year, 1, 8);
    let mut lines = Vec::new();
    for (nth, due) in (1..).zip(dues(app, code, &year.to_string()).await?) {
        if !due.owed_person.is_zero() && random.below(40) > 0 {
            lines.push(paying(&due, on, &format!("JM{year}-{nth:06}")));
        }
    }
    let number = format!("JM{year}");
    let text = file(&number, &lines);
    take(app, &by, (&format!("{number}.csv"), text), false).await?;
    Ok(())
}

/// A file with lines of every kind of trouble, and a refund that waits for a second person.
async fn troubled(app: &App, area: &DemoArea, employers: &[Employer]) -> Result<(), Error> {
    let (code, today) = (area.recipe.area, area.recipe.today);
    let month = FeeMonth::of(today).later(-1);
    let filter = DueFilter {
        period: Some(month.to_string()),
        ..DueFilter::default()
    };
    let dues = app.store.contribution_dues(code, &filter).await?;
    let paid = dues
        .iter()
        .find(|due| due.paid_employer == due.owed_employer);
    let Some((first, paid)) = employers.first().zip(paid) else {
        return Ok(());
    };
    let (hundred, fifty) = (Fen::yuan(100), Fen::yuan(50));
    let line = |text: String, amount| (text, amount);
    let (owner, number) = (&paid.owner, &first.group.code);
    let lines = [
        line(
            format!("单位,E{code}9999900,{month},100.00,0.00,0.00,{today},WT-1"),
            hundred,
        ),
        line(
            format!("单位,{owner},{month},100.00,50.00,0.00,{today},WT-2"),
            hundred + fifty,
        ),
        line(
            format!("单位,{owner},{month},100.00,0.00,0.00,{today},WT-2"),
            hundred,
        ),
        line(
            format!("单位,{number},,50.00,0.00,0.00,{today},WT-3"),
            fifty,
        ),
        line(
            format!("单位,{number},2024-13,50.00,0.00,0.00,{today},WT-4"),
            fifty,
        ),
    ];
    let by = actor(code, "clerk", today);
    let text = file("WT1", &lines);
    let taken = take(app, &by, ("WT1.csv", text), true).await?;
    let over = RefundAsked::Line {
        file: taken,
        line_no: 4,
    };
    // Where the employer has something unpaid elsewhere the line found its place there.
    match app
        .propose_refund(&by, &over, ("overpaid", "单位重复缴费"))
        .await
    {
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}
