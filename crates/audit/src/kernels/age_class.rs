use crate::kernels::each_line;
use crate::{Built, Desk, Fact, Spot};

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

/// Flags in-scope lines of the items of a table for people too old for them (超限定年龄). Facts: age
/// in completed years, whom it is for.
///
/// # Errors
/// [`crate::Waits`] when no folder has the table.
pub fn beyond_age(desk: &Desk<'_>, table: &str, child: i64) -> Built {
    let limits = desk.by_item(table, |row| AgeClass::parse(row.text("age_class"), child))?;
    Ok(each_line(limits, |spot, class| {
        let beyond = class.excludes(spot)? && !spot.in_scope().is_zero();
        let facts = [Fact::Whole(i64::from(spot.age()?)), Fact::Cell("age_class")];
        beyond.then(|| spot.hit(facts))
    }))
}
