//! `tongchou audit service|lapse`：审核本系统的结算单，确认申诉期满的疑点。

use std::fmt::Write as _;
use std::path::PathBuf;

use app::AuditBook;
use app::audit::{ScanAsk, ServiceRun};
use clap::Args;
use columnar::read_params;
use serde_json::json;
use terms::Date;

use super::super::lists::{Desk, refused};
use super::super::policy::{Answer, Format};

/// Which bills are audited.
#[derive(Debug, Args)]
pub struct ServiceArgs {
    #[command(flatten)]
    desk: Desk,
    /// 结算日期从
    #[arg(long)]
    from: Date,
    /// 结算日期到
    #[arg(long)]
    to: Date,
    /// 审核所有人员，不只是上次审核之后有变动的
    #[arg(long)]
    full: bool,
    /// 同时使用的线程数（默认：全部处理器）
    #[arg(long)]
    threads: Option<usize>,
    /// 参数文件（JSON）
    #[arg(long)]
    params: Option<PathBuf>,
}

/// Whose doubts lapse.
#[derive(Debug, Args)]
pub struct LapseArgs {
    #[command(flatten)]
    desk: Desk,
}

/// Threads to judge with when nobody says.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Audits a period of the service's own bills.
///
/// # Errors
/// When the database, a folder or a file cannot be used.
pub async fn service(args: ServiceArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    if let Some(path) = &args.params {
        let held = app.audit_book();
        app.set_audit_book(AuditBook {
            source: held.source.clone(),
            ..AuditBook::new(held.knowledge.clone(), read_params(path)?)
        });
    }
    let ask = ScanAsk {
        from: args.from,
        to: args.to,
        full: args.full,
        threads: args.threads.unwrap_or_else(cores).max(1),
    };
    let run = match app.audit_service(&args.desk.actor(&app), &ask).await {
        Ok(run) => run,
        Err(error) => return refused(error, args.desk.format()),
    };
    let text = match args.desk.format() {
        Format::Text => as_text(&run),
        Format::Json => format!("{:#}\n", as_json(&run)),
    };
    Ok(Answer { text, code: 0 })
}

fn as_text(run: &ServiceRun) -> String {
    let counts = &run.counts;
    let mut text = format!(
        "审核批次{}：{}人，结算单{}张，明细{}条，规则{}条\n疑点{}条，其中新的{}条；不再命中{}条\n",
        run.run,
        counts.people,
        counts.bills,
        counts.lines,
        run.rules.len(),
        counts.found,
        counts.fresh,
        counts.gone
    );
    for (name, count) in &run.problems {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{name}：{count}");
    }
    for (rule, why) in &run.waiting {
        let _ = writeln!(text, "{rule} 等待：{why}");
    }
    text
}

fn as_json(run: &ServiceRun) -> serde_json::Value {
    let counts = &run.counts;
    let waiting: serde_json::Map<_, _> = run
        .waiting
        .iter()
        .map(|(rule, why)| (rule.clone(), json!(why)))
        .collect();
    json!({
        "run": run.run, "people": counts.people, "bills": counts.bills, "lines": counts.lines,
        "found": counts.found, "fresh": counts.fresh, "gone": counts.gone,
        "rules": run.rules, "waiting": waiting, "problems": run.problems,
    })
}

/// Confirms doubts whose appeal ran out.
///
/// # Errors
/// When the database cannot be used.
pub async fn lapse(args: LapseArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let lapsed = match app.lapse_doubts(&args.desk.actor(&app)).await {
        Ok(lapsed) => lapsed,
        Err(error) => return refused(error, args.desk.format()),
    };
    let text = match args.desk.format() {
        Format::Text => {
            let mut text = format!("申诉期满未申诉，确认疑点{}条\n", lapsed.len());
            for row in &lapsed {
                let _ = writeln!(text, "  {} {} {}", row.doubt, row.institution, row.says);
            }
            text
        }
        Format::Json => {
            let doubts: Vec<&str> = lapsed.iter().map(|row| row.doubt.as_str()).collect();
            format!("{:#}\n", json!({ "lapsed": doubts }))
        }
    };
    Ok(Answer { text, code: 0 })
}
