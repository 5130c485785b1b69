//! `tongchou audit knowledge`：知识库的导入、批准、查阅、导出。

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use app::audit::{Edition, NewKnowledge, Officer};
use app::{App, Error};
use audit::library::{VersionedRow, in_service};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::told;
use crate::commands::place::{Place, Told, answered};
use crate::commands::policy::Answer;

/// What to do with the knowledge library.
#[derive(Debug, Subcommand)]
pub enum KnowledgeCommand {
    /// 导入知识表（k_*.csv）：与在用的逐行比对，报告差异，作为待批准的版本保存
    #[command(after_help = "例：tongchou audit knowledge import catalogues/knowledge --dry-run")]
    Import(ImportArgs),
    /// 批准一个版本；批准人不能是导入人
    Approve(ApproveArgs),
    /// 退回一个待批准的版本
    Reject(RejectArgs),
    /// 各版本和在用的知识表
    List(ListArgs),
    /// 一个版本的差异报告
    Show(EditionArgs),
    /// 导出在用的知识表
    Export(ExportArgs),
}

/// Which tables come in.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 知识表所在的目录
    dir: PathBuf,
    #[command(flatten)]
    place: Place,
    /// 只报告差异，不保存
    #[arg(long)]
    dry_run: bool,
    /// 不能导入的行略过，只导入其余各行；不写则有一行不能导入就都不导入
    #[arg(long)]
    skip_bad: bool,
    /// 导入人：本统筹区经办机构的用户名
    #[arg(long, required_unless_present = "dry_run")]
    user: Option<String>,
}

/// Which edition.
#[derive(Debug, Args)]
pub struct EditionArgs {
    /// 版本编号
    edition: String,
    #[command(flatten)]
    place: Place,
}

/// Which edition is approved, and by whom.
#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// 版本编号
    edition: String,
    #[command(flatten)]
    place: Place,
    /// 批准人：有复审岗位的用户名
    #[arg(long)]
    user: String,
}

/// Which edition goes back, and why.
#[derive(Debug, Args)]
pub struct RejectArgs {
    /// 版本编号
    edition: String,
    #[command(flatten)]
    place: Place,
    /// 退回人：有复审岗位的用户名
    #[arg(long)]
    user: String,
    /// 理由
    #[arg(long)]
    reason: String,
}

/// Which system.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    place: Place,
}

/// Where to write.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// 写到这个目录，每张表一个 CSV
    dir: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Carries a command out; 0 done, 1 refused, 3 failed.
///
/// # Errors
/// When the database or a file fails.
pub async fn run(command: KnowledgeCommand) -> anyhow::Result<Answer> {
    match command {
        KnowledgeCommand::Import(args) => import(args).await,
        KnowledgeCommand::Approve(args) => approve(args).await,
        KnowledgeCommand::Reject(args) => reject(args).await,
        KnowledgeCommand::List(args) => list(args).await,
        KnowledgeCommand::Show(args) => show(args).await,
        KnowledgeCommand::Export(args) => export(args).await,
    }
}

/// The system, and who the named account is to it.
async fn ready(place: &Place, user: &str) -> anyhow::Result<(Arc<App>, Result<Officer, Error>)> {
    let (app, at) = place.open().await?;
    let officer = app.officer_named(user, at).await;
    Ok((app, officer))
}

async fn import(args: ImportArgs) -> anyhow::Result<Answer> {
    let (rows, unread) = columnar::read_rows(&args.dir)?;
    let new = NewKnowledge {
        source: args.dir.display().to_string(),
        rows,
        unread,
    };
    let format = args.place.format;
    let Some(user) = args.user.filter(|_| !args.dry_run) else {
        let (app, _) = args.place.open().await?;
        let done = app.compare_knowledge(app.home, new).await;
        return answered(
            format,
            done.map(|found| told::compared(&found, None, "试运行，没有保存")),
        );
    };
    let (app, officer) = ready(&args.place, &user).await?;
    let done = match officer {
        Ok(officer) => app.propose_knowledge(&officer, new, args.skip_bad).await,
        Err(error) => Err(error),
    };
    answered(format, done.map(|done| told::proposed(&done)))
}

async fn approve(args: ApproveArgs) -> anyhow::Result<Answer> {
    let (app, officer) = ready(&args.place, &args.user).await?;
    let done = match officer {
        Ok(officer) => app.approve_knowledge(&officer, &args.edition).await,
        Err(error) => Err(error),
    };
    answered(args.place.format, done.map(|one| told_of(&one)))
}

async fn reject(args: RejectArgs) -> anyhow::Result<Answer> {
    let (app, officer) = ready(&args.place, &args.user).await?;
    let (edition, reason) = (&args.edition, &args.reason);
    let done = match officer {
        Ok(officer) => app.reject_knowledge(&officer, edition, reason).await,
        Err(error) => Err(error),
    };
    answered(args.place.format, done.map(|one| told_of(&one)))
}

fn told_of(one: &Edition) -> Told {
    (told::edition(one), told::edition_json(one), 0)
}

async fn list(args: ListArgs) -> anyhow::Result<Answer> {
    let (app, _) = args.place.open().await?;
    let editions = app.knowledge_editions(app.home).await;
    let both = match editions {
        Ok(editions) => app
            .knowledge_tables(app.home)
            .await
            .map(|tables| (editions, tables)),
        Err(error) => Err(error),
    };
    let hash = app.audit_book().knowledge_edition.clone();
    answered(
        args.place.format,
        both.map(|(editions, tables)| told::listed(&editions, &tables, &hash)),
    )
}

async fn show(args: EditionArgs) -> anyhow::Result<Answer> {
    let (app, _) = args.place.open().await?;
    let found = app.knowledge_edition(app.home, &args.edition).await;
    answered(
        args.place.format,
        found.map(|one| {
            let report: Value = serde_json::from_str(&one.report).unwrap_or_default();
            let mut value = told::edition_json(&one);
            value["report"] = report.clone();
            (told::edition(&one) + &told::report(&report), value, 0)
        }),
    )
}

async fn export(args: ExportArgs) -> anyhow::Result<Answer> {
    let (app, _) = args.place.open().await?;
    let rows = match app.kept_knowledge(app.home).await {
        Ok(kept) => in_service(&kept),
        Err(error) => return answered(args.place.format, Err(error)),
    };
    std::fs::create_dir_all(&args.dir)
        .with_context(|| format!("目录 {} 不能建立", args.dir.display()))?;
    let mut written: BTreeMap<&str, usize> = BTreeMap::new();
    for table in rows.chunk_by(|a, b| a.table == b.table) {
        write(&args.dir.join(format!("{}.csv", table[0].table)), table)?;
        written.insert(&table[0].table, table.len());
    }
    let text = format!("导出{}张表，{}行\n", written.len(), rows.len());
    answered(args.place.format, Ok((text, json!(written), 0)))
}

fn write(path: &Path, rows: &[VersionedRow]) -> anyhow::Result<()> {
    let mut writer =
        csv::Writer::from_path(path).with_context(|| format!("{} 不能写入", path.display()))?;
    let own: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.cells.keys().map(String::as_str))
        .collect();
    let columns: Vec<&str> = ["kp_id", "version", "status"]
        .into_iter()
        .chain(own)
        .collect();
    writer.write_record(&columns)?;
    for row in rows {
        let version = row.version.to_string();
        let cell = |column: &&str| match *column {
            "kp_id" => row.id.clone(),
            "version" => version.clone(),
            "status" => row.status.word().to_owned(),
            other => row.text(other).to_owned(),
        };
        writer.write_record(columns.iter().map(cell))?;
    }
    Ok(writer.flush()?)
}
