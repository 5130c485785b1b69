//! `tongchou migrate|seed|backup|restore|verify`：数据库的日常。

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use demo_maker::Recipe;
use indicatif::ProgressBar;
use money::Fen;
use serde_json::{Value, json};
use store::Store;
use terms::AreaCode;

use super::open;
use super::policy::{Answer, Format};

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// 数据库：sqlite:文件 或 postgres://…
    #[arg(long, default_value = "sqlite:tongchou.db")]
    database: String,
}

impl Database {
    /// Its address.
    pub fn url(&self) -> &str {
        &self.database
    }
}

/// How to bring a database up to date.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    #[command(flatten)]
    database: Database,
    /// 在集群上分布各表
    #[arg(long, value_enum)]
    distribute: Option<Cluster>,
}

/// Which distributed engine.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Cluster {
    /// PostgreSQL 上的 Citus
    Citus,
}

/// What to seed.
#[derive(Debug, Args)]
pub struct SeedArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 人数
    #[arg(long, default_value_t = 30_000)]
    population: u32,
}

/// Where to copy a database to.
#[derive(Debug, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    database: Database,
    /// 备份文件
    #[arg(long)]
    to: PathBuf,
}

/// Where to copy a database from.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    database: Database,
    /// 备份文件
    #[arg(long)]
    from: PathBuf,
}

/// What to recompute.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Brings the tables up to date, and spreads them over a cluster when asked.
///
/// # Errors
/// When the database cannot be reached or refuses.
pub async fn migrate(args: MigrateArgs) -> anyhow::Result<Answer> {
    let store = open::store(&args.database.database).await?;
    let text = match args.distribute {
        None => "数据库已是最新\n",
        Some(Cluster::Citus) => {
            store.distribute().await?;
            "数据库已是最新，各表已分布到集群\n"
        }
    };
    store.close().await?;
    Ok(done(text))
}

/// Enters the people and institutions of a demonstration.
///
/// # Errors
/// When the database fails.
pub async fn seed(args: SeedArgs) -> anyhow::Result<Answer> {
    let store = open::store(&args.database.database).await?;
    let recipe = if args.area == Recipe::fictional().area {
        Recipe::fictional()
    } else if args.area == Recipe::suizhou().area {
        Recipe::suizhou()
    } else {
        Recipe::of_area(args.area, &args.area.to_string())
    };
    let area = demo_maker::area(recipe.with_people(args.population));
    server::seed::seed(&store, &area).await?;
    store.close().await?;
    Ok(done(&format!(
        "已写入 {} 人、{} 家机构\n",
        area.people().len(),
        area.institutions.len()
    )))
}

/// Copies an embedded database while it is in use.
///
/// # Errors
/// When the target exists or cannot be written; for PostgreSQL, which has its own tools.
pub async fn backup(args: BackupArgs) -> anyhow::Result<Answer> {
    if args.to.exists() {
        bail!("备份文件 {} 已存在", args.to.display());
    }
    sqlite_file(&args.database.database, "pg_dump")?;
    let store = Store::open(&args.database.database).await?;
    store.backup(&args.to).await?;
    store.close().await?;
    Ok(done(&format!("已备份到 {}\n", args.to.display())))
}

/// Puts a backup in the place of an embedded database that is not in use.
///
/// # Errors
/// When the database exists already, or the backup is not one.
pub async fn restore(args: RestoreArgs) -> anyhow::Result<Answer> {
    let target = sqlite_file(&args.database.database, "pg_restore")?;
    if target.exists() {
        bail!("数据库文件 {} 已存在，请先移走", target.display());
    }
    std::fs::copy(&args.from, &target)
        .with_context(|| format!("不能由 {} 恢复", args.from.display()))?;
    let store = open::store(&args.database.database).await?;
    store.close().await?;
    Ok(done(&format!("已恢复到 {}\n", target.display())))
}

fn sqlite_file(url: &str, tool: &str) -> anyhow::Result<PathBuf> {
    match url.strip_prefix("sqlite:") {
        Some(path) => Ok(Path::new(path.trim_start_matches("//")).to_owned()),
        None => bail!("PostgreSQL 数据库请使用 {tool}"),
    }
}

