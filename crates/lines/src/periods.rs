use crate::{Day, NONE};

/// A register that says from when until when something holds (登记).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Register {
    /// Person → covered (参保缴费段).
    Coverage,
    /// Person → in custody (服刑羁押).
    Custody,
    /// Person → abroad (出境).
    Abroad,
    /// Person, disease → recognised chronic disease (门诊慢特病认定).
    ChronicDisease,
    /// Person, item → separately paid drug approved (特药认定).
    DrugApproval,
    /// Person, area or provider → registered off-site care (异地就医备案).
    OffSite,
    /// Person → work-injury claim (工伤申报).
    WorkInjury,
    /// Provider, status → agreement suspended or terminated (协议中止、解除).
    Agreement,
    /// Provider, level → level history (等级变动).
    LevelHistory,
    /// Provider, subject → licensed subject (诊疗科目).
    LicensedSubject,
    /// Doctor → payment qualification suspended (医保支付资格暂停).
    StaffSuspension,
    /// Doctor, provider → registered at this provider (医师注册).
    Staff,
    /// Item → in the catalogue (目录有效期).
    Catalogue,
}

/// One row of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Whose it is: a person, provider, doctor or item.
    pub owner: u32,
    /// Number of the key text in `Data::keys`; [`NONE`] without.
    pub key: u32,
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub until: Day,
}

/// The rows of one register, by owner (登记段).
#[derive(Debug, Clone, Default)]
pub struct Periods(Vec<Period>);

impl Periods {
    /// Rows in any order.
    pub fn new(mut rows: Vec<Period>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        Self(rows)
    }

    /// The rows of an owner, by key and first day.
    pub fn of(&self, owner: u32) -> &[Period] {
        let begin = self.0.partition_point(|row| row.owner < owner);
        let length = self.0[begin..].partition_point(|row| row.owner == owner);
        &self.0[begin..begin + length]
    }

    /// Whether a row of the owner covers the day, whatever its key.
    pub fn covers(&self, owner: u32, day: Day) -> bool {
        self.on(owner, day).next().is_some()
    }

    /// Whether a row of the owner with this key covers the day.
    pub fn covers_key(&self, owner: u32, key: u32, day: Day) -> bool {
        key != NONE && self.on(owner, day).any(|row| row.key == key)
    }

    /// The rows of an owner that cover the day.
    pub fn on(&self, owner: u32, day: Day) -> impl Iterator<Item = &Period> {
        let rows = self.of(owner).iter();
        rows.filter(move |row| row.from <= day && day <= row.until)
    }

    /// All rows.
    pub fn all(&self) -> &[Period] {
        &self.0
    }
}
