use policy::{AmountTopic, DeductibleRule, Pattern, Period, Ref, StepValue};

use super::layer::base_text;
use super::{Legend, Rendered};

/// A deductible topic.
pub(crate) fn deductible(legend: &Legend<'_>, rule: &DeductibleRule) -> Rendered {
    legend.table(&rule.table, |pattern| pattern_text(legend, pattern))
}

fn pattern_text(legend: &Legend<'_>, pattern: &Pattern) -> String {
    let title = |reference: Ref<AmountTopic>| legend.title(&legend.scheme.amounts, reference);
    match pattern {
        Pattern::None => "不设起付线".to_owned(),
        Pattern::EachTime { amount } => format!("每次{}", title(*amount)),
        Pattern::Steps { amount, steps } => steps_text(legend, &title(*amount), steps),
        Pattern::Minus {
            amount,
            step,
            floor,
        } => format!(
            "首次{}，以后每次减{}，不低于{}",
            title(*amount),
            title(*step),
            title(*floor)
        ),
        Pattern::PercentMinus {
            amount,
            percent,
            compound,
            floor,
        } => {
            let of = if *compound { "上次" } else { "首次" };
            let (amount, floor) = (title(*amount), title(*floor));
            format!("首次{amount}，以后每次按{of}的{percent}递减，不低于{floor}")
        }
        Pattern::OncePer {
            amount,
            period,
            counter,
        } => {
            let (period, amount) = (period_text(*period), title(*amount));
            format!("每{period}累计一次{amount}（累计{counter}）")
        }
        Pattern::AnnualSumCap {
            amount,
            cap,
            counter,
        } => {
            let (amount, cap) = (title(*amount), title(*cap));
            format!("每次{amount}，全年累计不超过{cap}（累计{counter}）")
        }
        Pattern::ShareOfBill {
            ratio,
            of,
            floor,
            ceiling,
        } => {
            let mut text = format!("{}的{ratio}", base_text(of));
            if let Some(floor) = floor {
                text.push_str(&format!("，不低于{}", title(*floor)));
            }
            if let Some(ceiling) = ceiling {
                text.push_str(&format!("，不高于{}", title(*ceiling)));
            }
            text
        }
    }
}

fn steps_text(legend: &Legend<'_>, amount: &str, steps: &[StepValue]) -> String {
    let last = steps.len();
    let texts: Vec<String> = steps
        .iter()
        .enumerate()
        .map(|(position, step)| {
            let number = position + 1;
            let later = if number == last { "及以后" } else { "" };
            let value = match step {
                StepValue::Factor(factor) => format!("{amount}的{factor}"),
                StepValue::Amount(other) => legend.title(&legend.scheme.amounts, *other),
            };
            format!("第{number}次{later}{value}")
        })
        .collect();
    texts.join("，")
}

/// A period in words.
pub(crate) const fn period_text(period: Period) -> &'static str {
    match period {
        Period::Year => "年度",
        Period::Month => "月",
        Period::Day => "日",
        Period::Stay => "次",
        Period::Episode => "孕次（疗程）",
        Period::Life => "终身",
    }
}
