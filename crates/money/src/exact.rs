use std::cmp::Ordering;
use std::fmt;

use crate::{Decimal, Fen, Ratio, Rounding};

/// Why an exact computation has no answer (无法精确计算).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExactError {
    /// Something is divided by zero: a mean of nothing, a share of no points.
    ZeroDivisor,
    /// The exact value needs more than 128 bits, or the rounded one more than 64.
    TooLarge,
}

impl fmt::Display for ExactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ZeroDivisor => "除数为零",
            Self::TooLarge => "数值过大",
        })
    }
}

impl std::error::Error for ExactError {}

/// An exact quotient of two whole numbers (精确商): a mean, a point value, a share of a pool.
///
/// A policy ratio is a [`Ratio`]; this is what comes of sums of millions of cases. Nothing is
/// rounded until [`Exact::rounded`] is asked, and nothing overflows silently: what does not fit
/// into 128 bits, even in lowest terms, is an [`ExactError`].
///
/// ```
/// use money::{Exact, Fen, Points};
/// let mean = Exact::of(1_683_168, 100)?.times(Exact::of(1, 7)?)?;
/// let points: Points = mean.rounded()?;
/// assert_eq!(points.to_string(), "2404.5257");
/// assert!(Exact::of(1, 0).is_err());
/// # Ok::<(), money::ExactError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    num: i128,
    /// Positive; the quotient need not be in lowest terms.
    den: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// One.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num` ÷ `den`.
    ///
    /// # Errors
    /// When `den` is zero.
    pub fn of(num: i128, den: i128) -> Result<Self, ExactError> {
        if den == 0 {
            return Err(ExactError::ZeroDivisor);
        }
        if den > 0 {
            return Ok(Self { num, den });
        }
        let flipped = num.checked_neg().zip(den.checked_neg());
        let (num, den) = flipped.ok_or(ExactError::TooLarge)?;
        Ok(Self { num, den })
    }

    /// The sum.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, ExactError> {
        let sum = |a: Self, b: Self| {
            if a.den == b.den {
                return Some((a.num.checked_add(b.num)?, a.den));
            }
            let (left, right) = (a.num.checked_mul(b.den)?, b.num.checked_mul(a.den)?);
            Some((left.checked_add(right)?, a.den.checked_mul(b.den)?))
        };
        let found = sum(self, other).or_else(|| sum(self.lowest(), other.lowest()));
        let (num, den) = found.ok_or(ExactError::TooLarge)?;
        Ok(Self { num, den })
    }

    /// The difference.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, ExactError> {
        let num = other.num.checked_neg().ok_or(ExactError::TooLarge)?;
        self.plus(Self { num, ..other })
    }

    /// The product.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn times(self, other: Self) -> Result<Self, ExactError> {
        let product = |a: Self, b: Self| {
            let num = a.num.checked_mul(b.num)?;
            Some((num, a.den.checked_mul(b.den)?))
        };
        let crosswise = || {
            let one = Self {
                num: self.num,
                den: other.den,
            }
            .lowest();
            let two = Self {
                num: other.num,
                den: self.den,
            }
            .lowest();
            product(one, two)
        };
        let (num, den) = product(self, other)
            .or_else(crosswise)
            .ok_or(ExactError::TooLarge)?;
        Ok(Self { num, den })
    }

    /// The quotient.
    ///
    /// # Errors
    /// When `other` is zero, or [`ExactError::TooLarge`].
    pub fn over(self, other: Self) -> Result<Self, ExactError> {
        self.times(Self::of(other.den, other.num)?)
    }

    /// Rounded half up (四舍五入) to a decimal of fixed places.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn rounded<const PLACES: u32>(self) -> Result<Decimal<PLACES>, ExactError> {
        let unit = Self::from(10_i64.pow(PLACES));
        self.times(unit)?.whole(Rounding::HalfUp).map(Decimal::new)
    }

    /// Rounded to whole units.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn whole(self, rounding: Rounding) -> Result<i64, ExactError> {
        i64::try_from(rounding.divide(self.num, self.den)).map_err(|_| ExactError::TooLarge)
    }

    /// This many yuan as fen, rounded half up once.
    ///
    /// # Errors
    /// [`ExactError::TooLarge`].
    pub fn yuan(self) -> Result<Fen, ExactError> {
        self.rounded::<2>().map(|yuan| Fen::new(yuan.get()))
    }

    /// Whether this is below zero.
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Whether this is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    fn lowest(self) -> Self {
        let divisor = gcd(self.num.unsigned_abs(), self.den.unsigned_abs());
        // A divisor of the positive denominator fits into what holds the denominator.
        let divisor = i128::try_from(divisor).unwrap_or(1).max(1);
        Self {
            num: self.num / divisor,
            den: self.den / divisor,
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Self {
            num: whole.into(),
            den: 1,
        }
    }
}

