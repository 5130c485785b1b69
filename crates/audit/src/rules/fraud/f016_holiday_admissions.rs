use std::collections::BTreeSet;

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
};

pub(super) static RULE: Rule = Rule {
    id: "F016",
    name: "节假日住院异常",
    english: "Holiday admission spike",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &["k_holiday"],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F016.r",
            default: "2",
            meaning: "节假日与工作日日均之比",
        },
        Parameter {
            key: "F016.least",
            default: "20",
            meaning: "节假日至少入院人次",
        },
    ],
    finds: "节假日平均每天入院人次明显高于工作日。",
    why: "节假日集中收治提示诱导、虚假住院。",
    clause: "欺诈线索指标；节假日住院",
    false_alarms: "急诊为主的医院；流感高峰。",
    says: "节假日与工作日日均入院之比{0}，节假日{1}人次",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (ratio, least) = (desk.decimal("F016.r", 3)?, desk.whole("F016.least")?);
    let table = desk.table("k_holiday")?;
    let holidays: BTreeSet<Day> = table
        .rows()
        .filter(|row| row.text("holiday") != "0")
        .filter_map(|row| row.day("day").or_else(|| row.day("date")))
        .collect();
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let visits = &provider.data.visits;
        let stays = provider
            .visits
            .iter()
            .filter(|&&visit| visits.is_stay(visit));
        let days: Vec<Day> = stays
            .map(|&visit| visits.begin[visit as usize].day())
            .collect();
        let Some((&first, &last)) = days.iter().min().zip(days.iter().max()) else {
            return;
        };
        let span = i64::from(last.0 - first.0) + 1;
        let off = i64::try_from(holidays.range(first..=last).count()).unwrap_or(0);
        let during =
            i64::try_from(days.iter().filter(|day| holidays.contains(day)).count()).unwrap_or(0);
        let other = i64::try_from(days.len()).unwrap_or(0) - during;
        // during / off > ratio × other / (span − off), without a division.
        let spike = off > 0 && span > off && during * (span - off) * 1000 > ratio * other * off;
        if spike && during >= least {
            let times = during * (span - off) * 1000 / (other * off).max(1);
            let facts = [Fact::Count(times), Fact::Whole(during)];
            sheet.add(
                Target::ProviderMonth(provider.provider, last),
                Hit::new(Fen::ZERO, facts),
            );
        }
    })))
}
