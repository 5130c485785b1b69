use std::sync::Arc;

use money::Fen;
use policy::{BaseOf, BaseRule, ContributionRounding, FeeMonth, Provenance, SchemePolicy};

use super::ContributionFacts;
use super::amounts::{amount_of, base_year, plausible, rounded_to};
use crate::Refusal;
use crate::trace::Trace;

/// The monthly base: where it comes from, its bounds, its rounding.
pub(super) fn base_of(
    facts: &ContributionFacts,
    rule: &BaseRule,
    rounding: &ContributionRounding,
    month: FeeMonth,
    (law, basis): (&SchemePolicy, &Arc<Provenance>),
    trace: &mut Trace,
) -> Result<Fen, Refusal> {
    let year = base_year(month, rule.year_starts_in_month);
    let value = |reference| amount_of(reference, &facts.person, (month, year), law);
    let stated = match &rule.of {
        BaseOf::OwnWage => {
            let fact = "本人月工资";
            let wage = facts.wage.ok_or(Refusal::MissingFact { fact })?;
            let wage = plausible(wage, fact)?;
            trace.money(
                "缴费基数",
                (wage, wage),
                basis,
                format!("本人月工资{wage}元"),
            );
            wage
        }
        BaseOf::Amount(amount) => {
            let amount = value(*amount)?;
            let sentence = format!("统一缴费基数{amount}元");
            trace.money("缴费基数", (amount, amount), basis, sentence);
            amount
        }
        BaseOf::Chosen { amount, steps } => {
            let fact = "缴费档次";
            let chosen = facts.step.ok_or(Refusal::MissingFact { fact })?;
            if !steps.contains(&chosen) {
                let offered = steps.clone();
                return Err(Refusal::StepNotOffered { chosen, offered });
            }
            let whole = value(*amount)?;
            let (unit, how) = (rounding.base_unit_fen, rounding.rounding);
            let base = whole.times_to_unit(chosen, unit, how);
            let sentence = format!("选择{chosen}档：{whole}元的{chosen}为{base}元");
            trace.money("缴费基数", (whole, base), basis, sentence);
            base
        }
    };
    let floor = rule.floor.map(value).transpose()?;
    let ceiling = rule.ceiling.map(value).transpose()?;
    let bounded = bounded(stated, floor, ceiling);
    if bounded > stated {
        let sentence = format!("低于下限，按缴费基数下限{bounded}元");
        trace.money("基数下限", (stated, bounded), basis, sentence);
    } else if bounded < stated {
        let sentence = format!("高于上限，按缴费基数上限{bounded}元");
        trace.money("基数上限", (stated, bounded), basis, sentence);
    }
    let base = rounded_to(bounded, rounding.base_unit_fen, rounding.rounding);
    if base != bounded {
        let (how, unit) = (rounding.rounding.name(), Fen::new(rounding.base_unit_fen));
        let sentence = format!("缴费基数{how}到{unit}元，为{base}元");
        trace.money("基数取整", (bounded, base), basis, sentence);
    }
    Ok(base)
}

/// A wage kept within its bounds; where they cross, the ceiling has the last word.
pub(super) fn bounded(wage: Fen, floor: Option<Fen>, ceiling: Option<Fen>) -> Fen {
    let raised = floor.map_or(wage, |floor| wage.max(floor));
    ceiling.map_or(raised, |ceiling| raised.min(ceiling))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_higher_wage_never_has_a_lower_base(
            low in 0_i64..10_000_000, more in 0_i64..10_000_000,
            floor in 0_i64..5_000_000, span in 0_i64..5_000_000,
        ) {
            let (floor, ceiling) = (Fen::new(floor), Fen::new(floor + span));
            let base = |wage| bounded(Fen::new(wage), Some(floor), Some(ceiling));
            prop_assert!(base(low) <= base(low + more));
            prop_assert!(floor <= base(low) && base(low) <= ceiling);
            prop_assert_eq!(bounded(base(low), Some(floor), Some(ceiling)), base(low));
        }

        #[test]
        fn rounding_to_a_unit_gives_a_multiple_within_half_of_it(
            amount in -100_000_000_i64..100_000_000, unit in 1_i64..100_000,
        ) {
            let rounded = rounded_to(Fen::new(amount), unit, money::Rounding::HalfUp).get();
            prop_assert_eq!(rounded % unit, 0);
            prop_assert!((rounded - amount).abs() * 2 <= unit);
        }
    }
}
