use std::collections::BTreeMap;

use lines::{Moment, NONE, Row, TraceEvent, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Spot, Strength};

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
    version: 2,
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
        let sales = trace
            .events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE);
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
            let case = packed.get(code).map(String::as_str);
            let packs = [Some(code), case].into_iter().flatten();
            let mut rows = packs.flat_map(|pack| trace.received(pack));
            let here = rows.any(|row| row.provider == event.provider);
            if !here {
                let spot = Spot::of(data, event.line);
                sheet.line(event.line, spot.hit([Fact::Provider(event.provider)]));
            }
        }
    })))
}

/// A code with the code of the case it was packed in (装箱关系).
fn packed_in(row: Row<'_>) -> Option<(String, String)> {
    let pair = row.given("trace_code").zip(row.given("parent"));
    pair.map(|(code, case)| (code.to_owned(), case.to_owned()))
}
