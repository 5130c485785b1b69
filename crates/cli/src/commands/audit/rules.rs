//! `tongchou audit rules`：规则一览，每条规则能否工作、等什么。

use std::path::PathBuf;

use audit::{Params, Plan, Rule, all_rules};
use clap::Args;
use columnar::{Reading, read_data, read_folders, read_knowledge, read_params};
use lines::Quality;
use serde_json::{Value, json};

use crate::commands::policy::{Answer, Format};

/// Which rules are listed, against what.
#[derive(Debug, Args)]
pub struct RulesArgs {
    /// 数据目录：按这些数据说明每条规则能否工作；不写则按国家接口的常规数据
    #[arg(long)]
    data: Option<PathBuf>,
    /// 知识库目录，可以几个，后面的补充、覆盖前面的
    #[arg(long, value_delimiter = ',')]
    knowledge: Vec<PathBuf>,
    /// 参数文件（JSON）
    #[arg(long)]
    params: Option<PathBuf>,
    /// 输出格式；json 可以交给医药机构在自己的系统里使用
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// A rule, and what it waits for if anything.
type State = (&'static Rule, Option<String>);

/// Data that the national interface brings by itself; other tables are feeds of their own.
const USUAL: [&str; 18] = [
    "lines",
    "visits",
    "people",
    "providers",
    "trace_events",
    "trace_inbound",
    "stock_ledger",
    "stock_purchase",
    "orders",
    "group_results",
    "coverage",
    "chronic_registration",
    "special_drug_approval",
    "offsite_registration",
    "agreement_status",
    "provider_licence",
    "staff",
    "catalogue",
];

/// Lists the rules with their states.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn list(args: &RulesArgs) -> anyhow::Result<Answer> {
    let mut quality = Quality::default();
    let params = match &args.params {
        Some(path) => read_params(path)?,
        None => Params::default(),
    };
    let states = match &args.data {
        Some(data) => {
            let knowledge = read_knowledge(&args.knowledge, data, &mut quality)?;
            let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let reading = Reading {
                threads,
                ..Reading::default()
            };
            let data = read_data(data, &reading)?;
            let plan = Plan::compile(&all_rules(), &data, &knowledge, &params, &mut quality);
            let states = plan.states();
            states
                .map(|(rule, waits)| (rule, waits.map(|waits| waits.0.clone())))
                .collect()
        }
        None => declared(&read_folders(&args.knowledge, &mut quality)?, args),
    };
    let text = match args.format {
        Format::Json => format!("{}\n", exported(&states, &params)),
        Format::Text => told(&states),
    };
    Ok(Answer { text, code: 0 })
}

/// What rules say of themselves: the feeds they declare, and the tables that folders have.
fn declared(knowledge: &audit::Knowledge, args: &RulesArgs) -> Vec<State> {
    let asked = !args.knowledge.is_empty();
    let state = |rule: &'static Rule| {
        let feed = rule.feeds.iter().find(|feed| !USUAL.contains(feed));
        let lacks = |name: &&&str| asked && knowledge.table(name).is_none();
        let table = rule.knowledge.iter().find(lacks);
        let waits = match (feed, table) {
            (Some(feed), _) => Some(format!("缺少数据表 {feed}")),
            (None, Some(table)) => Some(format!("缺少知识表 {table}")),
            (None, None) => None,
        };
        (rule, waits)
    };
    all_rules().into_iter().map(state).collect()
}

fn told(states: &[State]) -> String {
    let mut text = String::new();
    for (rule, waits) in states {
        let needs: Vec<&str> = rule.knowledge.iter().chain(rule.feeds).copied().collect();
        let on = match needs.is_empty() {
            true => "明细和就诊".to_owned(),
            false => needs.join("、"),
        };
        let state = match waits {
            None => format!("工作（{on}）"),
            Some(why) => format!("等待：{why}"),
        };
        let (id, name, strength) = (rule.id, rule.name, rule.strength.word());
        text.push_str(&format!("{id} {strength:<7} {name} {state}\n"));
    }
    let working = states.iter().filter(|(_, waits)| waits.is_none()).count();
    let waiting = states.len() - working;
    text.push_str(&format!(
        "共{}条：工作{working}条，等待{waiting}条\n",
        states.len()
    ));
    text
}

/// The rules as others may load them: what they find, why, parameters as they are set, tables.
fn exported(states: &[State], params: &Params) -> Value {
    let rules: Vec<Value> = states
        .iter()
        .map(|(rule, waits)| rule_json(rule, waits.as_deref(), params))
        .collect();
    json!(rules)
}

fn rule_json(rule: &Rule, waits: Option<&str>, params: &Params) -> Value {
    let phases: Vec<&str> = rule.phases.iter().map(|one| one.name()).collect();
    let parameter = |one: &audit::Parameter| {
        json!({
            "key": one.key, "value": params.text(rule, one.key), "default": one.default,
            "meaning": one.meaning,
        })
    };
    let parameters: Vec<Value> = rule.parameters.iter().map(parameter).collect();
    json!({
        "id": rule.id, "name": rule.name, "english": rule.english,
        "category": rule.category.name(), "grain": rule.grain.name(), "phases": phases,
        "strength": rule.strength.word(), "version": rule.version,
        "state": if waits.is_none() { "working" } else { "waiting" }, "waits": waits,
        "finds": rule.finds, "why": rule.why, "clause": rule.clause,
        "false_alarms": rule.false_alarms, "says": rule.says,
        "parameters": parameters, "knowledge": rule.knowledge, "feeds": rule.feeds,
    })
}
