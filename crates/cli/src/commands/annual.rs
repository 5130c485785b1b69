//! `tongchou annual`：按支付办法算病例点数，年度清算，批准差额。

use std::fmt::Write as _;

use app::clearing::{AnnualCleared, ThroughYear, ValuedCases};
use clap::{Args, Subcommand};
use money::Points;
use serde_json::json;
use store::AnnualFilter;
use terms::Date;

use super::lists::{Desk, refused};
use super::policy::{Answer, Format};

/// What to do with a year.
#[derive(Debug, Subcommand)]
pub enum AnnualCommand {
    /// 计算年度至今各病例的点数，写明与上次相比的变化
    #[command(
        after_help = "例：tongchou annual value --database sqlite:data/tongchou.db --area 990100 \
                            --arrangement employee-inpatient --year 2024"
    )]
    Value(ValueArgs),
    /// 清算一个年度：总额分到机构，列出与已付的差额
    Clear(ClearArgs),
    /// 由另一人批准，差额成为清算调整
    Approve(ApproveArgs),
    /// 列出各次年度清算
    List(ListArgs),
}

/// Which cases to value.
#[derive(Debug, Args)]
pub struct ValueArgs {
    #[command(flatten)]
    desk: Desk,
    /// 支付安排，例如 employee-inpatient
    #[arg(long)]
    arrangement: String,
    /// 年度
    #[arg(long)]
    year: i16,
    /// 算到哪一天；不填为今天
    #[arg(long)]
    through: Option<Date>,
}

/// Which year to clear.
#[derive(Debug, Args)]
pub struct ClearArgs {
    #[command(flatten)]
    desk: Desk,
    /// 支付安排，例如 employee-inpatient
    #[arg(long)]
    arrangement: String,
    /// 年度
    #[arg(long)]
    year: i16,
}

/// Which clearing to approve.
#[derive(Debug, Args)]
pub struct ApproveArgs {
    #[command(flatten)]
    desk: Desk,
    /// 年度清算编号
    #[arg(long)]
    clearing: String,
}

/// Which clearings to list.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    desk: Desk,
    /// 年度；不填为全部
    #[arg(long, default_value_t = 0)]
    year: i64,
}

/// Runs a command about a year.
///
/// # Errors
/// When the database cannot be used.
pub async fn run(command: AnnualCommand) -> anyhow::Result<Answer> {
    match command {
        AnnualCommand::Value(args) => value(args).await,
        AnnualCommand::Clear(args) => clear(args).await,
        AnnualCommand::Approve(args) => approve(args).await,
        AnnualCommand::List(args) => list(args).await,
    }
}

async fn value(args: ValueArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let asked = ThroughYear {
        arrangement: args.arrangement,
        year: args.year,
        through: args.through.unwrap_or_else(|| app.clock.today()),
    };
    let format = args.desk.format();
    Ok(match app.value_cases(&actor, &asked).await {
        Ok(done) => Answer {
            text: valued_text(&done, format),
            code: 0,
        },
        Err(error) => return refused(error, format),
    })
}

fn valued_text(done: &ValuedCases, format: Format) -> String {
    match format {
        Format::Json => format!("{:#}\n", json!(done)),
        Format::Text => format!(
            "{}{}例：新算{}例，变化{}例，没有病组不能计算{}例；预估点值{}\n",
            if done.simulated { "【测算】" } else { "" },
            done.cases,
            done.fresh,
            done.changed,
            done.unpriced,
            done.point_value
        ),
    }
}

async fn clear(args: ClearArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let format = args.desk.format();
    let cleared = app.clear_year(&actor, &args.arrangement, args.year).await;
    Ok(match cleared {
        Ok(done) => Answer {
            text: cleared_text(&done, format),
            code: 0,
        },
        Err(error) => return refused(error, format),
    })
}

async fn approve(args: ApproveArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let actor = args.desk.actor(&app);
    let format = args.desk.format();
    Ok(match app.approve_year(&actor, &args.clearing).await {
        Ok(done) => Answer {
            text: cleared_text(&done, format),
            code: 0,
        },
        Err(error) => return refused(error, format),
    })
}

fn cleared_text(done: &AnnualCleared, format: Format) -> String {
    let row = &done.clearing;
    if format == Format::Json {
        let part = |part: &store::AnnualPartRow| {
            json!({
                "institution": part.institution, "cases": part.cases,
                "points": Points::new(part.points), "items": part.items,
                "entitlement": part.entitlement, "payment": part.payment, "paid": part.paid,
                "difference": part.difference, "adjustment": part.adjustment,
            })
        };
        let parts: Vec<_> = done.parts.iter().map(part).collect();
        let value = json!({
            "clearing": row.clearing, "year": row.year, "arrangement": row.arrangement,
            "state": row.state, "cases": row.cases, "budget": row.budget, "items": row.items,
            "pool": row.pool, "point_value": row.point_value, "snapshot": row.snapshot,
            "parts": parts,
        });
        return format!("{value:#}\n");
    }
    let mut text = format!(
        "{} {}年度 {}：{}例，按项目{}元，决算{}元，点值{}\n",
        row.clearing, row.year, row.title, row.cases, row.items, row.pool, row.point_value
    );
    for part in &done.parts {
        let _ = writeln!(
            text,
            "  {} {}例 {}点：应付{}元，已付{}元，差额{}元 {}",
            part.institution,
            part.cases,
            Points::new(part.points),
            part.payment,
            part.paid,
            part.difference,
            part.adjustment
        );
    }
    text
}

async fn list(args: ListArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let filter = AnnualFilter {
        year: args.year,
        ..AnnualFilter::default()
    };
    let found = app
        .store
        .annual_clearings(args.desk.area(), &filter)
        .await?;
    let one = |row: &store::AnnualClearingRow| {
        json!({
            "clearing": row.clearing, "year": row.year, "arrangement": row.arrangement,
            "state": row.state, "pool": row.pool, "computed_by": row.computed_by,
            "approved_by": row.approved_by,
        })
    };
    let text = match args.desk.format() {
        Format::Json => {
            let all: Vec<_> = found.iter().map(one).collect();
            format!("{:#}\n", json!(all))
        }
        Format::Text => {
            let each = found.iter().map(|row| {
                format!(
                    "{} {}年度 {} 决算{}元 {}\n",
                    row.clearing, row.year, row.title, row.pool, row.state
                )
            });
            each.collect()
        }
    };
    Ok(Answer { text, code: 0 })
}
