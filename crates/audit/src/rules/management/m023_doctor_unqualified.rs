use lines::{NONE, Register, Visits};

use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "M023",
    name: "医师无资质/资格暂停",
    english: "Doctor unqualified or suspended",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &["staff"],
    parameters: &[Parameter {
        key: "M023.check_place",
        default: "false",
        meaning: "是否连本机构登记一起查；默认不查，多点执业的备案不在名册里（assumed）",
    }],
    finds: "开单医师不在医保医师名册、（可选）不在本机构执业，或当日支付资格被暂停、终止（急诊除外）。",
    why: "无资格人员开具的费用不予支付。",
    clause: "《关于建立定点医药机构相关人员医保支付资格管理制度的指导意见》（医保发〔2024〕23号）",
    false_alarms: "急诊抢救放行；多点执业未登记。",
    says: "医师{0}：{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let check_place = desk.text("M023.check_place") == "true";
    Ok(kernels::each_standing_line(move |spot| {
        let doctor = spot.doctor();
        let urgent =
            spot.care().is_emergency() || spot.data.visits.has(spot.visit, Visits::CRITICAL);
        if doctor == NONE || urgent || spot.in_scope().is_zero() {
            return None;
        }
        let staff = spot.data.register(Register::Staff)?;
        let suspended = spot.data.register(Register::StaffSuspension);
        let provider = spot.data.providers.ids.text(spot.provider());
        let here = spot.data.keys.find(provider);
        let words = if suspended.is_some_and(|rows| rows.covers(doctor, spot.day())) {
            "当日支付资格暂停"
        } else if staff.of(doctor).is_empty() {
            "不在医保医师名册"
        } else if check_place && !here.is_some_and(|key| staff.covers_key(doctor, key, spot.day()))
        {
            "不在本机构登记执业"
        } else {
            return None;
        };
        Some(spot.hit([Fact::Doctor(doctor), Fact::Words(words)]))
    }))
}
