use lines::{Day, Row};
use money::Fen;

use crate::kernels::{Listed, StandardPrices};
use crate::{
    Built, Category, Desk, Entry, Fact, Grain, Hit, Kernel, Parameter, Person, Phase, Rule, Sheet,
    Spot, Strength, Waits, kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M014",
    name: "分解项目收费",
    english: "Unbundled parts billed instead of the whole",
    category: Category::Management,
    grain: Grain::PersonDay,
    phases: Phase::AFTERWARDS,
    strength: Strength::Suspect,
    knowledge: &["k_item_unbundle", "k_std_price"],
    feeds: &[],
    parameters: &[Parameter {
        key: "M014.min_parts",
        default: "2",
        meaning: "几个部分起算拆分",
    }],
    finds: "同一天把一个整体项目拆成两个以上部分收费，合计高于整体价格。",
    why: "应按整体项目收费，拆分多收。",
    clause: "国家医疗保障局飞行检查公告（2024）；《医疗保障基金使用监督管理条例》第三十八条第（三）项",
    false_alarms: "确需分次、分部位检查。",
    says: "{0}个部分合计{1}，整体价格{2}",
    version: 1,
    build,
};

/// A whole and the parts it falls into.
struct Whole {
    items: Vec<u32>,
    parts: Vec<Vec<u32>>,
    /// The price that the row itself says.
    said: Option<i64>,
    /// The prices of the price list, where nobody charged the whole.
    unseen: Vec<Listed>,
}

impl Whole {
    /// Its price on a day: what the row says, else the dearest of its items by the price list.
    fn price(&self, prices: &StandardPrices, day: Day) -> Option<i64> {
        let charged = self.items.iter().filter_map(|&item| prices.on(item, day));
        let unseen = self.unseen.iter().filter_map(|listed| listed.on(day));
        self.said.or_else(|| charged.chain(unseen).max())
    }

    /// How many of its parts make a split: of three all, two of them are no whole.
    fn enough(&self, least: usize) -> usize {
        if self.parts.len() == 3 { 3 } else { least }
    }
}

fn build(desk: &Desk<'_>) -> Built {
    let least = usize::try_from(desk.whole("M014.min_parts")?).unwrap_or(2);
    let prices = StandardPrices::of(desk).unwrap_or_default();
    let wholes = wholes(desk, &prices)?;
    desk.require(
        !wholes.is_empty(),
        "没有整体项目的价格（k_std_price 或 k_item_unbundle 的 limit）",
    )?;
    let mut items: Vec<u32> = wholes
        .iter()
        .flat_map(|whole| whole.value.items.clone())
        .collect();
    items.extend(wholes.iter().flat_map(|whole| whole.value.parts.concat()));
    items.sort_unstable();
    items.dedup();
    let look = move |person: &Person<'_>, rows: &[u32], sheet: &mut Sheet| {
        let mut left: Vec<Spot<'_>> = kernels::net(person.data, rows)
            .into_iter()
            .map(|(row, _)| Spot::of(person.data, row))
            .collect();
        left.sort_by_key(|spot| (spot.visit, spot.day()));
        for day in left
            .chunk_by(|a, b| (a.visit, a.day()) == (b.visit, b.day()))
            .filter(|day| day.len() >= least)
        {
            for whole in &wholes {
                judge(day, whole, (least, &prices), sheet);
            }
        }
    };
    Ok(Kernel::Items(items, Box::new(look)))
}

/// The prices in the price list of a whole that nobody charged.
fn unseen(desk: &Desk<'_>, whole: Row<'_>) -> Vec<Listed> {
    let Some(prefix) = whole.given("whole_prefix").filter(|it| it.len() > 1) else {
        return Vec::new();
    };
    kernels::listed(desk, |code| {
        let mut parts = whole.parts("part_prefixes");
        code.starts_with(prefix) && !parts.any(|part| code.starts_with(part))
    })
}

fn wholes(desk: &Desk<'_>, prices: &StandardPrices) -> Result<Vec<Entry<Whole>>, Waits> {
    let mut wholes = Vec::new();
    for row in desk.table("k_item_unbundle")?.rows() {
        let mut items =
            kernels::items_or_named(desk, row.text("whole_prefix"), row.text("whole_name"));
        let named = row
            .parts("part_names")
            .map(Some)
            .chain(std::iter::repeat(None));
        let parts = row.parts("part_prefixes").zip(named);
        let parts: Vec<Vec<u32>> = parts
            .map(|(prefix, name)| kernels::items_or_named(desk, prefix, name.unwrap_or_default()))
            .collect();
        // Parts are numbered below their whole: `00330203014` and `0033020301401`.
        items.retain(|item| !parts.iter().any(|part| part.contains(item)));
        let said = row.decimal("limit", 4);
        let unseen = match items.is_empty() {
            true => unseen(desk, row),
            false => Vec::new(),
        };
        let charged = items.iter().any(|&item| prices.has(item));
        if said.is_some() || charged || !unseen.is_empty() {
            let whole = Whole {
                items,
                parts,
                said,
                unseen,
            };
            wholes.push(desk.entry("k_item_unbundle", row, whole));
        }
    }
    Ok(wholes)
}

fn judge(
    day: &[Spot<'_>],
    entry: &Entry<Whole>,
    (least, prices): (usize, &StandardPrices),
    sheet: &mut Sheet,
) {
    let whole = &entry.value;
    if day.iter().any(|spot| whole.items.contains(&spot.item())) {
        return;
    }
    let of = |items: &Vec<u32>| day.iter().find(|spot| items.contains(&spot.item()));
    let mut parts: Vec<&Spot<'_>> = whole.parts.iter().filter_map(of).collect();
    parts.sort_by_key(|spot| spot.item());
    parts.dedup_by_key(|spot| spot.item());
    let sum: Fen = parts.iter().map(|spot| spot.amount()).sum();
    let last = parts
        .iter()
        .max_by(|a, b| a.data.line_order(a.row, b.row))
        .filter(|last| entry.applies(last));
    let price = last.and_then(|last| whole.price(prices, last.day()));
    let Some((last, price)) = last.zip(price) else {
        return;
    };
    // A fen is a hundred of the ten thousandths that prices count in.
    let price = Fen::new(price / 100);
    if parts.len() >= whole.enough(least) && sum > price {
        let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
        let facts = [Fact::Whole(count), Fact::Yuan(sum), Fact::Yuan(price)];
        let hit = Hit::new(last.in_scope().min(sum - price), facts);
        sheet.line(last.row, entry.cited(hit));
    }
}
