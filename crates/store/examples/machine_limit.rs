//! The machine's own limit: bare rows through the store's writer, with no logic before them.
//!
//! ```text
//! cargo run --release -p store --example machine_limit -- sqlite:/var/tmp/limit.db
//! cargo run --release -p store --example machine_limit -- postgres://…  [clients] [seconds]
//! ```
//!
//! Prints the fsync latency of the disk the file lies on (or of the current folder), then commits
//! per second and latency percentiles of ten-line sales: message, visit, ten lines, settlement
//! with three funds, four counters, one account, four transfers, access log.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::{DateTime, date};
use ledger::{Account, Batch, Entry};
use money::Fen;
use store::*;
use terms::AreaCode;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const PERSONS: usize = 20_000;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments
        .next()
        .unwrap_or_else(|| "sqlite:machine_limit.db".into());
    let clients = arguments.next().map_or(Ok(32), |text| text.parse())?;
    let seconds = arguments.next().map_or(Ok(10), |text| text.parse())?;
    print_fsync_latency(&url)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure(&url, clients, Duration::from_secs(seconds)))
}

/// Writes 4 KiB and waits for the disk, two hundred times.
fn print_fsync_latency(url: &str) -> Outcome<()> {
    let path = url.strip_prefix("sqlite:").map(Path::new);
    let folder = path.and_then(Path::parent).filter(|folder| folder.is_dir());
    let probe = folder.unwrap_or(Path::new(".")).join("fsync.probe");
    let mut file = File::create(&probe)?;
    let mut took = Vec::new();
    for _ in 0..200 {
        file.write_all(&[0; 4096])?;
        let start = Instant::now();
        file.sync_data()?;
        took.push(start.elapsed());
    }
    std::fs::remove_file(probe)?;
    took.sort_unstable();
    println!(
        "fsync of 4 KiB: median {:?}, p99 {:?}",
        took[100], took[197]
    );
    Ok(())
}

