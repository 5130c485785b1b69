//! `tongchou group`：病例分组，流式读写，用满全部处理器。

mod cases;
mod dip;
mod drg;
mod run;
mod stream;

use std::path::PathBuf;

pub use cases::CaseFile;
use clap::{Args, Subcommand};

use super::policy::{Answer, Format};

/// Which way of grouping.
#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// 按 DRG 方案分组
    #[command(after_help = "例：tongchou group drg --scheme catalogues/drg/example \
                      --cases cases.csv --out groups.csv --explain")]
    Drg(DrgArgs),
    /// 按 DIP 目录入组
    #[command(after_help = "例：tongchou group dip --scheme catalogues/dip/example \
                      --cases cases.csv --out groups.csv")]
    Dip(GroupArgs),
}

/// What every way of grouping needs.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// 方案目录（DRG 也可以是官方工作簿 .xlsx）
    #[arg(long)]
    scheme: PathBuf,
    /// 病例文件（CSV，按列名读取）
    #[arg(long)]
    cases: PathBuf,
    /// 结果文件
    #[arg(long)]
    out: PathBuf,
    /// 在 reason 一列写出完整的分组说明
    #[arg(long)]
    explain: bool,
    /// 同时使用的线程数（默认：全部处理器）
    #[arg(long)]
    threads: Option<usize>,
    /// 汇总的输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What DRG grouping needs besides.
#[derive(Debug, Args)]
pub struct DrgArgs {
    #[command(flatten)]
    common: GroupArgs,
    /// 编码表和对照表目录（icd10*.csv、icd9cm3*.csv、map-icd10*.csv、map-icd9cm3*.csv）
    #[arg(long)]
    codes: Option<PathBuf>,
}

/// Groups a file; 0 done, 3 scheme or file cannot be used.
pub fn run(command: &GroupCommand) -> Answer {
    let done = match command {
        GroupCommand::Drg(args) => drg::run(args),
        GroupCommand::Dip(args) => dip::run(args),
    };
    done.unwrap_or_else(|error| Answer {
        text: format!("失败：{error:#}\n"),
        code: 3,
    })
}
