use lines::{Register, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Hit, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P026",
    name: "停保/中断期结算",
    english: "Settlement while coverage inactive",
    category: Category::Policy,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &["coverage"],
    parameters: &[],
    finds: "就诊（住院看入院日）时不在参保缴费段内而由基金支付了费用。",
    why: "未参保或中断缴费期间不享受待遇。",
    clause: "《社会保险法》第二十三条；《医疗保障基金使用监督管理条例》第十七条",
    false_alarms: "个人账户或现金全额支付的不算，数据不说基金是否支付时一并指出；补缴追溯未及时登记；单位批量转移的空档。",
    says: "就诊日{0}不在任何参保缴费段内",
    version: 2,
    build,
};

fn build(_: &Desk<'_>) -> Built {
    Ok(kernels::each_visit(|data, visit| {
        let day = data.visits.begin[visit as usize].day();
        let cover = data.register(Register::Coverage)?;
        let lapsed = !cover.covers(data.visits.person[visit as usize], day);
        let paid = !data.visits.has(visit, Visits::UNFUNDED);
        (lapsed && paid).then(|| Hit::new(kernels::in_scope_of(data, visit), [Fact::Day(day)]))
    }))
}
