use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zerocopy::FromZeros;

use crate::decimal::{DecimalError, parse_decimal, write_decimal};
use crate::{Ratio, Rounding};

/// An amount of money in whole fen (分).
///
/// Reads and writes itself as yuan with two decimals (`"12.30"`), in text and through serde.
/// Adding beyond 64 bits panics in every build: an amount of that size is a bug, not a bill.
///
/// ```
/// use money::Fen;
/// assert_eq!(Fen::from_yuan_text("12.3").unwrap() + Fen::new(70), Fen::new(1300));
/// assert_eq!(Fen::new(-5).to_string(), "-0.05");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, FromZeros)]
pub struct Fen(i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount; stands for "no limit" in comparisons.
    pub const MAX: Self = Self(i64::MAX);

    /// An amount of `fen` fen.
    pub const fn new(fen: i64) -> Self {
        Self(fen)
    }

    /// An amount of whole yuan.
    pub const fn yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }

    /// Reads yuan with at most two significant decimals, exactly.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_yuan_text(text: &str) -> Result<Self, DecimalError> {
        parse_decimal(text, 2).map(Self)
    }

    /// The number of fen.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether this is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether this is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// This amount times an exact ratio, rounded once to the fen.
    pub fn times(self, ratio: Ratio, rounding: Rounding) -> Self {
        let num = i128::from(self.0) * i128::from(ratio.num());
        Self::narrow(rounding.divide(num, i128::from(ratio.den())))
    }

    /// This amount times an exact ratio, rounded once to a multiple of `unit_fen` (100 for whole
    /// yuan).
    ///
    /// ```
    /// use money::{Fen, Ratio, Rounding};
    /// let wage = Fen::from_yuan_text("8084.50").unwrap();
    /// let half = wage.times_to_unit(Ratio::new(1, 2), 100, Rounding::HalfUp);
    /// assert_eq!(half, Fen::yuan(4042));
    /// ```
    pub fn times_to_unit(self, ratio: Ratio, unit_fen: i64, rounding: Rounding) -> Self {
        let unit = unit_fen.max(1);
        let units = self.times(ratio * Ratio::new(1, unit), rounding);
        units.times(Ratio::new(unit, 1), Rounding::HalfUp)
    }

    /// The amount of which `ratio` gives this amount, rounded up to the fen; `None` for ratio 0.
    ///
    /// Used to find how much cost a payment cap absorbs (封顶金额对应的费用).
    pub fn grossed_up(self, ratio: Ratio) -> Option<Self> {
        if ratio.num() == 0 {
            return None;
        }
        let num = i128::from(self.0) * i128::from(ratio.den());
        let sign = if ratio.num() < 0 { -1 } else { 1 };
        let den = i128::from(ratio.num()) * sign;
        Some(Self::narrow(Rounding::AwayFromZero.divide(num * sign, den)))
    }

    /// This minus `other`, but never below zero.
    pub fn minus_to_zero(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }

    fn narrow(value: i128) -> Self {
        Self(i64::try_from(value).expect("an amount fits into 64 bits of fen"))
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.0, 2)
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(
            self.0
                .checked_add(other.0)
                .expect("amounts add within 64 bits"),
        )
    }
}

impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(
            self.0
                .checked_sub(other.0)
                .expect("amounts subtract within 64 bits"),
        )
    }
}

impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_yuan_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grossing_up_inverts_a_ratio() {
        let ratio = Ratio::from_percent_text("70").unwrap();
        assert_eq!(Fen::yuan(70).grossed_up(ratio), Some(Fen::yuan(100)));
        assert_eq!(Fen::yuan(1).grossed_up(Ratio::ZERO), None);
    }

    #[test]
    fn rounding_is_half_up() {
        let half = Ratio::from_percent_text("50").unwrap();
        assert_eq!(Fen::new(469).times(half, Rounding::HalfUp), Fen::new(235));
        assert_eq!(Fen::new(-469).times(half, Rounding::HalfUp), Fen::new(-235));
    }
}
