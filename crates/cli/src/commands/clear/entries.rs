//! Maps and lists of a region file, read piece by piece.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::field::{Field, Place};
use super::problem::Problem;

/// What the reader of JSON found, in 中文.
pub fn broken(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let named = text.split('`').nth(1).unwrap_or_default();
    if text.starts_with("duplicate field") {
        return format!("的字段“{named}”重复");
    }
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Data => "应为字段组，且各字段类型正确".to_owned(),
        _ => format!("不是合法的JSON（第{line}行第{column}列）"),
    }
}

/// Reads the entries of a list one after another.
pub struct Each<T, F> {
    read: F,
    /// The entry that is being read.
    pub position: usize,
    /// What was wrong with it.
    pub problem: Option<Problem>,
    entry: PhantomData<T>,
}

impl<T, F> Each<T, F> {
    /// Reads every entry with `read`.
    pub const fn new(read: F) -> Self {
        Self {
            read,
            position: 0,
            problem: None,
            entry: PhantomData,
        }
    }
}

impl<'a, T, F> Visitor<'a> for &mut Each<T, F>
where
    T: Deserialize<'a>,
    F: FnMut(usize, T) -> Result<(), Problem>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element::<T>()? {
            if let Err(problem) = (self.read)(self.position, entry) {
                self.problem = Some(problem);
                return Err(serde::de::Error::custom("refused"));
            }
            self.position += 1;
        }
        Ok(())
    }
}

/// The fields of a map in file order; a field that stands twice is refused.
#[derive(Debug)]
pub struct Entries<'a>(pub Vec<(String, &'a RawValue)>);

impl<'a> Entries<'a> {
    /// Reads a map.
    pub fn of_text(text: &'a str, place: &Place<'_>) -> Result<Self, Problem> {
        let entries: Self = serde_json::from_str(text).map_err(|error| {
            let at = match place {
                Place::Root => "文件".to_owned(),
                below => below.to_string(),
            };
            Problem::Failed(format!("{at}{}", broken(&error)))
        })?;
        let mut names: Vec<&str> = entries.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            let twice = place.field(pair[0]);
            return Err(Problem::Failed(format!("“{twice}”重复")));
        }
        Ok(entries)
    }

    fn raw(&self, name: &str) -> Option<&'a RawValue> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, raw)| *raw)
    }

    /// A field that must be there.
    pub fn need<'p>(&self, name: &'p str, place: &'p Place<'p>) -> Result<Field<'a, 'p>, Problem> {
        Field::required(self.raw(name), place.field(name))
    }

    /// A field that may be missing.
    pub fn maybe<'p>(&self, name: &'p str, place: &'p Place<'p>) -> Option<Field<'a, 'p>> {
        Field::optional(self.raw(name), place.field(name))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(Map).map(Self)
    }
}
