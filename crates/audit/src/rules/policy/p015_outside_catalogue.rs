use lines::{Lines, Register};
use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "P015",
    name: "目录外/自费项目纳入支付",
    english: "Non-covered item inside payment scope",
    category: Category::Policy,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "丙类（自费）项目，或目录里没有的项目，纳入了支付范围；编码只是不在有效期内的由M021指出，不在本条重复。",
    why: "目录外的费用基金不予支付。",
    clause: "《医疗保障基金使用监督管理条例》第三十八条第（六）项",
    false_alarms: "目录调整后的过渡期；编码对照错误。",
    says: "{0}，范围内金额{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let classed = !desk.data.lines.flags.is_empty();
    let listed = desk.data.register(Register::Catalogue).is_some();
    desk.require(classed || listed, "缺少收费项目等级和目录")?;
    desk.require(!desk.data.lines.in_scope.is_empty(), "缺少范围内金额")?;
    Ok(kernels::each_standing_line(|spot| {
        if spot.in_scope() <= Fen::ZERO {
            return None;
        }
        let catalogue = spot.data.register(Register::Catalogue);
        // A code that was in the catalogue on other days is one cause, found once: by M021.
        let unlisted = |known: &lines::Periods| known.of(spot.item()).is_empty();
        let words = if spot.data.lines.has(spot.row, Lines::OUTSIDE_CATALOGUE) {
            "收费等级为丙类（自费）"
        } else if catalogue.is_some_and(unlisted) {
            "目录里没有这个编码"
        } else {
            return None;
        };
        Some(spot.hit([Fact::Words(words), Fact::Yuan(spot.in_scope())]))
    }))
}
