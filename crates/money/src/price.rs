use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal::{DecimalError, parse_decimal, write_decimal};
use crate::{Fen, Rounding};

/// A price per unit with six decimals of a yuan (单价), as the interface carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Price(i64);

/// A quantity with four decimals (数量), as the interface carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

const MICRO_PER_FEN: i128 = 10_000;
const PARTS_PER_UNIT: i128 = 10_000;

impl Price {
    /// A price of `micro` millionths of a yuan.
    pub const fn new(micro: i64) -> Self {
        Self(micro)
    }

    /// The price in millionths of a yuan.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads yuan with at most six significant decimals.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_yuan_text(text: &str) -> Result<Self, DecimalError> {
        parse_decimal(text, 6).map(Self)
    }

    /// Price times quantity, rounded once to the fen.
    ///
    /// ```
    /// use money::{Fen, Price, Quantity, Rounding};
    /// let price = Price::from_yuan_text("10.75").unwrap();
    /// let three = Quantity::from_text("3").unwrap();
    /// assert_eq!(price.times(three, Rounding::HalfUp), Fen::new(3225));
    /// ```
    pub fn times(self, quantity: Quantity, rounding: Rounding) -> Fen {
        let product = i128::from(self.0) * i128::from(quantity.0);
        let fen = rounding.divide(product, MICRO_PER_FEN * PARTS_PER_UNIT);
        Fen::new(i64::try_from(fen).expect("a line amount fits into 64 bits of fen"))
    }

    /// This price minus another, but never below zero.
    pub fn minus_to_zero(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }
}

impl From<Fen> for Price {
    fn from(fen: Fen) -> Self {
        Self(fen.get() * 10_000)
    }
}

impl Quantity {
    /// One unit.
    pub const ONE: Self = Self(10_000);
    /// None.
    pub const ZERO: Self = Self(0);

    /// A quantity of `parts` ten-thousandths.
    pub const fn new(parts: i64) -> Self {
        Self(parts)
    }

    /// The quantity in ten-thousandths of a unit.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads a quantity with at most four significant decimals.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_text(text: &str) -> Result<Self, DecimalError> {
        parse_decimal(text, 4).map(Self)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write_decimal(&mut text, self.0, 6)?;
        let short = text.trim_end_matches('0');
        let decimals = short.len() - short.find('.').map_or(0, |point| point + 1);
        f.write_str(&text[..short.len() + 2_usize.saturating_sub(decimals)])
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write_decimal(&mut text, self.0, 4)?;
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_yuan_text(&text).map_err(serde::de::Error::custom)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_quantities_print_without_needless_zeros() {
        for (micro, text) in [
            (1_500_000, "1.50"),
            (1_234_500, "1.2345"),
            (2_000_000, "2.00"),
        ] {
            assert_eq!(Price::new(micro).to_string(), text);
        }
        for (parts, text) in [(10_000, "1"), (15_000, "1.5"), (1, "0.0001")] {
            assert_eq!(Quantity::new(parts).to_string(), text);
        }
    }
}
