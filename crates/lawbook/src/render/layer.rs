use money::Ratio;
use policy::{
    BaseTerm, Benefit, Cap, CapAmount, CapOn, Count, Counted, Cumulative, EdgeBasis, Excess,
    FixedPrice, Form, Layer, Rates, Subject,
};

use super::deductible::period_text;
use super::{Legend, Rendered, condition_text, list};

/// A layer topic.
pub(crate) fn layer(legend: &Legend<'_>, layer: &Layer) -> Rendered {
    let mut pairs = vec![("支付方", layer.payer.zh().to_owned())];
    if let Some(lane) = &layer.lane
        && lane.as_str() != "main"
    {
        pairs.push(("费用通道", legend.word(lane)));
    }
    if layer.condition.specificity() > 0 {
        pairs.push(("适用", condition_text(legend, &layer.condition)));
    }
    if layer.best_identity {
        pairs.push(("多种身份", "按待遇最高的一种".to_owned()));
    }
    pairs.push(("支付范围", base_text(&layer.base)));
    match &layer.form {
        Form::Benefit(benefit) => pairs.extend(benefit_pairs(legend, benefit)),
        Form::Cumulative(cumulative) => pairs.extend(cumulative_pairs(legend, cumulative)),
        Form::FixedPrice(fixed) => pairs.extend(fixed_pairs(legend, fixed)),
    }
    if !layer.caps.is_empty() {
        pairs.push((
            "限额",
            list(layer.caps.iter().map(|cap| cap_text(legend, cap))),
        ));
    }
    if let Some(floor) = &layer.floor {
        let ratio = legend.title(&legend.scheme.ratios, floor.ratio);
        let after = if floor.after_deductible {
            "（扣除起付线后）"
        } else {
            ""
        };
        pairs.push((
            "保底",
            format!("{}{after}的{ratio}", base_text(&floor.base)),
        ));
    }
    if !layer.counts.is_empty() {
        pairs.push(("另计累计", list(layer.counts.iter().map(count_text))));
    }
    Rendered::pairs(pairs)
}

/// Parts of a bill with shares below 100%.
pub(crate) fn base_text(base: &[BaseTerm]) -> String {
    list(base.iter().map(|term| {
        if term.share == Ratio::ONE {
            term.part.zh().to_owned()
        } else {
            format!("{}的{}", term.part.zh(), term.share)
        }
    }))
}

fn benefit_pairs(legend: &Legend<'_>, benefit: &Benefit) -> Vec<(&'static str, String)> {
    let scheme = legend.scheme;
    let mut pairs = Vec::new();
    if let Some(prior) = benefit.prior_share {
        pairs.push(("先行自付", legend.title(&scheme.ratios, prior)));
    }
    let deductible = benefit.deductible;
    let text = deductible.map(|deductible| legend.title(&scheme.deductibles, deductible));
    pairs.push(("起付线", text.unwrap_or_else(|| "不设".to_owned())));
    pairs.push(match &benefit.rates {
        Rates::Flat(ratio) => ("支付比例", legend.title(&scheme.ratios, *ratio)),
        Rates::ByLine(ratio) => (
            "支付比例",
            format!("逐项按{}", legend.title(&scheme.ratios, *ratio)),
        ),
        Rates::Bands {
            scale,
            edges,
            counter,
        } => {
            let title = legend.title(&scheme.scales, *scale);
            let counter = counter
                .as_ref()
                .map_or_else(String::new, |name| format!("（累计{name}）"));
            (
                "支付比例",
                format!("{title}，分段按{}{counter}", edges_text(*edges)),
            )
        }
    });
    pairs
}

const fn edges_text(edges: EdgeBasis) -> &'static str {
    match edges {
        EdgeBasis::StayIncludingDeductible => "本次费用（含起付线）",
        EdgeBasis::StayAboveDeductible => "本次费用（起付线以上）",
        EdgeBasis::YearInScope => "年度累计政策范围内费用",
        EdgeBasis::YearFund => "年度累计基金支付",
    }
}

fn cumulative_pairs(legend: &Legend<'_>, rule: &Cumulative) -> Vec<(&'static str, String)> {
    let scheme = legend.scheme;
    let deductible = rule
        .deductible
        .map(|amount| legend.title(&scheme.amounts, amount));
    let edges = if rule.edges_above_deductible {
        "起付线以上"
    } else {
        "含起付线"
    };
    let title = legend.title(&scheme.scales, rule.scale);
    let period = period_text(rule.period);
    vec![
        ("起付线", deductible.unwrap_or_else(|| "不设".to_owned())),
        (
            "支付比例",
            format!(
                "{title}，按{period}累计分段（{edges}，累计{}）",
                rule.counter
            ),
        ),
    ]
}

fn fixed_pairs(legend: &Legend<'_>, rule: &FixedPrice) -> Vec<(&'static str, String)> {
    let scheme = legend.scheme;
    let price = legend.title(&scheme.amounts, rule.price);
    let how = if rule.replaces_bill {
        "按定价结算，差额归医疗机构"
    } else {
        "限额以内据实"
    };
    let mut pairs = vec![("定额", format!("{price}（{how}）"))];
    if let Some(ratio) = rule.ratio {
        pairs.push(("支付比例", legend.title(&scheme.ratios, ratio)));
    }
    pairs
}

fn cap_text(legend: &Legend<'_>, cap: &Cap) -> String {
    let amount = match cap.amount {
        CapAmount::Amount(amount) => legend.title(&legend.scheme.amounts, amount),
        CapAmount::Diseases(diseases) => {
            format!(
                "{}合并的病种限额",
                legend.title(&legend.scheme.diseases, diseases)
            )
        }
    };
    let on = match cap.on {
        CapOn::Payment => "基金支付",
        CapOn::Fee => "进入支付范围的费用",
    };
    let subject = subject_text(cap.subject);
    let mut text = format!("每{}{subject}{on}不超过{amount}", period_text(cap.period));
    if cap.factor != Ratio::ONE {
        text.push_str(&format!("的{}", cap.factor));
    }
    if cap.condition.specificity() > 0 {
        text.push_str(&format!("（{}）", condition_text(legend, &cap.condition)));
    }
    if cap.excess == Excess::Ends {
        text.push_str("，超出部分由个人承担");
    }
    text.push_str(&format!("（累计{}）", cap.counter));
    text
}

const fn subject_text(subject: Subject) -> &'static str {
    match subject {
        Subject::None => "",
        Subject::Disease => "每个病种",
        Subject::Institution => "每家机构",
        Subject::Grade => "每级机构",
        Subject::Item => "每个项目",
    }
}

fn count_text(count: &Count) -> String {
    let what = match count.what {
        Counted::Base => "计算基数",
        Counted::Paid => "支付额",
        Counted::OwnShare => "个人负担",
    };
    let subject = subject_text(count.subject);
    format!(
        "{what}按{}{subject}计入{}",
        period_text(count.period),
        count.counter
    )
}
