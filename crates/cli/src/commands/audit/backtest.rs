//! `tongchou audit backtest`：新规则、新知识、新参数上线前，在去年的数据上先跑一遍。

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use columnar::{Compared, Decision, Job, RuleChange, Trial, backtest};
use serde_json::{Value, json};

use crate::commands::policy::{Answer, Format};

/// Two ways to audit the same data.
#[derive(Debug, Args)]
pub struct BacktestArgs {
    /// 数据目录：去年的明细
    #[arg(long)]
    data: PathBuf,
    /// 待上线的知识库目录，可以几个
    #[arg(long, value_delimiter = ',')]
    knowledge: Vec<PathBuf>,
    /// 现用的知识库目录，可以几个；不写则与待上线的相同
    #[arg(long, value_delimiter = ',')]
    baseline: Vec<PathBuf>,
    /// 待上线的参数文件（JSON）
    #[arg(long)]
    params: Option<PathBuf>,
    /// 现用的参数文件；不写则用缺省值
    #[arg(long)]
    baseline_params: Option<PathBuf>,
    /// 只比较这些规则，逗号分隔；不写则全部
    #[arg(long, value_delimiter = ',')]
    rules: Vec<String>,
    /// 新上线的规则：现用一侧不运行它们，逗号分隔
    #[arg(long, value_delimiter = ',')]
    new_rules: Vec<String>,
    /// 审核人员过去的结论（CSV：rule_id,target_type,target_id,decision）
    #[arg(long)]
    decisions: Option<PathBuf>,
    /// 报告文件（JSON）
    #[arg(long)]
    out: PathBuf,
    /// 同时使用的线程数（默认：全部处理器）
    #[arg(long)]
    threads: Option<usize>,
    /// 汇总的输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs both ways and compares.
///
/// # Errors
/// When files cannot be read or written.
pub fn run(args: &BacktestArgs) -> anyhow::Result<Answer> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = args.threads.unwrap_or_else(cores).max(1);
    let job = |knowledge: &[PathBuf], params: &Option<PathBuf>| Job {
        data: args.data.clone(),
        knowledge: knowledge.to_vec(),
        params: params.clone(),
        rules: args.rules.clone(),
        threads,
    };
    let old = match args.baseline.is_empty() {
        true => &args.knowledge,
        false => &args.baseline,
    };
    let decisions = match &args.decisions {
        Some(path) => read_decisions(path)?,
        None => Vec::new(),
    };
    let trial = Trial {
        before: job(old, &args.baseline_params),
        after: job(&args.knowledge, &args.params),
        new_rules: args.new_rules.clone(),
    };
    let compared = backtest(&trial, &decisions)?;
    let report = report_of(&compared);
    std::fs::write(&args.out, format!("{report:#}\n"))
        .with_context(|| format!("{} 不能写入", args.out.display()))?;
    let text = match args.format {
        Format::Json => format!("{report}\n"),
        Format::Text => table(&compared),
    };
    Ok(Answer { text, code: 0 })
}

fn read_decisions(path: &Path) -> anyhow::Result<Vec<Decision>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("{} 不能读取", path.display()))?;
    let header = reader.headers()?.clone();
    let place = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.with_context(|| format!("{} 缺少列 {name}", path.display()))
    };
    let columns = [
        place("rule_id")?,
        place("target_type")?,
        place("target_id")?,
        place("decision")?,
    ];
    let mut decisions = Vec::new();
    for row in reader.records() {
        let row = row?;
        let [rule, kind, target, said] = columns.map(|at| row.get(at).unwrap_or_default());
        let confirmed = match said {
            "confirmed" | "确认" | "1" => true,
            "dismissed" | "不成立" | "0" => false,
            other => anyhow::bail!(
                "{} 第{}行：结论“{other}”应为 confirmed 或 dismissed",
                path.display(),
                row.position().map_or(0, csv::Position::line)
            ),
        };
        decisions.push(Decision {
            rule: rule.to_owned(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            confirmed,
        });
    }
    Ok(decisions)
}

fn report_of(compared: &Compared) -> Value {
    let rules: Vec<Value> = compared.rules.iter().map(rule_json).collect();
    json!({
        "lines": compared.lines, "bills": compared.bills, "rules": rules,
        "waiting_before": compared.waiting.0, "waiting_after": compared.waiting.1,
    })
}

fn rule_json(change: &RuleChange) -> Value {
    let hospitals: Vec<Value> = change
        .hospitals
        .iter()
        .map(|(provider, findings, amount)| {
            json!({ "provider": provider, "findings": findings, "amount": amount.to_string() })
        })
        .collect();
    json!({
        "rule": change.rule, "name": change.name,
        "before": change.before, "after": change.after,
        "newly_found": change.newly_found, "no_longer_found": change.no_longer_found,
        "amount_before": change.amount.0.to_string(), "amount_after": change.amount.1.to_string(),
        "lines_touched": change.lines, "lines_share_ppm": change.lines_ppm,
        "bills_touched": change.bills, "bills_share_ppm": change.bills_ppm,
        "confirmed": change.confirmed, "dismissed": change.dismissed,
        "precision_ppm": change.precision_ppm, "hospitals": hospitals,
        "examples_new": change.examples.0, "examples_gone": change.examples.1,
    })
}

fn table(compared: &Compared) -> String {
    let mut text = format!("明细{}条，就诊{}次\n", compared.lines, compared.bills);
    text.push_str("规则  现用 待上线 新增 不再 金额（待上线） 涉及明细 涉及就诊 预计确认率 名称\n");
    let touched = |change: &&RuleChange| change.before + change.after > 0;
    for change in compared.rules.iter().filter(touched) {
        let share = |ppm: u64| format!("{}.{:02}%", ppm / 10_000, ppm % 10_000 / 100);
        let precision = change.precision_ppm.map_or("—".to_owned(), share);
        let (lines, bills) = (share(change.lines_ppm), share(change.bills_ppm));
        let (before, after) = (change.before, change.after);
        let (fresh, gone) = (change.newly_found, change.no_longer_found);
        let (rule, amount, name) = (&change.rule, change.amount.1, &change.name);
        text.push_str(&format!(
            "{rule} {before:>6} {after:>6} {fresh:>4} {gone:>4} {amount:>12} {lines:>8} {bills:>8} \
             {precision:>8} {name}\n"
        ));
    }
    for (name, waiting) in [
        ("现用", &compared.waiting.0),
        ("待上线", &compared.waiting.1),
    ] {
        if !waiting.is_empty() {
            text.push_str(&format!("{name}一侧等待数据的规则{}条\n", waiting.len()));
        }
    }
    text
}
