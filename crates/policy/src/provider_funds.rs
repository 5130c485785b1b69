use money::{Decimal, Ratio};

/// Money between the fund and institutions beside what bills bring (机构往来资金): suppliers paid
/// for institutions, advances, retention, and spending ahead of the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderFundsRule {
    /// 集采代结算.
    pub netting: NettingRule,
    /// 预付金.
    pub advance: AdvanceRule,
    /// 质量保证金.
    pub retention: RetentionRule,
    /// 预算执行提醒.
    pub warning: WarningRule,
}

/// How suppliers are paid out of what institutions are due (集采代结算).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NettingRule {
    /// What happens when suppliers are owed more than the institution is due.
    pub shortfall: Shortfall,
    /// Working days an institution has to confirm or object (确认期限).
    pub confirm_days: u32,
    /// What its silence means.
    pub silence: Silence,
}

/// What happens when an institution is due less than its suppliers (不足时的处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// 限额内: suppliers are paid up to what is due.
    WithinDue,
    /// 垫付: suppliers are paid in full, the institution owes the rest.
    Advance,
}

/// What an institution's silence beyond the term means (逾期未确认).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// 视同确认.
    Confirms,
    /// 催办，不付款.
    Waits,
}

/// How much is advanced and how it comes back (预付金).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdvanceRule {
    /// The most, in months of last year's payment.
    pub most_months: Ratio,
    /// Months the reserve must last before anything is advanced (可支付月数).
    pub reserve_months: Decimal<1>,
    /// In how many of the year's last months it is recovered.
    pub parts: u32,
}

/// What comes back after the assessment (质量保证金); how much is kept is set by the method of
/// payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    /// What a score returns, the highest step first; a lower score returns nothing.
    pub returns: Vec<ReturnStep>,
}

/// A step of the table from score to what is returned (考核返还).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReturnStep {
    /// The lowest score of the step.
    pub at_least: Decimal<2>,
    /// A fixed share; none where as many percent return as the score says.
    pub share: Option<Ratio>,
}

/// From which multiple of the quota so far spending leads to something (执行提醒).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarningRule {
    /// 提醒.
    pub notice: Ratio,
    /// 约谈.
    pub interview: Ratio,
    /// 专项审核.
    pub review: Ratio,
}
