//! `tongchou clear`：全统筹区年度清算，读入一个地区文件，写出清算结果。

mod cores;
mod dip;
mod drg;
mod entries;
mod field;
mod problem;
mod tell;
mod write;

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;
use payment::Refusal;
use serde_json::json;

use super::policy::{Answer, Format};
use field::{Entries, Place};
use problem::Problem;
use tell::Teller;

/// Which region to clear, and where the result goes.
#[derive(Debug, Args)]
pub struct ClearArgs {
    /// 地区文件（JSON）：参数、机构、基准年病例或例均费用、当年病例、预算
    #[arg(long)]
    input: PathBuf,
    /// 结果文件（JSON）；写完才出现，失败时原有文件不变
    #[arg(long)]
    out: PathBuf,
    /// 逐家机构、逐个病例说明点数和金额的由来
    #[arg(long)]
    explain: bool,
    /// 只说明这些机构或病例编号（可重复；随 --explain）
    #[arg(long, requires = "explain")]
    only: Vec<String>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What was cleared, for the closing line.
struct Done {
    kind: &'static str,
    institutions: usize,
    cases: usize,
    paid: money::Fen,
}

/// Clears a region; 0 done, 1 the facts do not allow it, 3 something could not be read or written.
pub fn run(args: &ClearArgs) -> Answer {
    match clear(args) {
        Ok(done) => done_answer(args, &done),
        Err(problem) => problem.answer(&args.input, args.format),
    }
}

fn done_answer(args: &ClearArgs, done: &Done) -> Answer {
    let (kind, cases, paid) = (done.kind, done.cases, done.paid);
    let out = args.out.display().to_string();
    let text = match args.format {
        Format::Text => format!(
            "{kind}清算完成：机构{}家，病例{cases}例，共分配{paid}元，结果写入{out}\n",
            done.institutions
        ),
        Format::Json => {
            let summary = json!({
                "kind": kind, "institutions": done.institutions, "cases": cases,
                "paid": paid, "out": out,
            });
            format!("{summary}\n")
        }
    };
    Answer { text, code: 0 }
}

fn clear(args: &ClearArgs) -> Result<Done, Problem> {
    let progress = ProgressBar::new_spinner();
    progress.enable_steady_tick(std::time::Duration::from_millis(200));
    progress.set_message("读取地区文件");
    let text = std::fs::read_to_string(&args.input)
        .map_err(|error| Problem::unreadable(&format!("不能读取（{error}）")))?;
    let root = Place::root();
    let entries = Entries::of_text(&text, &root)?;
    let kind = entries.need("kind", &root)?.text()?;
    let version = entries.need("version", &root)?;
    if version.text()? != "1" {
        return Err(version.wrong("只认识第1版"));
    }
    let teller = Teller::new(args.explain, &args.only, args.format);
    match kind.as_ref() {
        "drg_points" => drg::clear(&entries, &args.out, &teller, &progress),
        "dip" => dip::clear(&entries, &args.out, &teller, &progress),
        _ => Err(entries
            .need("kind", &root)?
            .refused("没有这种支付办法，可用：drg_points、dip")),
    }
}

/// Refuses a number that two cases bear.
fn distinct<'c>(ids: impl ExactSizeIterator<Item = &'c str>) -> Result<(), Problem> {
    let mut seen = HashSet::with_capacity(ids.len());
    for id in ids {
        if !seen.insert(id) {
            return Err(Problem::from(Refusal::Duplicate {
                what: "病例编号",
                number: id.to_owned(),
            }));
        }
    }
    Ok(())
}
