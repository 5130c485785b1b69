use money::Fen;

use crate::{Built, Category, Desk, Fact, Grain, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M019",
    name: "金额勾稽错误",
    english: "Arithmetic mismatch",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Remind,
    knowledge: &[],
    feeds: &[],
    parameters: &[],
    finds: "单价乘数量与金额不符，或数量与金额正负号不一致。",
    why: "明细自相矛盾，统计和审核会失真。",
    clause: "医疗保障信息平台数据质量规范",
    false_alarms: "四舍五入到单位的尾差（每单位一分以内）放行。",
    says: "单价乘数量为{0}，金额{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    desk.require(!desk.data.lines.price.is_empty(), "明细没有单价")?;
    Ok(kernels::each_line_of_all(|spot| {
        // Thousandths of units times 1/10 000 yuan are ten millionths of a yuan.
        const FEN: i128 = 100_000;
        // A line without a price reads as one of nothing.
        let price = spot
            .data
            .lines
            .price(spot.row)
            .filter(|&price| price != 0)?;
        let product = i128::from(spot.count()) * i128::from(price);
        let amount = i128::from(spot.amount().get()) * FEN;
        let units = i128::from(spot.count().abs().max(1000));
        let off = (product - amount).abs() * 1000 > FEN * units;
        let signs = spot.count().signum() * spot.amount().get().signum() < 0;
        let product = Fen::new(i64::try_from(product / FEN).ok()?);
        (off || signs).then(|| spot.hit([Fact::Yuan(product), Fact::Yuan(spot.amount())]))
    }))
}
