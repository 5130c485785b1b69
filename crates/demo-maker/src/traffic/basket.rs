use std::collections::HashMap;
use std::sync::Arc;

use jiff::Span;
use terms::{CareType, Date, DateTime, Grade, ItemKind, Sex};

use super::BillLine;
use crate::catalogue::hand_written;
use crate::{Item, Person, Random};

/// What bills are filled from: the catalogue, sorted by use.
#[derive(Debug, Clone)]
pub(super) struct Basket {
    items: Vec<Arc<Item>>,
    /// How many items at the beginning are the hand-written ones.
    hand_written: usize,
    by_name: HashMap<String, usize>,
    drugs: Vec<usize>,
    over_the_counter: Vec<usize>,
    tests: Vec<usize>,
    treatments: Vec<usize>,
    operations: Vec<usize>,
    supplies: Vec<usize>,
}

/// What decides the lines of a bill.
pub(super) struct Visit<'a> {
    pub care: CareType,
    pub grade: Grade,
    pub person: &'a Person,
    pub begin: DateTime,
    pub end: DateTime,
    /// Days of a stay; 0 for other care.
    pub days: u32,
    /// Names of what the disease is treated with.
    pub treatment: &'a [&'a str],
}

const LABORATORY: &[&str] = &[
    "血常规",
    "尿常规",
    "肝功能全套",
    "肾功能三项",
    "空腹血糖测定",
    "电解质六项",
    "凝血四项",
    "C反应蛋白测定",
];
const IMAGING: &[&str] = &[
    "胸部CT平扫",
    "腹部彩色多普勒超声",
    "十二导联心电图",
    "颅脑CT平扫",
    "心脏彩色多普勒超声",
    "胸部正侧位X线摄影",
];
const INFUSION: [&str; 3] = ["静脉输液", "0.9%氯化钠注射液", "一次性使用输液器"];
const HERBS: &[&str] = &["黄芪", "当归", "白术", "茯苓", "炙甘草"];
/// Drugs dearer than this do not turn up by chance (in fen).
const ORDINARY: i64 = 30_000;

impl Basket {
    pub fn new(items: &[Item], day: Date) -> Self {
        let chosen = |fits: &dyn Fn(&Item) -> bool| -> Vec<usize> {
            let listed = |index: &usize| items[*index].is_listed_on(day) && fits(&items[*index]);
            (0..items.len()).filter(listed).collect()
        };
        let cheap = |item: &Item| item.price.get() <= ORDINARY;
        let charged = |item: &Item, as_: &[&str]| as_.contains(&item.charge_category);
        let is_drug = |item: &Item| cheap(item) && item.kind == ItemKind::Drug && item.unit != "克";
        let injected = |item: &Item| item.name.contains("注射") || item.name.ends_with('针');
        let by_name = items
            .iter()
            .enumerate()
            .rev()
            .map(|(index, item)| (item.name.clone(), index));
        Self {
            hand_written: hand_written(),
            by_name: by_name.collect(),
            drugs: chosen(&|item| is_drug(item)),
            over_the_counter: chosen(&|item| is_drug(item) && !injected(item)),
            tests: chosen(&|item| charged(item, &["03", "04"])),
            treatments: chosen(&|item| charged(item, &["05"]) && cheap(item)),
            operations: chosen(&|item| charged(item, &["06"])),
            supplies: chosen(&|item| charged(item, &["08"])),
            items: items.iter().cloned().map(Arc::new).collect(),
        }
    }

    /// The lines of one bill.
    pub fn fill(&self, random: &mut Random, visit: &Visit<'_>) -> Vec<BillLine> {
        let chosen = match visit.care {
            CareType::Pharmacy => self.pharmacy(random),
            CareType::ChronicOutpatient => self.chronic(random, visit.treatment),
            CareType::Inpatient => self.stay(random, visit.days),
            _ => self.visit(random, visit.grade),
        };
        let mut lines: Vec<BillLine> = Vec::with_capacity(chosen.len());
        for (index, quantity) in chosen {
            let item = &self.items[index];
            if suits(item, visit.person) && !lines.iter().any(|line| line.index == index) {
                let served = served(random, visit);
                lines.push(line(item, index, quantity, served));
            }
        }
        if lines.is_empty() {
            // Whatever else was left out, vitamins suit everybody.
            let index = self.named("维生素C片");
            lines.extend(index.map(|index| line(&self.items[index], index, 1, visit.end)));
        }
        lines
    }

    fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    fn one_of(&self, random: &mut Random, names: &[&str]) -> Option<usize> {
        let name: &&str = random.pick(names);
        self.named(name)
    }

