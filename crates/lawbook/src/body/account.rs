use policy::{AccountRule, AccountUse};
use terms::AccountKind;

use super::Desk;
use super::base::read_base;
use super::condition::read_condition;
use crate::fault::FaultKind;
use crate::yaml::Fields;

/// Reads how personal accounts pay.
pub(crate) fn read_account(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<AccountRule> {
    let page = &desk.page;
    let condition = read_condition(desk, fields);
    let words = [
        ("on_request", AccountUse::OnRequest),
        ("always", AccountUse::Always),
    ];
    let uses = fields
        .need("uses")
        .and_then(|node| page.choice(node, "使用方式", &words));
    let purses = fields.need("purses").and_then(|node| {
        let purses = page.each(node, |purse| page.term::<AccountKind>(purse))?;
        if purses.is_empty() {
            page.fault(node, FaultKind::MissingField, "purses 不能为空");
        }
        Some(purses)
    });
    let base = fields.need("base").and_then(|node| read_base(desk, node));
    Some(AccountRule {
        condition: condition?,
        uses: uses?,
        purses: purses?,
        base: base?,
    })
}
