use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::{
    Day, Dictionary, Items, Level, Lines, Moment, People, Periods, Providers, Quality, Register,
    Stock, Table, Trace, Visits,
};

/// Everything known about one batch, in order: person → visit → line (一批明细).
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// Claim lines; the lines of one visit stand together.
    pub lines: Lines,
    /// Line ids that are no plain numbers, in the order of text.
    pub line_texts: Vec<Box<str>>,
    /// Visits.
    pub visits: Visits,
    /// People.
    pub people: People,
    /// Institutions and pharmacies.
    pub providers: Providers,
    /// Catalogue items that lines name.
    pub items: Items,
    /// Names (or codes) of departments.
    pub departments: Dictionary,
    /// Doctors.
    pub doctors: Dictionary,
    /// Prescriptions.
    pub prescriptions: Dictionary,
    /// Keys of registers: diseases, statuses, levels, areas.
    pub keys: Dictionary,
    /// Registers of periods; those without a file are not there.
    pub registers: BTreeMap<Register, Periods>,
    /// Trace codes; `None` without a file.
    pub trace: Option<Trace>,
    /// Stock ledger; `None` without a file.
    pub stock: Option<Stock>,
    /// Every other table of the data folder, by name.
    pub tables: BTreeMap<String, Table>,
    /// What is wrong with the data.
    pub quality: Quality,
    pub(crate) line_begin: Vec<u32>,
    pub(crate) line_end: Vec<u32>,
    pub(crate) of_person: Vec<u32>,
    pub(crate) person_begin: Vec<u32>,
    pub(crate) of_provider: Vec<u32>,
    pub(crate) provider_begin: Vec<u32>,
}

impl Data {
    /// The rows of the lines of a visit.
    pub fn lines_of(&self, visit: u32) -> std::ops::Range<u32> {
        self.line_begin[visit as usize]..self.line_end[visit as usize]
    }

    /// The visits of a person, by begin and visit number.
    pub fn visits_of(&self, person: u32) -> &[u32] {
        slice(&self.of_person, &self.person_begin, person)
    }

    /// The visits at a provider, by begin and visit number.
    pub fn visits_at(&self, provider: u32) -> &[u32] {
        slice(&self.of_provider, &self.provider_begin, provider)
    }

    /// The order of two lines: time, then line id.
    pub fn line_order(&self, a: u32, b: u32) -> Ordering {
        let key = |row: u32| (self.lines.time[row as usize], self.lines.id[row as usize]);
        key(a).cmp(&key(b))
    }

    /// The order of two visits: begin, then visit number as text.
    pub fn visit_order(&self, a: u32, b: u32) -> Ordering {
        let begin = |visit: u32| self.visits.begin[visit as usize];
        let id = |visit| self.visits.ids.text(visit);
        begin(a).cmp(&begin(b)).then_with(|| id(a).cmp(id(b)))
    }

    /// The id of a line as its file says it.
    pub fn line_id(&self, row: u32) -> String {
        let id = self.lines.id[row as usize];
        match id.text_number() {
            Some(number) => self.line_texts[number as usize].to_string(),
            None => id.to_string(),
        }
    }

    /// A register, when its file was read.
    pub fn register(&self, register: Register) -> Option<&Periods> {
        self.registers.get(&register)
    }

    /// A table that no accessor knows, when its file was read.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }

    /// The level of a provider on a day: its level history, else what the visit says, else the
    /// register of institutions. The history decides because a level is looked up on the fee date.
    pub fn level_on(&self, visit: u32, day: Day) -> Level {
        let provider = self.visits.provider[visit as usize];
        let history = self.register(Register::LevelHistory);
        let row = history.and_then(|history| history.on(provider, day).next());
        if let Some(row) = row {
            return Level::parse(self.keys.text(row.key));
        }
        let said = self.visits.level[visit as usize];
        if said.0 != 0 {
            return said;
        }
        let known = self.providers.level.get(provider as usize);
        known.copied().unwrap_or_default()
    }

    /// The age of a person in completed years on a day, when the birth is known and not later.
    pub fn age_on(&self, person: u32, day: Day) -> Option<i32> {
        let birth = self.people.birth[person as usize]?;
        Some(day.years_since(birth)).filter(|&years| years >= 0)
    }

    /// First and last fee date of the batch.
    pub fn window(&self) -> Option<(Day, Day)> {
        let times = &self.lines.time;
        let first = times.iter().min().copied().map(Moment::day)?;
        Some((first, times.iter().max().copied().map(Moment::day)?))
    }
}

fn slice<'d>(rows: &'d [u32], begins: &[u32], owner: u32) -> &'d [u32] {
    let at = owner as usize;
    match (begins.get(at), begins.get(at + 1)) {
        (Some(&begin), Some(&end)) => &rows[begin as usize..end as usize],
        _ => &[],
    }
}
