use std::collections::BTreeMap;

use lines::{Moment, Row, TraceEvent, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T007",
    name: "追溯码无入库记录",
    english: "Code never received",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events", "trace_inbound"],
    parameters: &[],
    finds: "机构售出的追溯码没有该机构的入库扫码。",
    why: "来路不明的药品：回流药、假药。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "以箱码入库而没有装箱关系（trace_pack）；历史库存未扫码。",
    says: "{0}没有该码的入库记录",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let packed: BTreeMap<String, String> = desk
        .data
        .table("trace_pack")
        .map(|table| table.rows().filter_map(packed_in).collect())
        .unwrap_or_default();
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let mut packs = kernels::Packs::of(data);
        let sold = |event: &&TraceEvent| event.kind == TraceEventKind::Sale;
        let sales = trace.events.iter().filter(sold);
        // An institution that had told of no receipt by then has not shown to have none.
        let mut since: BTreeMap<u32, Moment> = BTreeMap::new();
        for row in &trace.inbound {
            let first = since.entry(row.provider).or_insert(row.time);
            *first = (*first).min(row.time);
        }
        let told = |event: &TraceEvent| {
            let first = since.get(&event.provider);
            first.is_some_and(|&first| first <= event.time)
        };
        for event in sales.filter(|event| told(event)) {
            let code = event.code.as_str();
            // Box, carton, case, pallet: no deeper, so that a loop of packs ends.
            let outer = |pack: &&str| packed.get(*pack).map(String::as_str);
            let layers = std::iter::successors(Some(code), outer).take(5);
            let mut rows = layers.flat_map(|pack| trace.received(pack));
            let here = rows.any(|row| row.provider == event.provider);
            if !here {
                packs.add(event, [Fact::Provider(event.provider)]);
            }
        }
        packs.write(sheet);
    })))
}

/// A code with the code of the case it was packed in (装箱关系).
fn packed_in(row: Row<'_>) -> Option<(String, String)> {
    let pair = row.given("trace_code").zip(row.given("parent"));
    pair.map(|(code, case)| (code.to_owned(), case.to_owned()))
}
