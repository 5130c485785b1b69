use lines::{Day, NONE};
use money::Fen;

use crate::kernel::Provider;
use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F024",
    name: "项目费用突增",
    english: "Item spend jump",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F024.sd",
            default: "6",
            meaning: "高于此前均值多少个标准差",
        },
        Parameter {
            key: "F024.least",
            default: "20000",
            meaning: "至少增加多少元",
        },
        Parameter {
            key: "F024.months",
            default: "6",
            meaning: "此前至少多少个月的数据，暂定（assumed）：不足半年看不出常态",
        },
    ],
    finds: "机构某项目一月的费用远高于此前各月。",
    why: "突增提示虚记、串换或诱导。",
    clause: "欺诈线索指标；飞行检查案例（妇科检验项目增长）",
    false_alarms: "新开展项目、新进设备（有标记的排除）。",
    says: "当月{0}，此前月均{1}",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (sd, least) = (desk.whole("F024.sd")?, desk.decimal("F024.least", 2)?);
    let history = usize::try_from(desk.whole("F024.months")?).unwrap_or(usize::MAX);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let sums = sums_by_month(provider);
        for months in sums.chunk_by(|a, b| a.item == b.item) {
            for (at, sum) in months.iter().enumerate().skip(history) {
                let year = months[..at]
                    .iter()
                    .filter(|one| one.month >= sum.month - 12);
                let past: Vec<i64> = year.map(|one| one.amount).collect();
                let mean = past.iter().sum::<i64>() / i64::try_from(past.len()).unwrap_or(1).max(1);
                if past.len() >= history
                    && sum.amount - mean > least
                    && kernels::beyond_deviations(&past, sum.amount, sd)
                {
                    let amounts = [sum.amount, mean].map(Fen::new);
                    let target = Target::ProviderItemMonth(provider.provider, sum.item, sum.day);
                    let hit = Hit::new(Fen::new(sum.amount - mean), amounts.map(Fact::Yuan));
                    sheet.add(target, hit);
                }
            }
        }
    })))
}

/// What a provider charged of an item in a month, with the first day on which it did.
struct Sum {
    item: u32,
    month: i32,
    day: Day,
    amount: i64,
    /// Place of another month of the item, [`NONE`] for the first one met.
    other: u32,
}

/// The sums of a provider by item and month.
fn sums_by_month(provider: &Provider<'_>) -> Vec<Sum> {
    let (data, lines) = (provider.data, &provider.data.lines);
    let mut last_of = vec![NONE; data.items.len()];
    let mut sums: Vec<Sum> = Vec::new();
    let mut months = Months::default();
    for &visit in provider.visits {
        let range = data.lines_of(visit);
        let range = range.start as usize..range.end as usize;
        let fees = lines.time[range.clone()]
            .iter()
            .zip(&lines.amount[range.clone()]);
        for (&item, (time, amount)) in lines.item[range].iter().zip(fees) {
            let day = time.day();
            let month = months.of(day);
            let last = &mut last_of[item as usize];
            let mut place = *last;
            while let Some(other) = sums.get(place as usize).filter(|one| one.month != month) {
                place = other.other;
            }
            if let Some(sum) = sums.get_mut(place as usize) {
                sum.amount += amount.get();
                sum.day = sum.day.min(day);
                continue;
            }
            let other = std::mem::replace(last, index(sums.len()));
            sums.push(Sum {
                item,
                month,
                day,
                amount: amount.get(),
                other,
            });
        }
    }
    sums.sort_unstable_by_key(|sum| (sum.item, sum.month));
    sums
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("fewer sums than lines")
}

/// The months of the last days asked for: the calendar is slow beside an addition.
struct Months([(Day, i32); 64]);

impl Default for Months {
    fn default() -> Self {
        Self([(Day(0), Day(0).month()); 64])
    }
}

impl Months {
    fn of(&mut self, day: Day) -> i32 {
        let known = &mut self.0[(day.0 & 63) as usize];
        if known.0 != day {
            *known = (day, day.month());
        }
        known.1
    }
}
