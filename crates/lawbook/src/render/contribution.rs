use money::Fen;
use policy::{
    BackPayment, BaseOf, BaseRule, Charge, ContributionRounding, ContributionRule, Cut, Deferral,
    FeeMonths, Levy, MonthlyRule, Relief, RoundedPart, YearRounding,
};

use super::premium::{premium, subsidy};
use super::{Legend, Rendered, condition_text, list};

/// A rule about contributions.
pub(crate) fn contribution(legend: &Legend<'_>, rule: &ContributionRule) -> Rendered {
    match rule {
        ContributionRule::Monthly(monthly) => monthly_rows(legend, monthly),
        ContributionRule::Relief(relief) => relief_rows(legend, relief),
        ContributionRule::Deferral(deferral) => deferral_rows(legend, deferral),
        ContributionRule::LateFee(fee) => {
            Rendered::single(format!("自欠缴之日起每日{}，不计复利", fee.daily_rate))
        }
        ContributionRule::BackPayment(back) => back_payment_rows(legend, back),
        ContributionRule::Premium(rule) => premium(legend, rule),
        ContributionRule::Subsidy(rule) => subsidy(legend, rule),
    }
}

fn monthly_rows(legend: &Legend<'_>, rule: &MonthlyRule) -> Rendered {
    let mut rows = Vec::new();
    if let Some(table) = &rule.base {
        for row in legend.rows(table, |base| base_text(legend, base)) {
            let [condition, text] = <[String; 2]>::try_from(row).unwrap_or_default();
            rows.push(vec!["缴费基数".to_owned(), condition, text]);
        }
    }
    for charge in &rule.charges {
        rows.push(charge_row(legend, charge));
    }
    let rounding = rounding_text(&rule.rounding);
    rows.push(vec!["取整".to_owned(), String::new(), rounding]);
    if let Some(due) = rule.due {
        let month = match due.months_after {
            0 => "当月".to_owned(),
            1 => "次月".to_owned(),
            later => format!("{later}个月后"),
        };
        let text = match due.day {
            31 => format!("{month}月底前"),
            day => format!("{month}{day}日前"),
        };
        rows.push(vec!["缴费期限".to_owned(), String::new(), text]);
    }
    Rendered::grid(&["项目", "适用", "内容"], rows)
}

fn base_text(legend: &Legend<'_>, base: &BaseRule) -> String {
    let title = |reference| legend.title(&legend.scheme.amounts, reference);
    let mut text = match &base.of {
        BaseOf::OwnWage => "本人月工资".to_owned(),
        BaseOf::Amount(amount) => title(*amount),
        BaseOf::Chosen { amount, steps } => {
            let steps = list(steps.iter().map(ToString::to_string));
            format!("{}的{steps}，由本人选择", title(*amount))
        }
    };
    for (name, bound) in [("不低于", base.floor), ("不高于", base.ceiling)] {
        if let Some(bound) = bound {
            text.push_str(&format!("，{name}{}", title(bound)));
        }
    }
    if base.year_starts_in_month != 1 {
        let month = base.year_starts_in_month;
        text.push_str(&format!("（缴费年度自{month}月起）"));
    }
    text
}

fn charge_row(legend: &Legend<'_>, charge: &Charge) -> Vec<String> {
    let levy = match charge.levy {
        Levy::Rate(rate) => format!("基数的{rate}"),
        Levy::Fixed(amount) => format!("每月{amount}元"),
    };
    let who = charge.payer.zh();
    let condition = condition_text(legend, &charge.condition);
    let name = format!("{}（{who}，{}）", charge.title, charge.code);
    vec![name, condition, levy]
}

fn rounding_text(rounding: &ContributionRounding) -> String {
    let per = match rounding.per {
        RoundedPart::Charge => "逐项",
        RoundedPart::Payer => "按缴费方合计",
    };
    let year = match rounding.year {
        YearRounding::MonthFirst => "先取整再乘月数",
        YearRounding::AtOnce => "先乘月数再取整",
    };
    format!(
        "基数{how}到{}元，月缴费{per}{how}到{}元，按年缴纳{year}",
        Fen::new(rounding.base_unit_fen),
        Fen::new(rounding.month_unit_fen),
        how = rounding.rounding.name(),
    )
}

fn months_text(months: FeeMonths) -> String {
    format!("{}至{}", months.from, months.to)
}

fn relief_rows(legend: &Legend<'_>, relief: &Relief) -> Rendered {
    let mut pairs = vec![
        ("费款所属期", months_text(relief.months)),
        ("减征", relief.payer.zh().to_owned()),
    ];
    if relief.condition.specificity() > 0 {
        pairs.push(("适用", condition_text(legend, &relief.condition)));
    }
    for (code, cut) in &relief.cuts {
        let text = match cut {
            Cut::Share(share) => format!("{code}按原费率的{share}征收"),
            Cut::Rate(rate) => format!("{code}的费率改为{rate}"),
        };
        pairs.push(("费率", text));
    }
    Rendered::pairs(pairs)
}

fn deferral_rows(legend: &Legend<'_>, deferral: &Deferral) -> Rendered {
    let until = deferral
        .until
        .map_or_else(|| "另行公布".to_owned(), |until| until.to_string());
    let how = if deferral.on_request {
        "申请后缓缴"
    } else {
        "直接缓缴"
    };
    let mut pairs = vec![
        ("费款所属期", months_text(deferral.months)),
        ("缓缴", deferral.payer.zh().to_owned()),
        ("办理", how.to_owned()),
        ("缴清期限", until),
    ];
    if deferral.condition.specificity() > 0 {
        pairs.push(("适用", condition_text(legend, &deferral.condition)));
    }
    if deferral.ends_on_leaving {
        pairs.push(("退休、离开或注销", "先缴清缓缴部分".to_owned()));
    }
    Rendered::pairs(pairs)
}

fn back_payment_rows(legend: &Legend<'_>, back: &BackPayment) -> Rendered {
    let mut rows = legend.rows(&back.required, |years| match years.local {
        0 => format!("缴费满{}年", years.total),
        local => format!("缴费满{}年，其中本地{local}年", years.total),
    });
    let base = back.base.map_or_else(
        || "本人缴费基数".to_owned(),
        |base| legend.title(&legend.scheme.amounts, base),
    );
    rows.push(vec!["每月".to_owned(), format!("{base}×{}", back.rate)]);
    let credited = if back.account_share == money::Ratio::ZERO {
        "全部计入统筹基金".to_owned()
    } else {
        format!("{}计入个人账户，其余计入统筹基金", back.account_share)
    };
    rows.push(vec!["补缴款".to_owned(), credited]);
    Rendered::grid(&["适用", "内容"], rows)
}