async fn measure(url: &str, clients: usize, time: Duration) -> Outcome<()> {
    let store = Arc::new(Store::open(url).await?);
    store.migrate().await?;
    let start = Instant::now();
    let people: Vec<_> = (0..PERSONS).map(person).collect();
    store.put_people(area(), &people, noon()).await?;
    println!("entered {PERSONS} persons in {:?}", start.elapsed());

    let stop = Arc::new(AtomicBool::new(false));
    let start = Instant::now();
    let workers: Vec<_> = (0..clients)
        .map(|client| tokio::spawn(work(store.clone(), stop.clone(), client, clients)))
        .collect();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    let mut took = Vec::new();
    for worker in workers {
        took.append(&mut worker.await??);
    }
    let elapsed = start.elapsed();
    took.sort_unstable();
    let at = |part: f64| took[((took.len() - 1) as f64 * part) as usize];
    println!(
        "{clients} clients, {:?}: {:.0} commits/s, p50 {:?}, p99 {:?}, max {:?}",
        elapsed,
        took.len() as f64 / elapsed.as_secs_f64(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    print_reads(&store).await
}

/// How long loading one person takes, one after the other.
async fn print_reads(store: &Store) -> Outcome<()> {
    let start = Instant::now();
    for n in 0..2_000 {
        context(store, &number(n)).await?;
    }
    println!(
        "load_context: {:?} each, one after the other",
        start.elapsed() / 2_000
    );
    Ok(())
}

/// One client: sale after sale, each for the next of its own persons.
async fn work(
    store: Arc<Store>,
    stop: Arc<AtomicBool>,
    client: usize,
    clients: usize,
) -> Outcome<Vec<Duration>> {
    let mut took = Vec::new();
    let run = std::process::id();
    for turn in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let person = (client + turn * clients) % PERSONS;
        let context = context(&store, &number(person)).await?;
        let commit = sale(&context, &format!("S{run}-{client:03}-{turn:08}"))?;
        let start = Instant::now();
        let answer = store.commit(commit).await?;
        took.push(start.elapsed());
        assert_eq!(answer, Answer::Done, "nobody else writes this person");
    }
    Ok(took)
}

async fn context(store: &Store, person_no: &str) -> Outcome<Context> {
    let query = ContextQuery {
        area: area(),
        person_no,
        counters_from: 2024,
        visit_id: None,
    };
    store
        .load_context(&query)
        .await?
        .ok_or_else(|| "a person is missing".into())
}

fn area() -> AreaCode {
    "421300".parse().expect("six digits")
}

fn noon() -> DateTime {
    date(2024, 11, 15).at(12, 0, 0, 0)
}

/// Numbers scattered like real ones, so that neighbours in time are no neighbours on disk.
fn number(n: usize) -> String {
    format!("4213{:014}", n as u64 * 2_654_435_761 % 99_999_999_977)
}

fn person(n: usize) -> PersonFile {
    let mut file = PersonFile::new(PersonRow {
        person_no: number(n),
        name: "样例".into(),
        sex: "1".into(),
        birth: date(1960, 1, 1),
        death: None,
        county: area(),
        marks: "[]".into(),
        detail: "{}".into(),
    });
    let balance = Fen::yuan(1_000_000);
    file.accounts.push(OpeningAccount {
        kind: "current_year".into(),
        balance,
    });
    file.coverage.push(CoverageRow {
        scheme: "employee".into(),
        starts_on: date(2020, 1, 1),
        ends_on: None,
        category: "active".into(),
        state: "active".into(),
        reason: String::new(),
        county: area(),
        employer: String::new(),
    });
    file
}

fn sale(context: &Context, id: &str) -> Outcome<Commit> {
    let no = context.person.person_no.clone();
    let key = RequestKey {
        institution: "H42130000001".into(),
        msgid: id.into(),
    };
    let mut commit = Commit::new(area(), no.clone());
    commit.expected_version = Some(context.version);
    commit.request = Some(RequestRow {
        key,
        infno: "2102".into(),
        body_hash: "0123456789abcdef".repeat(4),
        settlement_id: id.into(),
        reply: vec![b' '; 2_000],
        decided_at: noon(),
    });
    commit.visit = Some(VisitRow {
        visit_id: id.into(),
        version: 1,
        institution: "H42130000001".into(),
        kind: "pharmacy".into(),
        care_type: "pharmacy".into(),
        scheme: "employee".into(),
        status: "settled".into(),
        started_at: noon(),
        ended_at: None,
        diagnoses: "[]".into(),
        detail: "{}".into(),
    });
    commit.lines = (0..10).map(|n| line(id, n)).collect();
    commit.counters = counters(context);
    let paid = Fen::yuan(10);
    let read = context.accounts[0].clone();
    commit.accounts = vec![AccountChange { read, delta: -paid }];
    let entry = |debit: &str| {
        let owed = Account::held("E", "M2001", "H42130000001");
        Entry::try_new(Account::new("E", debit), owed, paid, "settled")
    };
    let entries = ["M3002", "M3003", "M3004", "300102"].map(entry);
    let entries = entries.into_iter().collect::<Result<Vec<_>, _>>()?;
    commit.ledger = Some(Batch::try_new(id, id, noon().date(), entries)?);
    commit.settlement = Some(settlement(context, id));
    commit.access = Some(access(id));
    Ok(commit)
}

fn line(id: &str, n: usize) -> LineRow {
    let total = Fen::yuan(10);
    LineRow {
        visit_id: id.into(),
        line_no: format!("{n:04}"),
        upload: id.into(),
        charge_batch: id.into(),
        status: LineStatus::Settled,
        settlement_id: id.into(),
        item_code: "XA01AAA000A001010100001".into(),
        local_code: "L0001".into(),
        price_micro: 5_000_000,
        quantity_micro: 2_000_000,
        amounts: LineTotals {
            total,
            in_scope: total,
            ..LineTotals::default()
        },
        charged_at: noon(),
        detail: r#"{"name": "样例药品", "class": "A"}"#.into(),
    }
}

fn counters(context: &Context) -> Vec<CounterChange> {
    let names = ["deductible", "fund_paid", "outpatient_paid", "visits"];
    let changes = names.map(|counter| {
        let key = CounterKey {
            scheme: "employee".into(),
            counter: counter.into(),
            period: "2024".into(),
            subject: String::new(),
        };
        CounterChange {
            read: context.counter(&key, 2024),
            delta: 100,
        }
    });
    changes.into()
}

fn settlement(context: &Context, id: &str) -> SettlementRow {
    let (total, share) = (Fen::yuan(100), Fen::yuan(10));
    let funds = ["employee_pooled", "large_amount", "civil_servant"];
    SettlementRow {
        person_no: context.person.person_no.clone(),
        settlement_id: id.into(),
        original_id: String::new(),
        reversed_by: String::new(),
        institution: "H42130000001".into(),
        msgid: id.into(),
        visit_id: id.into(),
        person_name: context.person.name.clone(),
        scheme: "employee".into(),
        care_type: "pharmacy".into(),
        benefit_year: 2024,
        edition: "0123456789abcdef".repeat(4),
        decided_on: noon().date(),
        settled_at: noon(),
        amounts: LineTotals {
            total,
            in_scope: total,
            ..LineTotals::default()
        },
        fund: Fen::yuan(30),
        account: share,
        family: Fen::ZERO,
        cash: Fen::yuan(60),
        other: Fen::ZERO,
        funds: funds
            .map(|fund| FundRow {
                fund: fund.into(),
                amount: share,
            })
            .into(),
        outcome: format!(r#"{{"trace": "{}"}}"#, "步骤".repeat(700)),
    }
}

fn access(id: &str) -> AccessRow {
    AccessRow {
        log_id: id.into(),
        at: noon(),
        actor_kind: "institution".into(),
        actor: "O1".into(),
        institution: "H42130000001".into(),
        action: "2102".into(),
        target: id.into(),
        result: "done".into(),
        address: "127.0.0.1".into(),
        detail: "{}".into(),
    }
}
