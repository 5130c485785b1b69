use lines::{ItemKind, NONE};

use crate::{
    Built, Category, Desk, Entry, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot,
    Strength, Target, kernels,
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
    let mut pairs: Vec<Entry<(Vec<u32>, Vec<u32>)>> = Vec::new();
    for row in desk.table("k_herb_incompat")?.rows() {
        let (a, b) = (herbs(row.text("herb_a")), herbs(row.text("herb_b")));
        if !a.is_empty() && !b.is_empty() {
            pairs.push(desk.entry("k_herb_incompat", row, (a, b)));
        }
    }
    let mut items: Vec<u32> = pairs
        .iter()
        .flat_map(|entry| [entry.value.0.clone(), entry.value.1.clone()].concat())
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
            for entry in &pairs {
                let (a, b) = &entry.value;
                let Some((a, b)) = find(a).zip(find(b)).filter(|(a, b)| a.0 != b.0) else {
                    continue;
                };
                let [a, b] = [a.0, b.0].map(|row| Spot::of(person.data, row));
                if entry.applies(&a) && entry.applies(&b) {
                    let facts = [Fact::Item(a.item()), Fact::Item(b.item())];
                    let hit = Hit::new(a.in_scope() + b.in_scope(), facts);
                    let target = Target::Prescription(lines.prescription(a.row));
                    sheet.add(target, entry.cited(hit));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
