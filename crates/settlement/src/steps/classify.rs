//! 费用明细分类：自费、超限价、先行自付、政策范围内，四部分之和等于明细金额。

use money::{Fen, Price, Ratio};
use policy::{CatalogueItem, ItemFacts, ItemRules, ItemTerms, Part, Situation};
use terms::{ItemClass, ItemKind};

use super::{item_limit, prior, withhold};
use crate::working::{Lane, Limit, Working};
use crate::{Line, LineReason, LineSplit, SelfPaidReason, Step, StepKind};

/// Splits every line, in order of day and number, and fills the lanes.
pub(crate) fn classify(work: &mut Working<'_>) {
    let bill = work.bill;
    let basis = work.law.items.at(&work.at.dates);
    let basis = basis.map(|(_, provenance)| provenance.clone());
    let mut order: Vec<usize> = (0..bill.lines.len()).collect();
    order.sort_unstable_by_key(|at| (bill.lines[*at].served, bill.lines[*at].number));
    work.splits = Vec::with_capacity(order.len());
    for &position in &order {
        let line = &bill.lines[position];
        let split = split_line(work, rules_for(work, line), line);
        work.splits.push(split);
    }
    prior::take(work);
    fill_lanes(work, &order);
    let mut back: Vec<(usize, (LineSplit, u8))> = order
        .into_iter()
        .zip(work.splits.drain(..).zip(work.line_lanes.drain(..)))
        .collect();
    back.sort_unstable_by_key(|(position, _)| *position);
    (work.splits, work.line_lanes) = back.into_iter().map(|(_, split)| split).unzip();
    explain(work, basis);
    withhold::take(work);
}

/// The rules for a line: those of its own day where the policy selects them by service date.
fn rules_for<'a>(work: &Working<'a>, line: &Line) -> &'a ItemRules {
    let topic = &work.law.items;
    let day = work.at.dates.on(topic.selects_by, Some(line.served));
    topic.on(day).map_or(&EMPTY, |(rules, _)| rules)
}

static EMPTY: ItemRules = ItemRules {
    self_paid: Vec::new(),
    ceilings: Vec::new(),
    limits: Vec::new(),
    prior: None,
    lanes: Vec::new(),
};

/// What conditions may ask about a line.
pub(crate) fn facts_of<'l>(line: &'l Line, class: ItemClass) -> ItemFacts<'l> {
    match &line.item {
        Some(item) => ItemFacts {
            code: item.code.as_str(),
            class,
            kind: item.kind,
            groups: &item.groups,
            served: line.served,
        },
        None => ItemFacts {
            code: "",
            class: ItemClass::C,
            kind: ItemKind::Service,
            groups: &[],
            served: line.served,
        },
    }
}

fn split_line(work: &mut Working<'_>, rules: &ItemRules, line: &Line) -> LineSplit {
    let terms = match payable_terms(work, rules, line) {
        Ok(terms) => terms,
        Err((class, reason)) => return wholly_own(line, class, reason),
    };
    let at = work.at.with_item(facts_of(line, terms.class));
    let ceiling = lowest_ceiling(work, rules, &at, terms.ceiling);
    let over_price = match ceiling {
        Some(limit) if line.price > limit => {
            let excess = line.price.minus_to_zero(limit);
            excess
                .times(line.quantity, work.settings.rounding)
                .min(line.amount)
        }
        _ => Fen::ZERO,
    };
    let within_price = line.amount - over_price;
    let over_quantity = item_limit::excess(work, rules, line, &at, within_price);
    LineSplit {
        line: line.number,
        amount: line.amount,
        self_paid: Fen::ZERO,
        over_limit: over_price + over_quantity,
        prior: Fen::ZERO,
        in_scope: within_price - over_quantity,
        class: terms.class,
        prior_ratio: prior::share_of(rules, terms.prior, &at),
        ceiling,
        reason: LineReason::Payable,
    }
}

