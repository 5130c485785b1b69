use serde::{Deserialize, Serialize};
use terms::AccountKind;

use crate::{BaseTerm, Condition};

/// How personal accounts pay in a chain (个人账户支付, catalogue §14).
#[derive(Debug, Clone)]
pub struct AccountRule {
    /// For whom and where.
    pub condition: Condition,
    /// Whether the institution must ask for it, or it pays by itself.
    pub uses: AccountUse,
    /// Purses in the order in which they pay.
    pub purses: Vec<AccountKind>,
    /// What they may pay, in order.
    pub base: Vec<BaseTerm>,
}

/// Whether an account pays by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountUse {
    /// 由参保人选择: only when the bill asks for it.
    OnRequest,
    /// 自动划扣.
    Always,
}
