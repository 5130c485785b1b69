use crate::{Day, Dictionary, NONE};

/// Sex as the national code says it (性别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sex {
    /// Not said, or said as 9 (未说明).
    #[default]
    Unknown,
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// Reads `1`, `2`, `male`, `female`, `男`, `女`; anything else is unknown.
    pub fn parse(text: &str) -> Self {
        match text.trim() {
            "1" | "male" | "男" => Self::Male,
            "2" | "female" | "女" => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// Its Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "未说明",
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// The insured people of a batch (参保人).
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Person numbers.
    pub ids: Dictionary,
    /// Sex.
    pub sex: Vec<Sex>,
    /// Day of birth.
    pub birth: Vec<Option<Day>>,
    /// Day of death.
    pub death: Vec<Option<Day>>,
    /// Insurance code of the national list, 310 employee, 390 resident; 0 unknown.
    pub insurance: Vec<u16>,
    /// Phone numbers of the file.
    pub phones: Dictionary,
    /// Phone of each person, [`NONE`] unknown.
    pub phone: Vec<u32>,
    /// Household numbers of the file.
    pub households: Dictionary,
    /// Household of each person, [`NONE`] unknown.
    pub household: Vec<u32>,
    /// Whether a register of people was read, and not only visits that name them.
    pub registered: bool,
}

impl People {
    /// The number of a person, given out now if new.
    pub fn number(&mut self, id: &str) -> u32 {
        let number = self.ids.number(id);
        if self.sex.len() <= number as usize {
            self.sex.push(Sex::Unknown);
            self.birth.push(None);
            self.death.push(None);
            self.insurance.push(0);
            self.phone.push(NONE);
            self.household.push(NONE);
        }
        number
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.sex.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.sex.is_empty()
    }
}
