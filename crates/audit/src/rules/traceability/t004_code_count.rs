use lines::{Lines, NONE, TraceEventKind, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Kernel, Phase, Rule, Spot, Strength};

pub(super) static RULE: Rule = Rule {
    id: "T004",
    name: "追溯码数量与销售数量不符",
    english: "Code count vs boxes sold",
    category: Category::Traceability,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["trace_events"],
    parameters: &[],
    finds: "整盒销售的明细，上传的不同追溯码个数与数量不等。",
    why: "一盒一码，少码即有无货结算。",
    clause: "国家医保局等四部门药品追溯码医保应用通知（2025年3月19日）",
    false_alarms: "拆零销售；按最小单位计价的药品。",
    says: "数量{0}，追溯码{1}个",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(Kernel::Batch(Box::new(|data, sheet| {
        let sales = data.trace.iter().flat_map(|trace| &trace.events);
        let sales = sales.filter(|event| event.kind == TraceEventKind::Sale && event.line != NONE);
        let mut codes: Vec<(u32, &str)> = sales
            .map(|event| (event.line, event.code.as_str()))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        for same in codes.chunk_by(|a, b| a.0 == b.0) {
            let spot = Spot::of(data, same[0].0);
            let count = i64::try_from(same.len()).unwrap_or(0);
            let whole = !data.lines.has(spot.row, Lines::SPLIT) && spot.count() > 0;
            let refunded = data.visits.has(spot.visit, Visits::REVERSED);
            if whole && !refunded && spot.count() != count * 1000 {
                // Of too few codes the packs without one are in doubt.
                let bare = spot.count() - count * 1000;
                let amount = spot.share(if bare > 0 { bare } else { spot.count() });
                let facts = [Fact::Count(spot.count()), Fact::Whole(count)];
                sheet.line(spot.row, Hit::new(amount, facts));
            }
        }
    })))
}
