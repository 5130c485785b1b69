//! `tongchou audit knowledge`：知识库的导入、批准、查阅、导出。

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::audit::{Edition, NewKnowledge, report_of};
use app::register::Actor;
use app::{App, Error};
use audit::library::{VersionedRow, in_service};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use terms::{AreaCode, DateTime};

use super::told;
use crate::commands::database::Database;
use crate::commands::folders::Folders;
use crate::commands::open;
use crate::commands::policy::{Answer, Format};

/// What to do with the knowledge library.
#[derive(Debug, Subcommand)]
pub enum KnowledgeCommand {
    /// 导入知识表（k_*.csv）：与在用的逐行比对，报告差异，作为待批准的版本保存
    #[command(after_help = "例：tongchou audit knowledge import catalogues/knowledge --dry-run")]
    Import(ImportArgs),
    /// 批准一个版本；批准人不能是导入人
    Approve(EditionArgs),
    /// 退回一个待批准的版本
    Reject(RejectArgs),
    /// 各版本和在用的知识表
    List(ListArgs),
    /// 一个版本的差异报告
    Show(EditionArgs),
    /// 导出在用的知识表
    Export(ExportArgs),
}

/// Which system, and who.
#[derive(Debug, Args)]
pub struct Place {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
    /// 办理人
    #[arg(long, default_value = "tongchou audit knowledge")]
    user: String,
    /// 办理时间，如 2024-11-04T09:00:00；不填为现在
    #[arg(long)]
    at: Option<DateTime>,
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
}

/// Which edition.
#[derive(Debug, Args)]
pub struct EditionArgs {
    /// 版本编号
    edition: String,
    #[command(flatten)]
    place: Place,
}

/// Which edition goes back, and why.
#[derive(Debug, Args)]
pub struct RejectArgs {
    /// 版本编号
    edition: String,
    #[command(flatten)]
    place: Place,
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

async fn ready(place: &Place) -> anyhow::Result<(std::sync::Arc<App>, Actor)> {
    let app = open::plain_app(place.database.url(), &place.folders, place.area).await?;
    let at = place.at.unwrap_or_else(|| app.clock.now());
    let mut actor = Actor::batch(place.area, "tongchou audit knowledge", at);
    actor.name.clone_from(&place.user);
    Ok((app, actor))
}

async fn import(args: ImportArgs) -> anyhow::Result<Answer> {
    let (rows, unread) = columnar::read_rows(&args.dir)?;
    let (app, actor) = ready(&args.place).await?;
    let new = NewKnowledge {
        source: args.dir.display().to_string(),
        rows,
        unread,
    };
    let done = app.propose_knowledge(&actor, new, args.dry_run).await;
    answered(
        args.place.format,
        done.map(|done| {
            let mut report = report_of(&done.difference);
            report["edition"] = json!(done.edition);
            let mut text = told::report(&report);
            text.push_str(&match (&done.edition, args.dry_run) {
                (Some(edition), _) => format!("已保存为版本{edition}，待另一人批准\n"),
                (None, true) => "试运行，没有保存\n".to_owned(),
                (None, false) => "与在用的没有差异，没有保存\n".to_owned(),
            });
            (text, report)
        }),
    )
}

async fn approve(args: EditionArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.place).await?;
    let done = app.approve_knowledge(&actor, &args.edition).await;
    answered(args.place.format, done.map(|one| told_of(&one)))
}

async fn reject(args: RejectArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.place).await?;
    let done = app
        .reject_knowledge(&actor, &args.edition, &args.reason)
        .await;
    answered(args.place.format, done.map(|one| told_of(&one)))
}

fn told_of(one: &Edition) -> (String, Value) {
    (told::edition(one), told::edition_json(one))
}

async fn list(args: ListArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.place).await?;
    let editions = app.knowledge_editions(actor.area).await;
    let both = match editions {
        Ok(editions) => app
            .knowledge_tables(actor.area)
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
    let (app, actor) = ready(&args.place).await?;
    let found = app.knowledge_edition(actor.area, &args.edition).await;
    answered(
        args.place.format,
        found.map(|one| {
            let report: Value = serde_json::from_str(&one.report).unwrap_or_default();
            let mut value = told::edition_json(&one);
            value["report"] = report.clone();
            (told::edition(&one) + &told::report(&report), value)
        }),
    )
}

async fn export(args: ExportArgs) -> anyhow::Result<Answer> {
    let (app, actor) = ready(&args.place).await?;
    let rows = match app.kept_knowledge(actor.area).await {
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
    answered(args.place.format, Ok((text, json!(written))))
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

/// The answer to what was asked for, or the refusal as an answer; other errors fail the command.
fn answered(format: Format, done: Result<(String, Value), Error>) -> anyhow::Result<Answer> {
    let (text, value, code) = match done {
        Ok((text, value)) => (text, value, 0),
        Err(error @ (Error::Fault(_) | Error::Bug(_))) => anyhow::bail!("{error:?}"),
        Err(error) => {
            let message = error.to_string();
            (format!("{message}\n"), json!({ "refused": message }), 1)
        }
    };
    let text = match format {
        Format::Text => text,
        Format::Json => format!("{value:#}\n"),
    };
    Ok(Answer { text, code })
}
