//! `tongchou clean`：清洗登记册，疑点记入工作清单。

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::App;
use app::cleaning::{Check, Cleaned, FindingFilter, limits_of, shipped_limits};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::json;
use terms::AreaCode;

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// How to clean.
#[derive(Debug, Args)]
pub struct CleanArgs {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 阈值文件；不填为随程序的阈值（catalogues/cleaning.json）
    #[arg(long)]
    limits: Option<PathBuf>,
    /// 样例的标注文件：量出疑似同一人的查准率和查全率
    #[arg(long, hide = true)]
    labels: Option<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    folders: Folders,
}

/// Checks everybody and says what was found.
///
/// # Errors
/// When the database or a file fails.
pub async fn run(args: CleanArgs) -> anyhow::Result<Answer> {
    let limits = match &args.limits {
        None => shipped_limits(),
        Some(path) => {
            let text = std::fs::read_to_string(path);
            limits_of(&text.with_context(|| format!("文件 {} 无法读取", path.display()))?)
        }
    };
    let limits = limits.map_err(|error| anyhow::anyhow!("{error}"))?;
    let app = open::plain_app(args.database.url(), &args.folders, args.area).await?;
    let people = app.store.count_persons(args.area).await?;
    let bar = ProgressBar::new(u64::try_from(people).unwrap_or(0));
    let progress = |done: usize| bar.set_position(done as u64);
    let cleaned = app.clean("tongchou clean", &limits, &progress).await;
    bar.finish_and_clear();
    let cleaned = cleaned.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let measured = match &args.labels {
        Some(path) => Some(measure(&app, path).await?),
        None => None,
    };
    let text = match args.format {
        Format::Text => as_text(&cleaned, measured.as_deref()),
        Format::Json => {
            let counts: Vec<_> = cleaned.counts.iter().map(count_json).collect();
            let value = json!({
                "run": cleaned.run.run_id, "people": cleaned.run.people,
                "counts": counts, "skipped_blocks": cleaned.skipped, "measured": measured,
            });
            format!("{value:#}\n")
        }
    };
    Ok(Answer { text, code: 0 })
}

fn count_json(count: &app::cleaning::RunCount) -> serde_json::Value {
    json!({ "check": count.check, "found": count.found, "new": count.new, "gone": count.gone })
}

fn as_text(cleaned: &Cleaned, measured: Option<&str>) -> String {
    let run = &cleaned.run;
    let mut text = format!("清洗{}：{}人\n", run.run_id, run.people);
    for count in &cleaned.counts {
        let name = Check::of(&count.check).map_or(count.check.as_str(), |word| word.zh());
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "  {name}  {}（新{}，消失{}）",
            count.found, count.new, count.gone
        );
    }
    if cleaned.skipped > 0 {
        let _ = writeln!(text, "  人数过多而没有两两比对的组  {}", cleaned.skipped);
    }
    if let Some(measured) = measured {
        let _ = writeln!(text, "  {measured}");
    }
    text
}

/// Sets the pairs found against those that the sample was made with.
async fn measure(app: &App, labels: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(labels)?;
    let pair = |one: &str, two: &str| match one <= two {
        true => (one.to_owned(), two.to_owned()),
        false => (two.to_owned(), one.to_owned()),
    };
    let wanted: BTreeSet<(String, String)> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.split(',');
            let same = cells.next()? == Check::SamePerson.word();
            let found = pair(cells.next()?, cells.next()?);
            same.then_some(found)
        })
        .collect();
    let filter = FindingFilter {
        check: Some(Check::SamePerson.word().to_owned()),
        ..FindingFilter::default()
    };
    let (mut found, mut after) = (BTreeSet::new(), String::new());
    loop {
        let page = app.findings(&filter, &after, 5_000).await;
        let page = page.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.finding_id);
        found.extend(page.iter().map(|row| pair(&row.person_no, &row.other_no)));
    }
    let right = found.intersection(&wanted).count();
    let share = |part: usize, whole: usize| part * 10_000 / whole.max(1);
    let (precision, recall) = (share(right, found.len()), share(right, wanted.len()));
    Ok(format!(
        "疑似同一人：标注{}对，找到{}对，其中对的{right}对；查准率{}.{:02}%，查全率{}.{:02}%",
        wanted.len(),
        found.len(),
        precision / 100,
        precision % 100,
        recall / 100,
        recall % 100
    ))
}
