use std::collections::{BTreeMap, BTreeSet};

use lines::{TraceEvent, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

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
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    // A place that the batch knows nothing else of is no institution of it.
    let mut shipped: BTreeMap<String, BTreeSet<Option<u32>>> = BTreeMap::new();
    for row in desk.feed("trace_shipment")?.rows() {
        let pair = row.given("trace_code").zip(row.given("provider"));
        let Some((code, receiver)) = pair else {
            continue;
        };
        let known = desk.data.providers.ids.find(receiver);
        shipped.entry(code.to_owned()).or_default().insert(known);
    }
    Ok(kernels::each_pack(move |data, events, packs| {
        let Some(receivers) = shipped.get(events[0].code.as_str()) else {
            return;
        };
        let moved = |event: &TraceEvent| event.kind == TraceEventKind::Transfer;
        if events.iter().any(moved) {
            return;
        }
        let id = |receiver: &&u32| data.providers.ids.text(**receiver);
        let first = receivers.iter().flatten().min_by_key(id);
        let said = first.map_or(Fact::Words("别的机构"), |&receiver| {
            Fact::Provider(receiver)
        });
        let sold = |event: &&TraceEvent| event.kind == TraceEventKind::Sale;
        for event in events.iter().filter(sold) {
            if !receivers.contains(&Some(event.provider)) {
                packs.add(event, [said]);
            }
        }
    }))
}