    /// A drug of the list, mostly one of those that everybody knows.
    fn drug(&self, random: &mut Random, list: &[usize]) -> usize {
        let known = list.partition_point(|index| *index < self.hand_written);
        let familiar = known > 0 && random.chance(700);
        *random.pick(if familiar { &list[..known] } else { list })
    }

    fn pharmacy(&self, random: &mut Random) -> Vec<(usize, u32)> {
        let count = random.between(1, 5);
        (0..count)
            .map(|_| {
                (
                    self.drug(random, &self.over_the_counter),
                    random.between(1, 3),
                )
            })
            .collect()
    }

    fn visit(&self, random: &mut Random, grade: Grade) -> Vec<(usize, u32)> {
        let is_small = matches!(grade, Grade::Village | Grade::Community);
        let fee = match (is_small, random.chance(800)) {
            (true, _) => "一般诊疗费",
            (false, true) => "普通门诊诊察费",
            (false, false) => "副主任医师门诊诊察费",
        };
        let mut chosen: Vec<(usize, u32)> = Vec::new();
        chosen.extend(self.named(fee).map(|index| (index, 1)));
        let tests = if grade == Grade::Village {
            0
        } else {
            random.below(4)
        };
        for _ in 0..tests {
            let names = if is_small || random.chance(700) {
                LABORATORY
            } else {
                IMAGING
            };
            chosen.extend(self.one_of(random, names).map(|index| (index, 1)));
        }
        for _ in 0..random.between(1, 4) {
            chosen.push((
                self.drug(random, &self.over_the_counter),
                random.between(1, 3),
            ));
        }
        if random.chance(200) {
            chosen.push((*random.pick(&self.treatments), random.between(1, 2)));
        }
        if !is_small && random.chance(250) {
            chosen.push((*random.pick(&self.tests), 1));
        }
        if random.chance(60) {
            // A decoction of seven doses (中药饮片), in grams.
            chosen.extend(
                HERBS
                    .iter()
                    .filter_map(|name| self.named(name))
                    .map(|one| (one, 70)),
            );
        }
        chosen
    }

    fn chronic(&self, random: &mut Random, treatment: &[&str]) -> Vec<(usize, u32)> {
        let mut chosen: Vec<(usize, u32)> = Vec::new();
        for name in treatment {
            chosen.extend(self.named(name).map(|index| (index, random.between(1, 4))));
        }
        if random.chance(400) {
            chosen.extend(self.one_of(random, LABORATORY).map(|index| (index, 1)));
        }
        chosen
    }

    fn stay(&self, random: &mut Random, days: u32) -> Vec<(usize, u32)> {
        let nursing = if random.chance(300) {
            "Ⅰ级护理"
        } else {
            "Ⅱ级护理"
        };
        let mut chosen: Vec<(usize, u32)> = Vec::new();
        for name in ["普通床位费", "住院诊察费", nursing]
            .into_iter()
            .chain(INFUSION)
        {
            chosen.extend(self.named(name).map(|index| (index, days)));
        }
        chosen.extend(
            LABORATORY
                .iter()
                .filter_map(|name| self.named(name))
                .map(|index| (index, 1)),
        );
        for _ in 0..random.between(1, 3) {
            chosen.extend(self.one_of(random, IMAGING).map(|index| (index, 1)));
        }
        for _ in 0..random.between(4, 12) {
            chosen.push((self.drug(random, &self.drugs), random.between(1, days)));
        }
        if random.chance(300) {
            chosen.push((*random.pick(&self.operations), 1));
            chosen.extend(self.named("全身麻醉").map(|index| (index, 1)));
            for _ in 0..random.between(1, 3) {
                chosen.push((*random.pick(&self.supplies), 1));
            }
        }
        chosen
    }
}

/// Nobody prescribes what the wording of the item plainly excludes.
fn suits(item: &Item, person: &Person) -> bool {
    let Some(limitation) = item.limitation else {
        return true;
    };
    match limitation.condition {
        "sex=female" => person.sex == Sex::Female,
        "sex=male" => person.sex == Sex::Male,
        _ => true,
    }
}

fn line(item: &Arc<Item>, index: usize, quantity: u32, served: DateTime) -> BillLine {
    let amount = money::Fen::new(item.price.get() * i64::from(quantity));
    BillLine {
        item: Arc::clone(item),
        index,
        quantity,
        price: item.price,
        amount,
        served,
    }
}

fn served(random: &mut Random, visit: &Visit<'_>) -> DateTime {
    let day = i64::from(random.below(visit.days + 1));
    visit
        .begin
        .saturating_add(Span::new().days(day).minutes(5))
        .min(visit.end)
}
