//! `tongchou lists`：困难人员名单的收件、入册、回执和到期提示。

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use app::App;
use app::difficulty::{Lapse, ListFile, ListKind, ListReport, ListTotals, result_name};
use app::register::Actor;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use terms::{AreaCode, Date, Word};

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// How many rejected rows and lapses the text shows; the receipt and JSON hold all.
const SHOWN: usize = 20;

/// What to do with lists.
#[derive(Debug, Subcommand)]
pub enum ListsCommand {
    /// 收下一份名单：核对每一行，可以同时入册
    #[command(
        after_help = "例：tongchou lists receive --database sqlite:data/tongchou.db \
                            --file 低保.csv --bureau civil-affairs --kind full --dry-run\n    \
                            tongchou lists receive --database sqlite:data/tongchou.db \
                            --file 低保.csv --bureau civil-affairs --kind full --apply \
                            --receipt 回执.csv"
    )]
    Receive(ReceiveArgs),
    /// 入册一份已收下的名单
    #[command(
        after_help = "例：tongchou lists apply --database sqlite:data/tongchou.db --list HZ01"
    )]
    Apply(ApplyArgs),
    /// 某日起将要到期的身份；到期由日期决定，这里只列出
    #[command(
        after_help = "例：tongchou lists expire --database sqlite:data/tongchou.db --on 2026-07-01"
    )]
    Expire(ExpireArgs),
}

/// Where lists are kept, and how to answer.
#[derive(Debug, Args)]
pub struct Desk {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 经办人，记入登记册和留痕
    #[arg(long, default_value = "命令行")]
    by: String,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
}

/// Full or change.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// 全量名单
    Full,
    /// 增减名单
    Change,
}

/// Which file to receive.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    #[command(flatten)]
    desk: Desk,
    /// 名单文件：CSV（UTF-8 或 GB18030）或 Excel（.xlsx）
    #[arg(long)]
    file: PathBuf,
    /// 认定部门，例如 civil-affairs、rural-affairs、disabled-federation、veterans-affairs
    #[arg(long)]
    bureau: String,
    /// 名单类型
    #[arg(long, value_enum)]
    kind: Kind,
    /// 名单日；不填为今天
    #[arg(long)]
    on: Option<Date>,
    /// 全量名单涵盖的身份；不填为名单中出现的身份
    #[arg(long)]
    identity: Vec<String>,
    /// 送件方写明的行数
    #[arg(long)]
    rows: Option<usize>,
    /// 送件方写明的人数
    #[arg(long)]
    people: Option<usize>,
    /// 只核对，什么也不保存
    #[arg(long, conflicts_with_all = ["apply", "accept_good_rows"])]
    dry_run: bool,
    /// 没有退回的行时立即入册
    #[arg(long)]
    apply: bool,
    /// 有退回的行时，其余各行照样入册
    #[arg(long)]
    accept_good_rows: bool,
    /// 把回执写到这个文件
    #[arg(long)]
    receipt: Option<PathBuf>,
}

/// Which list to apply.
#[derive(Debug, Args)]
pub struct ApplyArgs {
    #[command(flatten)]
    desk: Desk,
    /// 回执编号
    #[arg(long)]
    list: String,
    /// 有退回的行时，其余各行照样入册
    #[arg(long)]
    accept_good_rows: bool,
    /// 把回执写到这个文件
    #[arg(long)]
    receipt: Option<PathBuf>,
}

/// From which day on to look.
#[derive(Debug, Args)]
pub struct ExpireArgs {
    #[command(flatten)]
    desk: Desk,
    /// 从哪一天起
    #[arg(long)]
    on: Date,
    /// 看多少天
    #[arg(long, default_value_t = 30)]
    days: i32,
}

/// Runs a command about lists.
///
/// # Errors
/// When the database or a file cannot be used.
pub async fn run(command: ListsCommand) -> anyhow::Result<Answer> {
    match command {
        ListsCommand::Receive(args) => receive(args).await,
        ListsCommand::Apply(args) => apply(args).await,
        ListsCommand::Expire(args) => expire(args).await,
    }
}

impl Desk {
    /// Opens the system of the area.
    pub(super) async fn open(&self) -> anyhow::Result<Arc<App>> {
        open::plain_app(self.database.url(), &self.folders, self.area).await
    }

    /// Who asks, for the register and the access log.
    pub(super) fn actor(&self, app: &App) -> Actor {
        Actor::batch(self.area, &self.by, app.clock.now())
    }

    pub(super) const fn area(&self) -> AreaCode {
        self.area
    }

    pub(super) const fn format(&self) -> Format {
        self.format
    }
}

/// A word of the policy as it is easily typed.
pub(super) fn typed(text: &str) -> Word {
    Word::new(&text.replace('-', "_"))
}

