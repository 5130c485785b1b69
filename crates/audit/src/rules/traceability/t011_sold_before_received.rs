use lines::{TraceEvent, TraceEventKind};

use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Phase, Rule, Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "T011",
    name: "先销后产/先销后入",
    english: "Sold before produced or received",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events"],
    parameters: &[Parameter {
        key: "T011.days",
        default: "1",
        meaning: "入库晚于销售的容许天数",
    }],
    finds: "售出时间早于生产日期，或比本机构入库早一天以上。",
    why: "时间上不可能，可能是编造的码。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "同日补扫入库。",
    says: "{0}{1}，售出{2}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.whole("T011.days")? * 86_400;
    let lots = kernels::Lots::of(desk)?;
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let Some(trace) = &data.trace else {
            return;
        };
        let mut packs = kernels::Packs::of(data);
        let sold = |event: &&TraceEvent| event.kind == TraceEventKind::Sale;
        let sales = trace.events.iter().filter(sold);
        for event in sales {
            let rows = trace.received(event.code.as_str());
            let here = rows.iter().filter(|row| row.provider == event.provider);
            let received = here.map(|row| row.time).min();
            let lot = lots.lot(event.code.as_str()).and_then(|lot| lot.produced);
            let produced = rows.iter().filter_map(|row| row.produced).chain(lot).min();
            let early = received.filter(|&time| time.since_as_written(event.time) > tolerance);
            let young = produced.filter(|&day| event.time.day() < day);
            let facts = match (young, early) {
                (Some(day), _) => [
                    Fact::Words("生产于"),
                    Fact::Day(day),
                    Fact::Moment(event.time),
                ],
                (None, Some(time)) => [
                    Fact::Words("入库于"),
                    Fact::Moment(time),
                    Fact::Moment(event.time),
                ],
                (None, None) => continue,
            };
            packs.add(event, facts);
        }
        packs.write(sheet);
    })))
}
