use lines::{NONE, TraceEventKind};

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
    false_alarms: "以箱码入库；历史库存未扫码。",
    says: "{0}没有该码的入库记录",
    version: 1,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(Kernel::Batch(Box::new(|data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let sales = trace
            .events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE);
        for event in sales {
            let received = trace.received(event.code.as_str());
            let here = received.iter().any(|row| row.provider == event.provider);
            if !here {
                let spot = Spot::of(data, event.line);
                sheet.line(event.line, spot.hit([Fact::Provider(event.provider)]));
            }
        }
    })))
}
