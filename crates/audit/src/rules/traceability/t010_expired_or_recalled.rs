use lines::{TraceEvent, TraceEventKind};

use crate::{Built, Category, Desk, Fact, Grain, Kernel, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T010",
    name: "召回/过期批次销售",
    english: "Recalled or expired lot sold",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "售出的药已过有效期，或属于召回批次。",
    why: "过期、召回药品不得销售。",
    clause: "《药品管理法》第九十八条、第八十二条",
    false_alarms: "有效期录入到月，按月末。",
    says: "{0}{1}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let lots = kernels::Lots::of(desk)?;
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let mut packs = kernels::Packs::of(data);
        let sold = |event: &&TraceEvent| event.kind == TraceEventKind::Sale;
        let sales = trace.events.iter().filter(sold);
        for event in sales {
            let code = event.code.as_str();
            let received = trace.received(code).iter().filter_map(|row| row.expiry);
            let lot = lots.lot(code).and_then(|lot| lot.expiry);
            let expiry = received.chain(lot).min();
            let expired = expiry.filter(|&expiry| event.time.day() > expiry);
            let called = lots.is_called_back(code, data.items.code(event.item));
            let facts = match (expired, called) {
                (Some(day), _) => [Fact::Words("有效期至"), Fact::Day(day)],
                (None, true) => [Fact::Words("属于召回批次"), Fact::None],
                (None, false) => continue,
            };
            packs.add(event, facts);
        }
        packs.write(sheet);
    })))
}
