use policy::{AfterPayment, PremiumRule, RefundUntil, SubsidyAmount, SubsidyChoice, SubsidyRule};

use super::{Legend, Rendered, condition_text, list};

/// A resident's premium of one year.
pub(super) fn premium(legend: &Legend<'_>, rule: &PremiumRule) -> Rendered {
    let (from, to) = rule.season;
    let mut rows = vec![
        row("参保年度", "", rule.year.to_string()),
        row("集中参保期", "", format!("{from}至{to}")),
    ];
    for tier in &rule.tiers {
        let condition = condition_text(legend, &tier.condition);
        let name = format!("{}（{}）", tier.title, tier.code);
        rows.push(vec![name, condition, format!("每年{}元", tier.own)]);
    }
    rows.push(row("财政补助", "", format!("每人每年{}元", rule.public)));
    if rule.late_bears_public {
        let text = "另缴财政补助部分".to_owned();
        rows.push(row("集中参保期后参保", "", text));
        for exempt in &rule.late_exempt {
            let condition = condition_text(legend, exempt);
            rows.push(vec![
                "集中参保期后参保".to_owned(),
                condition,
                "按原标准".to_owned(),
            ]);
        }
    }
    for refund in &rule.refunds {
        let until = match refund.until {
            RefundUntil::YearBegins => "参保年度开始前可退",
            RefundUntil::YearEnds => "参保年度内可退",
        };
        rows.push(row("退费", refund.reason.zh(), until.to_owned()));
    }
    Rendered::grid(&["项目", "适用", "内容"], rows)
}

fn row(name: &str, of: &str, text: String) -> Vec<String> {
    vec![name.to_owned(), of.to_owned(), text]
}

/// Who pays it in the person's place.
pub(super) fn subsidy(legend: &Legend<'_>, rule: &SubsidyRule) -> Rendered {
    let mut rows: Vec<Vec<String>> = rule
        .grants
        .iter()
        .map(|grant| {
            let amount = match grant.amount {
                SubsidyAmount::Full => "全额资助".to_owned(),
                SubsidyAmount::Fixed(amount) => format!("定额资助{amount}元"),
                SubsidyAmount::Share(share) => format!("按个人缴费的{share}资助"),
            };
            let condition = condition_text(legend, &grant.condition);
            let text = list([amount, grant.fund.zh().to_owned()]);
            vec![grant.title.clone(), condition, text]
        })
        .collect();
    let several = match rule.choose {
        SubsidyChoice::Largest => "就高不重复",
        SubsidyChoice::First => "按所列顺序取第一项",
    };
    let after = match rule.after_payment {
        AfterPayment::Refund => "已缴的退还资助部分",
        AfterPayment::Keep => "已缴的不退，只资助未缴部分",
    };
    rows.push(row("多重身份", "", several.to_owned()));
    rows.push(row("缴费后认定", "", after.to_owned()));
    Rendered::grid(&["资助", "适用", "内容"], rows)
}
