//! `tongchou account`：个人账户的按月划入、年度计息结转、划账基数。

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use app::account::{BasesRead, RunDone};
use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use policy::FeeMonth;
use serde_json::json;
use terms::AreaCode;

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// What to do with personal accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// 按月划入：每人每月一次，可以重复运行，中断后接着做
    #[command(
        after_help = "例：tongchou account credit --database sqlite:data/tongchou.db --month 2024-11"
    )]
    Credit(CreditArgs),
    /// 年度计息与结转：当年账户连同利息转入历年账户，每人每年一次
    #[command(
        after_help = "例：tongchou account interest --database sqlite:data/tongchou.db --year 2023"
    )]
    Interest(InterestArgs),
    /// 读入划账基数和养老金：CSV，列为 person_no、from_month、base、pension
    #[command(
        after_help = "例：tongchou account bases --database sqlite:data/tongchou.db --file bases.csv"
    )]
    Bases(BasesArgs),
}

/// Where accounts are.
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

/// Which month to credit.
#[derive(Debug, Args)]
pub struct CreditArgs {
    #[command(flatten)]
    place: Place,
    /// 费款所属期，例如 2024-11
    #[arg(long)]
    month: FeeMonth,
}

/// Which year to close.
#[derive(Debug, Args)]
pub struct InterestArgs {
    #[command(flatten)]
    place: Place,
    /// 年度，例如 2023
    #[arg(long)]
    year: i16,
}

/// Which bases to read.
#[derive(Debug, Args)]
pub struct BasesArgs {
    #[command(flatten)]
    place: Place,
    /// 文件
    #[arg(long)]
    file: PathBuf,
    /// 有错误的行不读，其余照读
    #[arg(long)]
    accept_good_rows: bool,
}

/// Runs an account command.
///
/// # Errors
/// When the database or the file cannot be used.
pub async fn run(command: AccountCommand) -> anyhow::Result<Answer> {
    match command {
        AccountCommand::Credit(args) => credit(args).await,
        AccountCommand::Interest(args) => interest(args).await,
        AccountCommand::Bases(args) => bases(args).await,
    }
}

async fn credit(args: CreditArgs) -> anyhow::Result<Answer> {
    let place = args.place;
    let app = open::plain_app(place.database.url(), &place.folders, place.area).await?;
    let bar = ProgressBar::new_spinner();
    let progress = |people: i64| bar.set_position(people.unsigned_abs());
    let month = args.month;
    let done = app
        .credit_accounts(place.area, month, "command", &progress)
        .await;
    bar.finish_and_clear();
    let title = format!("{month}个人账户划入");
    answered(done.map(|done| vec![(title, done)]), place.format)
}

async fn interest(args: InterestArgs) -> anyhow::Result<Answer> {
    let (place, year) = (args.place, args.year);
    let app = open::plain_app(place.database.url(), &place.folders, place.area).await?;
    let bar = ProgressBar::new_spinner();
    let progress = |people: i64| bar.set_position(people.unsigned_abs());
    let done = app
        .close_account_year(place.area, year, "command", &progress)
        .await;
    bar.finish_and_clear();
    let titled = |[earned, rolled]: [RunDone; 2]| {
        vec![
            (format!("{year}年度计息"), earned),
            (format!("{year}年度结转"), rolled),
        ]
    };
    answered(done.map(titled), place.format)
}

fn answered(
    done: Result<Vec<(String, RunDone)>, app::Error>,
    format: Format,
) -> anyhow::Result<Answer> {
    let done = match done {
        Ok(done) => done,
        Err(error) => return away(&error, format),
    };
    let text = match format {
        Format::Json => {
            let runs = done
                .iter()
                .map(|(title, done)| json!({ "title": title, "done": done }));
            format!("{:#}\n", json!({ "runs": runs.collect::<Vec<_>>() }))
        }
        Format::Text => {
            let mut text = String::new();
            done.iter().for_each(|one| put(&mut text, one));
            text
        }
    };
    Ok(Answer { text, code: 0 })
}

/// One run in words; writing into a string cannot fail.
fn put(text: &mut String, (title, done): &(String, RunDone)) {
    let _ = writeln!(
        text,
        "{title}：查看{}人，记账{}人，共{}元，无需办理{}人",
        done.persons, done.moved, done.amount, done.skipped
    );
    for (reason, problem) in &done.problems {
        let (people, example) = (problem.people, &problem.example);
        let _ = writeln!(text, "  {people}人未办：{reason}（如{example}）");
    }
}

/// A lawful no is an answer, a fault of the world is not.
fn away(error: &app::Error, format: Format) -> anyhow::Result<Answer> {
    if !error.is_decided() {
        anyhow::bail!("{error:?}");
    }
    let text = match format {
        Format::Json => format!("{:#}\n", json!({ "refused": error.to_string() })),
        Format::Text => format!("{error}\n"),
    };
    Ok(Answer { text, code: 1 })
}

async fn bases(args: BasesArgs) -> anyhow::Result<Answer> {
    let place = args.place;
    let bytes = std::fs::read(&args.file)
        .with_context(|| format!("文件 {} 读不出来", args.file.display()))?;
    let app = open::plain_app(place.database.url(), &place.folders, place.area).await?;
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let read = app
        .note_account_bases(place.area, (&name, &bytes), args.accept_good_rows)
        .await;
    let read = match read {
        Ok(read) => read,
        Err(error) => return away(&error, place.format),
    };
    let text = match place.format {
        Format::Json => format!("{:#}\n", json!(read)),
        Format::Text => bases_text(&read),
    };
    let code = u8::from(!read.noted);
    Ok(Answer { text, code })
}

fn bases_text(read: &BasesRead) -> String {
    let mut text = String::new();
    for fault in &read.faults {
        let _ = writeln!(text, "第{}行：{}", fault.line, fault.message);
    }
    let _ = match read.noted {
        true => writeln!(text, "已读入{}行", read.good),
        false => writeln!(text, "没有读入；可用的有{}行", read.good),
    };
    text
}
