//! 起付、分段、比例：一层基本待遇的算法。

use money::Fen;
use policy::Benefit;

use super::layer::{Case, Verdict};
use super::{cap, deductible, floor, rates};
use crate::{Step, StepKind};

/// Base → prior share → fee caps → deductible → rates → floor → payment caps.
pub(crate) fn judge(case: &Case<'_, '_>, benefit: &Benefit) -> Option<Verdict> {
    let mut verdict = Verdict {
        base: case.base,
        ..Verdict::default()
    };
    let after_prior = take_prior_share(case, benefit, &mut verdict);
    let entering = cap::fee(case, after_prior, &mut verdict);
    let above = deductible::take(case, benefit, entering, &mut verdict);
    let rated = rates::apply(case, benefit, entering, above, &mut verdict)?;
    let guaranteed = floor::raise(case, rated, above, &mut verdict);
    verdict.paid = cap::payment(case, guaranteed, above, &mut verdict);
    if let Some(key) = verdict.counts_paid.take() {
        verdict.add(key, verdict.paid);
    }
    Some(verdict)
}

fn take_prior_share(case: &Case<'_, '_>, benefit: &Benefit, verdict: &mut Verdict) -> Fen {
    let Some(reference) = benefit.prior_share else {
        return case.base;
    };
    let topic = case.work.law.ratio(reference);
    let Some((rule, provenance)) = topic.at(&case.at.dates) else {
        return case.base;
    };
    let Some(ratio) = rule.find(&case.at).filter(|ratio| ratio.num() > 0) else {
        return case.base;
    };
    verdict.prior_share = case.base.times(ratio, case.work.settings.rounding);
    let after = case.base - verdict.prior_share;
    let step = case.step(StepKind::PriorShare { ratio }, case.base, after);
    verdict.steps.push(Step {
        basis: Some(provenance.clone()),
        ..step
    });
    after
}
