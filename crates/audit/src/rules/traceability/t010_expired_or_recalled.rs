use std::collections::BTreeSet;

use lines::{NONE, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Spot, Strength};

pub(super) static RULE: Rule = Rule {
    id: "T010",
    name: "召回/过期批次销售",
    english: "Recalled or expired lot sold",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events", "trace_inbound"],
    parameters: &[],
    finds: "售出的药已过有效期，或属于召回批次。",
    why: "过期、召回药品不得销售。",
    clause: "《药品管理法》第九十八条、第八十二条",
    false_alarms: "有效期录入到月，按月末。",
    says: "{0}{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let recalled: BTreeSet<String> =
        desk.data
            .table("trace_recall")
            .map_or_else(BTreeSet::new, |table| {
                table
                    .rows()
                    .map(|row| row.text("trace_code").to_owned())
                    .collect()
            });
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let sales = trace
            .events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE);
        for event in sales {
            let expiry = trace
                .received(event.code.as_str())
                .iter()
                .filter_map(|row| row.expiry)
                .min();
            let expired = expiry.filter(|&expiry| event.time.day() > expiry);
            let facts = match (expired, recalled.contains(event.code.as_str())) {
                (Some(day), _) => [Fact::Words("有效期至"), Fact::Day(day)],
                (None, true) => [Fact::Words("属于召回批次"), Fact::None],
                (None, false) => continue,
            };
            sheet.line(event.line, Spot::of(data, event.line).hit(facts));
        }
    })))
}
