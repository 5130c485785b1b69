use std::collections::BTreeMap;

use lines::{Day, Row, Visits};
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
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (ratio, least) = (desk.decimal("F016.r", 3)?, desk.whole("F016.least")?);
    let table = desk.table("k_holiday")?;
    let day = |row: Row<'_>| row.day("day").or_else(|| row.day("date"));
    let calendar: BTreeMap<Day, bool> = table
        .rows()
        .filter_map(|row| Some((day(row)?, is_holiday(row))))
        .collect();
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let visits = &provider.data.visits;
        let stays = provider
            .visits
            .iter()
            .filter(|&&visit| visits.is_stay(visit) && !visits.has(visit, Visits::REVERSED));
        let days: Vec<Day> = stays
            .map(|&visit| visits.begin[visit as usize].day())
            .collect();
        let Some((&first, &last)) = days.iter().min().zip(days.iter().max()) else {
            return;
        };
        let whole = |count: usize| i64::try_from(count).unwrap_or(0);
        let span = || (first.0..=last.0).map(Day);
        let off = |day: &Day| calendar.get(day) == Some(&true);
        let worked = |day: &Day| {
            calendar
                .get(day)
                .map_or_else(|| is_weekday(*day), |off| !off)
        };
        let (free, work) = (
            whole(span().filter(off).count()),
            whole(span().filter(worked).count()),
        );
        let during = whole(days.iter().filter(|day| off(day)).count());
        let other = whole(days.iter().filter(|day| worked(day)).count());
        // during / free > ratio × other / work, without a division.
        let spike = free > 0 && work > 0 && during * work * 1000 > ratio * other * free;
        if spike && during >= least {
            let times = during * work * 1000 / (other * free).max(1);
            let facts = [Fact::Count(times), Fact::Whole(during)];
            sheet.add(
                Target::ProviderMonth(provider.provider, last),
                Hit::new(Fen::ZERO, facts),
            );
        }
    })))
}

/// Whether a row of the calendar names a day off; a list without a mark is one of holidays.
fn is_holiday(row: Row<'_>) -> bool {
    match (row.given("holiday"), row.given("workday")) {
        (Some(holiday), _) => holiday != "0",
        (None, Some(workday)) => workday == "0",
        (None, None) => true,
    }
}

/// Monday to Friday: what is worked unless the calendar says otherwise. 1970 began on a Thursday.
fn is_weekday(day: Day) -> bool {
    (day.0 + 3).rem_euclid(7) < 5
}
