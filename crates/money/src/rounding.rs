use serde::{Deserialize, Serialize};

/// How an exact amount becomes whole units; 舍入方式, chosen by the policy and never by the code.
///
/// `HalfUp` is 四舍五入: halves go away from zero, so 2.345 becomes 2.35 and −2.345 becomes −2.35.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 四舍五入: halves away from zero.
    #[default]
    HalfUp,
    /// 截尾: towards zero.
    Truncate,
    /// 进一: away from zero.
    AwayFromZero,
}

impl Rounding {
    /// Divides exactly and rounds the quotient; `den` must be positive.
    pub(crate) fn divide(self, num: i128, den: i128) -> i128 {
        debug_assert!(den > 0, "a divisor is positive");
        let quotient = num / den;
        let rest = (num % den).abs();
        let up = match self {
            Self::HalfUp => rest >= den - rest,
            Self::Truncate => false,
            Self::AwayFromZero => rest != 0,
        };
        if up {
            quotient + num.signum()
        } else {
            quotient
        }
    }

    /// The 中文 name of this rounding, for traces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "四舍五入",
            Self::Truncate => "截尾",
            Self::AwayFromZero => "进一",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rounding::*;

    #[test]
    fn halves_leave_zero_in_both_directions() {
        let cases = [
            (5, 2, 3, 2, 3),
            (-5, 2, -3, -2, -3),
            (7, 3, 2, 2, 3),
            (-7, 3, -2, -2, -3),
            (6, 3, 2, 2, 2),
        ];
        for (num, den, up, cut, away) in cases {
            assert_eq!(HalfUp.divide(num, den), up, "{num}/{den}");
            assert_eq!(Truncate.divide(num, den), cut, "{num}/{den}");
            assert_eq!(AwayFromZero.divide(num, den), away, "{num}/{den}");
        }
    }
}
