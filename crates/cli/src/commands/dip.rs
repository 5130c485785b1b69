//! `tongchou dip build`：用历史病例编制病种目录和分值。

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use grouping::dip::{BuildSettings, BuiltDirectory, BuiltRow, Tally, build};
use grouping::tables::DipSettings;
use serde_json::json;

use super::group::CaseFile;
use super::policy::{Answer, Format};
use super::scheme::{decimal, listed};

/// What to do with DIP directories.
#[derive(Debug, Subcommand)]
pub enum DipCommand {
    /// 由历史病例编制目录和分值
    #[command(after_help = "例：tongchou dip build --history history.csv \
                      --procedures catalogues/dip/example --out directory")]
    Build(BuildArgs),
}

/// How to make a directory.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// 历史病例（CSV：principal_dx、procedures、total_cost，以及 year 或 discharge_date）
    #[arg(long)]
    history: PathBuf,
    /// 放 procedure_class.csv（手术操作类别）的目录，可另有 excluded.csv
    #[arg(long)]
    procedures: PathBuf,
    /// 写目录的文件夹
    #[arg(long)]
    out: PathBuf,
    /// 达到这么多例的诊断与治疗组合成为核心病种
    #[arg(long, default_value_t = 15)]
    threshold: u64,
    /// 平均费用的病例得多少分
    #[arg(long, default_value_t = 1000)]
    base: i64,
    /// 各年度的权重，由远到近
    #[arg(long, default_value = "1:2:7")]
    weights: String,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs a command; 0 done, 3 failed.
pub fn run(command: &DipCommand) -> Answer {
    let DipCommand::Build(args) = command;
    make(args).unwrap_or_else(|error| Answer {
        text: format!("失败：{error:#}\n"),
        code: 3,
    })
}

fn make(args: &BuildArgs) -> anyhow::Result<Answer> {
    let (classes, excluded) = match lawbook::load_dip_basis(&args.procedures) {
        Ok(basis) => basis,
        Err(faults) => bail!("手术操作类别不能使用：\n{}", listed(&faults)),
    };
    let settings = BuildSettings {
        threshold: args.threshold,
        base: args.base,
        year_weights: weights(&args.weights)?,
        directory: DipSettings::default(),
    };
    if args.base <= 0 || args.threshold == 0 {
        bail!("--base 和 --threshold 应大于零");
    }
    let (tally, unused) = read(&args.history)?;
    let built = build(&tally, &classes, &excluded, &settings).map_err(anyhow::Error::msg)?;
    let years: Vec<String> = tally.years().iter().map(i16::to_string).collect();
    write(args, &built, &settings, &years)?;
    Ok(summary(args, &built, &unused))
}

fn weights(text: &str) -> anyhow::Result<Vec<i64>> {
    let each = text.split(':').map(|part| part.trim().parse().ok());
    let weights: Option<Vec<i64>> = each.collect();
    weights.with_context(|| format!("--weights“{text}”应写作 1:2:7"))
}

/// Counts the history; what cannot be used is counted by reason.
fn read(path: &Path) -> anyhow::Result<(Tally, BTreeMap<String, u64>)> {
    let needed = ["principal_dx", "procedures", "total_cost"];
    let mut file = CaseFile::open(path, &needed)?;
    let columns = file.columns.clone();
    let (mut tally, mut unused) = (Tally::default(), BTreeMap::new());
    while let Some(piece) = file.next()? {
        for case in piece.cases(&columns) {
            let year = case.cell("year").filter(|text| !text.trim().is_empty());
            let year = year.or_else(|| case.cell("discharge_date")?.trim().get(..4));
            let year = year.and_then(|text| text.trim().parse::<i16>().ok());
            let reason = match (&case.discharge, year) {
                (Err(reason), _) => Some(reason.clone()),
                (Ok(_), None) => Some("没有年度".to_owned()),
                (Ok(discharge), Some(year)) => {
                    let counted = tally.add(year, discharge);
                    (!counted).then(|| "没有主要诊断或费用".to_owned())
                }
            };
            if let Some(reason) = reason {
                *unused.entry(reason).or_insert(0) += 1;
            }
        }
    }
    Ok((tally, unused))
}

