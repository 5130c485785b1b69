use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not a code of the wanted form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeError {
    /// What was written.
    pub text: String,
    /// What it should have been, in 中文.
    pub wanted: &'static str,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是{}", self.text, self.wanted)
    }
}

impl std::error::Error for CodeError {}

/// An administrative division code of six digits (行政区划代码); names a 统筹区 or a county in it.
///
/// ```
/// let area: terms::AreaCode = "421300".parse().unwrap();
/// assert_eq!(area.province().to_string(), "420000");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode(u32);

impl AreaCode {
    /// The number, 100000–999999.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The province this area lies in.
    pub const fn province(self) -> Self {
        Self(self.0 / 10_000 * 10_000)
    }

    /// The city (prefecture) this area lies in.
    pub const fn city(self) -> Self {
        Self(self.0 / 100 * 100)
    }
}

impl std::str::FromStr for AreaCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let wrong = || CodeError {
            text: text.to_owned(),
            wanted: "六位行政区划代码",
        };
        let number: u32 = text.parse().map_err(|_| wrong())?;
        let plain = text.len() == 6 && (100_000..=999_999).contains(&number);
        if plain {
            Ok(Self(number))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A word of an open vocabulary: identities, diseases, item groups, marks, counters.
///
/// Which words exist is declared by policy data and catalogues; the code only compares them.
/// Cloning shares the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Word(Arc<str>);

impl Word {
    /// A word from its text.
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Word {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.0.as_ref().to_owned()
    }
}

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_code_has_six_digits() {
        for bad in ["", "42130", "4213000", "42130A", "021300", "+21300"] {
            assert!(bad.parse::<AreaCode>().is_err(), "{bad}");
        }
        let area: AreaCode = "421321".parse().unwrap();
        assert_eq!(area.city().to_string(), "421300");
    }
}
