use terms::{AreaCode, Scheme};

use crate::account;
use crate::difficulty;
use crate::enrolment::{Question, asked};
use crate::expect::Check;
use crate::fault::Faults;
use crate::node::{Node, parse};
use crate::reader::Desk;
use crate::report::Skipped;
use crate::timeline;

/// One case file, read.
pub(crate) struct Case {
    pub name: String,
    /// Folder of the law, relative to the case file; without it the run's own.
    pub policy: Option<String>,
    pub area: AreaCode,
    pub scheme: Scheme,
    pub steps: Vec<Step>,
}

/// One thing that happens in a case, and what must come of it.
pub(crate) struct Step {
    pub action: Action,
    pub checks: Vec<Check>,
    /// Where the expectations stand in the file, to rewrite them.
    pub expect: Option<Node>,
}

/// What happens.
pub(crate) enum Action {
    /// A bill is settled.
    Settle {
        /// All its facts.
        facts: Node,
        /// What this step says itself; the rest is common to the bills of the case.
        own: Node,
    },
    /// An earlier bill, counted from 1, is reversed.
    Reverse(usize),
    /// An earlier bill is reversed and settled again on today's counters.
    Resettle(usize),
    /// A maternity allowance is computed.
    Allowance(Node),
    /// A contribution, late fee, back payment or waiting period is computed.
    Enrolment(Question),
    /// An account is credited, earns, pays or is left.
    Account(account::Question),
    /// A timeline of cover is made.
    Timeline(Node),
    /// A list of people in difficulty is received, or a month is watched.
    Difficulty(difficulty::Question),
}

/// What a file holds: a case, or a list of what is not played and why.
pub(crate) enum CaseFile {
    Case(Box<Case>),
    Skipped(Vec<Skipped>),
}

/// Reads a case file; the faults tell what is wrong with it.
pub(crate) fn read_case(file: &str, text: &str, faults: &Faults) -> Option<CaseFile> {
    let root = match parse(file, text) {
        Ok(root) => root,
        Err(fault) => {
            faults.add(fault);
            return None;
        }
    };
    let desk = Desk { file, faults };
    if root.has("skipped") {
        return Some(CaseFile::Skipped(read_skipped(&desk, &root)));
    }
    read_body(&desk, &root).map(|case| CaseFile::Case(Box::new(case)))
}

fn read_skipped(desk: &Desk<'_>, root: &Node) -> Vec<Skipped> {
    let fields = desk.fields(Some(root));
    let nodes = fields
        .need("skipped")
        .map(|node| desk.list(node))
        .unwrap_or_default();
    fields.finish();
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let text = |name| fields.need(name).and_then(|node| desk.text(node));
        let (id, name, reason) = (text("id"), text("name"), text("reason"));
        fields.finish();
        Some(Skipped {
            id: id?.to_owned(),
            name: name?.to_owned(),
            reason: reason?.to_owned(),
        })
    };
    nodes.iter().filter_map(read).collect()
}

fn read_body(desk: &Desk<'_>, root: &Node) -> Option<Case> {
    let fields = desk.fields(Some(root));
    let text = |node: Option<&Node>| node.and_then(|node| desk.text(node)).map(str::to_owned);
    let name = text(fields.need("name"));
    let source = text(fields.need("source"));
    for remark in ["why", "published_error"] {
        text(fields.maybe(remark));
    }
    let policy = text(fields.maybe("policy"));
    let area = fields.need("area").and_then(|node| desk.area(node));
    let scheme = fields.need("scheme").and_then(|node| desk.term(node));
    let given = fields.maybe("given");
    let allowance = fields.maybe("allowance");
    let question = asked(&fields);
    let account = account::asked(&fields);
    let difficulty = difficulty::asked(&fields);
    let timeline = timeline::asked(&fields);
    let expect = fields.maybe("expect");
    let bills = fields.maybe("bills");
    fields.finish();
    let asked_account = account.map(|asked| vec![step(desk, Action::Account(asked), expect)]);
    let asked_difficulty =
        difficulty.map(|asked| vec![step(desk, Action::Difficulty(asked), expect)]);
    let asked_timeline = timeline.map(|asked| vec![step(desk, Action::Timeline(asked), expect)]);
    let steps = match (bills, given, allowance, question) {
        _ if asked_account.is_some() => asked_account.unwrap_or_default(),
        _ if asked_difficulty.is_some() => asked_difficulty.unwrap_or_default(),
        _ if asked_timeline.is_some() => asked_timeline.unwrap_or_default(),
        (None, None, None, Some(asked)) => vec![step(desk, Action::Enrolment(asked), expect)],
        (Some(list), _, None, None) => read_steps(desk, list, given),
        (None, _, Some(facts), None) => vec![step(desk, Action::Allowance(facts.clone()), expect)],
        (None, Some(facts), None, None) => {
            let action = Action::Settle {
                facts: facts.clone(),
                own: facts.clone(),
            };
            vec![step(desk, action, expect)]
        }
        _ => {
            desk.fault(
                root,
                "应写 given、bills、allowance、contribution、late_fee、back_payment、premium、\
                 premium_refund、waiting 之一",
            );
            Vec::new()
        }
    };
    source?;
    Some(Case {
        name: name?,
        policy,
        area: area?,
        scheme: scheme?,
        steps,
    })
}

/// Bills one after another; each says only what differs from the facts above.
fn read_steps(desk: &Desk<'_>, list: &Node, common: Option<&Node>) -> Vec<Step> {
    let read = |node: &Node| {
        let fields = desk.fields(Some(node));
        let given = fields.maybe("given");
        let nth = |name| fields.maybe(name).and_then(|node| desk.whole(node));
        let (reverse, resettle) = (nth("reverse"), nth("resettle"));
        let expect = fields.maybe("expect");
        fields.finish();
        let number = |nth: i64| usize::try_from(nth).unwrap_or(0);
        let action = match (given, reverse, resettle) {
            (Some(given), None, None) => Action::Settle {
                facts: common.map_or_else(|| given.clone(), |below| below.overlaid(given)),
                own: given.clone(),
            },
            (None, Some(nth), None) => Action::Reverse(number(nth)),
            (None, None, Some(nth)) => Action::Resettle(number(nth)),
            _ => {
                desk.fault(node, "每一步应写 given、reverse、resettle 之一");
                return None;
            }
        };
        Some(step(desk, action, expect))
    };
    desk.list(list).iter().filter_map(read).collect()
}

fn step(desk: &Desk<'_>, action: Action, expect: Option<&Node>) -> Step {
    Step {
        action,
        checks: expect
            .map(|node| Check::read(desk, node))
            .unwrap_or_default(),
        expect: expect.cloned(),
    }
}