/// Writes the folder that `tongchou group dip` reads.
fn write(
    args: &BuildArgs,
    built: &BuiltDirectory,
    settings: &BuildSettings,
    years: &[String],
) -> anyhow::Result<()> {
    let out = &args.out;
    fs::create_dir_all(out).with_context(|| format!("建不了文件夹 {}", out.display()))?;
    let places = settings.directory.score_places;
    core(&out.join("core.csv"), &built.core, places)?;
    comprehensive(&out.join("comprehensive.csv"), &built.comprehensive, places)?;
    let same = out.canonicalize().ok() == args.procedures.canonicalize().ok();
    for file in ["procedure_class.csv", "excluded.csv"] {
        let from = args.procedures.join(file);
        if from.is_file() && !same {
            fs::copy(&from, out.join(file)).with_context(|| format!("写不了 {file}"))?;
        }
    }
    let title = format!(
        "name: 历史数据编制的目录\nversion: \"{}\"\nnote: \"核心病种不少于{}例，年度权重{}，\
         平均费用{}元计{}分\"\n",
        years.join("-"),
        args.threshold,
        args.weights,
        built.mean_cost,
        args.base
    );
    fs::write(out.join("scheme.yaml"), title).context("写不了 scheme.yaml")
}

fn core(path: &Path, rows: &[BuiltRow], places: u32) -> anyhow::Result<()> {
    let header = "dip,dx,procedure,class,name,cases,mean_cost,score".split(',');
    let rows = rows.iter().map(|row| {
        let (cases, cost) = (row.cases.to_string(), row.mean_cost.to_string());
        let asked = [
            &row.code,
            &row.diagnosis,
            &row.procedure,
            &row.class,
            &row.name,
        ];
        let counted = [cases, cost, decimal(row.score, places)];
        asked.into_iter().cloned().chain(counted).collect()
    });
    table(path, header.map(str::to_owned).collect(), rows)
}

fn comprehensive(path: &Path, rows: &[BuiltRow], places: u32) -> anyhow::Result<()> {
    let header = "dip,dx,class,name,cases,mean_cost,score".split(',');
    let rows = rows.iter().map(|row| {
        let (cases, cost) = (row.cases.to_string(), row.mean_cost.to_string());
        let asked = [&row.code, &row.diagnosis, &row.class, &row.name];
        let counted = [cases, cost, decimal(row.score, places)];
        asked.into_iter().cloned().chain(counted).collect()
    });
    table(path, header.map(str::to_owned).collect(), rows)
}

fn table(
    path: &Path,
    header: Vec<String>,
    rows: impl Iterator<Item = Vec<String>>,
) -> anyhow::Result<()> {
    let mut writer =
        csv::Writer::from_path(path).with_context(|| format!("写不了 {}", path.display()))?;
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer
        .flush()
        .with_context(|| format!("写不了 {}", path.display()))
}

fn summary(args: &BuildArgs, built: &BuiltDirectory, unused: &BTreeMap<String, u64>) -> Answer {
    let cases = |rows: &[BuiltRow]| rows.iter().map(|row| row.cases).sum::<u64>();
    let (core, comprehensive) = (cases(&built.core), cases(&built.comprehensive));
    let text = if args.format == Format::Json {
        let all = json!({
            "core": built.core.len(),
            "core_cases": core,
            "comprehensive": built.comprehensive.len(),
            "comprehensive_cases": comprehensive,
            "mean_cost": built.mean_cost,
            "unused": unused,
        });
        format!("{all:#}\n")
    } else {
        let unused = unused
            .iter()
            .map(|(reason, count)| format!("未用{count}例：{reason}\n"));
        let unused: String = unused.collect();
        format!(
            "核心病种{}个，{core}例；综合病种{}个，{comprehensive}例；次均费用{}元\n{unused}目录：{}\n",
            built.core.len(),
            built.comprehensive.len(),
            built.mean_cost,
            args.out.display()
        )
    };
    Answer { text, code: 0 }
}
