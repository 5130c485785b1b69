use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C003",
    name: "诊疗项目区分年龄",
    english: "Age-specific service outside age",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_item_age"],
    feeds: &[],
    parameters: &[Parameter {
        key: "child_lt",
        default: "18",
        meaning: "不满多少周岁算儿童，有的地方为14",
    }],
    finds: "限新生儿、婴幼儿或儿童的诊疗项目用在年龄不符的人身上。",
    why: "项目内涵限定了人群，年龄不符的费用不真实或串换。",
    clause: "国家医保两库第一批；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "出生日期登记错误。",
    says: "费用发生日{0}岁，该项目限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    kernels::beyond_age(desk, "k_item_age", desk.whole("child_lt")?)
}
