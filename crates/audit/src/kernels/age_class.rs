use crate::Spot;

/// Whom an item is for, by age (限定人群).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeClass {
    /// 新生儿: up to 28 completed days.
    Newborn,
    /// 婴幼儿 and 儿童: below so many completed years.
    Below(i32),
}

impl AgeClass {
    /// Reads the word of a table; `child` is the age from which nobody is a child. `None` for a
    /// word that names no age.
    pub fn parse(word: &str, child: i64) -> Option<Self> {
        match word {
            "新生儿" => Some(Self::Newborn),
            "婴幼儿" => Some(Self::Below(3)),
            "儿童" => i32::try_from(child).ok().map(Self::Below),
            _ => None,
        }
    }

    /// Whether the person of a line is too old for it on the fee date; `None` when the age is not
    /// known.
    pub fn excludes(self, spot: &Spot<'_>) -> Option<bool> {
        match self {
            Self::Newborn => spot.age_in_days().map(|days| days > 28),
            Self::Below(years) => spot.age().map(|age| age >= years),
        }
    }
}
