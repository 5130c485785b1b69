use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P007",
    name: "药品政策限儿童支付",
    english: "Drug payable for children only",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_drug_age"],
    feeds: &[],
    parameters: &[Parameter {
        key: "child_lt",
        default: "18",
        meaning: "不满多少周岁算儿童，有的地方为14",
    }],
    finds: "限儿童支付的药品，用药人在费用发生日已超过限定年龄。",
    why: "药品目录备注限定了可支付的人群。",
    clause: "国家医保两库第一批；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "出生日期登记错误；新生儿按出生后完整天数计。",
    says: "用药时{0}岁，该药限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    kernels::beyond_age(desk, "k_drug_age", desk.whole("child_lt")?)
}
