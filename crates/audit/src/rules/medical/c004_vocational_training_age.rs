use lines::Sex;

use crate::{Built, Category, Desk, Entry, Fact, Grain, Parameter, Phase, Rule, Strength, kernels};

pub(super) static RULE: Rule = Rule {
    id: "C004",
    name: "职业训练超法定年龄",
    english: "Vocational training outside working age",
    category: Category::Medical,
    grain: Grain::Line,
    phases: Phase::FROM_SETTLEMENT,
    strength: Strength::Deduct,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C004.items",
            default: "003402000320|003402000330",
            meaning: "职业功能训练的项目编码前缀（340200032 职业功能训练、340200033）",
        },
        Parameter {
            key: "C004.least",
            default: "16",
            meaning: "最低劳动年龄",
        },
        Parameter {
            key: "C004.men",
            default: "60",
            meaning: "男性退休年龄；延迟退休过渡期内按地方口径改",
        },
        Parameter {
            key: "C004.women",
            default: "55",
            meaning: "女性退休年龄",
        },
    ],
    finds: "职业功能训练用在劳动年龄以外的人身上。",
    why: "职业训练以恢复劳动能力为目的，限劳动年龄。",
    clause: "国家医保两库第八批；《劳动法》第十五条；《国务院关于渐进式延迟法定退休年龄的办法》",
    false_alarms: "延迟退休人员；按改革前的法定退休年龄判断，过渡期见参数；满退休年龄的那一年仍在范围内。",
    says: "{0}性{1}岁，劳动年龄为16至{2}岁",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (least, men, women) = (
        desk.whole("C004.least")?,
        desk.whole("C004.men")?,
        desk.whole("C004.women")?,
    );
    let items = desk.items(desk.text("C004.items"));
    let pairs = items.into_iter().map(|item| (item, Entry::plain(())));
    let trainings = desk.by_items(pairs.collect());
    Ok(kernels::each_line(trainings, move |spot, ()| {
        let age = i64::from(spot.age()?);
        let most = match spot.sex() {
            Sex::Male => men,
            Sex::Female => women,
            Sex::Unknown => men.max(women),
        };
        let outside = (age < least || age > most) && !spot.in_scope().is_zero();
        let facts = [Fact::Sex(spot.sex()), Fact::Whole(age), Fact::Whole(most)];
        outside.then(|| spot.hit(facts))
    }))
}
