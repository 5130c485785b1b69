use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Person, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M035",
    name: "计价单位误用(按部位/创面/蜡块)",
    english: "Unit-of-charge misuse",
    category: Category::Management,
    grain: Grain::Line,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_qty_cap"],
    feeds: &[],
    parameters: &[],
    finds: "一次收费的数量超过该项目的计价单位上限（部位、创面、蜡块、小时）。",
    why: "把片数、针数当作计价单位，多收费用。",
    clause: "国家医疗保障局飞行检查公告（2024）；《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "确有多个部位，病历可查。",
    says: "一次收{0}，上限{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let caps = desk.by_item("k_item_qty_cap", |row| {
        let text = row.text("max_qty_per_charge");
        let digits = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(text, |end| &text[..end]);
        money::parse_decimal(digits, 3).ok()
    })?;
    let items = caps.items();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        for (row, count) in kernels::net(person.data, rows) {
            let spot = Spot::of(person.data, row);
            for entry in caps.at(&spot) {
                if count > entry.value {
                    let facts = [Fact::Count(count), Fact::Cell("max_qty_per_charge")];
                    let amount = spot.share(count - entry.value);
                    sheet.line(row, Hit::new(amount, facts).by(entry.knowledge));
                }
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}
