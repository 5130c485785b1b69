//! The bench on which every test lies: a fresh database of each engine, and sample rows.

use std::io::{Write, stderr};
use std::str::FromStr;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::civil::{Date, DateTime, date};
use ledger::{Account, Batch, Entry};
use money::Fen;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};
use store::*;
use terms::AreaCode;

/// A store with the address it can be opened at again.
pub struct Bench {
    pub store: Store,
    pub url: String,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Runs a test on a fresh SQLite file and, when `TEST_DATABASE_URL` names a server, in a schema
/// of its own there; spread over the nodes if the server is a cluster.
pub async fn each_engine(test: impl AsyncFn(Bench)) {
    each_unmigrated(async |url| {
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        if !is_cluster(&url).await {
            return test(Bench { store, url }).await;
        }
        store.distribute().await.unwrap();
        store.close().await.unwrap();
        let store = Store::open(&url).await.unwrap();
        test(Bench { store, url }).await;
    })
    .await;
}

/// The same with databases that hold no tables yet.
pub async fn each_unmigrated(test: impl AsyncFn(String)) {
    let folder = tempfile::tempdir().unwrap();
    test(format!("sqlite:{}", folder.path().join("t.db").display())).await;
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        // Past the capture of the test program, so that it is seen; once is enough.
        static SAID: Once = Once::new();
        SAID.call_once(|| {
            let _ = writeln!(
                stderr(),
                "SKIPPED on PostgreSQL: TEST_DATABASE_URL is not set"
            );
        });
        return;
    };
    let schema = format!(
        "t{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let options = PgConnectOptions::from_str(&server).unwrap();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .unwrap();
    run(&pool, format!("CREATE SCHEMA {schema}")).await;
    let joint = if server.contains('?') { '&' } else { '?' };
    test(format!(
        "{server}{joint}options[search_path]={schema},public"
    ))
    .await;
    run(&pool, format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn is_cluster(url: &str) -> bool {
    if url.starts_with("sqlite:") {
        return false;
    }
    let pool = PgPool::connect(url).await.unwrap();
    let sql = "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')";
    let found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    pool.close().await;
    found
}

async fn run(pool: &PgPool, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap();
}

impl Bench {
    /// Runs a statement past the store; the error's text if the database refuses it.
    pub async fn tamper(&self, sql: &str) -> Result<(), String> {
        let sql = AssertSqlSafe(sql.to_owned());
        let done = if self.url.starts_with("sqlite:") {
            let pool = sqlx::SqlitePool::connect(&self.url).await.unwrap();
            let done = sqlx::query(sql).execute(&pool).await.map(|_| ());
            pool.close().await;
            done
        } else {
            let pool = PgPool::connect(&self.url).await.unwrap();
            let done = sqlx::query(sql).execute(&pool).await.map(|_| ());
            pool.close().await;
            done
        };
        done.map_err(|cause| cause.to_string())
    }

    pub async fn context(&self, person: &str) -> Context {
        let query = ContextQuery {
            area: area(),
            person_no: person,
            counters_from: 2024,
            visit_id: Some("V1"),
        };
        self.store.load_context(&query).await.unwrap().unwrap()
    }

    pub async fn enter(&self, people: &[PersonFile]) {
        self.store.put_people(area(), people, noon()).await.unwrap();
    }
}

pub fn area() -> AreaCode {
    "421300".parse().unwrap()
}

pub fn today() -> Date {
    date(2024, 11, 15)
}

pub fn noon() -> DateTime {
    today().at(12, 0, 0, 0)
}

pub fn person(no: &str) -> PersonFile {
    let mut file = PersonFile::new(PersonRow {
        person_no: no.into(),
        name: format!("样例{no}"),
        sex: "1".into(),
        birth: date(1960, 2, 29),
        death: None,
        county: "421321".parse().unwrap(),
        marks: r#"[{"mark": "low_income"}]"#.into(),
        detail: "{}".into(),
    });
    file.identifiers.push(IdentifierRow {
        kind: "identity".into(),
        value: format!("ID{no}"),
    });
    file.coverage.push(CoverageRow {
        scheme: "employee".into(),
        starts_on: date(2020, 1, 1),
        ends_on: None,
        category: "retired".into(),
        state: "active".into(),
        reason: String::new(),
        county: "421321".parse().unwrap(),
        employer: String::new(),
    });
    file.accounts.push(OpeningAccount {
        kind: "current_year".into(),
        balance: Fen::yuan(100),
    });
    file
}

pub fn key() -> CounterKey {
    CounterKey {
        scheme: "employee".into(),
        counter: "deductible".into(),
        period: "2024".into(),
        subject: String::new(),
    }
}

pub fn line(no: &str, fen: i64) -> LineRow {
    LineRow {
        visit_id: "V1".into(),
        line_no: no.into(),
        upload: "M0".into(),
        charge_batch: "B1".into(),
        status: LineStatus::Live,
        settlement_id: String::new(),
        item_code: "X0001".into(),
        local_code: "L1".into(),
        price_micro: fen * 10_000,
        quantity_micro: 1_000_000,
        amounts: LineTotals {
            total: Fen::new(fen),
            in_scope: Fen::new(fen),
            ..LineTotals::default()
        },
        charged_at: noon(),
        detail: "{}".into(),
    }
}

pub fn visit(version: i64, status: &str) -> VisitRow {
    VisitRow {
        visit_id: "V1".into(),
        version,
        institution: "H1".into(),
        kind: "outpatient".into(),
        care_type: "general_outpatient".into(),
        scheme: "employee".into(),
        status: status.into(),
        started_at: noon(),
        ended_at: None,
        diagnoses: "[]".into(),
        detail: r#"{"note": "甲"}"#.into(),
    }
}

pub fn request(msgid: &str, hash: &str, settlement: &str) -> RequestRow {
    RequestRow {
        key: RequestKey {
            institution: "H1".into(),
            msgid: msgid.into(),
        },
        infno: "2102".into(),
        body_hash: hash.into(),
        settlement_id: settlement.into(),
        reply: format!("reply to {msgid}").into_bytes(),
        decided_at: noon(),
    }
}

/// A bill of `fen`, all eligible: 70 % by the fund, the rest in cash but for ten yuan from the
/// person's account, which must hold as much.
pub fn bill(context: &Context, id: &str, fen: i64) -> Commit {
    let no = &context.person.person_no;
    let (fund, account) = (Fen::new(fen * 7 / 10), Fen::yuan(10));
    let mut commit = Commit::new(area(), no.clone());
    commit.expected_version = Some(context.version);
    commit.request = Some(request(&format!("M{id}"), "hash", id));
    commit.settlement = Some(SettlementRow {
        person_no: no.clone(),
        settlement_id: id.into(),
        original_id: String::new(),
        reversed_by: String::new(),
        institution: "H1".into(),
        msgid: format!("M{id}"),
        visit_id: "V1".into(),
        person_name: context.person.name.clone(),
        scheme: "employee".into(),
        care_type: "pharmacy".into(),
        benefit_year: 2024,
        edition: "edition".into(),
        decided_on: today(),
        settled_at: noon(),
        amounts: LineTotals {
            total: Fen::new(fen),
            in_scope: Fen::new(fen),
            ..LineTotals::default()
        },
        fund,
        account,
        family: Fen::ZERO,
        cash: Fen::new(fen) - fund - account,
        other: Fen::ZERO,
        funds: vec![FundRow {
            fund: "employee_pooled".into(),
            amount: fund,
        }],
        outcome: r#"{"trace": []}"#.into(),
    });
    commit.counters = vec![CounterChange {
        read: context.counter(&key(), 2024),
        delta: fund.get(),
    }];
    commit.accounts = vec![AccountChange {
        read: context.accounts[0].clone(),
        delta: -account,
    }];
    commit.ledger = Some(expected_ledger(commit.settlement.as_ref().unwrap()).unwrap());
    commit.access = Some(log(&format!("A{id}")));
    commit
}

/// The bill above with its lines and visit in one message, as a pharmacy sends it.
pub fn sale(context: &Context, id: &str, fen: i64) -> Commit {
    let mut commit = bill(context, id, fen);
    commit.visit = Some(VisitRow {
        visit_id: format!("V{id}"),
        ..visit(1, "settled")
    });
    commit.settlement.as_mut().unwrap().visit_id = format!("V{id}");
    commit.lines = vec![LineRow {
        visit_id: format!("V{id}"),
        status: LineStatus::Settled,
        settlement_id: id.into(),
        ..line("1", fen)
    }];
    commit
}

/// The exact reversal of a recorded bill.
pub fn reversal(context: &Context, original: &SettlementRow, id: &str) -> Commit {
    let mut row = original.clone();
    let minus = |amounts: LineTotals| LineTotals {
        total: -amounts.total,
        self_paid: -amounts.self_paid,
        over_limit: -amounts.over_limit,
        prior: -amounts.prior,
        in_scope: -amounts.in_scope,
    };
    row.settlement_id = id.into();
    row.original_id = original.settlement_id.clone();
    row.amounts = minus(row.amounts);
    for amount in [
        &mut row.fund,
        &mut row.account,
        &mut row.family,
        &mut row.cash,
        &mut row.other,
    ] {
        *amount = -*amount;
    }
    row.funds
        .iter_mut()
        .for_each(|fund| fund.amount = -fund.amount);
    let mut commit = Commit::new(area(), original.person_no.clone());
    commit.expected_version = Some(context.version);
    commit.counters = vec![CounterChange {
        read: context.counter(&key(), 2024),
        delta: row.fund.get(),
    }];
    commit.accounts = vec![AccountChange {
        read: context.accounts[0].clone(),
        delta: -row.account,
    }];
    let batch = expected_ledger(original).unwrap();
    commit.ledger = Some(batch.reversal(id, id, today(), "reversed"));
    commit.settlement = Some(row);
    commit
}

/// The relative whose account pays in these tests.
pub const SPONSOR: &str = "P000";

/// What a settlement means in accounts, for these tests: fund and accounts owe the institution.
pub fn expected_ledger(row: &SettlementRow) -> Option<Batch> {
    let owed = |from: Account, fen: Fen| {
        let holder = &row.institution;
        Entry::try_new(from, Account::held("E", "M2001", holder), fen, "settled").ok()
    };
    let member = |owner: &str| Account::held("E", "M2007", owner);
    let entries: Vec<_> = [
        owed(Account::new("E", "M3002"), row.fund),
        owed(member(&row.person_no), row.account),
        owed(member(SPONSOR), row.family),
    ]
    .into_iter()
    .flatten()
    .collect();
    Batch::try_new(
        &row.settlement_id,
        &row.settlement_id,
        row.decided_on,
        entries,
    )
    .ok()
}

pub fn log(id: &str) -> AccessRow {
    AccessRow {
        log_id: id.into(),
        at: noon(),
        actor_kind: "institution".into(),
        actor: "O1".into(),
        institution: "H1".into(),
        action: "2102".into(),
        target: String::new(),
        result: "done".into(),
        address: String::new(),
        detail: "{}".into(),
    }
}
