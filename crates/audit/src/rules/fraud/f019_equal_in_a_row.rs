use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F019",
    name: "连号/等额结算",
    english: "Sequential near-identical settlements",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F019.cares",
            default: "41",
            meaning: "看哪些医疗类别；医院的挂号费、透析等本来就等额，默认只看药店（assumed）",
        },
        Parameter {
            key: "F019.k",
            default: "6",
            meaning: "连续多少笔起算",
        },
        Parameter {
            key: "F019.gap",
            default: "60",
            meaning: "相邻两笔间隔的秒数",
        },
    ],
    finds: "一台终端连续多笔等额结算，间隔不到一分钟。",
    why: "批量虚假刷卡。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "固定价套餐、挂号费。",
    says: "连续{0}笔各{1}",
    version: 2,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let cares = desk.cares("F019.cares");
    let (most, gap) = (desk.whole("F019.k")?, desk.whole("F019.gap")?);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let time = |visit: u32| {
            data.visits
                .settled(visit)
                .unwrap_or(data.visits.begin[visit as usize])
        };
        for mut terminal in kernels::by_terminal(provider) {
            terminal.retain(|&visit| {
                let meant = cares.contains(&data.visits.care[visit as usize]);
                meant && !time(visit).is_only_a_date()
            });
            terminal.sort_by_key(|&visit| time(visit));
            let amount = |visit: u32| kernels::amount_of(data, visit);
            for run in
                terminal.chunk_by(|&a, &b| amount(a) == amount(b) && time(b).since(time(a)) < gap)
            {
                let count = i64::try_from(run.len()).unwrap_or(0);
                if count >= most && amount(run[0]) > Fen::ZERO {
                    let target = Target::TerminalDay(
                        data.visits.terminal[run[0] as usize],
                        time(run[0]).day(),
                    );
                    let sum = run
                        .iter()
                        .map(|&visit| kernels::in_scope_of(data, visit))
                        .sum();
                    sheet.add(
                        target,
                        Hit::new(sum, [Fact::Whole(count), Fact::Yuan(amount(run[0]))]),
                    );
                }
            }
        }
    })))
}
