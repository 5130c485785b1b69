use policy::{AuditDuring, DoubtRule};

use super::Desk;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node};

/// Reads how doubts of the audit are handled.
pub(crate) fn read_doubts(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<DoubtRule> {
    let days = |name| fields.need(name).and_then(|node| positive(desk, node));
    let share = |name| fields.need(name).and_then(|node| desk.page.share(node));
    let first_review_days = days("first_review_days");
    let appeal_days = days("appeal_days");
    let appeal_extension_days = days("appeal_extension_days");
    let second_review_days = days("second_review_days");
    let panel_days = days("panel_days");
    let hand_over_days = days("hand_over_days");
    let precision_months = days("precision_months");
    let precision_decisions = days("precision_decisions");
    let checked = fields.need("dismissal_checked_over");
    let dismissal_checked_over = checked.and_then(|node| desk.page.yuan(node));
    let panel_size = fields
        .need("panel_size")
        .and_then(|node| panel_size(desk, node));
    let (deduct_from, suspect_below) = (share("deduct_from"), share("suspect_below"));
    if let (Some(high), Some(low), Some(node)) =
        (&deduct_from, &suspect_below, fields.maybe("suspect_below"))
        && low > high
    {
        let message = format!("降为可疑的确认率{low}高于自动扣减的确认率{high}");
        desk.page.fault(node, FaultKind::OutOfUnit, message);
    }
    let step = fields.maybe("during");
    let step = step.and_then(|node| desk.page.choice(node, "事中处理", AuditDuring::WORDS));
    let rules = |name| {
        let node = fields.maybe(name);
        node.and_then(|node| desk.page.each(node, |rule| desk.page.word(rule)))
            .unwrap_or_default()
    };
    let (during_rules, trial_rules) = (rules("during_rules"), rules("trial_rules"));
    Some(DoubtRule {
        during: step.unwrap_or_default(),
        during_rules,
        trial_rules,
        first_review_days: first_review_days?,
        appeal_days: appeal_days?,
        appeal_extension_days: appeal_extension_days?,
        second_review_days: second_review_days?,
        panel_days: panel_days?,
        hand_over_days: hand_over_days?,
        dismissal_checked_over: dismissal_checked_over?,
        panel_size: panel_size?,
        deduct_from: deduct_from?,
        suspect_below: suspect_below?,
        precision_months: precision_months?,
        precision_decisions: precision_decisions?,
    })
}

fn positive(desk: &Desk<'_>, node: &Node) -> Option<u32> {
    let count = desk.page.count(node)?;
    let positive = u32::try_from(count).ok().filter(|count| *count > 0);
    if positive.is_none() {
        let message = format!("这里要写正整数，现在是{count}");
        desk.page.fault(node, FaultKind::OutOfUnit, message);
    }
    positive
}

/// Experts decide by majority: an even number could not.
fn panel_size(desk: &Desk<'_>, node: &Node) -> Option<u32> {
    let size = positive(desk, node)?;
    if size < 3 || size.is_multiple_of(2) {
        let message = format!("专家人数要为不少于3人的奇数，现在是{size}");
        desk.page.fault(node, FaultKind::OutOfUnit, message);
        return None;
    }
    Some(size)
}
