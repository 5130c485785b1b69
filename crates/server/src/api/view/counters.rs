//! What counters are called and limited to, read off the rules that use them.

use ::policy::{
    AmountTopic, AmountValue, Cap, CapAmount, Counted, DeductibleRule, Form, Layer, LimitOn,
    Pattern, Ref, SchemePolicy, Subject,
};
use money::{Fen, Quantity};
use settlement::PeriodKey;
use terms::Date;

use super::super::sheet::CounterUnit;

/// A counter as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterName {
    /// 中文 name.
    pub name: String,
    /// What it counts in.
    pub unit: CounterUnit,
    /// Its limit where one amount holds for everybody.
    pub limit: Option<Fen>,
}

impl CounterName {
    fn money(name: String, limit: Option<Fen>) -> Self {
        Self {
            name,
            unit: CounterUnit::Yuan,
            limit,
        }
    }

    /// A value of the counter in its unit.
    pub fn value(&self, value: i64) -> String {
        match self.unit {
            CounterUnit::Yuan => Fen::new(value).to_string(),
            CounterUnit::Times => value.to_string(),
            CounterUnit::Quantity => Quantity::new(value).to_string(),
        }
    }

    /// The value back from its text.
    pub fn read(&self, text: &str) -> Option<i64> {
        match self.unit {
            CounterUnit::Yuan => Fen::from_yuan_text(text).ok().map(Fen::get),
            CounterUnit::Times => text.parse().ok(),
            CounterUnit::Quantity => Quantity::from_text(text).ok().map(Quantity::get),
        }
    }
}

/// The counter of this name in a scheme's law of a day; `None` for inner ones nobody asks about.
pub fn named(scheme: &SchemePolicy, counter: &str, on: Date) -> Option<CounterName> {
    all(scheme, on)
        .into_iter()
        .find(|(name, _)| name == counter)
        .map(|(_, known)| known)
}

/// Every counter of a scheme's law of a day, in the order of its rules, each once.
pub fn all(scheme: &SchemePolicy, on: Date) -> Vec<(String, CounterName)> {
    let stays = CounterName {
        name: "本年住院次数".to_owned(),
        unit: CounterUnit::Times,
        limit: None,
    };
    let mut found = vec![("admissions".to_owned(), stays)];
    let mut add = |counter: &terms::Word, known: CounterName| {
        if !found.iter().any(|(name, _)| counter == name.as_str()) {
            found.push((counter.to_string(), known));
        }
    };
    for topic in &scheme.layers {
        let Some((layer, _)) = topic.on(on) else {
            continue;
        };
        for cap in &layer.caps {
            add(&cap.counter, of_cap(scheme, cap, on));
        }
        of_layer(&topic.title, layer, &mut add);
    }
    for topic in &scheme.deductibles {
        if let Some((rule, _)) = topic.on(on) {
            of_deductible(scheme, rule, &mut add);
        }
    }
    if let Some((items, _)) = scheme.items.on(on) {
        for limit in &items.limits {
            let unit = match limit.on {
                LimitOn::Quantity(_) => CounterUnit::Quantity,
                LimitOn::Amount(_) => CounterUnit::Yuan,
            };
            let name = format!("{}已用", limit.title);
            add(
                &limit.counter,
                CounterName {
                    name,
                    unit,
                    limit: None,
                },
            );
        }
    }
    found
}

fn of_cap(scheme: &SchemePolicy, cap: &Cap, on: Date) -> CounterName {
    match cap.amount {
        CapAmount::Amount(amount) => {
            let topic = scheme.amount(amount);
            let limit = if cap.subject == Subject::None {
                constant(topic, on)
            } else {
                None
            };
            CounterName::money(format!("{}已用", topic.title), limit)
        }
        CapAmount::Diseases(diseases) => {
            CounterName::money(format!("{}限额已用", scheme.disease(diseases).title), None)
        }
    }
}

fn of_layer(title: &str, layer: &Layer, add: &mut impl FnMut(&terms::Word, CounterName)) {
    if let Form::Cumulative(cumulative) = &layer.form {
        add(
            &cumulative.counter,
            CounterName::money(format!("{title}累计基数"), None),
        );
    }
    for count in &layer.counts {
        let what = match count.what {
            Counted::Base => "累计基数",
            Counted::Paid => "累计支付",
            Counted::OwnShare => "累计个人负担",
        };
        add(
            &count.counter,
            CounterName::money(format!("{title}{what}"), None),
        );
    }
}

fn of_deductible(
    scheme: &SchemePolicy,
    rule: &DeductibleRule,
    add: &mut impl FnMut(&terms::Word, CounterName),
) {
    let title = |amount: Ref<AmountTopic>| format!("{}已扣", scheme.amount(amount).title);
    for row in rule.table.rows() {
        match &row.value {
            Some(Pattern::OncePer {
                amount, counter, ..
            }) => {
                add(counter, CounterName::money(title(*amount), None));
            }
            Some(Pattern::AnnualSumCap { cap, counter, .. }) => {
                add(counter, CounterName::money(title(*cap), None));
            }
            _ => {}
        }
    }
}

/// The amount where the rule has a single one that holds for everybody.
fn constant(topic: &AmountTopic, on: Date) -> Option<Fen> {
    let (table, _) = topic.on(on)?;
    match table.rows() {
        [only] if only.condition.specificity() == 0 => match only.value {
            Some(AmountValue::Fixed(amount)) => Some(amount),
            _ => None,
        },
        _ => None,
    }
}

/// The period of a counter in 中文, with what it is kept for.
pub fn period(period: &PeriodKey, subject: Option<&str>) -> String {
    let period = match period {
        PeriodKey::Year(year) => format!("{year}年度"),
        PeriodKey::Month(year, month) => format!("{year}年{month}月"),
        PeriodKey::Day(day, _) => day.to_string(),
        PeriodKey::Stay(_) => "本次就诊".to_owned(),
        PeriodKey::Episode(_) => "本次病程".to_owned(),
        PeriodKey::Life => "终身".to_owned(),
    };
    match subject {
        Some(subject) => format!("{period} {subject}"),
        None => period,
    }
}
