use lines::{ItemKind, NONE};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    Target, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "C011",
    name: "中药十八反十九畏",
    english: "Incompatible herbs",
    category: Category::Medical,
    grain: Grain::Visit,
    phases: Phase::ALL,
    strength: Strength::Suspect,
    knowledge: &["k_herb_incompat"],
    feeds: &[],
    parameters: &[],
    finds: "同一张处方里有十八反或十九畏的一对药。",
    why: "传统配伍禁忌，药典注明不宜同用。",
    clause: "《中华人民共和国药典》2020年版一部；《处方管理办法》",
    false_alarms: "医师双签名确认的特殊用法。",
    says: "{0}与{1}配伍禁忌",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let herbs = |name: &str| {
        let mut items = desk.named("T", name);
        items.retain(|&item| desk.data.items.kind(item) != ItemKind::Service);
        items
    };
    let mut pairs: Vec<(Vec<u32>, Vec<u32>, u32)> = Vec::new();
    for row in desk.table("k_herb_incompat")?.rows() {
        let (a, b) = (herbs(row.text("herb_a")), herbs(row.text("herb_b")));
        if !a.is_empty() && !b.is_empty() {
            pairs.push((a, b, desk.cite("k_herb_incompat", row)));
        }
    }
    let mut items: Vec<u32> = pairs
        .iter()
        .flat_map(|(a, b, _)| [a.clone(), b.clone()].concat())
        .collect();
    items.sort_unstable();
    items.dedup();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let lines = &person.data.lines;
        let mut left = kernels::net(person.data, rows);
        left.retain(|&(row, _)| lines.prescription(row) != NONE);
        left.sort_by_key(|&(row, _)| lines.prescription(row));
        for same in left.chunk_by(|a, b| lines.prescription(a.0) == lines.prescription(b.0)) {
            let find = |items: &Vec<u32>| {
                same.iter()
                    .find(|(row, _)| items.contains(&lines.item[*row as usize]))
            };
            for (a, b, knowledge) in &pairs {
                if let Some((a, b)) = find(a).zip(find(b)).filter(|(a, b)| a.0 != b.0) {
                    let item = |row: u32| Fact::Item(lines.item[row as usize]);
                    let amount = Spot::of(person.data, a.0).in_scope()
                        + Spot::of(person.data, b.0).in_scope();
                    let hit = Hit::new(amount, [item(a.0), item(b.0)]).by(*knowledge);
                    sheet.add(Target::Prescription(lines.prescription(a.0)), hit);
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
