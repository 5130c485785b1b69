use policy::{
    AccountRule, AccountUse, AllowanceRule, Combine, Decision, DiseaseRules, Gate, LaterBills,
    RoundingPer, Settings, SplitDeductible, WageBase, YearBasis,
};

use super::layer::base_text;
use super::{Legend, Rendered, condition_text, list};

/// A list of gates.
pub(crate) fn gates(legend: &Legend<'_>, gates: &[Gate]) -> Rendered {
    let row = |gate: &Gate| {
        let then = match gate.decision {
            Decision::Refuse => "不予结算".to_owned(),
            Decision::NoFund => "基金不支付".to_owned(),
            Decision::Share(share) => format!("政策范围内费用按{share}计"),
        };
        vec![
            condition_text(legend, &gate.condition),
            then,
            gate.message.clone(),
            gate.code.clone(),
        ]
    };
    Rendered::grid(
        &["情形", "处理", "说明", "代码"],
        gates.iter().map(row).collect(),
    )
}

/// A disease list.
pub(crate) fn diseases(rules: &DiseaseRules) -> Rendered {
    let combine = match &rules.combine {
        Combine::Max => "取最高".to_owned(),
        Combine::Sum => "相加".to_owned(),
        Combine::Separate => "各自累计".to_owned(),
        Combine::MaxPlus { increment, ceiling } => {
            let most = ceiling.map_or_else(String::new, |most| format!("，最高{most}元"));
            format!("取最高，每多一种加{increment}元{most}")
        }
    };
    let rows = rules.diseases.iter().map(|(code, disease)| {
        let limit = disease
            .limit
            .map_or_else(|| "不设限额".to_owned(), |limit| format!("{limit}元"));
        vec![disease.name.clone(), limit, code.to_string()]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.push(vec!["同时有几种病".to_owned(), combine, String::new()]);
    Rendered::grid(&["病种", "限额", "编码"], rows)
}

/// How accounts pay.
pub(crate) fn account(legend: &Legend<'_>, rule: &AccountRule) -> Rendered {
    let uses = match rule.uses {
        AccountUse::OnRequest => "由参保人选择",
        AccountUse::Always => "自动支付",
    };
    let mut pairs = vec![
        ("使用", uses.to_owned()),
        (
            "次序",
            list(rule.purses.iter().map(|purse| purse.zh().to_owned())),
        ),
        ("支付范围", base_text(&rule.base)),
    ];
    if rule.condition.specificity() > 0 {
        pairs.push(("适用", condition_text(legend, &rule.condition)));
    }
    Rendered::pairs(pairs)
}

/// The maternity allowance.
pub(crate) fn allowance(legend: &Legend<'_>, rule: &AllowanceRule) -> Rendered {
    let base = match rule.base {
        WageBase::EmployerAverage => "用人单位上年度职工月平均工资",
        WageBase::OwnBase => "本人当月缴费基数",
        WageBase::OwnTwelveMonths => "本人前12个月平均缴费基数",
    };
    let mut rows = vec![
        vec!["基数".to_owned(), base.to_owned()],
        vec!["每月按".to_owned(), format!("{}天", rule.month_days)],
    ];
    for day in &rule.days {
        let each = if day.per_further_baby {
            "（每多一个婴儿）"
        } else {
            ""
        };
        let condition = condition_text(legend, &day.condition);
        let name = if condition.is_empty() || condition == day.title {
            day.title.clone()
        } else {
            format!("{}（{condition}）", day.title)
        };
        rows.push(vec![name, format!("{}天{each}", day.days)]);
    }
    for (name, bound) in [
        ("不低于", rule.floor),
        ("不高于", rule.ceiling),
        ("生育医疗费补贴", rule.lump_sum),
    ] {
        if let Some(bound) = bound {
            rows.push(vec![
                name.to_owned(),
                legend.title(&legend.scheme.amounts, bound),
            ]);
        }
    }
    Rendered::grid(&["项目", "内容"], rows)
}

/// The settings.
pub(crate) fn settings(legend: &Legend<'_>, settings: &Settings) -> Rendered {
    let basis = match settings.year_basis {
        YearBasis::Settlement => "按结算日",
        YearBasis::Discharge => "按出院日",
        YearBasis::Admission => "按入院日",
        YearBasis::SplitByService => "按费用发生日分年度",
    };
    let split = match settings.split_deductible {
        SplitDeductible::Once => "只扣一次",
        SplitDeductible::Both => "两年各扣一次",
    };
    let later = match settings.later_bills {
        LaterBills::Refuse => "须先退后发生的结算",
        LaterBills::Resettle => "标记后续结算待重算",
        LaterBills::Carry => "后续结算不变，差额结转",
    };
    let below = if settings.stay_below_deductible_counts {
        "计"
    } else {
        "不计"
    };
    Rendered::pairs(vec![
        ("舍入方式", settings.rounding.name().to_owned()),
        ("先行自付舍入", per_text(settings.prior_rounding).to_owned()),
        ("基金支付舍入", per_text(settings.fund_rounding).to_owned()),
        ("待遇年度归属", basis.to_owned()),
        (
            "待遇年度起始",
            format!("{}月", settings.year_starts_in_month),
        ),
        ("跨年住院起付线", split.to_owned()),
        ("计住院次数", condition_text(legend, &settings.stay_counts)),
        ("不足起付线的住院", format!("{below}住院次数")),
        ("退费遇后续结算", later.to_owned()),
    ])
}

const fn per_text(per: RoundingPer) -> &'static str {
    match per {
        RoundingPer::Piece => "逐条（逐段）",
        RoundingPer::Bill => "整单",
    }
}