/// The terms on which a line is payable, or the class and reason why it is not.
fn payable_terms<'l>(
    work: &Working<'_>,
    rules: &ItemRules,
    line: &'l Line,
) -> Result<&'l ItemTerms, (ItemClass, SelfPaidReason)> {
    let Some(item) = &line.item else {
        return Err((ItemClass::C, SelfPaidReason::Unmapped));
    };
    let item: &CatalogueItem = item;
    let grade = work.bill.institution.grade;
    let Some(terms) = item.terms_for(work.bill.scheme, grade, line.served) else {
        return Err((ItemClass::C, SelfPaidReason::NotInForce));
    };
    let at = work.at.with_item(facts_of(line, terms.class));
    let reason = if terms.class == ItemClass::C {
        SelfPaidReason::ClassC
    } else if line.outside_indication {
        SelfPaidReason::Declared
    } else if let Some(restriction) = item.unmet_restriction(&at) {
        SelfPaidReason::Restriction(restriction.note.clone())
    } else if let Some(rule) = rules
        .self_paid
        .iter()
        .find(|rule| rule.condition.holds(&at))
    {
        SelfPaidReason::Rule(rule.reason.clone())
    } else {
        return Ok(terms);
    };
    Err((terms.class, reason))
}

fn wholly_own(line: &Line, class: ItemClass, reason: SelfPaidReason) -> LineSplit {
    LineSplit {
        line: line.number,
        amount: line.amount,
        self_paid: line.amount,
        over_limit: Fen::ZERO,
        prior: Fen::ZERO,
        in_scope: Fen::ZERO,
        class,
        prior_ratio: Ratio::ONE,
        ceiling: None,
        reason: LineReason::SelfPaid(reason),
    }
}

/// The lowest of the catalogue's ceiling and those of the policy that fit the line.
fn lowest_ceiling(
    work: &Working<'_>,
    rules: &ItemRules,
    at: &Situation<'_>,
    own: Option<Price>,
) -> Option<Price> {
    let fitting = rules
        .ceilings
        .iter()
        .filter(|rule| rule.condition.holds(at));
    let by_policy = fitting.filter_map(|rule| match work.amount_at(rule.amount, at)? {
        (Limit::Of(amount), _) => Some(Price::from(amount)),
        (Limit::Unlimited, _) => None,
    });
    own.into_iter().chain(by_policy).min()
}

/// Puts every line's parts into its lane; lane 0 is the main one.
fn fill_lanes(work: &mut Working<'_>, order: &[usize]) {
    work.lanes.push(Lane {
        name: None,
        parts: [Fen::ZERO; Part::ALL.len()],
    });
    let bill = work.bill;
    for (&position, split) in order.iter().zip(&work.splits) {
        let line = &bill.lines[position];
        let at = work.at.with_item(facts_of(line, split.class));
        let rule = rules_for(work, line)
            .lanes
            .iter()
            .find(|rule| rule.condition.holds(&at));
        let lane = rule.map_or(0, |rule| lane_named(&mut work.lanes, &rule.lane));
        let parts = &mut work.lanes[lane].parts;
        parts[Part::SelfPaid as usize] += split.self_paid;
        parts[Part::OverLimit as usize] += split.over_limit;
        parts[Part::Prior as usize] += split.prior;
        parts[Part::InScope as usize] += split.in_scope;
        work.line_lanes.push(u8::try_from(lane).unwrap_or(u8::MAX));
    }
}

fn lane_named(lanes: &mut Vec<Lane>, name: &terms::Word) -> usize {
    let known = lanes
        .iter()
        .position(|lane| lane.name.as_ref() == Some(name));
    known.unwrap_or_else(|| {
        lanes.push(Lane {
            name: Some(name.clone()),
            parts: [Fen::ZERO; Part::ALL.len()],
        });
        lanes.len() - 1
    })
}

fn explain(work: &mut Working<'_>, basis: Option<std::sync::Arc<policy::Provenance>>) {
    let step = Step {
        topic: work.law.items.key.clone(),
        kind: StepKind::Classified {
            self_paid: work.part(Part::SelfPaid),
            over_limit: work.part(Part::OverLimit),
            prior: work.part(Part::Prior),
        },
        before: work.unpaid(),
        after: work.part(Part::InScope),
        basis,
    };
    work.trace.push(step);
    for lane in work.lanes.iter().skip(1) {
        let Some(name) = &lane.name else { continue };
        let cost = lane.parts.iter().copied().sum();
        work.trace.push(Step {
            topic: work.law.items.key.clone(),
            kind: StepKind::Lane { lane: name.clone() },
            before: cost,
            after: lane.parts[Part::InScope as usize],
            basis: None,
        });
    }
}
