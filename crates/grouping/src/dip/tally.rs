use std::collections::BTreeMap;

use money::Fen;

use super::spelling::spell;
use crate::discharge::Discharge;

/// How many characters of a diagnosis the directory goes by: `I63.9`.
const DIAGNOSIS_LENGTH: usize = 5;

/// History counted by diagnosis and combination of procedures (历史病例汇总). It grows with the
/// number of different combinations, not with the number of cases.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub(super) years: Vec<i16>,
    /// Diagnosis to four characters, and each procedure once, sorted.
    pub(super) combinations: BTreeMap<(String, Vec<String>), Sums>,
}

/// Cases and money by year, as positions of [`Tally::years`].
pub(super) type Sums = BTreeMap<i16, (u64, i128)>;

impl Tally {
    /// Counts a case. False when it cannot be used: no principal diagnosis or no cost.
    pub fn add(&mut self, year: i16, discharge: &Discharge<'_>) -> bool {
        let principal = discharge.principal.map(spell);
        let principal = principal.filter(|code| !code.is_empty());
        let cost = discharge.total_cost.filter(|cost| *cost > Fen::ZERO);
        let (Some(principal), Some(cost)) = (principal, cost) else {
            return false;
        };
        if let Err(at) = self.years.binary_search(&year) {
            self.years.insert(at, year);
        }
        let diagnosis = principal.get(..DIAGNOSIS_LENGTH);
        let diagnosis = diagnosis.unwrap_or(&principal).to_owned();
        let codes = discharge.procedures.iter();
        let codes = codes.map(|code| spell(code).into_owned());
        let mut procedures: Vec<String> = codes.filter(|code| !code.is_empty()).collect();
        procedures.sort();
        procedures.dedup();
        let sums = self
            .combinations
            .entry((diagnosis, procedures))
            .or_default();
        put(sums, year, (1, i128::from(cost.get())));
        true
    }

    /// The years of the history, rising.
    pub fn years(&self) -> &[i16] {
        &self.years
    }
}

/// Adds cases and money to a year.
pub(super) fn put(sums: &mut Sums, year: i16, (cases, money): (u64, i128)) {
    let entry = sums.entry(year).or_insert((0, 0));
    entry.0 += cases;
    entry.1 += money;
}

/// Adds all years of one into another.
pub(super) fn merge(into: &mut Sums, from: &Sums) {
    for (year, counted) in from {
        put(into, *year, *counted);
    }
}

/// Cases of all years.
pub(super) fn cases(sums: &Sums) -> u64 {
    sums.values().map(|(cases, _)| cases).sum()
}
