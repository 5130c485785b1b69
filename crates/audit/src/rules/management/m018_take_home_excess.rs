use std::collections::BTreeSet;

use lines::{Data, ItemKind, Lines, Register, Visits};
use money::{Ratio, Rounding};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Sheet, Spot, Strength,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "M018",
    name: "出院带药超量",
    english: "Take-home drugs above limit",
    category: Category::Management,
    grain: Grain::Visit,
    phases: Phase::AFTERWARDS,
    strength: Strength::Deduct,
    knowledge: &["k_dose_form"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "M018_days",
            default: "7",
            meaning: "一般出院带药的最长天数",
        },
        Parameter {
            key: "M018_chronic_days",
            default: "30",
            meaning: "长期处方、已认定门诊慢特病的人的最长天数",
        },
        Parameter {
            key: "M018_kinds",
            default: "4",
            meaning: "带药的最多品种数",
        },
    ],
    finds: "出院带药的天数或种类超过规定，或者带的是注射剂。",
    why: "出院带药超出限量的部分不予支付。",
    clause: "定点医疗机构服务协议；《处方管理办法》第十九条",
    false_alarms: "慢性病长期处方可延长；协议准许带的注射剂（如胰岛素）。",
    says: "带药{0}{1}{2}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let limits = Limits {
        days: desk.whole("M018_days")?,
        chronic: desk.whole("M018_chronic_days")?,
        kinds: desk.whole("M018_kinds")?,
        injections: injections(desk),
    };
    Ok(Kernel::People(Box::new(move |person, sheet| {
        let visits = &person.data.visits;
        for &visit in person.visits.iter().filter(|&&visit| visits.is_stay(visit)) {
            limits.judge(person.data, visit, sheet);
        }
    })))
}

/// What may be taken home.
struct Limits {
    days: i64,
    chronic: i64,
    kinds: i64,
    injections: BTreeSet<u32>,
}

impl Limits {
    fn judge(&self, data: &Data, visit: u32, sheet: &mut Sheet) {
        let taken = |row: u32| data.lines.has(row, Lines::TAKE_HOME);
        let mut rows: Vec<u32> = data.lines_of(visit).collect();
        if !rows.iter().any(|&row| taken(row)) {
            return;
        }
        rows.sort_unstable_by(|&a, &b| data.line_order(a, b));
        let limit = if lasting(data, visit) {
            self.chronic
        } else {
            self.days
        };
        let mut items: Vec<u32> = Vec::new();
        let left = kernels::net(data, &rows).into_iter();
        for (row, count) in left.filter(|&(row, _)| taken(row)) {
            let spot = Spot::of(data, row);
            if !items.contains(&spot.item()) {
                items.push(spot.item());
            }
            let amount = spot.share(count);
            let kinds = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let supply = data.lines.supply_days(row).map(i64::from);
            let hit = if self.injections.contains(&spot.item()) {
                Hit::new(amount, [Fact::Words("为注射剂")])
            } else if kinds > self.kinds {
                let words = [
                    Fact::Words("品种过多，第"),
                    Fact::Whole(kinds),
                    Fact::Words("种"),
                ];
                Hit::new(amount, words)
            } else if let Some(supply) = supply.filter(|&supply| supply > limit) {
                let excess = Ratio::new(supply - limit, supply);
                let words = Fact::Words("天，上限天数");
                let facts = [Fact::Whole(supply), words, Fact::Whole(limit)];
                Hit::new(amount.times(excess, Rounding::HalfUp), facts)
            } else {
                continue;
            };
            sheet.line(row, hit);
        }
    }
}

/// Drugs for injection: the eleventh character of a national drug code is `B` (剂型分类), or the
/// table of forms says so.
fn injections(desk: &Desk<'_>) -> BTreeSet<u32> {
    let items = &desk.data.items;
    let numbers = (0_u32..).take(items.len());
    let coded = numbers.filter(|&item| {
        let code = items.code(item).as_bytes();
        let national = code.len() >= 20 && code[0] == b'X';
        national && code[10] == b'B' && items.kind(item) == ItemKind::Drug
    });
    let injected = |word: &str| matches!(word, "infusion" | "injection" | "注射剂");
    let listed = desk.by_item("k_dose_form", |row| {
        injected(row.text("form")).then_some(())
    });
    let listed = listed.map_or_else(|_| Vec::new(), |listed| listed.items());
    coded.chain(listed).collect()
}

/// Whether the longer limit holds: a long prescription, or a chronic disease that is recognised on
/// the day of discharge.
fn lasting(data: &Data, visit: u32) -> bool {
    let day = data.visits.end[visit as usize].day();
    let person = data.visits.person[visit as usize];
    let recognised = data.register(Register::ChronicDisease);
    data.visits.has(visit, Visits::LONG_PRESCRIPTION)
        || data.visits.disease(visit).is_some()
        || recognised.is_some_and(|rows| rows.covers(person, day))
}
