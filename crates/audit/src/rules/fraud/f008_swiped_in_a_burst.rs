use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use lines::Data;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F008",
    name: "卡聚集刷卡",
    english: "Cards swiped in a burst at one terminal",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F008.cares",
            default: "41",
            meaning: "看哪些医疗类别；医院的挂号费、透析等本来就等额，默认只看药店（assumed）",
        },
        Parameter {
            key: "F008.k",
            default: "8",
            meaning: "多少人起算",
        },
        Parameter {
            key: "F008.minutes",
            default: "10",
            meaning: "多少分钟之内",
        },
        Parameter {
            key: "F008.tol",
            default: "0.02",
            meaning: "金额相差的比例",
        },
    ],
    finds: "一台终端在几分钟内连续为多人结算，金额几乎相同或项目完全相同。",
    why: "集中刷卡套取基金（收集他人凭证）。",
    clause: "《医疗保障基金使用监督管理条例》第四十条；零售药店自查清单",
    false_alarms: "集体接种、体检日。",
    says: "{0}人在{1}分钟内结算",
    version: 3,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let cares = desk.cares("F008.cares");
    let (most, minutes) = (desk.whole("F008.k")?, desk.whole("F008.minutes")?);
    let tolerance = desk.decimal("F008.tol", 3)?;
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        for mut terminal in kernels::by_terminal(provider) {
            let timed = |at: usize| !data.visits.begin[at].is_only_a_date();
            let meant = |at: usize| cares.contains(&data.visits.care[at]) && timed(at);
            terminal.retain(|&visit| meant(visit as usize));
            let mut begin = 0;
            for end in 0..terminal.len() {
                let time = |at: usize| data.visits.begin[terminal[at] as usize];
                while time(end).since(time(begin)) > minutes * 60 {
                    begin += 1;
                }
                let Some(burst) = alike(data, &terminal[begin..=end], most, tolerance) else {
                    continue;
                };
                let terminal = data.visits.terminal[terminal[end] as usize];
                let amounts = burst.iter().map(|&visit| kernels::in_scope_of(data, visit));
                let facts = [Fact::Whole(people(data, &burst)), Fact::Whole(minutes)];
                let target = Target::TerminalDay(terminal, time(end).day());
                sheet.add(target, Hit::new(amounts.sum(), facts));
            }
        }
    })))
}

/// How many people visits are of.
fn people(data: &Data, visits: &[u32]) -> i64 {
    let people: BTreeSet<u32> = visits
        .iter()
        .map(|&visit| data.visits.person[visit as usize])
        .collect();
    i64::try_from(people.len()).unwrap_or(0)
}

/// Among visits those of nearly one amount, else those with the same items, if of enough people;
/// another customer in between changes nothing.
fn alike(data: &Data, visits: &[u32], most: i64, tolerance: i64) -> Option<Vec<u32>> {
    if people(data, visits) < most {
        return None;
    }
    let amount = |visit: u32| kernels::amount_of(data, visit).get();
    let mut by_amount: Vec<(i64, u32)> =
        visits.iter().map(|&visit| (amount(visit), visit)).collect();
    by_amount.sort_by_key(|one| one.0);
    let near = |begin: usize| -> Vec<u32> {
        let least = by_amount[begin].0;
        let rest = by_amount[begin..].iter();
        rest.take_while(|one| (one.0 - least) * 1000 <= one.0 * tolerance)
            .map(|one| one.1)
            .collect()
    };
    let mut bills: BTreeMap<Vec<(u32, i32)>, Vec<u32>> = BTreeMap::new();
    for &visit in visits {
        bills.entry(bill(data, visit)).or_default().push(visit);
    }
    let same = bills
        .into_iter()
        .filter(|one| !one.0.is_empty())
        .map(|one| one.1);
    let groups = (0..by_amount.len()).map(near).chain(same);
    let enough = groups.filter(|group| people(data, group) >= most);
    let place = |visit: u32| visits.iter().position(|&one| one == visit);
    let first = |group: &[u32]| group.iter().filter_map(|&visit| place(visit)).min();
    enough.max_by_key(|group| (group.len(), Reverse(first(group))))
}

/// Items of a visit with their quantities, in order.
fn bill(data: &Data, visit: u32) -> Vec<(u32, i32)> {
    let rows = data.lines_of(visit).map(|row| row as usize);
    let mut bill: Vec<(u32, i32)> = rows
        .map(|at| (data.lines.item[at], data.lines.count[at]))
        .collect();
    bill.sort_unstable();
    bill
}
