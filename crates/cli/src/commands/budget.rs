//! `tongchou budget`：预算执行进度和超支名单。

use std::fmt::Write as _;

use app::Error;
use app::budget::{ProgressLine, warning_word};
use clap::{Args, Subcommand};
use policy::FeeMonth;
use serde_json::json;
use terms::AreaCode;

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// What to ask about budgets.
#[derive(Debug, Subcommand)]
pub enum BudgetCommand {
    /// 各机构截至某月的执行进度，进度快的在前
    #[command(after_help = "例：tongchou budget progress --through 2024-05 \
                      --database sqlite:data/tongchou.db")]
    Progress(BudgetArgs),
    /// 应约谈的机构
    #[command(after_help = "例：tongchou budget over --through 2024-05 \
                      --database sqlite:data/tongchou.db --format json")]
    Over(BudgetArgs),
}

/// Up to which month, in which system.
#[derive(Debug, Args)]
pub struct BudgetArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 截至的月份
    #[arg(long)]
    through: FeeMonth,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
}

/// Carries a command out; 0 done, 1 refused.
///
/// # Errors
/// When the database fails.
pub async fn run(command: BudgetCommand) -> anyhow::Result<Answer> {
    let (args, only_over) = match command {
        BudgetCommand::Progress(args) => (args, false),
        BudgetCommand::Over(args) => (args, true),
    };
    let app = open::plain_app(args.database.url(), &args.folders, args.area).await?;
    let found = if only_over {
        app.over_target(args.area, args.through).await
    } else {
        app.budget_progress(args.area, args.through).await
    };
    let lines = match found {
        Ok(lines) => lines,
        Err(error @ (Error::Fault(_) | Error::Bug(_))) => anyhow::bail!("{error:?}"),
        Err(error) => {
            let text = format!("{error}\n");
            return Ok(Answer { text, code: 1 });
        }
    };
    let text = match args.format {
        Format::Text => listed(args.through, &lines),
        Format::Json => format!("{:#}\n", json!(lines.iter().map(value).collect::<Vec<_>>())),
    };
    Ok(Answer { text, code: 0 })
}

fn listed(through: FeeMonth, lines: &[ProgressLine]) -> String {
    let mut text = format!("截至{through}：{}家\n", lines.len());
    for line in lines {
        let (institution, name, book) = (&line.institution, &line.name, &line.book);
        let sentence = &line.sentence;
        let _ = writeln!(text, "  {institution} {name} 账套{book}：{sentence}");
    }
    text
}

fn value(line: &ProgressLine) -> serde_json::Value {
    json!({
        "institution": line.institution, "name": line.name, "book": line.book,
        "target": line.target.to_string(), "actual": line.actual.to_string(),
        "quota": line.quota.to_string(), "over": line.over().to_string(),
        "progress": line.progress.to_string(), "warning": warning_word(line.warning),
    })
}
