use std::collections::{BTreeMap, BTreeSet};

use lines::{Care, Day, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F018",
    name: "年末突击刷卡",
    english: "Year-end rush",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F018.r",
            default: "3",
            meaning: "最后两周周均与全年周均之比",
        },
        Parameter {
            key: "F018.weeks",
            default: "20",
            meaning: "全年至少有多少周的数据才判断，暂定（assumed）：太短没有平均可言",
        },
    ],
    finds: "药店最后两周的周均结算额远高于全年周均。",
    why: "年末突击消费，提示套现、囤药。",
    clause: "零售药店自查清单（2025）",
    false_alarms: "流感季；店庆促销。",
    says: "最后两周周均为全年周均的{0}倍",
    version: 2,
    build,
};

/// What a pharmacy sold in a year.
#[derive(Default)]
struct Year {
    all: Fen,
    late: Fen,
    weeks: BTreeSet<i32>,
    last: Option<Day>,
}

fn build(desk: &Desk<'_>) -> Built {
    let ratio = desk.decimal("F018.r", 3)?;
    let weeks = desk.whole("F018.weeks")?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let mut years: BTreeMap<i32, Year> = BTreeMap::new();
        let sold = |visit: u32| {
            let pharmacy = data.visits.care[visit as usize] == Care::PHARMACY;
            pharmacy && !data.visits.has(visit, Visits::REVERSED)
        };
        for visit in provider.visits.iter().copied().filter(|&one| sold(one)) {
            let day = data.visits.begin[visit as usize].day();
            let date = day.date();
            let amount = kernels::in_scope_of(data, visit);
            let year = years.entry(day.year()).or_default();
            year.all += amount;
            // The last fourteen days of a year begin on 18 December.
            year.late += if (date.month(), date.day()) >= (12, 18) {
                amount
            } else {
                Fen::ZERO
            };
            year.weeks.insert(day.week());
            year.last = Some(day).max(year.last);
        }
        for year in years.into_values() {
            let (Year { all, late, .. }, Some(last)) = (&year, year.last) else {
                continue;
            };
            let count = i64::try_from(year.weeks.len()).unwrap_or(0);
            // late / 2 against all / weeks.
            let times = i128::from(late.get()) * 1000 * i128::from(count)
                / (i128::from(all.get()) * 2).max(1);
            let times = i64::try_from(times).unwrap_or(i64::MAX);
            if count >= weeks && times > ratio {
                sheet.add(
                    Target::ProviderMonth(provider.provider, last),
                    Hit::new(*late, [Fact::Count(times)]),
                );
            }
        }
    })))
}
