use std::collections::BTreeSet;

use lines::Register;

use crate::{Built, Category, Desk, Entry, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P025",
    name: "双通道/单独支付药品未认定",
    english: "Separately paid drug without approval",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_separate_drug"],
    feeds: &["special_drug_approval"],
    parameters: &[],
    finds: "单独支付（双通道）药品在费用发生日没有有效的认定。",
    why: "单独支付药品实行定机构、定医师、定药店，先认定后支付。",
    clause: "《关于建立完善国家医保谈判药品“双通道”管理机制的指导意见》",
    false_alarms: "认定追溯生效未上传；住院使用按地方规定另行处理。",
    says: "费用发生日{0}没有该药的有效认定",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let listed = desk.by_item("k_separate_drug", |_| Some(()));
    let drugs = listed.or_else(|lacking| {
        // Without a list, what anybody needs an approval for is on it.
        let approved = desk.feed("special_drug_approval").map_err(|_| lacking)?;
        let codes: BTreeSet<&str> = approved.rows().map(|row| row.text("item")).collect();
        let items = codes.into_iter().flat_map(|code| desk.exact(code));
        Ok(desk.by_items(items.map(|item| (item, Entry::plain(()))).collect()))
    })?;
    Ok(kernels::each_line(drugs, |spot, ()| {
        let approvals = spot.data.register(Register::DrugApproval)?;
        let code = spot.data.items.code(spot.item());
        let key = spot.data.keys.find(code);
        let approved = key.is_some_and(|key| approvals.covers_key(spot.person, key, spot.day()));
        let wrong = !approved && !spot.in_scope().is_zero();
        wrong.then(|| spot.hit([Fact::Day(spot.day())]))
    }))
}
