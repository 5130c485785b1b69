//! 年度累计分段：大病保险、倾斜救助等按全年累计额计算，分多少次结算都不改变全年总额。

use money::Fen;
use policy::{Bands, Cumulative, Scale, Subject};

use super::cap;
use super::layer::{Case, Verdict};
use super::rates::{Piece, Rated, slices};
use crate::{Step, StepKind};

/// Pays F(after) − F(before), where F is the yearly function of the accumulated base.
pub(crate) fn judge(case: &Case<'_, '_>, rule: &Cumulative) -> Option<Verdict> {
    let mut verdict = Verdict {
        base: case.base,
        ..Verdict::default()
    };
    let topic = case.work.law.scale(rule.scale);
    let (scale, provenance) = topic.at(&case.at.dates)?;
    let bands = scale.table.first(&case.at)?;
    let deductible = match rule.deductible {
        Some(reference) => case.work.finite_at(reference, &case.at)?.0,
        None => Fen::ZERO,
    };
    let key = case.key(&rule.counter, rule.period, Subject::None);
    let before = Fen::new(case.work.counter(&key));
    let after = before + case.base;
    verdict.add(key, case.base);

    let yearly = Yearly {
        case,
        scale,
        bands,
        deductible,
        net: rule.edges_above_deductible,
    };
    let (paid_before, paid_after) = (yearly.payment(before), yearly.payment(after));
    let due = (paid_after - paid_before).max(Fen::ZERO).min(case.base);
    let kind = StepKind::Cumulative {
        cumulated_before: before,
        cumulated_after: after,
        paid_before,
        paid_after,
    };
    if deductible > Fen::ZERO {
        verdict
            .steps
            .push(yearly.deductible_step(rule, before, after));
    }
    let step = case.step(kind, case.base, case.base - due);
    verdict.steps.push(Step {
        basis: Some(provenance.clone()),
        ..step
    });
    let rated = Rated {
        paid: due,
        pieces: yearly.pieces(before, after),
    };
    verdict.paid = cap::payment(case, rated, case.base, &mut verdict);
    Some(verdict)
}

/// The yearly function F of one scale and deductible.
struct Yearly<'y, 'c, 'a> {
    case: &'y Case<'c, 'a>,
    scale: &'a Scale,
    bands: &'a Bands,
    deductible: Fen,
    net: bool,
}

impl Yearly<'_, '_, '_> {
    /// F: what a year pays on an accumulated base, rounded as the settings say.
    fn payment(&self, cumulated: Fen) -> Fen {
        if cumulated <= self.deductible {
            return Fen::ZERO;
        }
        Rated::of(self.case, self.pieces(Fen::ZERO, cumulated)).paid
    }

    /// Net: bands start at the deductible. Gross: bands start at zero and are clipped by it.
    fn pieces(&self, from: Fen, to: Fen) -> Vec<Piece> {
        let (low, high) = (from.max(self.deductible), to.max(self.deductible));
        let shift = if self.net { self.deductible } else { Fen::ZERO };
        let cut = slices(
            self.scale,
            self.bands,
            low - shift,
            high - shift,
            &self.case.at,
        );
        cut.iter()
            .map(|slice| Piece {
                cost: slice.cost(),
                ratio: slice.ratio,
            })
            .collect()
    }

    fn deductible_step(&self, rule: &Cumulative, before: Fen, after: Fen) -> Step {
        let above = after.minus_to_zero(self.deductible) - before.minus_to_zero(self.deductible);
        let kind = StepKind::Deductible {
            pattern: "年度累计一次起付线".into(),
            due: self.deductible.minus_to_zero(before),
            admission_number: 0,
        };
        let found = rule
            .deductible
            .and_then(|reference| self.case.work.finite_at(reference, &self.case.at));
        let basis = found.map(|(_, provenance)| provenance.clone());
        Step {
            basis,
            ..self.case.step(kind, self.case.base, above)
        }
    }
}
