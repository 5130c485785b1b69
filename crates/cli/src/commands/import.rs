//! `tongchou import`：把登记文件读入登记册；不说 `--apply` 就只预检。

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use app::App;
use app::import::{Checked, ImportRow, PeopleFile, RowFault};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use terms::AreaCode;

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// What to import.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// 参保人员：CSV（UTF-8 或 GB18030）或 Excel（.xlsx），一行一人
    #[command(
        after_help = "例：tongchou import people --database sqlite:data/tongchou.db \
                            --file people.csv            只预检\n    \
                            tongchou import people --database sqlite:data/tongchou.db \
                            --file people.csv --apply    预检无误后写入"
    )]
    People(PeopleArgs),
    /// 已有的导入
    #[command(after_help = "例：tongchou import list --database sqlite:data/tongchou.db")]
    List(ListArgs),
    /// 生成一份虚构的登记文件，供试用和测速
    #[command(hide = true)]
    Sample(super::sample::SampleArgs),
}

/// How to import people.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 文件
    #[arg(long)]
    file: PathBuf,
    /// 工作表；不填为第一张
    #[arg(long)]
    sheet: Option<String>,
    /// 只预检，不写入（不填 --apply 时也是如此）
    #[arg(long, conflicts_with_all = ["apply", "accept_good_rows", "resume"])]
    dry_run: bool,
    /// 预检无误后写入；有错误的行时什么也不写
    #[arg(long)]
    apply: bool,
    /// 有错误的行不写，其余照写
    #[arg(long)]
    accept_good_rows: bool,
    /// 继续中断了的导入
    #[arg(long)]
    resume: bool,
    /// 错误清单；不填为文件名加 .errors.csv
    #[arg(long)]
    report: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
}

/// Whose imports to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs an import command.
///
/// # Errors
/// When the database or the file cannot be used.
pub async fn run(command: ImportCommand) -> anyhow::Result<Answer> {
    match command {
        ImportCommand::People(args) => people(args).await,
        ImportCommand::List(args) => list(args).await,
        ImportCommand::Sample(args) => super::sample::run(args).await,
    }
}

async fn people(args: PeopleArgs) -> anyhow::Result<Answer> {
    let app = open::plain_app(args.database.url(), &args.folders, args.area).await?;
    let answer = match consider(&app, &args).await {
        Ok(answer) => answer,
        Err(Turned::Away(error)) => refused(&error, args.format),
        Err(Turned::Broken(error)) => return Err(error),
    };
    Ok(answer)
}

/// Why an import did not come to its end.
enum Turned {
    /// A lawful no.
    Away(app::Error),
    /// The world failed.
    Broken(anyhow::Error),
}

impl From<app::Error> for Turned {
    fn from(error: app::Error) -> Self {
        match error {
            app::Error::Fault(_) | app::Error::Bug(_) => Self::Broken(anyhow::anyhow!("{error:?}")),
            error => Self::Away(error),
        }
    }
}

async fn consider(app: &App, args: &PeopleArgs) -> Result<Answer, Turned> {
    let file = PeopleFile {
        path: args.file.clone(),
        sheet: args.sheet.clone(),
    };
    let hash = app::import::hash_of(&file)?;
    let before = app.import_of(&hash).await?;
    let writes = args.apply || args.accept_good_rows || args.resume;
    let consumed = match &before {
        Some(row) if row.state == "running" && (args.resume || !writes) => row.position,
        Some(row) if writes => return Err(app::import::same_file(row).into()),
        None if args.resume => {
            let none = "该文件没有中断的导入";
            return Err(app::Error::refused("nothing_to_resume", none).into());
        }
        _ => 0,
    };
    let report = args.report.clone().unwrap_or_else(|| beside(&args.file));
    let checked = check(app, &file, consumed, &report).await?;
    let refused = !checked.is_clean() && !args.accept_good_rows && !args.resume;
    if !writes || refused || checked.wrong_total.is_some() {
        return Ok(looked_at(&checked, &report, args.format, writes));
    }
    let import = match before {
        Some(row) => row,
        None => app.begin_import(&file, &checked, "tongchou import").await?,
    };
    let bar = bar(checked.rows, "写入");
    bar.set_position(u64::try_from(import.position).unwrap_or(0));
    let progress = |row| bar.set_position(u64::try_from(row).unwrap_or(0));
    let checked = Arc::new(checked);
    let done = app.import_people(&file, Arc::clone(&checked), &import, &progress);
    let done = done.await?;
    bar.finish_and_clear();
    Ok(written(&done, &checked, &report, args.format))
}

