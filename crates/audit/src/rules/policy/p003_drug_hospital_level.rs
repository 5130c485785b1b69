use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P003",
    name: "药品限医疗机构等级支付",
    english: "Drug payable only at hospitals of level n or above",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &["k_drug_level"],
    feeds: &[],
    parameters: &[],
    finds: "限二级或三级医疗机构支付的药品，在等级不够的机构纳入了支付范围。",
    why: "药品目录备注限定了可支付的机构等级，等级不够的机构使用不予支付。",
    clause: "国家医保两库（规则库、知识库）第五批；《医疗保障基金使用监督管理条例》第十五条",
    false_alarms: "机构当日升级而等级变动未及时登记；按费用发生日的等级判断，不看今天的等级。",
    says: "机构等级为{0}，该药限{1}及以上支付",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    kernels::below_level(desk, "k_drug_level")
}