/// Recomputes settlements, counters, accounts and ledger, person by person.
///
/// # Errors
/// When the database fails; a difference is the answer no.
pub async fn verify(args: VerifyArgs) -> anyhow::Result<Answer> {
    let store = open::store(&args.database.database).await?;
    let people = u64::try_from(store.count_persons(args.area).await?).unwrap_or(0);
    let bar = ProgressBar::new(people);
    let progress = |done| bar.set_position(done);
    let found = store
        .verify(args.area, &app::settlement::ledger_of, &progress)
        .await?;
    let contributions = store.verify_contributions(args.area).await?;
    let clearing = cleared(&store, args.area).await?;
    bar.finish_and_clear();
    store.close().await?;
    let (text, value, code) = match found {
        Ok(sums) => match contributions {
            Ok(_) if clearing.2 != 0 => clearing,
            Ok(books) => (
                format!(
                    "核对一致：{}人，{}笔结算，{}次累计变动，{}次账户收支，{}笔分录；\
                     {}次月核定，{}行到账，{}笔征缴分录；{}\n",
                    sums.persons,
                    sums.settlements,
                    sums.postings,
                    sums.movements,
                    sums.transfers,
                    books.months,
                    books.receipts,
                    books.transfers,
                    clearing.0
                ),
                json!({ "agrees": true, "persons": sums.persons, "settlements": sums.settlements,
                        "postings": sums.postings, "movements": sums.movements,
                        "transfers": sums.transfers, "assessed_months": books.months,
                        "receipts": books.receipts,
                        "contribution_transfers": books.transfers,
                        "clearing": clearing.1 }),
                0,
            ),
            Err(books) => (
                format!("{books}\n"),
                json!({ "agrees": false, "person": "", "place": books.place,
                        "check": books.check, "expected": Fen::new(books.expected).to_string(),
                        "found": Fen::new(books.found).to_string() }),
                1,
            ),
        },
        Err(difference) => (
            format!("{difference}\n"),
            json!({ "agrees": false, "person": difference.person_no, "place": difference.place,
                    "check": difference.check, "expected": difference.expected,
                    "found": difference.found }),
            1,
        ),
    };
    let text = if args.format == Format::Json {
        format!("{value:#}\n")
    } else {
        text
    };
    Ok(Answer { text, code })
}

/// Which equation of the books fails, and where.
fn differs(books: &store::BooksDiffer) -> (String, Value, u8) {
    let value = json!({ "agrees": false, "person": "", "place": books.place,
                        "check": books.check,
                        "expected": Fen::new(books.expected).to_string(),
                        "found": Fen::new(books.found).to_string() });
    (format!("{books}\n"), value, 1)
}

/// Statements, orders, bank lines and both kinds of books: what agrees, or the first that differs.
async fn cleared(store: &Store, area: AreaCode) -> anyhow::Result<(String, Value, u8)> {
    let sums = match store.verify_clearing(area).await? {
        Ok(sums) => sums,
        Err(books) => {
            return Ok(differs(&books));
        }
    };
    if let Err(books) = store.verify_provider(area).await? {
        return Ok(differs(&books));
    }
    let bridges = app::clearing::bridges(store, area, None).await;
    let bridges = bridges.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    if let Some(open) = app::clearing::open_bridge(&bridges) {
        let (month, book, bridge) = (&open.month, &open.book, &open.bridge);
        let (expected, found) = (bridge.expected(), bridge.cash);
        let text = format!("{month}账套{book}桥接表不平：应付出{expected}元，实付{found}元\n");
        let value = json!({ "agrees": false, "person": "", "place": format!("{month} {book}"),
                            "check": "bridge", "expected": expected.to_string(),
                            "found": found.to_string() });
        return Ok((text, value, 1));
    }
    let text = format!(
        "{}张清算单，{}笔明细，{}张支付凭单，{}行银行回单，{}笔清算分录，{}个桥接表差额为零",
        sums.statements,
        sums.bills,
        sums.orders,
        sums.bank_lines,
        sums.transfers,
        bridges.len()
    );
    let value = json!({ "statements": sums.statements, "bills": sums.bills,
                        "orders": sums.orders, "bank_lines": sums.bank_lines,
                        "transfers": sums.transfers, "bridges": bridges.len() });
    Ok((text, value, 0))
}

fn done(text: &str) -> Answer {
    Answer {
        text: text.to_owned(),
        code: 0,
    }
}
