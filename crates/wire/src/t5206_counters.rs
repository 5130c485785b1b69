use app::CounterRow;
use money::{Fen, Quantity};
use policy::LimitOn;

use crate::Fields;
use crate::ask::{Answered, Ask};
use crate::visits::insutype;

/// Counts of stays; every other counter is money or, where an item limit says so, a quantity.
const STAYS: &str = "admissions";
/// What only the engine needs.
const INNER: &str = "counted_as_stay";

/// 5206 人员累计信息查询: the person's counters of this benefit year and the last.
///
/// The editions print no dictionary for 累计类别代码, so the counter's own word of the policy data
/// stands there, with what it is kept for behind a colon.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let view = ask
        .app
        .read_person(ask.call, data.text("psn_no")?, "5206")
        .await?;
    let wanted = data.optional_text("cum_ym");
    let counters = view.context.counters.iter();
    let rows = counters.filter_map(|counter| {
        let month = month_of(counter)?;
        let fits = wanted.is_none_or(|wanted| wanted.starts_with(&month));
        fits.then(|| row(ask, counter, month))
    });
    Ok(ask.seal(ask.output().rows("cuminfo", rows))?)
}

/// `yyyyMM` of a counter kept by the month, `yyyy` where it runs for the year or longer; counters
/// of a day, a stay or a course of treatment are nobody's yearly figures.
fn month_of(counter: &CounterRow) -> Option<String> {
    let period = counter.key.period.as_str();
    if counter.key.counter == INNER || period.contains([':', '@']) {
        return None;
    }
    Some(match period.split_once('-') {
        Some((year, month)) => format!("{year}{month}"),
        None => counter.year.to_string(),
    })
}

fn row(ask: &Ask<'_>, counter: &CounterRow, month: String) -> Fields {
    let key = &counter.key;
    let code = match key.subject.as_str() {
        "" => key.counter.clone(),
        subject => format!("{}:{subject}", key.counter),
    };
    Fields::new()
        .text("insutype", insutype(&key.scheme))
        .text("year", counter.year.to_string())
        .text("cum_ym", month)
        .text("cum_type_code", code)
        .amount("cum", value(ask, counter))
}

/// The value with the two decimals that the field has, whatever it counts.
fn value(ask: &Ask<'_>, counter: &CounterRow) -> Fen {
    let key = &counter.key;
    if key.counter == STAYS {
        return Fen::new(counter.value * 100);
    }
    if is_quantity(ask, counter) {
        let hundredths = Quantity::new(counter.value).get() / 100;
        return Fen::new(hundredths);
    }
    Fen::new(counter.value)
}

/// Whether an item limit of the law counts units with this counter.
fn is_quantity(ask: &Ask<'_>, counter: &CounterRow) -> bool {
    let scheme = counter.key.scheme.parse().ok();
    let law = scheme.and_then(|scheme| ask.app.law.scheme(ask.call.area, scheme).ok());
    let rules = law.and_then(|law| law.items.on(ask.call.at.date()));
    rules.is_some_and(|(rules, _)| {
        rules.limits.iter().any(|limit| {
            matches!(limit.on, LimitOn::Quantity(_)) && limit.counter == *counter.key.counter
        })
    })
}
