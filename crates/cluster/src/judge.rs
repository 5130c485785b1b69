//! 审核一份：装配本份数据，只运行归这一份的规则。

use arrow_array::RecordBatch;
use audit::{Finding, Kernel, Plan};
use lines::{Data, Quality};

use crate::facts::Facts;
use crate::found::{Told, of_findings, of_whole};
use crate::rows::{Dealt, Role, dealt};
use crate::spec::Base;

/// Judges one share: its people, its institutions, and everything at once where that fell to it.
pub fn judge(base: &Base, rows: &[RecordBatch], facts: &Facts) -> Vec<Told> {
    let mut told = Vec::new();
    for role in Role::ALL {
        let share = dealt(rows, role, facts);
        if share.any {
            told.extend(judge_role(base, share, role, facts));
        }
    }
    told
}

fn judge_role(base: &Base, share: Dealt<'_>, role: Role, facts: &Facts) -> Vec<Told> {
    let owners = share.owners.clone();
    let data = assemble(base, share, role, facts);
    let mut unused = Quality::default();
    let Base {
        rules,
        knowledge,
        params,
        ..
    } = base;
    let plan = Plan::compile(rules, &data, knowledge, params, &mut unused);
    let mut told = Vec::new();
    if role == Role::Whole {
        let mut quality = data.quality.clone();
        quality.merge(facts.quality.clone());
        told.extend(of_whole(&plan, data.lines.len(), &quality));
    }
    let plan = plan.only(|kernel| role_of(kernel) == role);
    let findings = match role {
        Role::Person | Role::Whole => audit::scan(&plan, &data),
        Role::Provider => providers(&plan, &data, &owners),
    };
    told.extend(of_findings(&plan, &data, &findings));
    told
}

/// Which share judges a kernel.
fn role_of(kernel: &Kernel) -> Role {
    match kernel {
        Kernel::Items(..)
        | Kernel::EachLine(..)
        | Kernel::EveryLine(_)
        | Kernel::Visits(_)
        | Kernel::People(_) => Role::Person,
        Kernel::Providers(_) => Role::Provider,
        Kernel::Batch(_) | Kernel::Tallied(_) => Role::Whole,
    }
}

/// Only the institutions of this share: the register names all of them, but the visits of others
/// are elsewhere.
fn providers(plan: &Plan, data: &Data, owners: &[&str]) -> Vec<Finding> {
    let mut numbers: Vec<u32> = owners
        .iter()
        .filter_map(|id| data.providers.ids.find(id))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let one = |number: u32| plan.scan_providers(data, number..number + 1).0;
    plan.conclude(data, numbers.into_iter().map(one).collect())
}

fn assemble(base: &Base, share: Dealt<'_>, role: Role, facts: &Facts) -> Data {
    let mut intake = match role {
        Role::Whole => base
            .tables
            .share(base.tables.visit_owners().map(|one| one.visit)),
        Role::Person | Role::Provider => base.tables.share(share.visits.into_iter()),
    };
    // Names and kinds as all lines together give them.
    for (code, name, kind) in &facts.items {
        intake.know_item(code, name, *kind);
    }
    intake.append(share.lines);
    if role != Role::Whole {
        intake.keep_own_scans();
    }
    intake.assemble()
}
