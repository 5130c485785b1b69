use lines::{NONE, Register, TraceEventKind, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Spot, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T012",
    name: "死者/异常人名下追溯码",
    english: "Code sold to impossible person",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "追溯码卖给了已死亡、服刑羁押、出境或查无此人的人。",
    why: "本人不可能购药，药品流向不明。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）；《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "家属代购慢性病药（有登记）。",
    says: "购药人：{0}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let phantom = kernels::phantoms(desk).ok();
    let known = desk.data.people.death.iter().any(Option::is_some)
        || phantom.is_some()
        || [Register::Custody, Register::Abroad]
            .iter()
            .any(|&one| desk.data.register(one).is_some());
    desk.require(known, "缺少死亡、服刑、出境或人口数据")?;
    Ok(kernels::each_pack(move |data, events, packs| {
        for event in events
            .iter()
            .filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE)
        {
            let spot = Spot::of(data, event.line);
            let day = event.time.day();
            let present = !data.visits.has(spot.visit, Visits::INTERNET);
            let held = |register| {
                let rows = data.register(register).filter(|_| present);
                rows.is_some_and(|rows| rows.covers(spot.person, day))
            };
            let dead = data.people.death[spot.person as usize].is_some_and(|death| day > death);
            let words = match (dead, held(Register::Custody), held(Register::Abroad)) {
                (true, _, _) => Some("已经死亡"),
                (false, true, _) => Some("服刑羁押"),
                (false, false, true) => Some("出境"),
                (false, false, false) => phantom
                    .as_ref()
                    .and_then(|phantom| phantom(data, spot.person, day)),
            };
            if let Some(words) = words {
                packs.add(event, [Fact::Words(words)]);
            }
        }
    }))
}
