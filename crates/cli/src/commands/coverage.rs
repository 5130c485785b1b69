//! `tongchou coverage`：某日全体人员的参保情况。

use std::fmt::Write as _;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use indicatif::ProgressBar;
use serde_json::json;
use store::{CoverCount, CoveredRow, Store};
use terms::{AreaCode, Category, CoverState, Date, Scheme};

use super::database::Database;
use super::open;
use super::policy::{Answer, Format};

/// Whose cover on which day.
#[derive(Debug, Args)]
pub struct CoverageArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 哪一天
    #[arg(long)]
    on: Date,
    /// 逐人导出到这个 CSV 文件
    #[arg(long)]
    out: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Counts everybody's cover on a day, or writes it out person by person.
///
/// # Errors
/// When the database or the file fails.
pub async fn run(args: CoverageArgs) -> anyhow::Result<Answer> {
    let store = open::store(args.database.url()).await?;
    let counts = store.coverage_as_of(args.area, args.on).await?;
    let total: i64 = counts.iter().map(|row| row.count).sum();
    let written = match &args.out {
        Some(path) => Some(export(&store, &args, path, total).await?),
        None => None,
    };
    store.close().await?;
    let text = match args.format {
        Format::Text => as_text(&args, &counts, total, written),
        Format::Json => {
            let rows: Vec<_> = counts.iter().map(as_json).collect();
            let day = args.on.to_string();
            let value = json!({ "on": day, "total": total, "rows": rows, "written": written });
            format!("{value:#}\n")
        }
    };
    Ok(Answer { text, code: 0 })
}

/// Rows fetched at once.
const AT_ONCE: usize = 20_000;

async fn export(
    store: &Store,
    args: &CoverageArgs,
    path: &Path,
    total: i64,
) -> anyhow::Result<u64> {
    let file = std::fs::File::create(path);
    let file = file.with_context(|| format!("文件 {} 无法写入", path.display()))?;
    let mut out = BufWriter::new(file);
    let titles = "人员编号,险种,人员类别,待遇状态,参保地,参保开始日期,参保结束日期,参保单位";
    // Spreadsheets read UTF-8 as such only behind a mark.
    writeln!(out, "\u{FEFF}{titles}")?;
    let bar = ProgressBar::new(u64::try_from(total).unwrap_or(0));
    let mut after = (String::new(), String::new());
    let mut written = 0;
    loop {
        let from = (after.0.as_str(), after.1.as_str());
        let rows = store.covered_on(args.area, args.on, from, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        for row in &rows {
            line(&mut out, row)?;
        }
        written += rows.len() as u64;
        bar.set_position(written);
        after = (last.person_no.clone(), last.scheme.clone());
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(written)
}

fn line(out: &mut impl std::io::Write, row: &CoveredRow) -> std::io::Result<()> {
    let to = row.ends_on.map_or_else(String::new, |day| day.to_string());
    let employer = super::import::quoted(&row.employer);
    let (scheme, category, state) = named(&row.scheme, &row.category, &row.state);
    writeln!(
        out,
        "{},{scheme},{category},{state},{},{},{to},{employer}",
        row.person_no, row.county, row.starts_on
    )
}

/// The 中文 names of stored words.
fn named<'a>(scheme: &'a str, category: &'a str, state: &'a str) -> (&'a str, &'a str, &'a str) {
    (
        scheme.parse::<Scheme>().map_or(scheme, |word| word.zh()),
        category
            .parse::<Category>()
            .map_or(category, |word| word.zh()),
        state.parse::<CoverState>().map_or(state, |word| word.zh()),
    )
}

fn as_json(row: &CoverCount) -> serde_json::Value {
    json!({
        "scheme": row.scheme, "category": row.category, "state": row.state,
        "county": row.county.to_string(), "count": row.count,
    })
}

fn as_text(args: &CoverageArgs, counts: &[CoverCount], total: i64, written: Option<u64>) -> String {
    let mut text = format!("{} 参保 {total}人次\n", args.on);
    for row in counts {
        let (scheme, category, state) = named(&row.scheme, &row.category, &row.state);
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "  {}  {scheme}  {category}  {state}  {}",
            row.county, row.count
        );
    }
    if let (Some(written), Some(path)) = (written, &args.out) {
        let _ = writeln!(text, "已导出 {written} 行到 {}", path.display());
    }
    text
}
