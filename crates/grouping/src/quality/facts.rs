use money::Fen;
use terms::{Date, Sex};

use crate::Discharge;

/// What a settlement list says beside the case itself, and what we know of the stay (清单核对事实).
#[derive(Debug, Clone, Default)]
pub struct ListFacts<'a> {
    /// The case as it is grouped.
    pub discharge: Discharge<'a>,
    /// How many diagnoses are marked as the principal one.
    pub principals: usize,
    /// How many procedures are marked as the main one.
    pub main_procedures: usize,
    /// Sex as the list states it.
    pub stated_sex: Option<Sex>,
    /// Years of age as the list states them.
    pub stated_years: Option<i64>,
    /// Day of admission as the list states it.
    pub admitted_on: Option<Date>,
    /// Day of discharge as the list states it.
    pub discharged_on: Option<Date>,
    /// First and last day of the stay as it was registered.
    pub registered: Option<(Date, Date)>,
    /// Day of the settlement.
    pub settled_on: Option<Date>,
    /// Procedures with their days.
    pub procedure_days: Vec<(&'a str, Date)>,
    /// Hours of ventilation that cannot be read.
    pub ventilation_unreadable: Option<&'a str>,
    /// All charges as the list adds them, and the bill of our settlement.
    pub totals: Option<(Fen, Fen)>,
    /// All funds as the list adds them, and those of our settlement.
    pub funds: Option<(Fen, Fen)>,
    /// Items that should be filled and are not, in 中文.
    pub missing: Vec<&'a str>,
}
