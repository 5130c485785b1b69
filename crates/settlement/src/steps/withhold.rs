//! 审核扣除：审核认定违规的明细，基金不予支付的部分归入自费。

use money::Fen;
use policy::Part;

use crate::working::Working;
use crate::{LineReason, SelfPaidReason, Step, StepKind};

/// Moves what the audit withholds out of the scope of payment, a step for each line.
///
/// What a line has in scope is the most that can be withheld of it; the parts of every line still
/// sum to its amount.
pub(crate) fn take(work: &mut Working<'_>) {
    let bill = work.bill;
    let law = work.law.doubts.iter().find_map(|topic| {
        let (_, provenance) = topic.on(work.at.dates.settlement)?;
        Some((topic.key.clone(), provenance.clone()))
    });
    let topic = law
        .as_ref()
        .map_or(&work.law.items.key, |(key, _)| key)
        .clone();
    for held in &bill.withheld {
        let place = work.splits.iter().position(|split| split.line == held.line);
        let Some(place) = place else { continue };
        let before = work.part(Part::InScope);
        let split = &mut work.splits[place];
        let amount = held.amount.min(split.in_scope);
        if amount <= Fen::ZERO {
            continue;
        }
        split.in_scope -= amount;
        split.self_paid += amount;
        split.reason = LineReason::SelfPaid(SelfPaidReason::Audit(held.reason.clone()));
        let parts = &mut work.lanes[usize::from(work.line_lanes[place])].parts;
        parts[Part::InScope as usize] -= amount;
        parts[Part::SelfPaid as usize] += amount;
        work.trace.push(Step {
            topic: topic.clone(),
            kind: StepKind::Withheld {
                line: held.line,
                reason: held.reason.clone(),
            },
            before,
            after: before - amount,
            basis: law.as_ref().map(|(_, provenance)| provenance.clone()),
        });
    }
}
