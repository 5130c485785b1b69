use std::collections::BTreeMap;

use lines::{Day, Visits};
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Provider, Rule, Strength,
    Target,
};

pub(super) static RULE: Rule = Rule {
    id: "M025",
    name: "住院人数超核定床位",
    english: "Inpatients above licensed beds",
    category: Category::Management,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["providers"],
    parameters: &[
        Parameter {
            key: "M025.tol",
            default: "1.1",
            meaning: "允许超过核定床位的倍数",
        },
        Parameter {
            key: "M025.days",
            default: "3",
            meaning: "一个月内超过的天数",
        },
    ],
    finds: "机构在院人数一个月内有几天明显超过核定床位。",
    why: "在院人数超过床位，可能挂床、虚假住院。",
    clause: "欺诈线索指标（日最大在院量）；《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "批准的加床未更新床位数。",
    says: "当月{0}天超过核定{1}张床的允许倍数，最多{2}人",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let tolerance = desk.decimal("M025.tol", 3)?;
    let days = desk.whole("M025.days")?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let Some(beds) = data.providers.beds[provider.provider as usize] else {
            return;
        };
        let mut months: BTreeMap<i32, (i64, i64, Day)> = BTreeMap::new();
        for (day, census) in census(provider) {
            if census * 1000 > i64::from(beds) * tolerance {
                let month = months.entry(day.month()).or_insert((0, 0, day));
                *month = (month.0 + 1, month.1.max(census), month.2);
            }
        }
        for (count, most, day) in months.into_values().filter(|month| month.0 >= days) {
            let facts = [
                Fact::Whole(count),
                Fact::Whole(i64::from(beds)),
                Fact::Whole(most),
            ];
            let target = Target::ProviderMonth(provider.provider, day);
            sheet.add(target, Hit::new(Fen::ZERO, facts));
        }
    })))
}

/// People in the house on each date, the day of discharge not counted.
fn census(provider: &Provider<'_>) -> BTreeMap<Day, i64> {
    let visits = &provider.data.visits;
    let stays = provider
        .visits
        .iter()
        .filter(|&&visit| visits.is_stay(visit) && !visits.has(visit, Visits::REVERSED));
    let mut census = BTreeMap::new();
    for &visit in stays {
        let (begin, end) = (
            visits.begin[visit as usize].day(),
            visits.end[visit as usize].day(),
        );
        for day in begin.0..end.0 {
            *census.entry(Day(day)).or_default() += 1;
        }
    }
    census
}
