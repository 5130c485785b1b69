use money::Ratio;
use policy::DoubtRule;

use super::Strength;

/// What reviewers made of a rule's doubts in the months that count (规则办理结果).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// 确认: accepted, confirmed in silence, upheld in review or by experts.
    pub confirmed: u32,
    /// 不成立: dismissed before or after the notice.
    pub dismissed: u32,
}

impl Record {
    /// How many were decided.
    pub const fn decided(self) -> u32 {
        self.confirmed.saturating_add(self.dismissed)
    }

    /// 确认率; `None` where nothing was decided.
    pub fn share(self) -> Option<Ratio> {
        let decided = i64::from(self.decided());
        (decided > 0).then(|| Ratio::new(i64::from(self.confirmed), decided))
    }
}

/// How strong a rule's new findings are (规则当前等级): what the rule says, unless reviewers have
/// shown that it is wrong too often to deduct by itself.
///
/// Below its floor a deducting rule only suspects; it deducts again once its share is high enough
/// (supervision.md §1), and between the two it stays what it was. With few decisions the share says
/// nothing. A rule is never made stronger than it says.
///
/// ```
/// # use money::{Fen, Ratio};
/// use workflow::doubt::{Record, Strength, standing};
/// # let rule = policy::DoubtRule {
/// #     first_review_days: 5, appeal_days: 10, appeal_extension_days: 5, second_review_days: 10,
/// #     panel_days: 15, hand_over_days: 2, dismissal_checked_over: Fen::yuan(1000), panel_size: 3,
/// #     deduct_from: Ratio::new(98, 100), suspect_below: Ratio::new(90, 100),
/// #     precision_months: 3, precision_decisions: 20,
/// #     during: policy::AuditDuring::Note, during_rules: Vec::new(),
/// #     trial_rules: Vec::new(),
/// # };
/// let record = Record { confirmed: 17, dismissed: 3 };
/// let now = standing(Strength::Deduct, Strength::Deduct, record, &rule);
/// assert_eq!(now, Strength::Suspect);
/// ```
pub fn standing(
    declared: Strength,
    before: Strength,
    record: Record,
    rule: &DoubtRule,
) -> Strength {
    if declared != Strength::Deduct {
        return declared;
    }
    let kept = match before {
        Strength::Deduct => Strength::Deduct,
        Strength::Suspect | Strength::Remind => Strength::Suspect,
    };
    let enough = record.decided() >= rule.precision_decisions;
    match record.share().filter(|_| enough) {
        Some(share) if share < rule.suspect_below => Strength::Suspect,
        Some(share) if share >= rule.deduct_from => Strength::Deduct,
        _ => kept,
    }
}