async fn check(
    app: &App,
    file: &PeopleFile,
    consumed: i64,
    report: &Path,
) -> Result<Checked, Turned> {
    let mut faults = Faults::new(report);
    let bar = ProgressBar::new_spinner().with_message("预检");
    let progress = |row| bar.set_position(u64::try_from(row).unwrap_or(0));
    let mut note = |fault: &RowFault| faults.put(fault);
    let checked = app
        .check_people_file(file, consumed, &mut note, &progress)
        .await;
    bar.finish_and_clear();
    let finished = faults.finish();
    let broken = |cause| Turned::Broken(anyhow::Error::new(cause).context("错误清单无法写入"));
    finished.map_err(broken)?;
    Ok(checked?)
}

fn bar(rows: i64, doing: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos}/{human_len} 行 {per_sec}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(u64::try_from(rows).unwrap_or(0)).with_style(style);
    bar.with_message(doing)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".errors.csv");
    PathBuf::from(name)
}

/// The report of faults; the file appears with the first one.
struct Faults<'a> {
    path: &'a Path,
    writer: Option<std::io::BufWriter<std::fs::File>>,
}

impl<'a> Faults<'a> {
    fn new(path: &'a Path) -> Self {
        Self { path, writer: None }
    }

    fn put(&mut self, fault: &RowFault) -> std::io::Result<()> {
        use std::io::Write as _;
        if self.writer.is_none() {
            let mut writer = std::io::BufWriter::new(std::fs::File::create(self.path)?);
            // Spreadsheets read UTF-8 as such only behind a mark.
            writer.write_all("\u{FEFF}行,列,值,错误,原因\n".as_bytes())?;
            self.writer = Some(writer);
        }
        let Some(writer) = &mut self.writer else {
            return Ok(());
        };
        let cells = [&fault.column, &fault.value, fault.kind.zh(), &fault.reason];
        let cells = cells.map(|cell: &str| quoted(cell)).join(",");
        writeln!(writer, "{},{cells}", fault.line)
    }

    fn finish(self) -> std::io::Result<()> {
        use std::io::Write as _;
        match self.writer {
            Some(mut writer) => writer.flush(),
            None => Ok(()),
        }
    }
}

/// A cell of the report; one that a spreadsheet would take for a formula is held back by a quote.
pub(super) fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{guard}{}\"", cell.replace('"', "\"\"")),
        false => format!("{guard}{cell}"),
    }
}

fn refused(error: &app::Error, format: Format) -> Answer {
    let code = match error {
        app::Error::Refused { code, .. } => code,
        _ => "refused",
    };
    let text = match format {
        Format::Text => format!("{error}\n"),
        Format::Json => format!(
            "{:#}\n",
            json!({ "refused": code, "message": error.to_string() })
        ),
    };
    Answer { text, code: 1 }
}

fn faults_json(checked: &Checked) -> serde_json::Value {
    let counts = checked.faults.iter();
    let counts: serde_json::Map<_, _> = counts
        .map(|(kind, count)| (kind.word().to_owned(), json!(count)))
        .collect();
    counts.into()
}

