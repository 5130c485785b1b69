use policy::{ProviderFundsRule, ReturnStep, Shortfall, Silence};

use super::{Rendered, list};

/// Money between the fund and institutions, provision by provision.
pub(crate) fn provider_funds(rule: &ProviderFundsRule) -> Rendered {
    let rows = [
        ("集采代结算", netting(rule)),
        ("预付金", advance(rule)),
        ("质量保证金", retention(rule)),
        ("预算执行提醒", warning(rule)),
    ];
    let rows = rows.map(|(name, text)| vec![name.to_owned(), text]);
    Rendered::grid(&["项目", "内容"], rows.to_vec())
}

fn netting(rule: &ProviderFundsRule) -> String {
    let shortfall = match rule.netting.shortfall {
        Shortfall::WithinDue => "应付机构不足时，供应商在应付额内支付，其余结转下期",
        Shortfall::Advance => "应付机构不足时，供应商全额支付，不足部分记机构应付",
    };
    let silence = match rule.netting.silence {
        Silence::Confirms => "逾期视同确认",
        Silence::Waits => "逾期催办，不付款",
    };
    let days = rule.netting.confirm_days;
    format!("机构{days}个工作日内确认，{silence}；{shortfall}")
}

fn advance(rule: &ProviderFundsRule) -> String {
    let (months, reserve) = (rule.advance.most_months, rule.advance.reserve_months);
    let parts = rule.advance.parts;
    format!(
        "不超过上年月均支付的{months}，基金可支付{reserve}个月以上方可预付，年末{parts}个月收回"
    )
}

fn retention(rule: &ProviderFundsRule) -> String {
    let step = |step: &ReturnStep| match step.share {
        Some(share) => format!("{}分以上返还{share}", step.at_least),
        None => format!("{}分以上按得分返还", step.at_least),
    };
    list(rule.retention.returns.iter().map(step))
}

fn warning(rule: &ProviderFundsRule) -> String {
    let (notice, interview) = (rule.warning.notice, rule.warning.interview);
    let review = rule.warning.review;
    format!("累计支付达到累计限额的{notice}提醒，{interview}约谈，{review}专项审核")
}
