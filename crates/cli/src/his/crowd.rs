use std::sync::Arc;

use clap::ValueEnum;
use demo_maker::{
    Bill, BillLine, DemoArea, Diagnosis, Institution, Item, Operator, Person, Random, diagnoses,
};
use jiff::ToSpan as _;
use money::Fen;
use terms::{CareType, Date, DateTime, InstitutionKind, ItemKind};

/// Lines on every bill.
const LINES: usize = 10;
/// Dearer items do not go over a counter ten at a time (in fen).
const ORDINARY: Fen = Fen::yuan(200);

/// Which bills to send (业务).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Flow {
    /// 门诊：挂号、就诊信息、费用明细、预结算、结算
    Outpatient,
    /// 住院：入院、费用明细、出院、预结算、结算
    Inpatient,
    /// 药店：一次结算
    Pharmacy,
    /// 事前审核：开单前问一次，不结算
    Prompt,
    /// 混合：药店四成，门诊五成，住院一成
    Mixed,
}

impl Flow {
    /// The word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Outpatient => "outpatient",
            Self::Inpatient => "inpatient",
            Self::Pharmacy => "pharmacy",
            Self::Prompt => "prompt",
            Self::Mixed => "mixed",
        }
    }
}

/// Many covered people, the places that treat them, and what they are treated with (人群).
#[derive(Debug)]
pub struct Crowd {
    people: Vec<Arc<Person>>,
    pharmacies: Vec<Place>,
    clinics: Vec<Place>,
    hospitals: Vec<Place>,
    drugs: Vec<(usize, Arc<Item>)>,
    care: Vec<(usize, Arc<Item>)>,
    diagnoses: Vec<Diagnosis>,
}

/// An institution with one of its operators.
#[derive(Debug, Clone)]
pub struct Place {
    /// The institution.
    pub institution: Arc<Institution>,
    /// The operator.
    pub operator: Arc<Operator>,
}

impl Crowd {
    /// The people of an area who have cover with benefits on a day, shuffled.
    pub fn of(area: &DemoArea, items: &[Item], today: Date, random: &mut Random) -> Self {
        let covered = |person: &Person| {
            let cover = person.cover();
            cover.is_some_and(|cover| {
                cover.state == terms::CoverState::Active
                    && cover.benefit_from <= today
                    && cover.to.is_none_or(|end| today <= end)
            })
        };
        let mut people: Vec<_> = area.people().filter(covered).map(Arc::new).collect();
        shuffle(&mut people, random);
        let home = area.recipe.area;
        let of_kind = |kinds: &[InstitutionKind]| -> Vec<Place> {
            let fits = |one: &&Institution| kinds.contains(&one.kind) && one.county.city() == home;
            let fitting = area.institutions.iter().filter(fits);
            fitting.filter_map(|one| place(area, one)).collect()
        };
        let wanted = |fits: &dyn Fn(&Item) -> bool| -> Vec<(usize, Arc<Item>)> {
            let ordinary = |item: &Item| item.price <= ORDINARY && item.is_listed_on(today);
            let numbered = items.iter().enumerate();
            let kept = numbered.filter(|(_, item)| ordinary(item) && fits(item));
            kept.map(|(index, item)| (index, Arc::new(item.clone())))
                .collect()
        };
        Self {
            people,
            pharmacies: of_kind(&[InstitutionKind::Pharmacy]),
            clinics: of_kind(&[InstitutionKind::Community, InstitutionKind::Hospital]),
            hospitals: of_kind(&[InstitutionKind::Hospital]),
            drugs: wanted(&|item| item.kind == ItemKind::Drug && item.limitation.is_none()),
            care: wanted(&|item| item.limitation.is_none()),
            diagnoses: diagnoses(),
        }
    }

    /// Whether nobody can be treated.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() || self.pharmacies.is_empty() || self.hospitals.is_empty()
    }

    /// The places that give the care of a flow; a mixed flow has its care chosen first.
    pub fn places(&self, care: CareType) -> &[Place] {
        match care {
            CareType::Pharmacy => &self.pharmacies,
            CareType::Inpatient => &self.hospitals,
            _ => &self.clinics,
        }
    }

    /// The care of the next bill of a flow.
    pub fn care(flow: Flow, random: &mut Random) -> CareType {
        match flow {
            Flow::Pharmacy => CareType::Pharmacy,
            Flow::Outpatient | Flow::Prompt => CareType::GeneralOutpatient,
            Flow::Inpatient => CareType::Inpatient,
            Flow::Mixed => match random.weighted(&[40, 50, 10]) {
                0 => CareType::Pharmacy,
                1 => CareType::GeneralOutpatient,
                _ => CareType::Inpatient,
            },
        }
    }

    /// Ten lines for the person of a ticket, just now; neighbouring tickets are different people.
    pub fn bill(
        &self,
        ticket: u64,
        care: CareType,
        place: &Place,
        now: DateTime,
        random: &mut Random,
    ) -> Bill {
        let many = self.people.len() as u64;
        let person = &self.people[usize::try_from(ticket % many).unwrap_or(0)];
        let begin = match care {
            CareType::Pharmacy => now,
            CareType::Inpatient => now.saturating_sub(7.days()),
            _ => now.saturating_sub(20.minutes()),
        };
        let shelf = if care == CareType::Pharmacy {
            &self.drugs
        } else {
            &self.care
        };
        let doctors = u32::try_from(place.institution.doctors.len()).unwrap_or(1);
        Bill {
            sequence: ticket,
            care,
            person: Arc::clone(person),
            institution: Arc::clone(&place.institution),
            doctor: random.below(doctors) as usize,
            operator: Arc::clone(&place.operator),
            disease: None,
            diagnoses: vec![*random.pick(&self.diagnoses)],
            begin,
            end: now,
            lines: ten_lines(shelf, begin, random),
            use_account: person.account.is_some(),
        }
    }
}

/// Ten different items, one to three of each.
fn ten_lines(shelf: &[(usize, Arc<Item>)], served: DateTime, random: &mut Random) -> Vec<BillLine> {
    let many = u32::try_from(shelf.len()).unwrap_or(u32::MAX);
    let (first, step) = (random.below(many), random.between(1, (many / 16).max(1)));
    let line = |order: u32| {
        let (index, item) = &shelf[((first + order * step) % many) as usize];
        let quantity = random.between(1, 3);
        BillLine {
            item: Arc::clone(item),
            index: *index,
            quantity,
            price: item.price,
            amount: Fen::new(item.price.get() * i64::from(quantity)),
            served,
        }
    };
    (0..LINES as u32).map(line).collect()
}

fn place(area: &DemoArea, institution: &Institution) -> Option<Place> {
    let mut operators = area.operators.iter();
    let operator = operators.find(|one| one.institution == institution.code)?;
    Some(Place {
        institution: Arc::new(institution.clone()),
        operator: Arc::new(operator.clone()),
    })
}

fn shuffle<T>(all: &mut [T], random: &mut Random) {
    for last in (1..all.len()).rev() {
        let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
        all.swap(last, random.below(bound) as usize);
    }
}
