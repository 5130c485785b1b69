use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal::{DecimalError, parse_decimal, write_decimal};

/// A number with a fixed count of decimal places, such as points or a coefficient (定点小数).
///
/// Reads and writes itself as plain text with exactly that many decimals.
///
/// ```
/// use money::{Points, Score};
/// assert_eq!(Points::from_text("193.7794").unwrap().get(), 1_937_794);
/// assert_eq!(Score::new(20_152).to_string(), "201.52");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal<const PLACES: u32>(i64);

/// 点数: what a discharge weighs in a pool, four places.
pub type Points = Decimal<4>;

/// 分值: what a disease group weighs where the pool is shared by scores, two places.
pub type Score = Decimal<2>;

/// 系数: a coefficient or relative weight, four places.
pub type Coefficient = Decimal<4>;

impl<const PLACES: u32> Decimal<PLACES> {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(10_i64.pow(PLACES));

    /// A number of `units`, each 10^-`PLACES`.
    pub const fn new(units: i64) -> Self {
        Self(units)
    }

    /// How many units of 10^-`PLACES`.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads plain decimal text with at most that many significant decimals.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_text(text: &str) -> Result<Self, DecimalError> {
        parse_decimal(text, PLACES).map(Self)
    }

    /// The sum, or nothing beyond 64 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl<const PLACES: u32> fmt::Display for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.0, PLACES)
    }
}

impl<const PLACES: u32> Serialize for Decimal<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const PLACES: u32> Deserialize<'de> for Decimal<PLACES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_and_nothing_is_cut() {
        assert_eq!(Points::from_text("4.12").unwrap().to_string(), "4.1200");
        assert!(Points::from_text("1.00001").is_err());
        assert_eq!(Coefficient::ONE.to_string(), "1.0000");
        assert_eq!(Points::new(i64::MAX).checked_add(Points::new(1)), None);
    }
}
