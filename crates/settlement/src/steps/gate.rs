//! 待遇准入：未参保、等待期、第三方责任等。

use money::Fen;
use policy::{Decision, Part};

use crate::working::Working;
use crate::{Refusal, Step, StepKind};

/// Runs every gate in order: the first refusal ends the bill, other closed gates leave their mark.
pub(crate) fn pass(work: &mut Working<'_>) -> Result<(), Refusal> {
    let (law, at) = (work.law, work.at);
    for topic in &law.gates {
        let Some((gates, provenance)) = topic.at(&at.dates) else {
            continue;
        };
        for gate in gates.iter().filter(|gate| gate.condition.holds(&at)) {
            let before = work.part(Part::InScope);
            match gate.decision {
                Decision::Refuse => {
                    return Err(Refusal::Gate {
                        gate: gate.code.clone(),
                        message: gate.message.clone(),
                        basis: provenance.clone(),
                    });
                }
                Decision::NoFund => work.funds_open = false,
                Decision::Share(share) => keep_share(work, share),
            }
            work.trace.push(Step {
                topic: topic.key.clone(),
                kind: StepKind::Gate {
                    message: gate.message.clone(),
                },
                before,
                after: if work.funds_open {
                    work.part(Part::InScope)
                } else {
                    Fen::ZERO
                },
                basis: Some(provenance.clone()),
            });
        }
    }
    Ok(())
}

/// Only a share of the in-scope cost stays payable; the rest becomes the person's own.
fn keep_share(work: &mut Working<'_>, share: money::Ratio) {
    let rounding = work.settings.rounding;
    for lane in &mut work.lanes {
        let in_scope = lane.parts[Part::InScope as usize];
        let kept = in_scope.times(share.clamped(), rounding);
        lane.parts[Part::InScope as usize] = kept;
        lane.parts[Part::SelfPaid as usize] += in_scope - kept;
    }
}
