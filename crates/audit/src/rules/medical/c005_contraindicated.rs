use crate::{Built, Category, Desk, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C005",
    name: "禁忌人群用药",
    english: "Contraindicated population",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_drug_contra"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C005.pregnancy",
            default: "Z33,Z34,Z35,O",
            meaning: "妊娠和产褥期诊断的编码前缀",
        },
        Parameter {
            key: "child_lt",
            default: "18",
            meaning: "不满多少周岁算儿童，有的地方为14；知识行写了年龄的按知识行",
        },
    ],
    finds: "妊娠、哺乳或年龄禁用的药品用在禁忌人群身上。",
    why: "说明书禁忌，用药安全。",
    clause: "药品说明书；《处方管理办法》第六条",
    false_alarms: "诊断为产后且已停止哺乳；说明书更新。",
    says: "禁忌：{0}（诊断{1}）",
    version: 1,
    build,
};

/// Whom a drug is forbidden for.
#[derive(Debug, Clone)]
struct Ban {
    diagnoses: Vec<String>,
    ages: (Option<i64>, Option<i64>),
}

fn build(desk: &Desk<'_>) -> Built {
    let children = desk.whole("child_lt")?;
    let pregnancy: Vec<String> = desk
        .list("C005.pregnancy")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let bans = kernels::by_item_or_name(desk, "k_drug_contra", "drug_zh", "X|Z", |row| {
        let population = row.text("population");
        let of = |words: [&str; 5]| words.iter().any(|word| population.contains(word));
        let mut diagnoses: Vec<String> = row.parts("icd_prefix").map(str::to_owned).collect();
        if of(["pregnan", "lactat", "孕", "妊娠", "哺乳"]) {
            diagnoses.extend(pregnancy.clone());
        }
        let (least, most) = (row.whole("min_age_y"), row.whole("max_age_y"));
        let young = of(["child", "paediatric", "pediatric", "儿童", "未成年"]);
        let aged = least.is_some() || most.is_some();
        let most = most.or((young && !aged).then_some(children - 1));
        Some(Ban {
            diagnoses,
            ages: (least, most),
        })
    })?;
    Ok(kernels::each_line(bans, |spot, ban| {
        let banned = |code: &str| {
            ban.diagnoses
                .iter()
                .any(|prefix| code.starts_with(prefix.as_str()))
        };
        let number = spot
            .data
            .visits
            .diagnosis_numbers(spot.visit)
            .iter()
            .find(|&&number| banned(spot.data.visits.diagnosis(number).code));
        let age = spot.age().map(i64::from);
        let (least, most) = ban.ages;
        let low = least.is_none_or(|least| age.is_some_and(|age| age >= least));
        let high = most.is_none_or(|most| age.is_some_and(|age| age <= most));
        let in_range = (least.is_some() || most.is_some()) && low && high;
        let said = number.map_or(Fact::None, |&number| Fact::Diagnosis(number));
        (number.is_some() || in_range).then(|| spot.hit([Fact::Cell("population"), said]))
    }))
}
