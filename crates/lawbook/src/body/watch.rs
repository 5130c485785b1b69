use policy::{Part, WatchLine, WatchRule};

use super::Desk;
use super::difficulty::read_bureaus;
use super::person::read_person_condition;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

/// What funds may leave to the person.
const PARTS: [(&str, Part); 7] = [
    ("self_paid", Part::SelfPaid),
    ("over_limit", Part::OverLimit),
    ("prior", Part::Prior),
    ("non_local_prior", Part::NonLocalPrior),
    ("deductible", Part::Deductible),
    ("coinsurance", Part::Coinsurance),
    ("over_cap", Part::OverCap),
];

/// Reads the lines from which an own share is watched.
pub(crate) fn read_watch(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<WatchRule> {
    let parts = fields.need("parts");
    let parts = parts.and_then(|node| {
        let nodes = desk.page.one_or_more(node).iter();
        let parts: Option<Vec<Part>> = nodes
            .map(|one| desk.page.choice(one, "个人负担", &PARTS))
            .collect();
        parts.filter(|parts| !parts.is_empty())
    });
    let node = fields.need("lines")?;
    let lines = desk.page.each(node, |one| read_line(desk, one))?;
    if lines.is_empty() {
        let message = "至少要有一条预警线";
        desk.page.fault(node, FaultKind::MissingField, message);
    }
    for (place, line) in lines.iter().enumerate() {
        if lines[..place].iter().any(|other| other.code == line.code) {
            let message = format!("预警线“{}”写了两次", line.code);
            desk.page.fault(node, FaultKind::Overlap, message);
        }
    }
    Some(WatchRule {
        parts: parts?,
        lines,
    })
}

fn read_line(desk: &Desk<'_>, node: &Node) -> Option<WatchLine> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let code = fields.need("code").and_then(|node| page.word(node));
    let title = fields.need("title").and_then(|node| page.text(node));
    let condition = read_person_condition(desk, node, &fields);
    let amount = fields.need("amount").and_then(|node| desk.amount(node));
    let step = fields.need("step").and_then(|node| page.yuan(node));
    let bureaus = fields.need("bureaus");
    let bureaus = bureaus.and_then(|node| read_bureaus(desk, node));
    fields.finish();
    Some(WatchLine {
        code: code?,
        title: title?.to_owned(),
        condition: condition?,
        amount: amount?,
        step: step?,
        bureaus: bureaus?,
    })
}
