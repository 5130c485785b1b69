use std::collections::BTreeSet;

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
    finds: "一台终端在几分钟内连续为多人结算，金额几乎相同。",
    why: "集中刷卡套取基金（收集他人凭证）。",
    clause: "《医疗保障基金使用监督管理条例》第四十条；零售药店自查清单",
    false_alarms: "集体接种、体检日。",
    says: "{0}人在{1}分钟内结算",
    version: 2,
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
                let burst = &terminal[begin..=end];
                let people: BTreeSet<u32> = burst
                    .iter()
                    .map(|&visit| data.visits.person[visit as usize])
                    .collect();
                let count = i64::try_from(people.len()).unwrap_or(0);
                if count >= most && near_equal(data, burst, tolerance) {
                    let target = Target::TerminalDay(
                        data.visits.terminal[terminal[end] as usize],
                        time(end).day(),
                    );
                    let amount = burst
                        .iter()
                        .map(|&visit| kernels::in_scope_of(data, visit))
                        .sum();
                    sheet.add(
                        target,
                        Hit::new(amount, [Fact::Whole(count), Fact::Whole(minutes)]),
                    );
                }
            }
        }
    })))
}

fn near_equal(data: &Data, visits: &[u32], tolerance: i64) -> bool {
    let amounts = visits
        .iter()
        .map(|&visit| kernels::amount_of(data, visit).get());
    let (least, most) = amounts.fold((i64::MAX, 0), |(least, most), one| {
        (least.min(one), most.max(one))
    });
    (most - least) * 1000 <= most * tolerance
}
