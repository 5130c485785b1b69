//! `tongchou contribution`：核定、到账、欠费。

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use app::contribution::{
    Arrear, MonthDone, PaymentsRegistered, ReceiptsDone, ReceiptsOptions, SeasonDone,
};
use app::register::Actor;
use app::{App, Error};
use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use money::Fen;
use policy::FeeMonth;
use serde_json::{Value, json};
use terms::{AreaCode, Date};

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// What to do about contributions.
#[derive(Debug, Subcommand)]
pub enum ContributionCommand {
    /// 核定一个月：一个单位或全部单位
    #[command(after_help = "例：tongchou contribution assess \
                      --database sqlite:data/tongchou.db --month 2024-11")]
    Assess(AssessArgs),
    /// 核定一个参保年度的居民缴费和资助
    #[command(after_help = "例：tongchou contribution season \
                      --database sqlite:data/tongchou.db --year 2025")]
    Season(SeasonArgs),
    /// 导入税务部门的到账文件；同一文件只入账一次
    #[command(after_help = "例：tongchou contribution receipts \
                      --database sqlite:data/tongchou.db --file receipts.csv --dry-run")]
    Receipts(ReceiptsArgs),
    /// 某日的欠费和按日滞纳金
    #[command(after_help = "例：tongchou contribution arrears \
                      --database sqlite:data/tongchou.db --on 2024-11-15")]
    Arrears(ArrearsArgs),
    /// 把已缴所属期登记到参保人，由此推出参保时间线
    #[command(after_help = "例：tongchou contribution register \
                      --database sqlite:data/tongchou.db --most 10000")]
    Register(RegisterArgs),
}

/// Which system, and how to answer.
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
}

/// Which month of whom.
#[derive(Debug, Args)]
pub struct AssessArgs {
    #[command(flatten)]
    place: Place,
    /// 费款所属期
    #[arg(long)]
    month: FeeMonth,
    /// 单位编号；不填为全部单位
    #[arg(long)]
    employer: Option<String>,
}

/// Which year.
#[derive(Debug, Args)]
pub struct SeasonArgs {
    #[command(flatten)]
    place: Place,
    /// 参保年度
    #[arg(long)]
    year: i16,
}

/// Which file, and how carefully.
#[derive(Debug, Args)]
pub struct ReceiptsArgs {
    #[command(flatten)]
    place: Place,
    /// 到账文件（CSV）
    #[arg(long)]
    file: PathBuf,
    /// 试运行：只说会怎样，不入账
    #[arg(long)]
    dry_run: bool,
    /// 有不能读取的行也入账，那些行留在待处理清单
    #[arg(long)]
    rows_ok: bool,
}

/// On which day.
#[derive(Debug, Args)]
pub struct ArrearsArgs {
    #[command(flatten)]
    place: Place,
    /// 哪一天
    #[arg(long)]
    on: Date,
    /// 单位编号；不填为全部单位
    #[arg(long)]
    employer: Option<String>,
    /// 也列出居民
    #[arg(long)]
    residents: bool,
}

/// How many at once.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    #[command(flatten)]
    place: Place,
    /// 最多处理多少个所属期
    #[arg(long, default_value_t = 10_000)]
    most: usize,
}

/// Carries a command out; 0 done, 1 refused or with problems, 3 failed.
///
/// # Errors
/// When the database or a file fails.
pub async fn run(command: ContributionCommand) -> anyhow::Result<Answer> {
    match command {
        ContributionCommand::Assess(args) => assess(args).await,
        ContributionCommand::Season(args) => season(args).await,
        ContributionCommand::Receipts(args) => receipts(args).await,
        ContributionCommand::Arrears(args) => arrears(args).await,
        ContributionCommand::Register(args) => register(args).await,
    }
}

async fn app(place: &Place) -> anyhow::Result<std::sync::Arc<App>> {
    open::plain_app(place.database.url(), &place.folders, place.area).await
}

fn actor(app: &App, place: &Place) -> Actor {
    Actor::batch(place.area, "tongchou contribution", app.clock.now())
}

