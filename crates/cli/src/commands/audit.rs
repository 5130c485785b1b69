//! `tongchou audit`：对一批明细、对本系统的结算单运行审核规则，列出规则，回测，知识库。

mod backtest;
mod export;
mod knowledge;
mod rules;
pub mod service;
mod told;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use columnar::{Job, Outcome, quality_text, run_job, write_findings, write_quality};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::cluster;
use super::policy::{Answer, Format};

/// What to do with audit rules.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// 审核一个目录里的明细（CSV 或 Parquet），疑点写入文件
    #[command(
        after_help = "例：tongchou audit run --data month --knowledge catalogues/knowledge \
                      --params params.json --out findings.csv"
    )]
    Run(RunArgs),
    /// 列出规则：能否工作，等什么数据；json 可供医药机构使用
    #[command(
        after_help = "例：tongchou audit rules --data month --knowledge catalogues/knowledge"
    )]
    Rules(rules::RulesArgs),
    /// 回测：新规则、新知识、新参数先在去年的数据上与现用的比较
    #[command(
        after_help = "例：tongchou audit backtest --data year --knowledge new --baseline \
                      catalogues/knowledge --out report.json"
    )]
    Backtest(backtest::BacktestArgs),
    /// 知识库：导入、批准、查阅、导出
    Knowledge {
        #[command(subcommand)]
        command: knowledge::KnowledgeCommand,
    },
    /// 审核本系统的结算单，疑点入库；只看有变动的人员，重复运行不变
    #[command(
        after_help = "例：tongchou audit service --database sqlite:data/tongchou.db \
                            --from 2026-10-01 --to 2026-10-31 --knowledge catalogues/knowledge"
    )]
    Service(service::ServiceArgs),
    /// 确认申诉期满而机构没有申诉的疑点
    #[command(after_help = "例：tongchou audit lapse --database sqlite:data/tongchou.db")]
    Lapse(service::LapseArgs),
    /// 结算单写成按统筹区、月份分开的 Parquet 文件，供 audit run 读回
    #[command(
        after_help = "例：tongchou audit export --database sqlite:data/tongchou.db \
                            --from 2026-10-01 --to 2026-10-31 --out data/audit"
    )]
    Export(export::ExportArgs),
}

/// What is audited, with what.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// 数据目录：lines、visits 等 CSV 或 Parquet 文件，也可以分月放在下一层目录
    #[arg(long)]
    pub(super) data: PathBuf,
    /// 知识库目录，可以几个，后面的补充、覆盖前面的
    #[arg(long, value_delimiter = ',')]
    pub(super) knowledge: Vec<PathBuf>,
    /// 参数文件（JSON）
    #[arg(long)]
    pub(super) params: Option<PathBuf>,
    /// 疑点文件（CSV）
    #[arg(long)]
    pub(super) out: PathBuf,
    /// 只运行这些规则，逗号分隔；不写则全部
    #[arg(long, value_delimiter = ',')]
    pub(super) rules: Vec<String>,
    /// 数据质量另写一个文件（JSON）
    #[arg(long)]
    pub(super) quality: Option<PathBuf>,
    /// 同时使用的线程数（默认：全部处理器）
    #[arg(long)]
    threads: Option<usize>,
    /// 在集群上审核：调度节点的地址，如 df://10.0.0.1:50050（见 docs/guides/cluster.md）
    #[arg(long, value_name = "URL")]
    cluster: Option<String>,
    /// 汇总的输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// Runs a command; 0 done, 3 failed.
pub fn run(command: AuditCommand) -> Answer {
    let done = match command {
        AuditCommand::Run(args) => match &args.cluster {
            Some(url) => cluster::hand_over(&args, url),
            None => batch(&args),
        },
        AuditCommand::Rules(args) => rules::list(&args),
        AuditCommand::Backtest(args) => backtest::run(&args),
        AuditCommand::Knowledge { command } => return crate::waiting(knowledge::run(command)),
        AuditCommand::Service(args) => return crate::waiting(service::service(args)),
        AuditCommand::Lapse(args) => return crate::waiting(service::lapse(args)),
        AuditCommand::Export(args) => return crate::waiting(export::export(args)),
    };
    done.unwrap_or_else(|error| Answer {
        text: format!("失败：{error:#}\n"),
        code: 3,
    })
}

fn batch(args: &RunArgs) -> anyhow::Result<Answer> {
    let job = Job {
        data: args.data.clone(),
        knowledge: args.knowledge.clone(),
        params: args.params.clone(),
        rules: args.rules.clone(),
        threads: args.threads.unwrap_or_else(service::cores).max(1),
    };
    let bar = ProgressBar::no_length().with_style(
        ProgressStyle::with_template("审核 {wide_bar} {percent}%").context("progress style")?,
    );
    let outcome = run_job(&job, &|done, parts| {
        bar.set_length(parts);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    write_findings(&args.out, &outcome.plan, &outcome.data, &outcome.findings)?;
    if let Some(path) = &args.quality {
        write_quality(path, &outcome.quality)?;
    }
    eprint!("{}", quality_text(&outcome.quality));
    Ok(summary(args.format, &outcome))
}

fn summary(format: Format, outcome: &Outcome) -> Answer {
    let waiting: Vec<(&str, String)> = outcome
        .plan
        .states()
        .filter_map(|(rule, waits)| Some((rule.id, waits?.0.clone())))
        .collect();
    let (lines, findings) = (outcome.data.lines.len(), outcome.findings.len());
    let rules = outcome.plan.len() - waiting.len();
    let seconds = |time: std::time::Duration| format!("{:.2}", time.as_secs_f64());
    let (read, judged) = (seconds(outcome.times.0), seconds(outcome.times.1));
    let text = match format {
        Format::Json => {
            let waiting: serde_json::Map<_, _> = waiting
                .into_iter()
                .map(|(id, why)| (id.to_owned(), json!(why)))
                .collect();
            let summary = json!({
                "lines": lines, "findings": findings, "rules": rules, "waiting": waiting,
                "read_seconds": read, "judge_seconds": judged,
            });
            format!("{summary}\n")
        }
        Format::Text => {
            let mut text = format!(
                "明细{lines}条，规则{rules}条，疑点{findings}条；读取{read}秒，审核{judged}秒\n"
            );
            for (id, why) in waiting {
                text.push_str(&format!("{id} 等待：{why}\n"));
            }
            text
        }
    };
    Answer { text, code: 0 }
}