fn faults_text(checked: &Checked, report: &Path) -> String {
    let mut text = String::new();
    if let Some(stated) = checked.wrong_total {
        put(
            &mut text,
            format_args!("合计行写的是{stated}行，文件有{}行", checked.rows),
        );
    }
    for (kind, count) in &checked.faults {
        put(&mut text, format_args!("  {}  {count}处", kind.zh()));
    }
    if !checked.faults.is_empty() {
        put(&mut text, format_args!("错误清单  {}", report.display()));
    }
    if !checked.ignored.is_empty() {
        put(
            &mut text,
            format_args!("没有读取的列  {}", checked.ignored.join("、")),
        );
    }
    text
}

fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{line}");
}

/// The answer of a dry run, or of an import that met rows it may not pass over.
fn looked_at(checked: &Checked, report: &Path, format: Format, asked: bool) -> Answer {
    let code = u8::from(!checked.is_clean());
    let (good, known, bad) = (checked.good(), checked.known(), checked.rejected());
    let text = match format {
        Format::Json => {
            let value = json!({
                "written": false, "rows": checked.rows, "good": good, "known": known,
                "rejected": bad, "wrong_total": checked.wrong_total,
                "faults": faults_json(checked), "ignored": checked.ignored,
                "report": (bad > 0).then(|| report.display().to_string()),
            });
            format!("{value:#}\n")
        }
        Format::Text => {
            let mut text = format!(
                "预检 {}行：可导入{good}，已在册{known}，有错误{bad}\n{}",
                checked.rows,
                faults_text(checked, report)
            );
            text.push_str(match (asked, checked.is_clean(), checked.wrong_total) {
                (_, false, Some(_)) => "没有写入：合计与行数不符，请先更正文件\n",
                (true, _, _) => "没有写入：改正后重试，或用 --accept-good-rows 只导入无误的行\n",
                (false, true, _) => "没有写入：预检无误，加 --apply 写入\n",
                (false, false, _) => "没有写入：这是预检\n",
            });
            text
        }
    };
    Answer { text, code }
}

fn import_json(row: &ImportRow) -> serde_json::Value {
    json!({
        "import": row.import_id, "file": row.file_name, "hash": row.file_hash,
        "state": row.state, "rows": row.total_rows, "position": row.position,
        "accepted": row.accepted, "rejected": row.rejected, "known": row.known,
        "started_at": row.started_at.to_string(), "moved_at": row.moved_at.to_string(),
        "by": row.by_name,
    })
}

fn written(row: &ImportRow, checked: &Checked, report: &Path, format: Format) -> Answer {
    let text = match format {
        Format::Json => {
            let mut value = import_json(row);
            value["written"] = json!(true);
            value["faults"] = faults_json(checked);
            value["report"] = json!((row.rejected > 0).then(|| report.display().to_string()));
            format!("{value:#}\n")
        }
        Format::Text => format!(
            "导入{}完成：{}行，写入{}人，已在册{}，未写入{}\n{}",
            row.import_id,
            row.total_rows,
            row.accepted,
            row.known,
            row.rejected,
            faults_text(checked, report)
        ),
    };
    Answer { text, code: 0 }
}

async fn list(args: ListArgs) -> anyhow::Result<Answer> {
    let store = open::store(args.database.url()).await?;
    let rows = store.imports(args.area, 100).await;
    let rows = rows.context("导入清单无法读取")?;
    store.close().await?;
    let text = match args.format {
        Format::Json => {
            let rows: Vec<_> = rows.iter().map(import_json).collect();
            format!("{:#}\n", json!(rows))
        }
        Format::Text if rows.is_empty() => "没有导入过文件\n".to_owned(),
        Format::Text => rows.iter().map(line).collect(),
    };
    Ok(Answer { text, code: 0 })
}

fn line(row: &ImportRow) -> String {
    let state = match row.state.as_str() {
        "done" => "完成",
        _ => "中断或进行中",
    };
    format!(
        "{}  {}  {}  {state}  {}/{}行  写入{}  已在册{}  未写入{}\n",
        row.import_id,
        row.started_at.strftime("%F %H:%M"),
        row.file_name,
        row.position,
        row.total_rows,
        row.accepted,
        row.known,
        row.rejected
    )
}
