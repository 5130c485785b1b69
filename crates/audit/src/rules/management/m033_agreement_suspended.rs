use lines::{NONE, Register};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M033",
    name: "中止协议期间结算",
    english: "Settlement while agreement suspended",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &["agreement_status"],
    parameters: &[],
    finds: "协议中止、解除期间发生的就诊（住院看入院日）结算了医保。",
    why: "中止、解除协议期间发生的费用不予支付。",
    clause: "《医疗机构医疗保障定点管理暂行办法》第四十条至第四十二条",
    false_alarms: "中止前入院的在院患者可结算到出院。",
    says: "{0}机构协议状态为{1}",
    version: 1,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_visit(|data, visit| {
        let day = data.visits.begin[visit as usize].day();
        let agreement = data.register(Register::Agreement)?;
        let mut rows = agreement.on(data.visits.provider[visit as usize], day);
        let words =
            rows.find_map(
                |row| match (row.key != NONE).then(|| data.keys.text(row.key))? {
                    "suspended" | "中止" => Some("中止"),
                    "terminated" | "解除" => Some("解除"),
                    _ => None,
                },
            )?;
        let facts = [Fact::Day(day), Fact::Words(words)];
        Some(Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
