//! `tongchou import sample`：虚构的登记文件，可带标注过的差错。

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use demo_maker::{Defects, Recipe, RegisterFile, register_file};
use indicatif::ProgressBar;
use terms::AreaCode;

use super::policy::Answer;

/// What to make.
#[derive(Debug, Args)]
pub struct SampleArgs {
    /// 统筹区
    #[arg(long, default_value = "421300")]
    area: AreaCode,
    /// 人数
    #[arg(long, default_value_t = 1_000_000)]
    people: u32,
    /// 写到哪个文件（CSV，UTF-8）
    #[arg(long)]
    out: PathBuf,
    /// 标注写到哪个文件
    #[arg(long)]
    labels: Option<PathBuf>,
    /// 千分之几的行应被预检拒绝
    #[arg(long, default_value_t = 0)]
    bad_rows: u32,
    /// 千分之几的人重复登记
    #[arg(long, default_value_t = 0)]
    doubles: u32,
    /// 千分之几的儿童有双胞胎
    #[arg(long, default_value_t = 0)]
    twins: u32,
    /// 千分之几的人有参保疑点
    #[arg(long, default_value_t = 0)]
    doubts: u32,
}

/// Writes the file and its labels.
///
/// # Errors
/// When a file cannot be written.
pub async fn run(args: SampleArgs) -> anyhow::Result<Answer> {
    let recipe = if args.area == Recipe::suizhou().area {
        Recipe::suizhou()
    } else {
        Recipe::of_area(args.area, &args.area.to_string())
    };
    let area = demo_maker::area(recipe.with_people(args.people));
    let defects = Defects {
        bad_rows: args.bad_rows,
        doubles: args.doubles,
        twins: args.twins,
        doubts: args.doubts,
    };
    let mut out = open(&args.out)?;
    let mut labels = args.labels.as_deref().map(open).transpose()?;
    writeln!(out, "{}", RegisterFile::TITLES.join(","))?;
    let bar = ProgressBar::new(u64::from(args.people));
    let mut rows = 0_u64;
    for row in register_file(&area, defects) {
        writeln!(out, "{}", row.cells.join(","))?;
        if let (Some(labels), Some(label)) = (&mut labels, &row.label) {
            writeln!(labels, "{},{},{}", label.check, row.number, label.other)?;
        }
        rows += 1;
        if rows.is_multiple_of(10_000) {
            bar.set_position(rows);
        }
    }
    bar.finish_and_clear();
    out.flush()?;
    if let Some(labels) = &mut labels {
        labels.flush()?;
    }
    Ok(Answer {
        text: format!("已写入 {rows} 行到 {}\n", args.out.display()),
        code: 0,
    })
}

fn open(path: &Path) -> anyhow::Result<BufWriter<std::fs::File>> {
    let file = std::fs::File::create(path);
    let file = file.with_context(|| format!("文件 {} 无法写入", path.display()))?;
    Ok(BufWriter::new(file))
}
