use std::fmt;

use crate::Dictionary;

/// Level of an institution: 3 tertiary, 2 secondary, 1 primary, 9 unrated (医院等级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Level(pub u8);

impl Level {
    /// Reads the national code, of which the first digit counts; 0 when unknown.
    pub fn parse(text: &str) -> Self {
        let digit = text.trim().bytes().next().filter(u8::is_ascii_digit);
        Self(digit.map_or(0, |digit| digit - b'0'))
    }

    /// Its rank, unrated lowest: 3 > 2 > 1 > 9; `None` when unknown.
    pub fn rank(self) -> Option<u8> {
        match self.0 {
            1..=3 => Some(self.0),
            9 => Some(0),
            _ => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            1 => "一级",
            2 => "二级",
            3 => "三级",
            9 => "未定级",
            _ => "等级不详",
        })
    }
}

/// The institutions and pharmacies of a batch (医药机构).
#[derive(Debug, Clone, Default)]
pub struct Providers {
    /// Institution codes.
    pub ids: Dictionary,
    /// 1 hospital or clinic, 2 pharmacy; 0 unknown.
    pub kind: Vec<u8>,
    /// Level today; on a date see `Data::level_on`.
    pub level: Vec<Level>,
    /// Licensed beds.
    pub beds: Vec<Option<i32>>,
    /// Latitude and longitude in millionths of a degree.
    pub place: Vec<Option<(i32, i32)>>,
    /// Whether a register of institutions was read.
    pub registered: bool,
}

impl Providers {
    /// The number of an institution, given out now if new.
    pub fn number(&mut self, id: &str) -> u32 {
        let number = self.ids.number(id);
        if self.kind.len() <= number as usize {
            self.kind.push(0);
            self.level.push(Level(0));
            self.beds.push(None);
            self.place.push(None);
        }
        number
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }
}
