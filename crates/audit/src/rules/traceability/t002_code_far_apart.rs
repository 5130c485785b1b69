use lines::{TraceEvent, TraceEventKind};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Parameter, Phase, Rule, Strength, Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "T002",
    name: "追溯码异地短时重现",
    english: "Trace code far apart in short time",
    category: Category::Traceability,
    grain: Grain::CrossProvider,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events", "providers"],
    parameters: &[
        Parameter {
            key: "T002.km",
            default: "200",
            meaning: "相距多少公里以上",
        },
        Parameter {
            key: "T002.hours",
            default: "24",
            meaning: "多少小时之内",
        },
    ],
    finds: "同一追溯码在一天内于相距很远的两家机构扫码。",
    why: "一盒药不能同时在两地，可能是复制码或回流药。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "批发调拨（有调拨记录）；扫码时间错误。",
    says: "与{0}的扫码相距{1}公里（{2}）",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (metres, seconds) = (
        desk.whole("T002.km")? * 1000,
        desk.whole("T002.hours")? * 3600,
    );
    let located = desk.data.providers.place.iter().any(Option::is_some);
    desk.require(located, "缺少机构经纬度")?;
    Ok(kernels::each_repeated_code(move |data, events, sheet| {
        for pair in events.windows(2) {
            let place = |event: &TraceEvent| *data.providers.place.get(event.provider as usize)?;
            let Some((a, b)) = place(&pair[0]).zip(place(&pair[1])) else {
                continue;
            };
            let apart = kernels::metres_between(a, b);
            let (a, b) = (pair[0].time, pair[1].time);
            let timed = !a.is_only_a_date() && !b.is_only_a_date();
            // Dates without times lie within a day of one another only when they are one.
            let one_day = a.day() == b.day() && seconds >= 86_400;
            let quick = timed && b.since(a) <= seconds || one_day;
            let moved = pair
                .iter()
                .any(|event| event.kind == TraceEventKind::Transfer);
            if apart > metres && quick && !moved {
                let facts = [
                    Fact::Provider(pair[0].provider),
                    Fact::Whole(apart / 1000),
                    Fact::Moment(pair[0].time),
                ];
                let target = Target::TraceCode(pair[1].code.as_str().into());
                sheet.add(target, Hit::new(Fen::ZERO, facts));
            }
        }
    }))
}
