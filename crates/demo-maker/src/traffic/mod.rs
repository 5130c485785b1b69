//! 就诊流量 — an endless, repeatable stream of plausible bills.

mod basket;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::time;
use money::Fen;
use terms::{CareType, Category, Date, DateTime, InstitutionKind, Sex, Word};

use self::basket::{Basket, Visit};
use crate::disease::by_code;
use crate::{
    DISEASES, DemoArea, Diagnosis, Disease, Institution, Item, Operator, Person, Random, diagnoses,
};

/// Something that happens at an institution (业务事件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A bill to settle.
    Bill(Box<Bill>),
    /// An earlier bill is taken back (冲正、退费).
    Reversal {
        /// [`Bill::sequence`] of the bill; never taken back twice.
        of: u64,
    },
}

/// One invented bill (单据).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// Number of the bill in the stream, from 0.
    pub sequence: u64,
    /// 医疗类别.
    pub care: CareType,
    /// Who is treated; everything the register knows, since a bill may need any of it.
    pub person: Arc<Person>,
    /// Where.
    pub institution: Arc<Institution>,
    /// By whom; an index into [`Institution::doctors`].
    pub doctor: usize,
    /// Who sends the bill.
    pub operator: Arc<Operator>,
    /// The recognised disease, for chronic care.
    pub disease: Option<Word>,
    /// The main diagnosis first.
    pub diagnoses: Vec<Diagnosis>,
    /// Start of the visit, or admission.
    pub begin: DateTime,
    /// End of the visit, or discharge.
    pub end: DateTime,
    /// 费用明细.
    pub lines: Vec<BillLine>,
    /// Whether the person wants to use an account, the own one or a relative's (使用个人账户).
    pub use_account: bool,
}

/// One line of a bill (费用明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// What.
    pub item: Arc<Item>,
    /// Position of the item in the catalogue; the institution's own code may be made from it.
    pub index: usize,
    /// How many whole units.
    pub quantity: u32,
    /// Price of one unit.
    pub price: Fen,
    /// Price times quantity, to the fen.
    pub amount: Fen,
    /// When.
    pub served: DateTime,
}

