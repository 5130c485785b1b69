//! How fast an invented register is imported, counted as of a day, listed and cleaned, and how well
//! pairs are found: `cargo run --release -p app --example register_speed -- FOLDER PEOPLE`.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use app::cleaning::{FindingFilter, shipped_limits};
use app::import::PeopleFile;
use app::{App, Clock, Law};
use demo_maker::{Defects, Recipe, RegisterFile, area, register_file};
use store::Store;

/// The allocator of the executable.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failed = Box<dyn std::error::Error>;
type Pairs = BTreeSet<(String, String)>;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("FOLDER PEOPLE")?);
    let people: u32 = arguments.next().ok_or("FOLDER PEOPLE")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure(&folder, people))
}

async fn measure(folder: &Path, people: u32) -> Result<(), Failed> {
    let recipe = Recipe::suizhou().with_people(people);
    let (home, today) = (recipe.area, recipe.today);
    let path = folder.join("people.csv");
    let wanted = write(&path, recipe)?;
    let url = format!("sqlite:{}", folder.join("register.db").display());
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let app = App::open(store, Arc::new(law()?), Clock::starting_on(today), home).await?;

    let file = PeopleFile { path, sheet: None };
    let begun = Instant::now();
    let checked = app
        .check_people_file(&file, 0, &mut |_| Ok(()), &|_| {})
        .await?;
    told("dry run", checked.rows, begun);
    println!(
        "  rejected {}, wanted pairs {}",
        checked.rejected(),
        wanted.len()
    );
    let import = app.begin_import(&file, &checked, "measure").await?;
    let wrote = Instant::now();
    let done = app
        .import_people(&file, Arc::new(checked), &import, &|_| {})
        .await?;
    told("write", done.accepted, wrote);
    told("import, both passes", done.accepted, begun);

    for _ in 0..3 {
        let begun = Instant::now();
        let counts = app.coverage_as_of(home, today).await?;
        told(
            "coverage counted",
            counts.iter().map(|row| row.count).sum(),
            begun,
        );
    }
    let begun = Instant::now();
    told("coverage listed", listed(&app, home, today).await?, begun);
    for _ in 0..2 {
        let begun = Instant::now();
        let cleaned = app.clean("measure", &shipped_limits()?, &|_| {}).await?;
        told("clean", cleaned.run.people, begun);
        for count in cleaned.counts {
            println!("  {} {} new {}", count.check, count.found, count.new);
        }
    }
    let found = pairs(&app).await?;
    let right = found.intersection(&wanted).count();
    println!(
        "pairs wanted {} found {} right {right}",
        wanted.len(),
        found.len()
    );
    println!(
        "{}",
        std::fs::read_to_string("/proc/self/status")?
            .lines()
            .find(|line| { line.starts_with("VmHWM") })
            .unwrap_or_default()
    );
    Ok(())
}

fn told(what: &str, rows: i64, begun: Instant) {
    let millis = i64::try_from(begun.elapsed().as_millis())
        .unwrap_or(i64::MAX)
        .max(1);
    let per_second = rows.saturating_mul(1000) / millis;
    println!("{what}: {rows} rows, {millis} ms, {per_second} rows/s");
}

/// The file, and the pairs in it that are one person.
fn write(path: &Path, recipe: Recipe) -> Result<Pairs, Failed> {
    let area = area(recipe);
    let defects = Defects {
        bad_rows: 5,
        doubles: 10,
        twins: 15,
        doubts: 5,
    };
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "{}", RegisterFile::TITLES.join(","))?;
    let mut pairs = Pairs::new();
    for row in register_file(&area, defects) {
        writeln!(out, "{}", row.cells.join(","))?;
        let label = row.label.filter(|label| label.check == "same_person");
        if let Some(label) = label {
            pairs.insert(ordered(&row.number, &label.other));
        }
    }
    out.flush()?;
    Ok(pairs)
}

fn ordered(one: &str, two: &str) -> (String, String) {
    let (first, second) = if one <= two { (one, two) } else { (two, one) };
    (first.to_owned(), second.to_owned())
}

async fn listed(app: &App, home: terms::AreaCode, day: terms::Date) -> Result<i64, Failed> {
    let (mut after, mut rows) = ((String::new(), String::new()), 0);
    loop {
        let from = (after.0.as_str(), after.1.as_str());
        let page = app.store.covered_on(home, day, from, 20_000).await?;
        let Some(last) = page.last() else { break };
        after = (last.person_no.clone(), last.scheme.clone());
        rows += i64::try_from(page.len())?;
    }
    Ok(rows)
}

async fn pairs(app: &App) -> Result<Pairs, Failed> {
    let filter = FindingFilter {
        check: Some("same_person".to_owned()),
        ..FindingFilter::default()
    };
    let (mut found, mut after) = (Pairs::new(), String::new());
    loop {
        let page = app.findings(&filter, &after, 5_000).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.finding_id);
        found.extend(
            page.iter()
                .map(|row| ordered(&row.person_no, &row.other_no)),
        );
    }
    Ok(found)
}

fn law() -> Result<Law, Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let book =
        lawbook::load_policy(&root.join("policy")).map_err(|faults| format!("{faults:?}"))?;
    let catalogue = lawbook::load_catalogue(&root.join("catalogues/example"));
    let catalogue = catalogue.map_err(|faults| format!("{faults:?}"))?;
    Ok(Law {
        book,
        items: catalogue.items,
        diagnoses: std::collections::HashMap::new(),
        schemes: Default::default(),
        methods: Default::default(),
    })
}
