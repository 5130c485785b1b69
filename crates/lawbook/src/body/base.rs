use money::Ratio;
use policy::{BaseTerm, Part, Period, Subject};

use super::Desk;
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// Words for periods.
pub(crate) const PERIODS: [(&str, Period); 6] = [
    ("year", Period::Year),
    ("month", Period::Month),
    ("day", Period::Day),
    ("stay", Period::Stay),
    ("episode", Period::Episode),
    ("life", Period::Life),
];

/// Words for what a counter is kept per.
pub(crate) const SUBJECTS: [(&str, Subject); 5] = [
    ("none", Subject::None),
    ("disease", Subject::Disease),
    ("institution", Subject::Institution),
    ("grade", Subject::Grade),
    ("item", Subject::Item),
];

const PARTS: [(&str, Part); 9] = [
    ("self_paid", Part::SelfPaid),
    ("over_limit", Part::OverLimit),
    ("prior", Part::Prior),
    ("in_scope", Part::InScope),
    ("non_local_prior", Part::NonLocalPrior),
    ("deductible", Part::Deductible),
    ("coinsurance", Part::Coinsurance),
    ("over_cap", Part::OverCap),
    ("beyond_limit", Part::BeyondLimit),
];

/// Reads parts of a bill: names, or a name with the share of it that counts.
pub(crate) fn read_base(desk: &Desk<'_>, node: &Node) -> Option<Vec<BaseTerm>> {
    let nodes = desk.page.one_or_more(node);
    let terms: Vec<Option<BaseTerm>> = nodes.iter().map(|term| read_term(desk, term)).collect();
    let terms: Option<Vec<BaseTerm>> = terms.into_iter().collect();
    let terms = terms.filter(|terms| !terms.is_empty())?;
    for (position, term) in terms.iter().enumerate() {
        if terms[..position]
            .iter()
            .any(|other| other.part == term.part)
        {
            let message = format!("“{}”写了两次", term.part.zh());
            desk.page
                .fault(&nodes[position], FaultKind::Overlap, message);
        }
    }
    Some(terms)
}

fn read_term(desk: &Desk<'_>, node: &Node) -> Option<BaseTerm> {
    if !matches!(node.data, Data::Map(_)) {
        let part = desk.page.choice(node, "费用构成", &PARTS)?;
        return Some(BaseTerm {
            part,
            share: Ratio::ONE,
        });
    }
    let fields = Fields::of(&desk.page, node)?;
    let part = fields
        .need("part")
        .and_then(|node| desk.page.choice(node, "费用构成", &PARTS));
    let share = fields.need("share").and_then(|node| desk.page.share(node));
    fields.finish();
    Some(BaseTerm {
        part: part?,
        share: share?,
    })
}
