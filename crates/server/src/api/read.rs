//! Reading what a request carries, with refusals that name the field.

use std::str::FromStr;

use money::{Fen, Price, Quantity, Ratio};
use terms::{Date, UnknownWord};

use super::door::Refused;

/// A word of a closed vocabulary.
pub fn word<V: FromStr<Err = UnknownWord>>(path: &str, text: &str) -> Result<V, Refused> {
    text.parse()
        .map_err(|cause: UnknownWord| Refused::field(path, cause.to_string()))
}

/// A word of a closed vocabulary, or its default where nothing was chosen.
pub fn word_or<V: FromStr<Err = UnknownWord>>(
    path: &str,
    text: Option<&str>,
    default: V,
) -> Result<V, Refused> {
    match text {
        Some(text) if !text.is_empty() => word(path, text),
        _ => Ok(default),
    }
}

/// A date.
pub fn day(path: &str, text: &str) -> Result<Date, Refused> {
    text.parse()
        .map_err(|_| Refused::field(path, format!("“{text}”不是日期")))
}

/// An amount of money that is not negative.
pub fn yuan(path: &str, text: &str) -> Result<Fen, Refused> {
    let wrong = || Refused::field(path, format!("“{text}”不是金额"));
    let amount = Fen::from_yuan_text(text).map_err(|_| wrong())?;
    if amount < Fen::ZERO {
        Err(wrong())
    } else {
        Ok(amount)
    }
}

/// A unit price that is not negative.
pub fn price(path: &str, text: &str) -> Result<Price, Refused> {
    let wrong = || Refused::field(path, format!("“{text}”不是单价"));
    let price = Price::from_yuan_text(text).map_err(|_| wrong())?;
    if price.get() < 0 {
        Err(wrong())
    } else {
        Ok(price)
    }
}

/// A quantity above zero.
pub fn quantity(path: &str, text: &str) -> Result<Quantity, Refused> {
    let wrong = || Refused::field(path, format!("“{text}”不是数量"));
    let quantity = Quantity::from_text(text).map_err(|_| wrong())?;
    if quantity.get() <= 0 {
        Err(wrong())
    } else {
        Ok(quantity)
    }
}

/// A share in per cent, nothing for none.
pub fn percent(path: &str, text: Option<&str>) -> Result<Ratio, Refused> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(Ratio::ZERO);
    };
    let wrong = || Refused::field(path, format!("“{text}”不是百分数"));
    let ratio = Ratio::from_percent_text(text.trim_end_matches('%')).map_err(|_| wrong())?;
    if (0..=ratio.den()).contains(&ratio.num()) {
        Ok(ratio)
    } else {
        Err(wrong())
    }
}
