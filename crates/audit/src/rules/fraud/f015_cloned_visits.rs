use std::collections::BTreeSet;

use lines::{Data, Visits};

use crate::{
    Built, Category, Desk, Fact, Grain, Hit, Kernel, Parameter, Phase, Rule, Strength, Target,
    kernels,
};

pub(super) static RULE: Rule = Rule {
    id: "F015",
    name: "雷同就诊",
    english: "Cloned visits",
    category: Category::Fraud,
    grain: Grain::ProviderPeriod,
    phases: Phase::BATCH,
    strength: Strength::Suspect,
    knowledge: &[],
    feeds: &[],
    parameters: &[
        Parameter {
            key: "F015.k",
            default: "6",
            meaning: "多少人起算",
        },
        Parameter {
            key: "F015.items",
            default: "5",
            meaning: "明细至少多少条",
        },
    ],
    finds: "同一机构一周内多人的就诊明细（项目和数量）完全相同。",
    why: "复制病历、批量虚构就诊。",
    clause: "《医疗保障基金使用监督管理条例》第四十条",
    false_alarms: "体检、接种、透析等固定项目；明细少的不看。",
    says: "{0}次就诊{1}条明细完全相同",
    version: 1,
    build,
};

fn build(desk: &Desk<'_>) -> Built {
    let (most, least) = (desk.whole("F015.k")?, desk.whole("F015.items")?);
    Ok(Kernel::Providers(Box::new(move |provider, sheet| {
        let data = provider.data;
        let mut bills: Vec<(i32, Bill, u32)> = Vec::new();
        for &visit in provider.visits {
            let bill = bill_of(data, visit);
            let taken_back = data.visits.has(visit, Visits::REVERSED);
            if i64::try_from(bill.len()).unwrap_or(0) >= least && !taken_back {
                bills.push((data.visits.begin[visit as usize].day().week(), bill, visit));
            }
        }
        bills.sort_unstable();
        for same in bills.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)) {
            let visits: Vec<u32> = same.iter().map(|one| one.2).collect();
            let people: BTreeSet<u32> = visits
                .iter()
                .map(|&visit| data.visits.person[visit as usize])
                .collect();
            let count = i64::try_from(people.len()).unwrap_or(0);
            if count >= most {
                let size = i64::try_from(same[0].1.len()).unwrap_or(0);
                let amount = visits
                    .iter()
                    .map(|&visit| kernels::in_scope_of(data, visit))
                    .sum();
                let hit = Hit::new(amount, [Fact::Whole(count), Fact::Whole(size)]);
                sheet.add(Target::Visits(visits.into()), hit);
            }
        }
    })))
}

/// Items with their quantities, in order.
type Bill = Vec<(u32, i32)>;

fn bill_of(data: &Data, visit: u32) -> Bill {
    let rows = data.lines_of(visit).map(|row| row as usize);
    let mut bill: Bill = rows
        .map(|at| (data.lines.item[at], data.lines.count[at]))
        .collect();
    bill.sort_unstable();
    bill
}
