use lines::{Lines, TraceEvent, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T001",
    name: "追溯码重复结算",
    english: "Trace code settled twice",
    category: Category::Traceability,
    grain: Grain::CrossProvider,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "同一追溯码已售出且未退货又被结算。",
    why: "一盒药只能卖一次，再次结算是空刷、倒卖或回流。",
    clause: "国家医保局药品追溯码监管应用通知（2025）",
    false_alarms: "拆零销售（由T009判断）；退货未上传。",
    says: "该码已于{0}在{1}售出",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_repeated_pack(|data, events, packs| {
        let mut sold: Option<&TraceEvent> = None;
        for event in events {
            // A refunded bill has given its packs back.
            let split = data.lines.has(event.line, Lines::SPLIT);
            match event.kind {
                TraceEventKind::Return => sold = None,
                TraceEventKind::Sale if !split && !kernels::is_refunded(data, event) => {
                    match sold {
                        Some(first) => {
                            let facts = [Fact::Moment(first.time), Fact::Provider(first.provider)];
                            packs.add(event, facts);
                        }
                        None => sold = Some(event),
                    }
                }
                TraceEventKind::Sale | TraceEventKind::Transfer => {}
            }
        }
    }))
}
