//! `tongchou settle`：运行案例，显示结果、计算步骤和差异。

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use golden::{CaseReport, Event, EventReport, Report};

use super::policy::{Answer, Format};

/// Which cases to play, and under which law.
#[derive(Debug, Args)]
pub struct SettleArgs {
    /// 政策目录；案例另有指明的从其指明
    #[arg(long, default_value = "policy")]
    policy: PathBuf,
    /// 案例文件或目录
    #[arg(long)]
    cases: PathBuf,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const AGREES: u8 = 0;
const DIFFERS: u8 = 1;
const FAILED: u8 = 3;

/// Plays the cases; 0 all agree, 1 some differ, 3 something could not be read.
pub fn run(args: &SettleArgs) -> Answer {
    let report = golden::run(&args.policy, &args.cases);
    let code = if !report.faults.is_empty() {
        FAILED
    } else if report.agrees() {
        AGREES
    } else {
        DIFFERS
    };
    let text = match args.format {
        Format::Text => as_text(&report),
        Format::Json => serde_json::to_string_pretty(&report)
            .expect("a report holds text and numbers only, which JSON can say"),
    };
    Answer { text, code }
}

fn as_text(report: &Report) -> String {
    let mut text = String::new();
    for case in &report.cases {
        put_case(&mut text, case);
    }
    for skipped in &report.skipped {
        put(
            &mut text,
            format_args!("{} {}：{}", skipped.id, skipped.name, skipped.reason),
        );
    }
    for fault in &report.faults {
        put(&mut text, format_args!("{fault}"));
    }
    let differing = report.differing().count();
    put(
        &mut text,
        format_args!(
            "案例{}个，相符{}个，不符{differing}个，未运行{}个，问题{}处",
            report.cases.len(),
            report.cases.len() - differing,
            report.skipped.len(),
            report.faults.len()
        ),
    );
    text
}

fn put_case(text: &mut String, case: &CaseReport) {
    let mark = if case.agrees() { "相符" } else { "不符" };
    put(text, format_args!("【{mark}】{}", case.name));
    put(text, format_args!("  {}", case.file));
    for event in &case.events {
        put_event(text, event);
    }
    text.push('\n');
}

fn put_event(text: &mut String, event: &EventReport) {
    let amount = |field: &str| event.outcome.get(field).map_or("0.00", String::as_str);
    match event.event {
        Event::Settled | Event::Reversed => {
            let what = if event.event == Event::Settled {
                "结算"
            } else {
                "撤销"
            };
            put(
                text,
                format_args!(
                    "  {what}：总费用{}元，基金支付{}元，个人账户{}元，现金{}元",
                    amount("total"),
                    amount("fund"),
                    amount("account"),
                    amount("cash")
                ),
            );
        }
        Event::Refused => put(text, format_args!("  不予结算")),
        Event::Payment => put(text, format_args!("  支付与清算")),
        Event::Stock => put(text, format_args!("  追溯码与进销存")),
        Event::Enrolment => put(text, format_args!("  缴费与等待期")),
        Event::Timeline => put(text, format_args!("  参保时间线")),
        Event::Account => put(text, format_args!("  个人账户")),
        Event::Difficulty => put(text, format_args!("  困难人员")),
        Event::Allowance => put(text, format_args!("  生育津贴{}元", amount("allowance"))),
    }
    for sentence in &event.trace {
        put(text, format_args!("    {sentence}"));
    }
    for difference in &event.differences {
        put(text, format_args!("  {difference}"));
    }
}

/// One line; writing into a string cannot fail.
fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{line}");
}
