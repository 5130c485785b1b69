//! 待遇计算顺序：本单适用哪些层次。

use std::borrow::Cow;

use policy::{Chain, Entry, OverlayEffect};

use crate::working::Working;
use crate::{Refusal, Step, StepKind};

/// Chooses the chain of the bill: the waterfall's row, then overlays from low to high rank.
pub(crate) fn choose<'a>(work: &mut Working<'a>) -> Result<Cow<'a, Chain>, Refusal> {
    let law = work.law;
    let missing = || Refusal::NoLaw {
        key: law.waterfall.key.to_string(),
        on: work.at.dates.on(law.waterfall.selects_by, None),
    };
    let (waterfall, provenance) = law.waterfall.at(&work.at.dates).ok_or_else(missing)?;
    let found = waterfall.table.first(&work.at);
    let mut chain = found.map(Cow::Borrowed);
    let mut basis = provenance;

    let mut overlays: Vec<_> = law
        .overlays
        .iter()
        .filter_map(|topic| topic.at(&work.at.dates))
        .filter(|(overlay, _)| overlay.condition.holds(&work.at))
        .collect();
    overlays.sort_by_key(|(overlay, _)| overlay.rank);
    for (overlay, law_of_overlay) in overlays {
        match (&overlay.effect, &mut chain) {
            (OverlayEffect::Replace(other), _) => {
                chain = Some(Cow::Borrowed(other));
                basis = law_of_overlay;
            }
            (OverlayEffect::Add(entries), Some(chain)) => add_before_accounts(chain, entries),
            (OverlayEffect::Add(_), None) => {}
        }
    }
    let (scheme, care) = (work.bill.scheme, work.bill.visit.care);
    let chain = chain.ok_or(Refusal::NoChain { scheme, care })?;
    let in_hand = work.unpaid();
    work.trace.push(Step {
        topic: law.waterfall.key.clone(),
        kind: StepKind::Chain {
            title: chain.title.clone(),
        },
        before: in_hand,
        after: in_hand,
        basis: Some(basis.clone()),
    });
    Ok(chain)
}

fn add_before_accounts(chain: &mut Cow<'_, Chain>, entries: &[Entry]) {
    let is_account = |entry: &Entry| matches!(entry, Entry::Account(_));
    let position = chain
        .entries
        .iter()
        .position(is_account)
        .unwrap_or(chain.entries.len());
    chain
        .to_mut()
        .entries
        .splice(position..position, entries.iter().copied());
}
