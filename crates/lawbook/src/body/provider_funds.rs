use money::Decimal;
use policy::{
    AdvanceRule, NettingRule, ProviderFundsRule, RetentionRule, ReturnStep, Shortfall, Silence,
    WarningRule,
};

use super::Desk;
use crate::fault::FaultKind;
use crate::yaml::{Fields, Node, Page};

const SHORTFALLS: [(&str, Shortfall); 2] = [
    ("within_due", Shortfall::WithinDue),
    ("advance", Shortfall::Advance),
];
const SILENCES: [(&str, Silence); 2] = [("confirms", Silence::Confirms), ("waits", Silence::Waits)];

/// Reads the rules on money between the fund and institutions.
pub(crate) fn read_provider_funds(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
) -> Option<ProviderFundsRule> {
    let page = &desk.page;
    let netting = fields.need("netting").and_then(|node| netting(page, node));
    let advance = fields.need("advance").and_then(|node| advance(page, node));
    let retention = fields.need("retention");
    let retention = retention.and_then(|node| read_retention(page, node));
    let warning = fields.need("warning").and_then(|node| warning(page, node));
    Some(ProviderFundsRule {
        netting: netting?,
        advance: advance?,
        retention: retention?,
        warning: warning?,
    })
}

fn netting(page: &Page<'_>, node: &Node) -> Option<NettingRule> {
    let fields = Fields::of(page, node)?;
    let shortfall = fields.need("shortfall");
    let shortfall = shortfall.and_then(|node| page.choice(node, "不足时的处理", &SHORTFALLS));
    let confirm_days = fields.need("confirm_days");
    let confirm_days = confirm_days.and_then(|node| some(page, node, 250));
    let silence = fields.need("silence");
    let silence = silence.and_then(|node| page.choice(node, "逾期未确认", &SILENCES));
    fields.finish();
    Some(NettingRule {
        shortfall: shortfall?,
        confirm_days: confirm_days?,
        silence: silence?,
    })
}

fn advance(page: &Page<'_>, node: &Node) -> Option<AdvanceRule> {
    let fields = Fields::of(page, node)?;
    let most = fields.need("most_months");
    let most = most.and_then(|node| page.multiple(node));
    let reserve = fields.need("reserve_months");
    let reserve = reserve.and_then(|node| {
        let text = page.text(node)?;
        page.decimal(node, text, "可支付月数", Decimal::from_text(text))
    });
    let parts = fields.need("parts").and_then(|node| some(page, node, 12));
    fields.finish();
    Some(AdvanceRule {
        most_months: most?,
        reserve_months: reserve?,
        parts: parts?,
    })
}

fn read_retention(page: &Page<'_>, node: &Node) -> Option<RetentionRule> {
    let fields = Fields::of(page, node)?;
    let list = fields.need("returns");
    let returns = list.and_then(|node| page.each(node, |node| read_step(page, node)));
    fields.finish();
    let returns = returns?;
    let falling = |pair: &[ReturnStep]| pair[0].at_least > pair[1].at_least;
    if !returns.windows(2).all(falling) {
        page.fault(list?, FaultKind::Overlap, "应由高分到低分，分数不能相同");
        return None;
    }
    Some(RetentionRule { returns })
}

fn read_step(page: &Page<'_>, node: &Node) -> Option<ReturnStep> {
    let fields = Fields::of(page, node)?;
    let at_least = fields.need("at_least").and_then(|node| {
        let text = page.text(node)?;
        page.decimal(node, text, "得分", Decimal::from_text(text))
    });
    let share = match fields.maybe("share") {
        None => Some(None),
        Some(node) => page.share(node).map(Some),
    };
    fields.finish();
    Some(ReturnStep {
        at_least: at_least?,
        share: share?,
    })
}

fn warning(page: &Page<'_>, node: &Node) -> Option<WarningRule> {
    let fields = Fields::of(page, node)?;
    let read = |field: Option<&Node>| field.and_then(|node| page.multiple(node));
    let notice = read(fields.need("notice"));
    let interview = read(fields.need("interview"));
    let review = read(fields.need("review"));
    fields.finish();
    let rule = WarningRule {
        notice: notice?,
        interview: interview?,
        review: review?,
    };
    if rule.notice < rule.interview && rule.interview < rule.review {
        return Some(rule);
    }
    page.fault(node, FaultKind::OutOfUnit, "提醒、约谈、专项审核应由小到大");
    None
}

/// A whole number from one to the most that makes sense.
fn some(page: &Page<'_>, node: &Node, most: i64) -> Option<u32> {
    let number = page.whole(node)?;
    if !(1..=most).contains(&number) {
        page.fault(node, FaultKind::OutOfUnit, format!("应在1至{most}之间"));
        return None;
    }
    u32::try_from(number).ok()
}
