use jiff::civil::date;
use terms::{AreaCode, Date};

/// What an area is made from (示范区配方): the same recipe gives the same area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Where chance starts.
    pub seed: u64,
    /// The pooling area (统筹区).
    pub area: AreaCode,
    /// Its 中文 name.
    pub name: String,
    /// Its counties and districts, the most populous first.
    pub counties: Vec<County>,
    /// The business date (业务日期) for which ages, cover and years are worked out.
    pub today: Date,
    /// How many people.
    pub people: u32,
}

/// A county or district of the area (县、市、区).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// Its code.
    pub code: AreaCode,
    /// Its 中文 name.
    pub name: String,
}

impl Recipe {
    /// 随州市: a real place with invented people and institutions.
    pub fn suizhou() -> Self {
        let counties = [
            ("421303", "曾都区"),
            ("421321", "随县"),
            ("421381", "广水市"),
        ];
        Self::new("421300", "随州市", &counties)
    }

    /// 示例市: a place that does not exist.
    pub fn fictional() -> Self {
        let counties = [("990102", "示东区"), ("990103", "示西县")];
        Self::new("990100", "示例市", &counties)
    }

    /// Any other area of which only code and name are known; it counts as its own county.
    pub fn of_area(area: AreaCode, name: &str) -> Self {
        let county = County {
            code: area,
            name: name.to_owned(),
        };
        Self {
            seed: 20_241_115,
            area,
            name: name.to_owned(),
            counties: vec![county],
            today: date(2024, 11, 15),
            people: 30_000,
        }
    }

    /// The same with another number of people; never fewer than the hand-picked ones.
    #[must_use]
    pub fn with_people(self, people: u32) -> Self {
        Self { people, ..self }
    }

    /// The same from another seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The same on another business date.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today, ..self }
    }

    /// The name without its last character, as institutions carry it (随州, 示例).
    pub(crate) fn short_name(&self) -> &str {
        self.name.strip_suffix('市').unwrap_or(&self.name)
    }

    fn new(area: &str, name: &str, counties: &[(&str, &str)]) -> Self {
        let counties = counties.iter().map(|(code, name)| County {
            code: area_code(code),
            name: (*name).to_owned(),
        });
        Self {
            counties: counties.collect(),
            ..Self::of_area(area_code(area), name)
        }
    }
}

pub(crate) fn area_code(text: &str) -> AreaCode {
    text.parse()
        .expect("the codes written in this crate have six digits")
}
