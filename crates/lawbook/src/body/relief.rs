use policy::{ContributionRule, Cut, Deferral, FeeMonth, FeeMonths, Levy, Payer, Relief, Topic};
use terms::Word;

use super::Desk;
use super::contribution::PAYERS;
use super::person::read_person_condition;
use crate::fault::{Fault, FaultKind, Faults};
use crate::yaml::{Data, Fields, Node};

/// Reads a temporary cut of rates.
pub(super) fn read_relief(desk: &Desk<'_>, node: &Node, fields: &Fields<'_>) -> Option<Relief> {
    let months = read_months(desk, fields);
    let payer = fields
        .need("payer")
        .and_then(|node| desk.page.choice(node, "缴费方", &PAYERS));
    let condition = read_person_condition(desk, node, fields);
    let cuts = fields.need("cuts").and_then(|node| {
        let cuts = desk.page.each(node, |cut| read_cut(desk, cut))?;
        if cuts.is_empty() {
            desk.page
                .fault(node, FaultKind::MissingField, "至少要减征一个缴费项目");
        }
        Some(cuts)
    });
    Some(Relief {
        months: months?,
        payer: payer?,
        condition: condition?,
        cuts: cuts?,
    })
}

fn read_cut(desk: &Desk<'_>, node: &Node) -> Option<(Word, Cut)> {
    let fields = Fields::of(&desk.page, node)?;
    let charge = fields.need("charge").and_then(|node| desk.page.word(node));
    let cut = match fields.one_of(&["share", "rate"]) {
        Some(("share", node)) => desk.page.share(node).map(Cut::Share),
        Some((_, node)) => desk.page.share(node).map(Cut::Rate),
        None => None,
    };
    fields.finish();
    Some((charge?, cut?))
}

/// Reads a deferral.
pub(super) fn read_deferral(desk: &Desk<'_>, node: &Node, fields: &Fields<'_>) -> Option<Deferral> {
    let months = read_months(desk, fields);
    let payer = fields
        .need("payer")
        .and_then(|node| desk.page.choice(node, "缴费方", &PAYERS));
    let condition = read_person_condition(desk, node, fields);
    let flag = |name| fields.need(name).and_then(|node| desk.page.flag(node));
    let (on_request, ends_on_leaving) = (flag("on_request"), flag("ends_on_leaving"));
    let until = fields.need("until").and_then(|node| match &node.data {
        Data::Null => Some(None),
        _ => desk.page.date(node).map(Some),
    });
    Some(Deferral {
        months: months?,
        payer: payer?,
        condition: condition?,
        on_request: on_request?,
        until: until?,
        ends_on_leaving: ends_on_leaving?,
    })
}

fn read_months(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<FeeMonths> {
    let node = fields.need("months")?;
    let inner = Fields::of(&desk.page, node)?;
    let from = inner.need("from").and_then(|node| read_month(desk, node));
    let to = inner.need("to").and_then(|node| read_month(desk, node));
    inner.finish();
    let months = FeeMonths {
        from: from?,
        to: to?,
    };
    if months.to < months.from {
        desk.page
            .fault(node, FaultKind::OutOfUnit, "区间的 to 小于 from");
        return None;
    }
    Some(months)
}

fn read_month(desk: &Desk<'_>, node: &Node) -> Option<FeeMonth> {
    let text = desk.page.text(node)?;
    text.parse()
        .map_err(|error: terms::CodeError| {
            desk.page
                .fault(node, FaultKind::WrongType, error.to_string());
        })
        .ok()
}

/// Every cut must name a charge that its payer owes at a rate; another would silently do nothing.
pub(crate) fn check_cuts(topics: &[Topic<ContributionRule>], whose: &str, faults: &Faults) {
    let rules = || {
        let versions = topics.iter().flat_map(|topic| &topic.versions);
        versions.filter_map(|version| Some((version.value.as_ref()?, &version.provenance)))
    };
    let levied = |payer: Payer, code: &Word| {
        rules().any(|(rule, _)| match rule {
            ContributionRule::Monthly(monthly) => {
                let mut charges = monthly.charges.iter();
                charges.any(|charge| {
                    let rated = matches!(charge.levy, Levy::Rate(_));
                    rated && charge.payer == payer && charge.code == *code
                })
            }
            _ => false,
        })
    };
    for (rule, provenance) in rules() {
        let ContributionRule::Relief(relief) = rule else {
            continue;
        };
        let payer = relief.payer;
        let unknown = relief.cuts.iter().filter(|(code, _)| !levied(payer, code));
        for (code, _) in unknown {
            let (file, line) = provenance.place.rsplit_once(':').unwrap_or_default();
            faults.add(Fault {
                file: file.to_owned(),
                line: line.parse().unwrap_or(0),
                key: "relief.cuts".to_owned(),
                kind: FaultKind::Dangling,
                message: format!("{whose}没有{}按费率缴纳的“{code}”", payer.zh()),
            });
        }
    }
}
