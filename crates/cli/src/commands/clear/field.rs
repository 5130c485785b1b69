//! Fields of a region file: read exactly as written, refused with their place and value.

use std::borrow::Cow;
use std::fmt;

use money::{Decimal, DecimalError, Fen};
use payment::Factor;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer as _};
use serde_json::value::RawValue;
use terms::Date;

pub use super::entries::Entries;
use super::entries::{Each, broken};
use super::problem::Problem;

/// Where something stands in the file, such as `cases[3].cost`; written out only when it is wrong.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// The file itself.
    Root,
    /// A field of something.
    Field(&'p Place<'p>, &'p str),
    /// An entry of a list.
    Entry(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    /// The file itself.
    pub const fn root() -> Self {
        Self::Root
    }

    /// A field below.
    pub const fn field(&'p self, name: &'p str) -> Self {
        Self::Field(self, name)
    }

    /// An entry below.
    pub const fn entry(&'p self, position: usize) -> Self {
        Self::Entry(self, position)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Field(Self::Root, name) => f.write_str(name),
            Self::Field(above, name) => write!(f, "{above}.{name}"),
            Self::Entry(above, position) => write!(f, "{above}[{position}]"),
        }
    }
}

/// One value of the file with its place.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a, 'p> {
    raw: &'a RawValue,
    place: Place<'p>,
}

impl<'a, 'p> Field<'a, 'p> {
    /// A value at a place.
    pub const fn new(raw: &'a RawValue, place: Place<'p>) -> Self {
        Self { raw, place }
    }

    /// The same, or that it is missing; `null` counts as missing.
    pub fn required(raw: Option<&'a RawValue>, place: Place<'p>) -> Result<Self, Problem> {
        let raw = raw.filter(|raw| raw.get() != "null");
        let raw = raw.ok_or_else(|| Problem::Failed(format!("缺少“{place}”")))?;
        Ok(Self { raw, place })
    }

    /// The same where it may be missing.
    pub fn optional(raw: Option<&'a RawValue>, place: Place<'p>) -> Option<Self> {
        let raw = raw.filter(|raw| raw.get() != "null")?;
        Some(Self { raw, place })
    }

    /// Where it stands.
    pub const fn place(&self) -> Place<'p> {
        self.place
    }

    /// That the value can not be read.
    pub fn wrong(&self, want: impl fmt::Display) -> Problem {
        Problem::Failed(self.sentence(want))
    }

    /// That the value can be read and is not lawful.
    pub fn refused(&self, want: impl fmt::Display) -> Problem {
        Problem::Refused {
            code: "bad_parameter",
            message: self.sentence(want),
        }
    }

    fn sentence(&self, want: impl fmt::Display) -> String {
        let shown: String = self.raw.get().chars().take(60).collect();
        let more = if shown.len() < self.raw.get().len() {
            "…"
        } else {
            ""
        };
        let shown = shown.trim_matches('"');
        format!("{}为“{shown}{more}”，{want}", self.place)
    }

    /// Text, or a number or flag as it is written.
    pub fn text(&self) -> Result<Cow<'a, str>, Problem> {
        let raw: &'a str = self.raw.get();
        if let Some(inside) = raw
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        {
            if !inside.contains('\\') {
                return Ok(Cow::Borrowed(inside));
            }
            let read = serde_json::from_str::<String>(raw).map(Cow::Owned);
            return read.map_err(|_| self.wrong("不是合法的文字"));
        }
        if raw.starts_with(['{', '[']) {
            return Err(self.wrong("应为文字或数字"));
        }
        Ok(Cow::Borrowed(raw))
    }

    /// A code or number that must not be empty.
    pub fn code(&self) -> Result<Cow<'a, str>, Problem> {
        let text = self.text()?;
        if text.trim().is_empty() {
            return Err(self.wrong("不应为空"));
        }
        Ok(text)
    }

    fn decimal<T>(&self, read: impl Fn(&str) -> Result<T, DecimalError>) -> Result<T, Problem> {
        read(&self.text()?).map_err(|error| self.wrong(error))
    }

    /// Yuan with two decimals.
    pub fn fen(&self) -> Result<Fen, Problem> {
        self.decimal(Fen::from_yuan_text)
    }

    /// A plain factor.
    pub fn factor(&self) -> Result<Factor, Problem> {
        self.decimal(Factor::from_text)
    }

    /// A decimal of fixed places.
    pub fn places<const PLACES: u32>(&self) -> Result<Decimal<PLACES>, Problem> {
        self.decimal(Decimal::from_text)
    }

    /// A whole number that is not negative.
    pub fn count(&self) -> Result<u32, Problem> {
        let text = self.text()?;
        text.parse().map_err(|_| self.wrong("应为不小于零的整数"))
    }

    /// A day.
    pub fn date(&self) -> Result<Date, Problem> {
        let text = self.text()?;
        text.parse().map_err(|_| self.wrong("不是日期"))
    }

    /// Yes or no.
    pub fn flag(&self) -> Result<bool, Problem> {
        match self.raw.get() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.wrong("应为true或false")),
        }
    }

    /// The fields of a map.
    pub fn entries(&self) -> Result<Entries<'a>, Problem> {
        Entries::of_text(self.raw.get(), &self.place)
    }

    /// A list, entry by entry, so that millions are never held at once.
    pub fn each<T: Deserialize<'a>>(
        &self,
        read: impl FnMut(usize, T) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        if !self.raw.get().starts_with('[') {
            return Err(self.wrong("应为列表"));
        }
        let mut each = Each::<T, _>::new(read);
        let mut json = serde_json::Deserializer::from_str(self.raw.get());
        let read = json.deserialize_seq(&mut each);
        match (each.problem, read) {
            (Some(problem), _) => Err(problem),
            (None, Err(error)) => {
                let entry = self.place.entry(each.position);
                Err(Problem::Failed(format!("{entry}{}", broken(&error))))
            }
            (None, Ok(())) => Ok(()),
        }
    }

    /// How many entries a list has, so that room for millions is made once.
    pub fn length(&self) -> Result<usize, Problem> {
        let mut count = 0;
        self.each(|_, _: IgnoredAny| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// A short list at once.
    pub fn list(&self) -> Result<Vec<&'a RawValue>, Problem> {
        let mut found = Vec::new();
        self.each(|_, raw: &'a RawValue| {
            found.push(raw);
            Ok(())
        })?;
        Ok(found)
    }

    /// A list whose entries are read alike.
    pub fn list_of<T>(
        &self,
        read: impl Fn(&Field<'a, '_>) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let raws = self.list()?.into_iter().enumerate();
        let each = raws.map(|(position, raw)| read(&Field::new(raw, self.place.entry(position))));
        each.collect()
    }
}

/// Reads a plain factor, for lists.
pub fn factor_of(field: &Field<'_, '_>) -> Result<Factor, Problem> {
    field.factor()
}

/// Reads yuan, for lists.
pub fn fen_of(field: &Field<'_, '_>) -> Result<Fen, Problem> {
    field.fen()
}
