use std::collections::BTreeMap;

use lines::{NONE, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Spot, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T008",
    name: "追溯码流向其他机构",
    english: "Code shipped to another provider",
    category: Category::Traceability,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events", "trace_shipment"],
    parameters: &[],
    finds: "上游发往甲机构的药，在乙机构售出，且没有调拨记录。",
    why: "回流、串货。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "连锁药店调拨（有调拨扫码）。",
    says: "上游发往{0}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let mut shipped: BTreeMap<String, u32> = BTreeMap::new();
    for row in desk.feed("trace_shipment")?.rows() {
        if let Some(provider) = desk.data.providers.ids.find(row.text("provider")) {
            shipped.insert(row.text("trace_code").to_owned(), provider);
        }
    }
    Ok(kernels::each_code(move |data, events, sheet| {
        let Some(&receiver) = shipped.get(events[0].code.as_str()) else {
            return;
        };
        let moved = events
            .iter()
            .any(|event| event.kind == TraceEventKind::Transfer);
        for event in events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE)
        {
            if event.provider != receiver && !moved {
                let spot = Spot::of(data, event.line);
                sheet.line(event.line, spot.hit([Fact::Provider(receiver)]));
            }
        }
    }))
}
