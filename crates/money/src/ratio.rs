use std::fmt;
use std::ops::{Add, Mul, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decimal::{DecimalError, parse_decimal};

/// An exact fraction, used for shares, rates and coefficients (比例).
///
/// Policy speaks percent (`"88.8"`), the code holds 888/1000 reduced. Arithmetic is exact.
///
/// ```
/// use money::Ratio;
/// let active = Ratio::from_percent_text("86").unwrap();
/// let own_share_of_retired = Ratio::from_percent_text("80").unwrap();
/// let retired = Ratio::ONE - (Ratio::ONE - active) * own_share_of_retired;
/// assert_eq!(retired.to_string(), "88.8%");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i64,
    den: i64,
}

impl Ratio {
    /// 0%.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 100%.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// The fraction `num`/`den` in lowest terms.
    ///
    /// # Panics
    /// When `den` is not positive.
    pub fn new(num: i64, den: i64) -> Self {
        assert!(den > 0, "a ratio has a positive denominator");
        Self::reduced(i128::from(num), i128::from(den))
    }

    /// Reads a percentage (`"85.5"` is 0.855) with at most six decimals.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_percent_text(text: &str) -> Result<Self, DecimalError> {
        Ok(Self::new(parse_decimal(text, 6)?, 100_000_000))
    }

    /// Reads a plain factor (`"0.855"`) with at most eight decimals.
    ///
    /// # Errors
    /// [`DecimalError`] as in [`parse_decimal`].
    pub fn from_factor_text(text: &str) -> Result<Self, DecimalError> {
        Ok(Self::new(parse_decimal(text, 8)?, 100_000_000))
    }

    /// The numerator in lowest terms.
    pub const fn num(self) -> i64 {
        self.num
    }

    /// The denominator in lowest terms, positive.
    pub const fn den(self) -> i64 {
        self.den
    }

    /// This ratio kept within 0% and 100%.
    pub fn clamped(self) -> Self {
        if self.num <= 0 {
            Self::ZERO
        } else if self.num >= self.den {
            Self::ONE
        } else {
            self
        }
    }

    /// This ratio times a whole number, as in "0.2 points per year of age".
    pub fn times_whole(self, count: i64) -> Self {
        Self::reduced(
            i128::from(self.num) * i128::from(count),
            i128::from(self.den),
        )
    }

    fn reduced(num: i128, den: i128) -> Self {
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1);
        let divisor = i128::try_from(divisor).expect("a divisor of a denominator fits");
        Self {
            num: i64::try_from(num / divisor).expect("a policy ratio fits into 64 bits"),
            den: i64::try_from(den / divisor).expect("a policy ratio fits into 64 bits"),
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Add for Ratio {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (a, b) = (i128::from(self.den), i128::from(other.den));
        Self::reduced(i128::from(self.num) * b + i128::from(other.num) * a, a * b)
    }
}

impl Sub for Ratio {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self {
            num: -other.num,
            den: other.den,
        }
    }
}

impl Mul for Ratio {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::reduced(
            i128::from(self.num) * i128::from(other.num),
            i128::from(self.den) * i128::from(other.den),
        )
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let left = i128::from(self.num) * i128::from(other.den);
        left.cmp(&(i128::from(other.num) * i128::from(self.den)))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = i128::from(self.num) * 100_000_000 / i128::from(self.den);
        let exact = i128::from(self.num) * 100_000_000 % i128::from(self.den) == 0;
        if !exact {
            return write!(f, "{}/{}", self.num, self.den);
        }
        let sign = if millionths < 0 { "-" } else { "" };
        let whole = millionths.abs() / 1_000_000;
        let text = format!("{:06}", millionths.abs() % 1_000_000);
        let fraction = text.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}%")
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("不是比例: {text}"));
        if let Some((num, den)) = text.split_once('/') {
            let num = num.parse().map_err(|_| wrong())?;
            let den = den.parse().ok().filter(|den| *den > 0).ok_or_else(wrong)?;
            return Ok(Self::new(num, den));
        }
        let percent = text.strip_suffix('%').unwrap_or(&text);
        Self::from_percent_text(percent).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_prints_as_percent_or_fraction() {
        for (ratio, text) in [
            (Ratio::new(17, 20), "85%"),
            (Ratio::new(-1, 8), "-12.5%"),
            (Ratio::new(1, 3), "1/3"),
            (Ratio::new(5, 10_000), "0.05%"),
        ] {
            assert_eq!(ratio.to_string(), text);
        }
    }

    #[test]
    fn order_and_bounds_are_exact() {
        assert!(Ratio::new(1, 3) < Ratio::new(34, 100));
        assert_eq!(Ratio::new(5, 4).clamped(), Ratio::ONE);
        assert_eq!(Ratio::new(-1, 4).clamped(), Ratio::ZERO);
    }
}