impl Bill {
    /// 医疗费总额.
    pub fn total(&self) -> Fen {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// The stream of bills; does not end.
#[derive(Debug, Clone)]
pub struct Traffic {
    random: Random,
    day: Date,
    sequence: u64,
    people: Vec<Arc<Person>>,
    chronic: Vec<usize>,
    /// Numbers of the people who may use a relative's account.
    beneficiaries: BTreeSet<String>,
    institutions: Vec<Arc<Institution>>,
    operators: Vec<Vec<Arc<Operator>>>,
    basket: Basket,
    diagnoses: Vec<Diagnosis>,
    open: Vec<u64>,
}

/// What people mostly see a doctor or a pharmacist for.
const COMMON: &[&str] = &[
    "J06.900", "J02.900", "J20.900", "J00.x00", "J30.400", "K29.700", "K52.900", "K30.x00",
    "K04.000", "I10.x00", "E11.900", "E78.500", "M54.500", "M47.802", "M17.900", "L30.900",
    "L50.900", "N39.000", "H10.900", "R42.x00", "R51.x00", "F51.000", "S93.400",
];
/// How many people a stream draws its patients from.
const PATIENTS: usize = 20_000;
/// How many of the latest bills may still be taken back.
const REVERSIBLE: usize = 200;

/// A stream of bills for an area: people, places and items as they are there, on its business date.
pub fn traffic(area: &DemoArea, items: &[Item], seed: u64) -> Traffic {
    let insured = |person: &Person| !person.covers.is_empty();
    let people: Vec<Arc<Person>> = area
        .people()
        .take(PATIENTS)
        .filter(insured)
        .map(Arc::new)
        .collect();
    let grants = people.iter().flat_map(|person| &person.sharing);
    let beneficiaries = grants.map(|grant| grant.beneficiary.clone()).collect();
    let chronic = (0..people.len()).filter(|index| !people[*index].recognitions.is_empty());
    let institutions: Vec<Arc<Institution>> =
        area.institutions.iter().cloned().map(Arc::new).collect();
    let operators = institutions.iter().map(|place| {
        let own = area
            .operators
            .iter()
            .filter(|one| one.institution == place.code);
        own.cloned().map(Arc::new).collect()
    });
    Traffic {
        random: Random::named(seed, "traffic"),
        day: area.recipe.today,
        sequence: 0,
        chronic: chronic.collect(),
        beneficiaries,
        operators: operators.collect(),
        basket: Basket::new(items, area.recipe.today),
        diagnoses: diagnoses(),
        open: Vec::new(),
        people,
        institutions,
    }
}

impl Traffic {
    /// The same stream, from here on dated another day.
    #[must_use]
    pub fn on(self, day: Date) -> Self {
        Self { day, ..self }
    }

    fn bill(&mut self) -> Bill {
        let care = match self.random.weighted(&[40, 45, 10, 5]) {
            0 => CareType::Pharmacy,
            1 => CareType::GeneralOutpatient,
            2 => CareType::ChronicOutpatient,
            _ => CareType::Inpatient,
        };
        let person = self.patient(care);
        let recognised = self.recognised(care, &person);
        let place = self.place(care, &person);
        let chosen = recognised
            .as_ref()
            .and_then(|(_, code)| self.chosen(&person, code));
        let place = chosen.unwrap_or(place);
        let institution = Arc::clone(&self.institutions[place]);
        let days = if care == CareType::Inpatient {
            self.random.between(2, 16)
        } else {
            0
        };
        let end = self.moment();
        let begin = match i64::from(days) {
            0 => end.saturating_sub(jiff::Span::new().minutes(25)),
            days => end.saturating_sub(jiff::Span::new().days(days).hours(2)),
        };
        let grade = institution.grade;
        let disease = recognised.as_ref().map(|(disease, _)| *disease);
        let diagnoses = self.diagnose(care, &person, disease);
        let treatment = disease.map_or(&[][..], |disease| disease.treatment);
        let visit = Visit {
            care,
            grade,
            person: &person,
            begin,
            end,
            days,
            treatment,
        };
        let lines = self.basket.fill(&mut self.random, &visit);
        let doctors = u32::try_from(institution.doctors.len()).expect("doctors are few");
        let has_purse = person.account.is_some() || self.beneficiaries.contains(&person.number);
        let sequence = self.sequence;
        self.sequence += 1;
        Bill {
            sequence,
            care,
            use_account: has_purse && self.random.chance(700),
            doctor: self.random.below(doctors) as usize,
            operator: Arc::clone(self.random.pick(&self.operators[place])),
            disease: recognised.map(|(_, code)| code),
            diagnoses,
            person,
            institution,
            begin,
            end,
            lines,
        }
    }

    fn patient(&mut self, care: CareType) -> Arc<Person> {
        if care == CareType::ChronicOutpatient && !self.chronic.is_empty() {
            let index = *self.random.pick(&self.chronic);
            return Arc::clone(&self.people[index]);
        }
        Arc::clone(self.random.pick(&self.people))
    }

    /// The disease that chronic care is for, and the code by which the area knows it.
    fn recognised(&mut self, care: CareType, person: &Person) -> Option<(&'static Disease, Word)> {
        if care != CareType::ChronicOutpatient || person.recognitions.is_empty() {
            return None;
        }
        let code = self.random.pick(&person.recognitions).disease.clone();
        by_code(code.as_str()).map(|index| (&DISEASES[index], code))
    }

    /// The institution the person chose for a recognised disease; it is treated nowhere else.
    fn chosen(&self, person: &Person, disease: &Word) -> Option<usize> {
        let mut held = person.recognitions.iter();
        let code = &held.find(|one| one.disease == *disease)?.institution;
        self.institutions.iter().position(|one| one.code == *code)
    }

    /// A place that gives such care, mostly in the person's own county; whoever is registered for
    /// care elsewhere is often treated there.
    fn place(&mut self, care: CareType, person: &Person) -> usize {
        use InstitutionKind::{Community, Hospital, Pharmacy, Village};
        let wanted: &[InstitutionKind] = match care {
            CareType::Pharmacy => &[Pharmacy],
            CareType::Inpatient | CareType::ChronicOutpatient => &[Hospital],
            _ => match self.random.weighted(&[50, 35, 15]) {
                0 => &[Hospital],
                1 => &[Community],
                _ => &[Village],
            },
        };
        let away = person
            .registrations
            .first()
            .filter(|_| care == CareType::Inpatient);
        let away = away
            .map(|span| span.place)
            .filter(|_| self.random.chance(500));
        let at_home = away.is_none() && self.random.chance(800);
        let area = person.county.city();
        let fits = |index: &usize| {
            let one = &self.institutions[*index];
            let here = match away {
                Some(place) => one.county == place,
                None if at_home => one.county == person.county,
                None => one.county.city() == area,
            };
            wanted.contains(&one.kind) && here
        };
        let near: Vec<usize> = (0..self.institutions.len()).filter(fits).collect();
        *self.random.pick(&near)
    }

    /// A moment of the day between eight and six.
    fn moment(&mut self) -> DateTime {
        let seconds = i64::from(self.random.between(30 * 60, 10 * 3600));
        self.day
            .to_datetime(time(8, 0, 0, 0))
            .saturating_add(jiff::Span::new().seconds(seconds))
    }

    fn diagnose(
        &mut self,
        care: CareType,
        person: &Person,
        disease: Option<&Disease>,
    ) -> Vec<Diagnosis> {
        let named = |code: &str| self.diagnoses.iter().find(|one| one.code == code).copied();
        if let Some(found) = disease.and_then(|disease| named(disease.diagnosis)) {
            return vec![found];
        }
        let is_stay = care == CareType::Inpatient;
        let count = if is_stay {
            self.random.between(1, 3) as usize
        } else {
            1
        };
        let mut chosen: Vec<Diagnosis> = Vec::new();
        while chosen.len() < count {
            let common = !is_stay && self.random.chance(850);
            let code: &&str = self.random.pick(COMMON);
            let one = match named(code).filter(|_| common) {
                Some(common) => common,
                None => *self.random.pick(&self.diagnoses),
            };
            if (common || suits(one.code, person)) && !chosen.contains(&one) {
                chosen.push(one);
            }
        }
        chosen
    }
}

/// Whether sex and age allow the diagnosis, by its chapter.
fn suits(code: &str, person: &Person) -> bool {
    let of_women = [
        "C53", "C54", "C56", "D06", "D25", "D27", "N7", "N8", "N9", "O", "Z34", "E28",
    ];
    let of_men = ["C61", "N40", "N41", "N43", "N47", "Q53", "I86"];
    let of_newborns = ["P"];
    let begins = |list: &[&str]| list.iter().any(|prefix| code.starts_with(prefix));
    let is_newborn = person
        .cover()
        .is_some_and(|cover| cover.category == Category::Newborn);
    let wrong_sex = match person.sex {
        Sex::Male => begins(&of_women),
        Sex::Female => begins(&of_men),
    };
    !wrong_sex && begins(&of_newborns) == is_newborn
}

impl Iterator for Traffic {
    type Item = Event;

    /// The next event; there always is one.
    fn next(&mut self) -> Option<Event> {
        if !self.open.is_empty() && self.random.chance(10) {
            let last = u32::try_from(self.open.len()).expect("few bills stay open");
            let of = self.open.swap_remove(self.random.below(last) as usize);
            return Some(Event::Reversal { of });
        }
        let bill = self.bill();
        self.open.push(bill.sequence);
        if self.open.len() > REVERSIBLE {
            self.open.remove(0);
        }
        Some(Event::Bill(Box::new(bill)))
    }
}

#[cfg(test)]
mod tests;