/// The answer to what was asked, or the refusal as an answer; other errors fail the command.
fn answered(format: Format, done: Result<(String, Value, u8), Error>) -> anyhow::Result<Answer> {
    let (text, value, code) = match done {
        Ok(answer) => answer,
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

async fn assess(args: AssessArgs) -> anyhow::Result<Answer> {
    let app = app(&args.place).await?;
    let bar = ProgressBar::new_spinner();
    let progress = |done: u64| bar.set_position(done);
    let actor = actor(&app, &args.place);
    let employer = args.employer.as_deref();
    let done = app.assess_month(&actor, args.month, employer, &progress);
    let done = done.await;
    bar.finish_and_clear();
    answered(
        args.place.format,
        done.map(|done| assessed(args.month, &done)),
    )
}

fn assessed(month: FeeMonth, done: &MonthDone) -> (String, Value, u8) {
    let MonthDone {
        employers,
        unchanged,
        persons,
        employer_part,
        person_part,
        problems,
    } = done;
    let text = format!(
        "{month}核定：{employers}家单位（{unchanged}家与上次相同），{persons}人，\
         单位应缴{employer_part}元，个人应缴{person_part}元，{problems}人未能核定\n"
    );
    let value = json!({
        "month": month.to_string(), "employers": employers, "unchanged": unchanged,
        "persons": persons, "employer_part": employer_part.to_string(),
        "person_part": person_part.to_string(), "problems": problems,
    });
    (text, value, u8::from(*problems > 0))
}

async fn season(args: SeasonArgs) -> anyhow::Result<Answer> {
    let app = app(&args.place).await?;
    let bar = ProgressBar::new_spinner();
    let progress = |done: u64| bar.set_position(done);
    let actor = actor(&app, &args.place);
    let done = app.assess_season(&actor, args.year, &progress).await;
    bar.finish_and_clear();
    answered(
        args.place.format,
        done.map(|done| of_season(args.year, &done)),
    )
}

fn of_season(year: i16, done: &SeasonDone) -> (String, Value, u8) {
    let (persons, assessed) = (done.persons, done.assessed);
    let (due, subsidised) = (done.due, done.subsidised);
    let mut text = format!(
        "{year}年度：{persons}名居民，本次核定{assessed}人，本人应缴{due}元，资助{subsidised}元\n"
    );
    for (person, message) in &done.problems {
        put(&mut text, format_args!("  {person}：{message}"));
    }
    let problems: Vec<Value> = done
        .problems
        .iter()
        .map(|(person, message)| json!({ "person": person, "message": message }))
        .collect();
    let value = json!({
        "year": year, "persons": persons, "assessed": assessed, "due": due.to_string(),
        "subsidised": subsidised.to_string(), "problems": problems,
    });
    (text, value, u8::from(!done.problems.is_empty()))
}

async fn receipts(args: ReceiptsArgs) -> anyhow::Result<Answer> {
    let path = &args.file;
    let bytes = std::fs::read(path).with_context(|| format!("不能读取 {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let app = app(&args.place).await?;
    let options = ReceiptsOptions {
        dry_run: args.dry_run,
        rows_ok: args.rows_ok,
    };
    let actor = actor(&app, &args.place);
    let done = app.import_receipts(&actor, (&name, &bytes), options).await;
    answered(
        args.place.format,
        done.map(|done| imported(&done, args.dry_run)),
    )
}

fn imported(done: &ReceiptsDone, dry_run: bool) -> (String, Value, u8) {
    let mut text = String::new();
    let said = match (&done.before, done.applied, dry_run) {
        (Some(before), _, _) => format!(
            "这个文件已由{}于{}导入过，没有再次入账",
            before.imported_by, before.imported_at
        ),
        (None, true, _) => "已入账".to_owned(),
        (None, false, true) => "试运行，没有入账".to_owned(),
        (None, false, false) => {
            "有不能读取的行，没有入账；改好文件，或加 --rows-ok 先入其余各行".to_owned()
        }
    };
    let (number, lines, total) = (&done.number, done.lines, done.total);
    put(
        &mut text,
        format_args!("批次{number}：{lines}笔，{total}元。{said}"),
    );
    for (status, (lines, total)) in &done.by_status {
        let name = status_name(status);
        put(&mut text, format_args!("  {name}{lines}笔，{total}元"));
    }
    for issue in &done.issues {
        let (line, column, message) = (issue.line, issue.column, &issue.message);
        put(&mut text, format_args!("  第{line}行{column}：{message}"));
    }
    let statuses: Vec<Value> = done
        .by_status
        .iter()
        .map(|(status, (lines, total))| {
            json!({ "status": status, "lines": lines, "total": total.to_string() })
        })
        .collect();
    let issues: Vec<Value> = done
        .issues
        .iter()
        .map(
            |issue| json!({ "line": issue.line, "column": issue.column, "message": issue.message }),
        )
        .collect();
    let value = json!({
        "file": done.file, "number": number, "lines": lines, "total": total.to_string(),
        "applied": done.applied, "imported_before": done.before.is_some(),
        "by_status": statuses, "issues": issues,
    });
    let held = !done.applied && !dry_run && done.before.is_none();
    (text, value, u8::from(held))
}

fn status_name(status: &str) -> &str {
    match status {
        "matched" => "已入账",
        "duplicate" => "重复",
        "unmatched" => "未匹配",
        "over" => "多缴",
        "under" => "不足",
        "unreadable" => "不能读取",
        other => other,
    }
}

async fn arrears(args: ArrearsArgs) -> anyhow::Result<Answer> {
    let app = app(&args.place).await?;
    let which = (args.employer.as_deref(), args.residents);
    let found = app.arrears(args.place.area, args.on, which).await;
    answered(
        args.place.format,
        found.map(|found| listed(args.on, &found)),
    )
}

fn listed(on: Date, found: &[Arrear]) -> (String, Value, u8) {
    let mut text = String::new();
    let (mut unpaid, mut fees) = (Fen::ZERO, Fen::ZERO);
    let mut rows = Vec::with_capacity(found.len());
    for one in found {
        let open = one.employer + one.person;
        (unpaid, fees) = (unpaid + open, fees + one.late_fee);
        let (owner, name, period) = (&one.due.owner, &one.name, &one.due.period);
        let (until, days, fee) = (one.free_until, one.days, one.late_fee);
        put(
            &mut text,
            format_args!(
                "{owner} {name} {period}：欠{open}元，{until}到期，{days}天，滞纳金{fee}元"
            ),
        );
        rows.push(json!({
            "owner": owner, "name": name, "period": period, "unpaid": open.to_string(),
            "employer_part": one.employer.to_string(), "person_part": one.person.to_string(),
            "free_until": until.to_string(), "days": days, "late_fee": fee.to_string(),
        }));
    }
    let count = found.len();
    put(
        &mut text,
        format_args!("{on}欠费{count}笔，欠{unpaid}元，滞纳金{fees}元"),
    );
    let value = json!({
        "on": on.to_string(), "unpaid": unpaid.to_string(), "late_fee": fees.to_string(),
        "arrears": rows,
    });
    (text, value, 0)
}

async fn register(args: RegisterArgs) -> anyhow::Result<Answer> {
    let app = app(&args.place).await?;
    let actor = actor(&app, &args.place);
    let done = app.register_payments(&actor, args.most).await;
    answered(args.place.format, done.map(|done| registered(&done)))
}

fn registered(done: &PaymentsRegistered) -> (String, Value, u8) {
    let (periods, changed, refused) = (done.periods, done.changed, done.refused.len());
    let mut text =
        format!("已处理{periods}个所属期，{changed}人的登记有变动，{refused}人不能登记\n");
    for (person, message) in &done.refused {
        put(&mut text, format_args!("  {person}：{message}"));
    }
    let refusals: Vec<Value> = done
        .refused
        .iter()
        .map(|(person, message)| json!({ "person": person, "message": message }))
        .collect();
    let value = json!({ "periods": periods, "changed": changed, "refused": refusals });
    (text, value, u8::from(refused > 0))
}

/// One line; writing into a string cannot fail.
fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}
