use lines::{Lines, NONE, TraceEvent, TraceEventKind};
use money::{Ratio, Rounding};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Spot, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "T009",
    name: "拆零超装量",
    english: "Split pack over package size",
    category: Category::Traceability,
    grain: Grain::ProviderPeriod,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_drug_pack"],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "一个追溯码拆零销售的数量合计超过一盒的装量。",
    why: "一盒药卖出了超过一盒的数量。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "退货未上传；装量维护错误。",
    says: "该码累计售出{0}，装量{1}",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let packs = desk.by_item("k_drug_pack", |row| row.decimal("pack_units", 3))?;
    Ok(kernels::each_code(move |data, events, sheet| {
        let mut sold = 0;
        // A refunded bill gives back what it sold, whether or not a return is scanned too.
        let scanned = |event: &TraceEvent| {
            event.kind == TraceEventKind::Return && !kernels::is_refunded(data, event)
        };
        let returned = events.iter().any(scanned);
        let given_back = |event: &&TraceEvent| kernels::is_refunded(data, event) && !returned;
        for event in events.iter().filter(|event| !given_back(event)) {
            let quantity = i64::from(event.quantity);
            match event.kind {
                TraceEventKind::Sale => sold += quantity,
                // What a bill that was taken back since had sold is not given back twice.
                TraceEventKind::Return => sold = (sold - quantity).max(0),
                TraceEventKind::Transfer => continue,
            }
            let refunded = kernels::is_refunded(data, event);
            if event.kind != TraceEventKind::Sale || event.line == NONE || refunded {
                continue;
            }
            let spot = Spot::of(data, event.line);
            let split = data.lines.has(event.line, Lines::SPLIT);
            if let Some(entry) = packs
                .at(&spot)
                .next()
                .filter(|entry| split && sold > entry.value)
            {
                let excess = quantity.min(sold - entry.value);
                let facts = [Fact::Count(sold), Fact::Count(entry.value)];
                // The line may count packs where the scan counts units.
                let part = Ratio::new(excess, quantity.max(spot.count()).max(1));
                let amount = spot.in_scope().times(part, Rounding::HalfUp);
                sheet.line(event.line, Hit::new(amount, facts).by(entry.knowledge));
            }
        }
    }))
}
