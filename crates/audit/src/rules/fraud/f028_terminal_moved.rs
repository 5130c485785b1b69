use std::collections::BTreeMap;

use lines::Day;
use money::Fen;

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F028",
    name: "代刷/为非定点结算",
    english: "Billing for a non-designated site",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &["terminal_places", "providers"],
    parameters: &[Parameter {
        key: "F028.metres",
        default: "1000",
        meaning: "允许离登记地址的米数",
    }],
    finds: "结算终端的位置离机构登记地址过远。",
    why: "把终端借给非定点场所代刷。",
    clause: "《医疗保障基金使用监督管理条例》第四十条；零售药店自查清单",
    false_alarms: "上门服务、巡回医疗车（有许可标记）。",
    says: "终端{0}离机构{1}米",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let most = desk.whole("F028.metres")?;
    let places: Vec<(u32, (i32, i32), Day, bool)> = desk
        .feed("terminal_places")?
        .rows()
        .filter_map(|row| {
            let terminal = desk.data.visits.terminals.find(row.text("terminal"))?;
            let degree = |column: &str| i32::try_from(row.decimal(column, 6)?).ok();
            let day = row.text("time").get(..10).and_then(Day::parse)?;
            Some((
                terminal,
                (degree("latitude")?, degree("longitude")?),
                day,
                row.text("home_visits") == "1",
            ))
        })
        .collect();
    Ok(Kernel::Batch(Box::new(move |data, sheet| {
        let mut owners: BTreeMap<u32, u32> = BTreeMap::new();
        for (&terminal, &provider) in data.visits.terminal.iter().zip(&data.visits.provider) {
            owners.entry(terminal).or_insert(provider);
        }
        for &(terminal, place, day, licensed) in &places {
            let home = owners
                .get(&terminal)
                .and_then(|&provider| data.providers.place[provider as usize]);
            let Some(metres) = home.map(|home| kernels::metres_between(home, place)) else {
                continue;
            };
            if metres > most && !licensed {
                let facts = [Fact::Day(day), Fact::Whole(metres)];
                sheet.add(
                    Target::TerminalDay(terminal, day),
                    Hit::new(Fen::ZERO, facts),
                );
            }
        }
    })))
}
