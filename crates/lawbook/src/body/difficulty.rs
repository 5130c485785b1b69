use policy::{DifficultyRule, IdentityRule};
use terms::Word;

use super::Desk;
use super::contribution::read_within;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

/// No identity lasts, reaches back or may be late by more than this.
const MOST_MONTHS: i32 = 120;

/// Reads which bureau may state which identity, in order of precedence.
pub(crate) fn read_difficulty(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<DifficultyRule> {
    let share = fields.need("second_person_above");
    let share = share.and_then(|node| desk.page.share(node));
    let node = fields.need("identities")?;
    let identities = desk.page.each(node, |one| read_identity(desk, one))?;
    if identities.is_empty() {
        let message = "至少要有一种身份";
        desk.page.fault(node, FaultKind::MissingField, message);
    }
    for (place, rule) in identities.iter().enumerate() {
        let mut before = identities[..place].iter();
        if before.any(|other| other.identity == rule.identity) {
            let message = format!("身份“{}”写了两次", rule.identity);
            desk.page.fault(node, FaultKind::Overlap, message);
        }
    }
    Some(DifficultyRule {
        identities,
        second_person_above: share?,
    })
}

fn read_identity(desk: &Desk<'_>, node: &Node) -> Option<IdentityRule> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let identity = fields.need("identity");
    let identity = identity.and_then(|node| desk.known_word(node, "救助身份"));
    let bureaus = fields.need("bureaus");
    let bureaus = bureaus.and_then(|node| read_bureaus(desk, node));
    let months = |name, low| {
        let node = fields.maybe(name);
        node.map_or(Some(None), |node| {
            read_within(desk, node, low, MOST_MONTHS).map(Some)
        })
    };
    let (term, back) = (months("term_months", 1), months("look_back_months", 0));
    let late = months("late_months", 0);
    let enrol = fields.need("enrol").and_then(|node| page.flag(node));
    fields.finish();
    Some(IdentityRule {
        identity: identity?,
        bureaus: bureaus?,
        term_months: term?,
        look_back_months: back?.unwrap_or(0),
        late_months: late?,
        enrol: enrol?,
    })
}

/// Bureaus that the words declare; at least one.
pub(super) fn read_bureaus(desk: &Desk<'_>, node: &Node) -> Option<Vec<Word>> {
    let nodes = desk.page.one_or_more(node);
    let bureaus: Option<Vec<Word>> = nodes
        .iter()
        .map(|one| desk.known_word(one, "部门"))
        .collect();
    bureaus.filter(|bureaus| !bureaus.is_empty())
}
