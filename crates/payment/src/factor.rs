//! Factors written as plain decimals (`"2.5"`) where a percentage would be hard to read.

use std::borrow::Cow;

use money::Ratio;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A factor that reads and writes itself as a plain decimal with at most eight places (倍数).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(Ratio);

impl Factor {
    /// One: changes nothing.
    pub const ONE: Self = Self(Ratio::ONE);

    /// Reads plain decimal text.
    ///
    /// # Errors
    /// [`money::DecimalError`] as in [`Ratio::from_factor_text`].
    pub fn from_text(text: &str) -> Result<Self, money::DecimalError> {
        Ratio::from_factor_text(text).map(Self)
    }

    /// A factor from an exact fraction.
    pub const fn new(ratio: Ratio) -> Self {
        Self(ratio)
    }

    /// The factor as an exact fraction.
    pub const fn ratio(self) -> Ratio {
        self.0
    }
}

impl std::fmt::Display for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = 100_000_000 / i128::from(self.0.den()) * i128::from(self.0.num());
        let sign = if parts < 0 { "-" } else { "" };
        let (whole, rest) = (parts.abs() / 100_000_000, parts.abs() % 100_000_000);
        let rest = format!("{rest:08}");
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{rest}")
    }
}

impl From<Factor> for money::Exact {
    fn from(factor: Factor) -> Self {
        factor.0.into()
    }
}

impl Serialize for Factor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_text(&text).map_err(D::Error::custom)
    }
}
