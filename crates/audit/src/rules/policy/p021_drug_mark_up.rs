use lines::ItemKind;

use crate::{Built, Category, Desk, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P021",
    name: "药品零差率违规",
    english: "Drug mark-up at a zero-mark-up provider",
    category: Category::Policy,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["stock_purchase"],
    parameters: &[
        Parameter {
            key: "P021.tol",
            default: "0",
            meaning: "西药、中成药允许的加成比例",
        },
        Parameter {
            key: "P021.herb_markup",
            default: "0.25",
            meaning: "中药饮片允许的加成比例；各地规定",
        },
    ],
    finds: "公立医疗机构一个月内某药品的平均售价高于平均购进价（饮片高于规定加成）。",
    why: "公立医疗机构药品零差率销售，饮片按规定加成。",
    clause: "国务院办公厅关于公立医院综合改革的药品零差率规定",
    false_alarms: "月内调价、先进先出的批次差。",
    says: "平均售价{0}，平均购进价{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (drugs, herbs) = (
        desk.decimal("P021.tol", 3)?,
        desk.decimal("P021.herb_markup", 3)?,
    );
    kernels::mark_up(desk, move |kind| match kind {
        ItemKind::Drug => Some(drugs),
        ItemKind::Herb => Some(herbs),
        _ => None,
    })
}
