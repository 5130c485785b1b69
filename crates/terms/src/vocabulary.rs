use std::fmt;

/// A word that is not in the vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was written.
    pub word: String,
    /// Which vocabulary it should have come from.
    pub vocabulary: &'static str,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}中没有“{}”", self.vocabulary, self.word)
    }
}

impl std::error::Error for UnknownWord {}

/// What every closed vocabulary offers; lets readers of data treat them alike (词表).
pub trait Vocabulary: Copy + Eq + 'static + std::str::FromStr<Err = UnknownWord> {
    /// The 中文 name of the vocabulary itself.
    const TITLE: &'static str;
    /// Every value, in declaration order.
    const ALL: &'static [Self];
    /// The English word used in policy data, cases and the API.
    fn word(self) -> &'static str;
    /// The 中文 name shown on screens and in traces.
    fn zh(self) -> &'static str;
    /// The value's position as one bit; no vocabulary has more than 32 values.
    fn bit(self) -> u32;
}

/// Declares a closed vocabulary: each value with its English word (data files, API) and 中文 name.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $name:ident $title:literal {
            $( $(#[$vmeta:meta])* $value:ident = $word:literal $zh:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $(
                #[doc = $zh]
                $(#[$vmeta])*
                #[serde(rename = $word)]
                $value,
            )+
        }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The English word used in policy data, cases and the API.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The 中文 name shown on screens and in traces.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$value => $zh),+ }
            }
        }

        impl $crate::Vocabulary for $name {
            const TITLE: &'static str = $title;
            const ALL: &'static [Self] = Self::ALL;
            fn word(self) -> &'static str {
                Self::word(self)
            }
            fn zh(self) -> &'static str {
                Self::zh(self)
            }
            fn bit(self) -> u32 {
                1 << (self as u32)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$value),)+
                    _ => Err($crate::UnknownWord { word: word.to_owned(), vocabulary: $title }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.zh())
            }
        }
    };
}
pub(crate) use vocabulary;
