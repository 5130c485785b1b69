//! `tongchou watch`：因病致贫返贫预警，每月列出、推送、收回反馈。

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use app::difficulty::{ListFile, ListKind, ListTotals};
use app::watch::{Answered, WatchMonth};
use clap::{Args, Subcommand};
use policy::FeeMonth;
use serde_json::json;
use terms::Date;

use super::lists::{Desk, read, refused, typed};
use super::policy::{Answer, Format};

/// What to do with the watch.
#[derive(Debug, Subcommand)]
pub enum WatchCommand {
    /// 列出一个月的预警人员
    #[command(
        after_help = "例：tongchou watch run --database sqlite:data/tongchou.db --month 2026-06 \
                            --out 预警.csv"
    )]
    Run(RunArgs),
    /// 收回部门对一个月预警人员的认定
    #[command(
        after_help = "例：tongchou watch answer --database sqlite:data/tongchou.db \
                            --month 2026-06 --file 反馈.csv --bureau civil-affairs"
    )]
    Answer(AnswerArgs),
}

/// Which month to watch.
#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    desk: Desk,
    /// 月份，例如 2026-06
    #[arg(long)]
    month: FeeMonth,
    /// 把推送文件写到这里
    #[arg(long)]
    out: Option<PathBuf>,
    /// 只写推送给这个部门的人员
    #[arg(long)]
    bureau: Option<String>,
}

/// Which answers to take in.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    #[command(flatten)]
    desk: Desk,
    /// 月份，例如 2026-06
    #[arg(long)]
    month: FeeMonth,
    /// 反馈文件
    #[arg(long)]
    file: PathBuf,
    /// 哪个部门的反馈
    #[arg(long)]
    bureau: String,
    /// 认定日；不填为今天
    #[arg(long)]
    on: Option<Date>,
}

/// Runs a command about the watch.
///
/// # Errors
/// When the database or a file cannot be used.
pub async fn run(command: WatchCommand) -> anyhow::Result<Answer> {
    match command {
        WatchCommand::Run(args) => watch(args).await,
        WatchCommand::Answer(args) => answer(args).await,
    }
}

async fn watch(args: RunArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let month = match app.run_watch(&actor, args.month).await {
        Ok(month) => month,
        Err(error) => return refused(error, args.desk.format()),
    };
    if let Some(path) = &args.out {
        let bureau = args.bureau.as_deref().map(typed);
        let bureau = bureau.as_ref().map(|word| word.as_str());
        let file = app.export_watch(args.desk.area(), &month, bureau).await;
        let bytes = file.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        std::fs::write(path, bytes).with_context(|| format!("无法写入文件 {}", path.display()))?;
    }
    let text = match args.desk.format() {
        Format::Text => as_text(&month),
        Format::Json => format!("{:#}\n", as_json(&month)),
    };
    Ok(Answer { text, code: 0 })
}

fn as_text(month: &WatchMonth) -> String {
    let again = if month.seen_before {
        "（与此前列出的相同）"
    } else {
        ""
    };
    let people = month.people.len();
    let mut text = format!("{}预警{people}人{again}\n", month.run.month);
    for person in &month.people {
        let (line, detail) = (&person.line, &person.detail);
        let _ = writeln!(
            text,
            "  {} {} {}：累计个人负担{}元，预警线{}元，{}张结算单，{}",
            line.person_no,
            line.name,
            detail.title,
            line.own,
            line.threshold,
            detail.bills.len(),
            person.state().zh()
        );
    }
    text
}

fn as_json(month: &WatchMonth) -> serde_json::Value {
    let person = |one: &app::watch::WatchPerson| {
        json!({
            "person": one.line.person_no, "name": one.line.name, "line": one.line.line,
            "threshold": one.line.threshold.to_string(), "own": one.line.own.to_string(),
            "state": one.state().word(), "says": one.detail.says,
        })
    };
    json!({
        "month": month.run.month, "run": month.run.run_no,
        "seen_before": month.seen_before,
        "people": month.people.iter().map(person).collect::<Vec<_>>(),
    })
}

async fn answer(args: AnswerArgs) -> anyhow::Result<Answer> {
    let (name, bytes) = read(&args.file)?;
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let file = ListFile {
        bureau: typed(&args.bureau),
        kind: ListKind::Change,
        day: args.on.unwrap_or_else(|| app.clock.today()),
        covers: Vec::new(),
        totals: ListTotals::default(),
        name,
        bytes,
    };
    let done = match app.answer_watch(&actor, args.month, &file).await {
        Ok(done) => done,
        Err(error) => return refused(error, args.desk.format()),
    };
    let text = match args.desk.format() {
        Format::Text => answered_text(&done),
        Format::Json => {
            let unknown = done.unknown.iter();
            let unknown = unknown.map(|one| json!({ "row": one.row, "reason": one.reason }));
            let list = done.list.as_ref().map(|list| list.list.list_no.clone());
            let value = json!({
                "recorded": done.recorded, "list": list,
                "unknown": unknown.collect::<Vec<_>>(),
            });
            format!("{value:#}\n")
        }
    };
    let code = u8::from(!done.unknown.is_empty());
    Ok(Answer { text, code })
}

fn answered_text(done: &Answered) -> String {
    let mut text = format!("记下反馈{}项\n", done.recorded);
    for one in &done.unknown {
        let _ = writeln!(text, "  第{}行：{}", one.row, one.reason);
    }
    if let Some(list) = &done.list {
        let no = &list.list.list_no;
        let _ = writeln!(text, "予以认定的人员收为增减名单 {no}，{}", list.state.zh());
    }
    text
}
