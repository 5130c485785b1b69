use policy::{
    DesignationRule, Effect, Filers, FilingRule, NonLocalCase, Range, RecognitionCase, ReferralRule,
};
use terms::{Registration, Vocabulary};

use super::Desk;
use super::condition::read_numbers;
use super::contribution::read_within;
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

const FORMS: [&str; 4] = ["recognition", "referral", "designation", "non_local"];
const EFFECTS: [(&str, Effect); 2] = [("at_once", Effect::AtOnce), ("reviewed", Effect::Reviewed)];
/// Nothing is filed for longer than this.
const MOST_MONTHS: i32 = 600;
const MOST_DAYS: i32 = 3_660;

/// Reads a rule about filings: exactly one of its forms.
pub(crate) fn read_filing(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<FilingRule> {
    match fields.one_of(&FORMS)? {
        ("recognition", node) => {
            let cases = desk.page.each(node, |one| read_recognition(desk, one))?;
            check_reachable(desk, node, &cases);
            Some(FilingRule::Recognition(cases))
        }
        ("referral", node) => read_referral(desk, node).map(FilingRule::Referral),
        ("designation", node) => read_designation(desk, node).map(FilingRule::Designation),
        (_, node) => {
            let cases = desk.page.each(node, |one| read_non_local(desk, one))?;
            Some(FilingRule::NonLocal(cases))
        }
    }
}

/// A case behind one that takes every code would never be used.
fn check_reachable(desk: &Desk<'_>, node: &Node, cases: &[RecognitionCase]) {
    let Some(nodes) = desk.page.list(node) else {
        return;
    };
    let all = cases.iter().position(|case| case.prefixes.is_empty());
    if let Some(hidden) = all.and_then(|at| nodes.get(at + 1)) {
        let message = "前面一种情形没有写 prefixes，包括了所有编码，本情形永远用不到";
        desk.page.fault(hidden, FaultKind::Overlap, message);
    }
}

fn read_recognition(desk: &Desk<'_>, node: &Node) -> Option<RecognitionCase> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let class = fields.need("class").and_then(|node| page.word(node));
    let prefixes = fields.maybe("prefixes").map_or(Some(Vec::new()), |node| {
        page.each(node, |one| page.word(one))
    });
    let term = fields
        .need("term_months")
        .and_then(|node| match &node.data {
            Data::Null => Some(None),
            _ => read_within(desk, node, 1, MOST_MONTHS).map(Some),
        });
    let institutions = within(desk, &fields, "institutions", 99);
    let between = within(desk, &fields, "months_between_changes", MOST_MONTHS);
    let effect = read_effect(desk, &fields);
    let filers = read_filers(desk, &fields);
    fields.finish();
    Some(RecognitionCase {
        title: title?.to_owned(),
        class: class?,
        prefixes: prefixes?,
        term_months: term?,
        institutions: institutions?,
        months_between_changes: between?,
        effect: effect?,
        filers: filers?,
    })
}

fn read_referral(desk: &Desk<'_>, node: &Node) -> Option<ReferralRule> {
    let fields = Fields::of(&desk.page, node)?;
    let days = fields.need("valid_days");
    let days = days.and_then(|node| read_within(desk, node, 1, MOST_DAYS));
    let from_admission = read_flag(desk, &fields, "from_admission");
    let effect = read_effect(desk, &fields);
    let filers = read_filers(desk, &fields);
    fields.finish();
    Some(ReferralRule {
        valid_days: days?,
        from_admission: from_admission?,
        effect: effect?,
        filers: filers?,
    })
}

fn read_designation(desk: &Desk<'_>, node: &Node) -> Option<DesignationRule> {
    let fields = Fields::of(&desk.page, node)?;
    let at_most = fields.need("at_most");
    let at_most = at_most.and_then(|node| read_within(desk, node, 1, 99));
    let between = within(desk, &fields, "months_between_changes", MOST_MONTHS);
    let effect = read_effect(desk, &fields);
    fields.finish();
    Some(DesignationRule {
        at_most: at_most?,
        months_between_changes: between?,
        effect: effect?,
    })
}

fn read_non_local(desk: &Desk<'_>, node: &Node) -> Option<NonLocalCase> {
    let page = &desk.page;
    let fields = Fields::of(page, node)?;
    let title = fields.need("title").and_then(|node| page.text(node));
    let class = fields.need("class").and_then(|node| page.word(node));
    let registration = fields.need("registration");
    let registration = registration.and_then(|node| page.term::<Registration>(node));
    let open = Some(Range {
        from: None,
        to: None,
    });
    let days = fields.maybe("valid_days");
    let days = days.map_or(open, |node| read_numbers(desk, node));
    let promise = within(desk, &fields, "promise_months", MOST_MONTHS);
    let from_admission = read_flag(desk, &fields, "from_admission");
    let effect = read_effect(desk, &fields);
    fields.finish();
    Some(NonLocalCase {
        title: title?.to_owned(),
        class: class?,
        registration: registration?,
        valid_days: days?,
        promise_months: promise?,
        from_admission: from_admission?,
        effect: effect?,
    })
}

fn within(desk: &Desk<'_>, fields: &Fields<'_>, name: &'static str, most: i32) -> Option<i32> {
    let node = fields.need(name)?;
    read_within(desk, node, 0, most)
}

fn read_flag(desk: &Desk<'_>, fields: &Fields<'_>, name: &'static str) -> Option<bool> {
    desk.page.flag(fields.need(name)?)
}

fn read_effect(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Effect> {
    desk.page
        .choice(fields.need("effect")?, "生效方式", &EFFECTS)
}

fn read_filers(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Filers> {
    let kinds = read_set(desk, fields, "filed_by_kinds")?;
    let grades = read_set(desk, fields, "filed_by_grades")?;
    Some(Filers { kinds, grades })
}

fn read_set<V: Vocabulary>(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    name: &'static str,
) -> Option<Option<policy::WordSet<V>>> {
    let Some(node) = fields.maybe(name) else {
        return Some(None);
    };
    let words = desk.page.each(node, |one| desk.page.term::<V>(one))?;
    Some(Some(policy::WordSet::of(&words)))
}