impl From<Ratio> for Exact {
    fn from(ratio: Ratio) -> Self {
        Self {
            num: ratio.num().into(),
            den: ratio.den().into(),
        }
    }
}

/// As yuan.
impl From<Fen> for Exact {
    fn from(amount: Fen) -> Self {
        Self {
            num: amount.get().into(),
            den: 100,
        }
    }
}

impl<const PLACES: u32> From<Decimal<PLACES>> for Exact {
    fn from(decimal: Decimal<PLACES>) -> Self {
        Self {
            num: decimal.get().into(),
            den: 10_i128.pow(PLACES),
        }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = self.num.checked_mul(other.den);
        match left.zip(other.num.checked_mul(self.den)) {
            Some((left, right)) => left.cmp(&right),
            None => by_parts((self.num, self.den), (other.num, other.den)),
        }
    }
}

/// Compares two quotients whose cross products do not fit: whole parts first, then the reciprocals
/// of what is left, as in Euclid's algorithm.
fn by_parts((a, b): (i128, i128), (c, d): (i128, i128)) -> Ordering {
    let whole = a.div_euclid(b).cmp(&c.div_euclid(d));
    if whole != Ordering::Equal {
        return whole;
    }
    match (a.rem_euclid(b), c.rem_euclid(d)) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        (left, right) => by_parts((d, right), (b, left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HUGE: i128 = i128::MAX / 3;

    #[test]
    fn what_does_not_fit_is_said() {
        let huge = Exact::of(HUGE, 1).expect("one is no zero");
        assert_eq!(huge.times(huge).unwrap_err(), ExactError::TooLarge);
        assert_eq!(
            huge.whole(Rounding::HalfUp).unwrap_err(),
            ExactError::TooLarge
        );
        assert_eq!(
            Exact::ONE.over(Exact::ZERO).unwrap_err(),
            ExactError::ZeroDivisor
        );
        assert!(Exact::of(i128::MIN, -1).is_err());
    }

    #[test]
    fn lowest_terms_save_what_would_overflow() {
        let third = Exact::of(HUGE, HUGE * 2).expect("no zero");
        let product = third
            .times(third)
            .and_then(|quarter| quarter.rounded::<2>());
        assert_eq!(product.expect("a quarter").to_string(), "0.25");
        let sum = third.plus(third).expect("one");
        assert_eq!(sum, Exact::ONE);
    }

    #[test]
    fn order_holds_beyond_128_bits() {
        let one = Exact::of(HUGE, HUGE - 1).expect("no zero");
        let two = Exact::of(HUGE - 1, HUGE - 2).expect("no zero");
        assert!(one < two);
        assert!(
            Exact::of(-HUGE, HUGE - 1).expect("no zero") > Exact::of(-HUGE, 3).expect("no zero")
        );
    }

    proptest! {
        #[test]
        fn rounding_is_within_half_a_unit(num in -1_000_000_i64..1_000_000, den in 1_i64..10_000) {
            let exact = Exact::of(num.into(), den.into()).expect("no zero");
            let rounded: Decimal<4> = exact.rounded().expect("small");
            let off = exact.minus(rounded.into()).expect("small");
            let half = Exact::of(1, 20_000).expect("no zero");
            prop_assert!(off <= half && off >= Exact::ZERO.minus(half).expect("small"));
        }

        #[test]
        fn adding_and_taking_away_is_nothing(
            (a, b) in (-9_999_i128..9_999, 1_i128..9_999),
            (c, d) in (-9_999_i128..9_999, 1_i128..9_999),
        ) {
            let (one, two) = (Exact::of(a, b).expect("b"), Exact::of(c, d).expect("d"));
            let back = one.plus(two).and_then(|sum| sum.minus(two)).expect("small");
            prop_assert_eq!(back, one);
        }
    }
}
