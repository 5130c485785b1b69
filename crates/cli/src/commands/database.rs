//! `tongchou migrate|seed|backup|restore|verify`：数据库的日常。

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use demo_maker::Recipe;
use store::Store;
use terms::AreaCode;

use super::open;
use super::policy::Answer;

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

fn done(text: &str) -> Answer {
    Answer {
        text: text.to_owned(),
        code: 0,
    }
}
