//! From a file of cases to a file of groups.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::cases::{Case, CaseFile};
use super::stream::ordered;
use super::{Answer, Format, GroupArgs};

/// What a worker made of a piece: rows to write, how many of each outcome, and how far reading got.
struct Grouped {
    text: Vec<u8>,
    outcomes: BTreeMap<&'static str, u64>,
    position: u64,
}

/// Rows of the result while a piece is worked on.
pub struct Sheet {
    writer: csv::Writer<Vec<u8>>,
    /// Room for a sentence, so that it need not be found anew for every row.
    pub reason: String,
}

impl Sheet {
    fn new() -> Self {
        Self {
            writer: csv::Writer::from_writer(Vec::with_capacity(1 << 17)),
            reason: String::new(),
        }
    }

    /// Adds a row that ends with the reason.
    ///
    /// # Errors
    /// When it is shorter or longer than the rows before it.
    pub fn put(&mut self, cells: &[&str]) -> csv::Result<()> {
        for cell in cells {
            self.writer.write_field(cell)?;
        }
        self.writer.write_field(&self.reason)?;
        self.writer.write_record(None::<&[u8]>)?;
        self.reason.clear();
        Ok(())
    }

    fn into_text(self) -> anyhow::Result<Vec<u8>> {
        self.writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }
}

/// What there is to do with a file.
pub struct Task<'t> {
    /// Columns that must be there.
    pub needed: &'t [&'t str],
    /// Columns of the result.
    pub header: &'t [&'t str],
    /// Name, version and hash of the scheme, for the summary.
    pub title: &'t grouping::tables::SchemeTitle,
}

/// Groups a file with every core, in the order of its rows, into a file that appears when complete.
///
/// # Errors
/// When a file cannot be read or written.
pub fn whole_file(
    args: &GroupArgs,
    task: &Task<'_>,
    line: impl Fn(&Case<'_>, &mut Sheet) -> csv::Result<&'static str> + Sync,
) -> anyhow::Result<Answer> {
    let started = Instant::now();
    let mut file = CaseFile::open(&args.cases, task.needed)?;
    let columns = file.columns.clone();
    let partial = Partial::new(&args.out)?;
    let mut out = BufWriter::with_capacity(1 << 20, &partial.file);
    out.write_all(&header(task)?)?;
    let size = fs::metadata(&args.cases).map_or(0, |found| found.len());
    let bar = progress(size);
    let mut outcomes = BTreeMap::<&str, u64>::new();
    let work = |piece: super::cases::Piece| -> anyhow::Result<Grouped> {
        let (mut sheet, mut counted) = (Sheet::new(), BTreeMap::new());
        for case in piece.cases(&columns) {
            *counted.entry(line(&case, &mut sheet)?).or_insert(0) += 1;
        }
        Ok(Grouped {
            text: sheet.into_text()?,
            outcomes: counted,
            position: piece.position,
        })
    };
    let put = |made: anyhow::Result<Grouped>| -> anyhow::Result<()> {
        let made = made?;
        out.write_all(&made.text).context("写不下去结果文件")?;
        for (outcome, count) in made.outcomes {
            *outcomes.entry(outcome).or_insert(0) += count;
        }
        bar.set_position(made.position);
        Ok(())
    };
    let threads = args.threads.unwrap_or_else(all_cores);
    ordered(threads, || file.next(), work, put)?;
    out.flush().context("写不下去结果文件")?;
    drop(out);
    partial.finish()?;
    bar.finish_and_clear();
    Ok(summary(args, task, &outcomes, started))
}

fn all_cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn header(task: &Task<'_>) -> anyhow::Result<Vec<u8>> {
    let mut sheet = Sheet::new();
    sheet.writer.write_record(task.header)?;
    sheet.into_text()
}

/// A file that takes its name only when it is complete, and is gone when it never is.
struct Partial {
    file: File,
    partial: PathBuf,
    whole: PathBuf,
    complete: bool,
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.complete {
            // Why it is not complete has been said; a leftover is no further news.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

impl Partial {
    fn new(whole: &Path) -> anyhow::Result<Self> {
        let mut name = whole.file_name().context("结果文件没有文件名")?.to_owned();
        name.push(".partial");
        let partial = whole.with_file_name(name);
        let file = File::create(&partial)
            .with_context(|| format!("建不了结果文件 {}", partial.display()))?;
        Ok(Self {
            file,
            partial,
            whole: whole.to_owned(),
            complete: false,
        })
    }

    fn finish(mut self) -> anyhow::Result<()> {
        fs::rename(&self.partial, &self.whole)
            .with_context(|| format!("建不了结果文件 {}", self.whole.display()))?;
        self.complete = true;
        Ok(())
    }
}

/// A bar on a terminal, nothing elsewhere.
fn progress(size: u64) -> ProgressBar {
    let style = "{elapsed_precise} [{wide_bar}] {bytes}/{total_bytes} 剩余{eta}";
    let bar = ProgressBar::new(size);
    match ProgressStyle::with_template(style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn summary(
    args: &GroupArgs,
    task: &Task<'_>,
    outcomes: &BTreeMap<&str, u64>,
    started: Instant,
) -> Answer {
    let total: u64 = outcomes.values().sum();
    let millis = started.elapsed().as_millis();
    let rate = u128::from(total) * 1000 / millis.max(1);
    let text = match args.format {
        Format::Json => {
            let all = json!({
                "scheme": task.title,
                "cases": total,
                "outcomes": outcomes,
                "milliseconds": u64::try_from(millis).unwrap_or(u64::MAX),
                "out": args.out.display().to_string(),
            });
            format!("{all:#}\n")
        }
        Format::Text => {
            let title = task.title;
            let hash = title.hash.get(..12).unwrap_or(&title.hash);
            let each = outcomes
                .iter()
                .map(|(outcome, count)| format!("  {outcome}：{count}例\n"));
            let each: String = each.collect();
            format!(
                "方案：{} {}（{hash}）\n病例：{total}例，用时{}.{:03}秒，每秒{rate}例\n{each}结果：{}\n",
                title.name,
                title.version,
                millis / 1000,
                millis % 1000,
                args.out.display()
            )
        }
    };
    Answer { text, code: 0 }
}
