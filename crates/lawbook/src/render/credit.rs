use money::Fen;
use policy::{
    CreditPart, CreditRule, DuringRelief, ExitRule, InterestMethod, InterestRule, SharingRule,
    SponsorOrder, WhileUnpaid,
};

use super::{Legend, Rendered, choose_row, list};

/// What a month adds to a personal account.
pub(crate) fn credit(legend: &Legend<'_>, rule: &CreditRule) -> Rendered {
    let mut rows = legend.rows(&rule.parts, |parts| parts_text(legend, parts));
    rows.extend(choose_row(&rule.parts));
    let relief = match rule.during_relief {
        DuringRelief::Unchanged => "按原基数和比例划入",
        DuringRelief::Follows => "按减征后的缴费划入",
    };
    let mut pair = |name: &str, text: &str| rows.push(vec![name.to_owned(), text.to_owned()]);
    pair("减征期间", relief);
    pair("缓缴期间", unpaid_text(rule.while_deferred));
    pair("欠费期间", unpaid_text(rule.while_owing));
    pair("取整", &rounded_text(rule.unit_fen, rule.rounding.name()));
    Rendered::grid(&["适用", "每月划入"], rows)
}

fn parts_text(legend: &Legend<'_>, parts: &[CreditPart]) -> String {
    let texts = parts.iter().map(|part| match part {
        CreditPart::Base(rate) => format!("本人缴费基数的{rate}"),
        CreditPart::EmployerPart { charge, share } => format!("单位所缴{charge}的{share}"),
        CreditPart::Pension(rate) => format!("本人养老金的{rate}"),
        CreditPart::Fixed(amount) => legend.title(&legend.scheme.amounts, *amount),
    });
    texts.collect::<Vec<_>>().join("＋")
}

const fn unpaid_text(rule: WhileUnpaid) -> &'static str {
    match rule {
        WhileUnpaid::Continues => "照常划入",
        WhileUnpaid::Postponed => "缴清后补划",
    }
}

fn rounded_text(unit_fen: i64, how: &str) -> String {
    format!("{how}到{}元", Fen::new(unit_fen))
}

/// Interest and roll-over.
pub(crate) fn interest(rule: &InterestRule) -> Rendered {
    let rates = rule.rates.iter();
    let rates = rates.map(|(purse, rate)| (purse.zh(), format!("年利率{rate}")));
    let mut pairs: Vec<(&str, String)> = rates.collect();
    let method = match rule.method {
        InterestMethod::Daily { year_days } => format!("按日积数，一年{year_days}天"),
        InterestMethod::OpeningBalance => "按年初余额".to_owned(),
    };
    pairs.push(("计息", method));
    let (month, day) = rule.rolls_over;
    pairs.push((
        "结转",
        format!("每年{month}月{day}日，当年账户转入历年账户"),
    ));
    pairs.push(("取整", rounded_text(rule.unit_fen, rule.rounding.name())));
    Rendered::pairs(pairs)
}

/// Family sharing.
pub(crate) fn sharing(rule: &SharingRule) -> Rendered {
    let names = |texts: Vec<&str>| list(texts.into_iter().map(str::to_owned));
    let order = match rule.order {
        SponsorOrder::EarliestGrant => "授权早的在先",
        SponsorOrder::LargestBalance => "余额多的在先",
        SponsorOrder::Relation => "按亲属范围所列次序",
    };
    let relations = rule.relations.iter().map(|one| one.zh()).collect();
    let purposes = rule.purposes.iter().map(|one| one.zh()).collect();
    let purses = rule.purses.iter().map(|one| one.zh()).collect();
    let mut pairs = vec![
        ("亲属范围", names(relations)),
        ("用途", names(purposes)),
        ("可用资金", names(purses)),
        ("支付次序", order.to_owned()),
    ];
    if !rule.keeps.is_zero() {
        pairs.push(("共济额度", format!("余额超过{}元的部分", rule.keeps)));
    }
    if let Some(limit) = rule.yearly_limit {
        pairs.push(("年度限额", format!("每名亲属{limit}元")));
    }
    Rendered::pairs(pairs)
}

/// Leaving an account.
pub(crate) fn exit(rule: &ExitRule) -> Rendered {
    let heirs = rule.inheritance.iter().map(|to| to.zh().to_owned());
    let reasons = rule.cash_out.iter().map(|reason| reason.zh().to_owned());
    let reasons = match rule.cash_out.is_empty() {
        true => "不办理".to_owned(),
        false => list(reasons),
    };
    Rendered::pairs(vec![
        ("死亡继承", list(heirs)),
        ("转出", rule.transfer_out.zh().to_owned()),
        ("一次性支取", reasons),
    ])
}
