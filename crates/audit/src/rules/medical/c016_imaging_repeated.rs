use crate::{
    Built, Category, Desk, Fact, Grain, Kernel, Parameter, Person, Phase, Rule, Sheet, Spot,
    Strength, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C016",
    name: "大型检查短期重复",
    english: "Same advanced imaging repeated",
    category: Category::Medical,
    grain: Grain::PersonPeriod,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_imaging_region"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "C016.ct",
            default: "7",
            meaning: "CT 的间隔天数；知识行 window_days 优先",
        },
        Parameter {
            key: "C016.mri",
            default: "14",
            meaning: "磁共振的间隔天数；知识行 window_days 优先",
        },
        Parameter {
            key: "C016.changes",
            default: "0033|0012020000",
            meaning: "视为病情有变的手术、抢救项目编码前缀",
        },
    ],
    finds: "同一部位的CT、磁共振在规定天数内重复检查（跨机构），期间没有手术或抢救。",
    why: "检查结果应互认，短期重复没有必要。",
    clause: "《医疗机构检查检验结果互认管理办法》",
    false_alarms: "病情变化须复查并有记录。",
    says: "与{0}相隔{1}天，规定间隔{2}天",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (ct, mri) = (desk.whole("C016.ct")?, desk.whole("C016.mri")?);
    let images = desk.by_item("k_imaging_region", |row| {
        let modality = row.text("modality").to_uppercase();
        let usual = match modality.as_str() {
            "CT" => Some(ct),
            "MRI" | "MR" => Some(mri),
            _ => None,
        };
        let class = format!("{modality}/{}", row.text("region"));
        Some((class, row.whole("window_days").or(usual)?))
    })?;
    let changes = desk.items(desk.text("C016.changes"));
    let mut items = images.items();
    items.extend(&changes);
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let left: Vec<Spot<'_>> = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row))
            .collect();
        for (at, spot) in left.iter().enumerate() {
            for entry in images.at(spot) {
                let (class, window) = &entry.value;
                let before = left[..at].iter().rposition(|other| {
                    images
                        .of(other.item())
                        .iter()
                        .any(|one| one.value.0 == *class)
                });
                let Some(before) = before else {
                    continue;
                };
                let apart = i64::from(spot.day().0 - left[before].day().0);
                let changed = left[before..at]
                    .iter()
                    .any(|one| changes.contains(&one.item()));
                if apart > 0 && apart < *window && !changed {
                    let facts = [
                        Fact::Line(left[before].row),
                        Fact::Whole(apart),
                        Fact::Whole(*window),
                    ];
                    sheet.line(spot.row, spot.hit(facts).by(entry.knowledge));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
