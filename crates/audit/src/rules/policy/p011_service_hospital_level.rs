use crate::{Built, Category, Desk, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P011",
    name: "诊疗项目限机构等级",
    english: "Service limited to hospital level",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_item_level"],
    feeds: &[],
    parameters: &[],
    finds: "限高等级医疗机构开展的项目，由等级不够的机构收费。",
    why: "技术准入或支付规定限定了机构等级。",
    clause: "《医疗技术临床应用管理办法》；地方诊疗项目目录",
    false_alarms: "上级医院医师多点执业、医联体托管；当日升级。",
    says: "机构等级为{0}，该项目限{1}及以上",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    kernels::below_level(desk, "k_item_level")
}
