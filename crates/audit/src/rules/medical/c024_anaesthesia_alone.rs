use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C024",
    name: "全麻无手术",
    english: "General anaesthesia without procedure",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C024.items",
            default: "00330100005",
            meaning: "全身麻醉的编码前缀（330100005）",
        },
        Parameter {
            key: "C024.anaesthesia",
            default: "003301",
            meaning: "麻醉类项目的编码前缀",
        },
        Parameter {
            key: "C024.operations",
            default: "0031|0032|0033",
            meaning: "手术、介入、临床操作（含内镜、电休克）的编码前缀",
        },
    ],
    finds: "收了全身麻醉，同日没有任何手术、内镜、介入或电休克等操作。",
    why: "没有操作的麻醉可能虚记或串换。",
    clause: "麻醉专项检查问题清单；《医疗保障基金使用监督管理条例》第三十八条",
    false_alarms: "操作自费未上传；术前取消。",
    says: "同日没有需要“{0}”的操作",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let anaesthesia = desk.items(desk.text("C024.items"));
    let kind = desk.items(desk.text("C024.anaesthesia"));
    let mut operations = desk.items(desk.text("C024.operations"));
    operations.retain(|item| !kind.contains(item));
    let mut items = anaesthesia.clone();
    items.extend(&operations);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left: Vec<Spot<'_>> = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row))
            .collect();
        for spot in left
            .iter()
            .filter(|spot| anaesthesia.contains(&spot.item()))
        {
            let mut others = left
                .iter()
                .filter(|other| other.visit == spot.visit && other.day() == spot.day());
            if !others.any(|other| operations.binary_search(&other.item()).is_ok()) {
                sheet.line(spot.row, spot.hit([Fact::Item(spot.item())]));
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