/// Reads a file that a bureau sent.
pub(super) fn read(path: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).with_context(|| format!("无法读取文件 {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok((name.to_string_lossy().into_owned(), bytes))
}

async fn receive(args: ReceiveArgs) -> anyhow::Result<Answer> {
    let (name, bytes) = read(&args.file)?;
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let file = ListFile {
        bureau: typed(&args.bureau),
        kind: match args.kind {
            Kind::Full => ListKind::Full,
            Kind::Change => ListKind::Change,
        },
        day: args.on.unwrap_or_else(|| app.clock.today()),
        covers: args.identity.iter().map(|text| typed(text)).collect(),
        totals: ListTotals {
            rows: args.rows,
            people: args.people,
        },
        name,
        bytes,
    };
    let done = if args.dry_run {
        app.check_list(&actor, &file).await
    } else {
        match app.receive_list(&actor, &file).await {
            Ok(kept) if args.apply || args.accept_good_rows => {
                let no = &kept.list.list_no;
                app.apply_list(&actor, no, args.accept_good_rows).await
            }
            done => done,
        }
    };
    finish(&app, done, args.receipt.as_deref(), args.desk.format)
}

async fn apply(args: ApplyArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let done = app
        .apply_list(&actor, &args.list, args.accept_good_rows)
        .await;
    finish(&app, done, args.receipt.as_deref(), args.desk.format)
}

fn finish(
    app: &App,
    done: Result<ListReport, app::Error>,
    receipt: Option<&Path>,
    format: Format,
) -> anyhow::Result<Answer> {
    let report = match done {
        Ok(report) => report,
        Err(error) => return refused(error, format),
    };
    if let Some(path) = receipt {
        let bytes = app
            .list_receipt(&report)
            .map_err(|error| anyhow::anyhow!("{error:?}"))?;
        std::fs::write(path, bytes).with_context(|| format!("无法写入文件 {}", path.display()))?;
    }
    let text = match format {
        Format::Text => as_text(app, &report),
        Format::Json => format!("{:#}\n", as_json(&report)),
    };
    let code = u8::from(report.summary.rejected > 0);
    Ok(Answer { text, code })
}

/// A lawful no, with exit code 1; anything else is a failure.
pub(super) fn refused(error: app::Error, format: Format) -> anyhow::Result<Answer> {
    if !error.is_decided() {
        anyhow::bail!("{error:?}");
    }
    let code = match &error {
        app::Error::Refused { code, .. } => code,
        _ => "refused",
    };
    let text = match format {
        Format::Text => format!("不予办理：{error}\n"),
        Format::Json => {
            let value = json!({ "refused": code, "message": error.to_string() });
            format!("{value:#}\n")
        }
    };
    Ok(Answer { text, code: 1 })
}

fn as_text(app: &App, report: &ListReport) -> String {
    let (list, told) = (&report.list, &report.summary);
    let bureau = Word::new(&list.bureau);
    let kind = ListKind::of(&list.kind).map_or("", ListKind::zh);
    let mut text = format!(
        "{}{kind}，名单日{}，文件 {}\n",
        app.law.word(app.home, &bureau),
        list.list_day,
        list.file_name
    );
    if !list.list_no.is_empty() {
        let again = if report.seen_before {
            "（此前已收到同一文件）"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "回执编号 {}，{}{again}",
            list.list_no,
            report.state.zh()
        );
    }
    let _ = writeln!(
        text,
        "{}行：变动{}，不变{}，重复{}，退回{}；登记变动{}项",
        told.rows, told.accepted, told.unchanged, told.repeated, told.rejected, told.changes
    );
    if told.held_before > 0 {
        let _ = writeln!(text, "原有{}人，退出{}人", told.held_before, told.ended);
    }
    if told.needs_second_person {
        text.push_str("退出人数较多，须由收件人以外的人复核入册\n");
    }
    let rejected = |row: &&store::ListResultRow| row.result == "rejected";
    for row in report.results.iter().filter(rejected).take(SHOWN) {
        let _ = writeln!(text, "  第{}行退回：{}", row.row_no, row.reason);
    }
    for change in report.planned.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}：{}", change.person_no, change.reason);
    }
    text
}

fn as_json(report: &ListReport) -> serde_json::Value {
    let rows: Vec<_> = report
        .results
        .iter()
        .map(|row| {
            json!({
                "row": row.row_no, "person": row.person_no, "result": row.result,
                "result_name": result_name(&row.result), "code": row.reason_code,
                "reason": row.reason,
            })
        })
        .collect();
    json!({
        "list": report.list.list_no, "state": report.state.word(),
        "seen_before": report.seen_before, "summary": report.summary, "rows": rows,
    })
}

async fn expire(args: ExpireArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let lapses = match app.lapses(args.desk.area, args.on, args.days).await {
        Ok(lapses) => lapses,
        Err(error) => return refused(error, args.desk.format),
    };
    let text = match args.desk.format {
        Format::Text => lapses_text(&lapses, args.on, args.days),
        Format::Json => {
            let row = |one: &Lapse| {
                json!({
                    "person": one.person_no, "name": one.name, "identity": one.identity,
                    "last": one.last.to_string(), "others": one.others,
                })
            };
            format!("{:#}\n", json!(lapses.iter().map(row).collect::<Vec<_>>()))
        }
    };
    Ok(Answer { text, code: 0 })
}

fn lapses_text(lapses: &[Lapse], on: Date, days: i32) -> String {
    let mut text = format!("自{on}起{days}天内到期的身份{}项\n", lapses.len());
    for one in lapses {
        let others = match one.others.is_empty() {
            true => "此后没有救助身份".to_owned(),
            false => format!("此后仍为{}", one.others.join("、")),
        };
        let _ = writeln!(
            text,
            "  {} {} {} 至{}，{others}",
            one.person_no, one.name, one.identity, one.last
        );
    }
    text
}
