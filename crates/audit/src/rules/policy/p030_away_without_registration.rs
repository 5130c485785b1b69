use lines::{Register, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P030",
    name: "异地就医备案不符",
    english: "Off-site care not matching registration",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Remind,
    knowledge: &[],
    feeds: &["offsite_registration"],
    parameters: &[],
    finds: "在登记以外的机构异地就医，没有备案也不是急诊。",
    why: "未备案的异地就医按降低后的比例支付。",
    clause: "《关于进一步做好基本医疗保险跨省异地就医直接结算工作的通知》",
    false_alarms: "急诊抢救视同备案；备案追溯。",
    says: "机构{0}不在{1}有效的备案内",
    version: 1,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_visit(|data, visit| {
        let at = visit as usize;
        let away = data.register(Register::OffSite)?;
        let (person, day) = (data.visits.person[at], data.visits.begin[at].day());
        let rows = away.of(person);
        let provider = data.visits.provider[at];
        let key = data.keys.find(data.providers.ids.text(provider));
        let registered = rows
            .iter()
            .any(|row| Some(row.key) == key && row.from <= day && day <= row.until);
        // Who has no registration at all is treated where they are insured.
        let urgent =
            data.visits.care[at].is_emergency() || data.visits.has(visit, Visits::CRITICAL);
        let wrong = !rows.is_empty() && !registered && !urgent;
        let facts = [Fact::Provider(provider), Fact::Day(day)];
        wrong.then(|| Hit::new(kernels::in_scope_of(data, visit), facts))
    }))
}
