use lines::ItemKind;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C027",
    name: "辅助用药占比过高",
    english: "Adjuvant drugs share",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_monitored_drugs"],
    feeds: &[],
    parameters: &[Parameter {
        key: "C027.share",
        default: "0.4",
        meaning: "占药品费用的比例上限",
    }],
    finds: "一次就诊中重点监控药品占药品费用的比例过高。",
    why: "重点监控合理用药药品应严格按适应症使用。",
    clause: "《国家重点监控合理用药药品目录》",
    false_alarms: "药费总额很小的就诊。",
    says: "重点监控药品占药费{0}，上限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limit = desk.decimal("C027.share", 3)?;
    let monitored =
        kernels::by_item_or_name(desk, "k_monitored_drugs", "drug_zh", "X|Z", |_| Some(()))?;
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let data = person.data;
        for &visit in person.visits {
            let (mut watched, mut all) = (Fen::ZERO, Fen::ZERO);
            for row in data.lines_of(visit) {
                let item = data.lines.item[row as usize];
                if data.items.kind(item) == ItemKind::Drug {
                    let amount = data.lines.amount[row as usize];
                    all += amount;
                    watched += match monitored.at(&Spot::of(data, row)).next() {
                        Some(_) => amount,
                        None => Fen::ZERO,
                    };
                }
            }
            if all > Fen::ZERO
                && i128::from(watched.get()) * 1000 > i128::from(all.get()) * i128::from(limit)
            {
                let share = i64::try_from(i128::from(watched.get()) * 1000 / i128::from(all.get()))
                    .unwrap_or(1000);
                sheet.visit(
                    visit,
                    Hit::new(watched, [Fact::PerMille(share), Fact::PerMille(limit)]),
                );
            }
        }
    })))
}
