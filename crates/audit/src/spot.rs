use lines::{Care, Data, Day, Diagnosis, Level, Moment, Sex};
use money::{Fen, Ratio, Rounding};

use crate::{Fact, Hit};

/// One line in its place: its visit, its person, its date (一条明细的现场).
#[derive(Debug, Clone, Copy)]
pub struct Spot<'d> {
    /// The batch.
    pub data: &'d Data,
    /// The line.
    pub row: u32,
    /// Its visit.
    pub visit: u32,
    /// Its person.
    pub person: u32,
}

impl<'d> Spot<'d> {
    /// The place of a row.
    pub fn of(data: &'d Data, row: u32) -> Self {
        let visit = data.lines.visit[row as usize];
        Self {
            data,
            row,
            visit,
            person: data.visits.person[visit as usize],
        }
    }

    /// Its item.
    pub fn item(&self) -> u32 {
        self.data.lines.item[self.row as usize]
    }

    /// When the fee arose.
    pub fn time(&self) -> Moment {
        self.data.lines.time[self.row as usize]
    }

    /// The fee date.
    pub fn day(&self) -> Day {
        self.time().day()
    }

    /// Thousandths.
    pub fn count(&self) -> i64 {
        i64::from(self.data.lines.count[self.row as usize])
    }

    /// Total amount.
    pub fn amount(&self) -> Fen {
        self.data.lines.amount[self.row as usize]
    }

    /// What lies inside the scope of payment.
    pub fn in_scope(&self) -> Fen {
        self.data.lines.in_scope(self.row)
    }

    /// Care type of the visit.
    pub fn care(&self) -> Care {
        self.data.visits.care[self.visit as usize]
    }

    /// The provider of the visit.
    pub fn provider(&self) -> u32 {
        self.data.visits.provider[self.visit as usize]
    }

    /// Level of the provider on the fee date.
    pub fn level(&self) -> Level {
        self.data.level_on(self.visit, self.day())
    }

    /// Sex of the person.
    pub fn sex(&self) -> Sex {
        self.data.people.sex[self.person as usize]
    }

    /// Completed years on the fee date.
    pub fn age(&self) -> Option<i32> {
        self.data.age_on(self.person, self.day())
    }

    /// Completed days since birth on the fee date.
    pub fn age_in_days(&self) -> Option<i32> {
        let birth = self.data.people.birth[self.person as usize]?;
        Some(self.day().0 - birth.0).filter(|&days| days >= 0)
    }

    /// The name of the ordering department, empty when unknown.
    pub fn department(&self) -> &'d str {
        let number = self.data.lines.department(self.row);
        number.map_or("", |number| self.data.departments.text(u32::from(number)))
    }

    /// The doctor's number, `lines::NONE` when unknown.
    pub fn doctor(&self) -> u32 {
        self.data.lines.doctor(self.row)
    }

    /// The diagnoses of the visit.
    pub fn diagnoses(&self) -> impl Iterator<Item = Diagnosis<'d>> + use<'d> {
        self.data.visits.diagnoses_of(self.visit)
    }

    /// A hit of the whole amount in scope.
    pub fn hit<const N: usize>(&self, facts: [Fact; N]) -> Hit {
        Hit::new(self.in_scope(), facts)
    }

    /// The part of the in-scope amount that falls to so many thousandths of its quantity, rounded
    /// half up to the fen.
    pub fn share(&self, thousandths: i64) -> Fen {
        let count = self.count();
        if count <= 0 || thousandths >= count {
            return self.in_scope();
        }
        self.in_scope()
            .times(Ratio::new(thousandths, count), Rounding::HalfUp)
    }
}
