use std::borrow::Cow;
use std::sync::Arc;

use ::settlement::{
    Bill, Counters, InstitutionFacts, Line, PersonFacts, Purse, VisitFacts, assess,
};
use jiff::Span;
use money::{Price, Quantity, Ratio, Rounding};
use policy::{CaseDates, CatalogueItem, ItemTerms};
use terms::{
    AccountKind, CareType, Category, Cause, CoverState, Grade, InstitutionKind, ItemClass,
    ItemKind, Locality, Referral, Registration, Scheme, Word,
};

use super::Clerk;
use crate::facts::{Desk, VisitInput};
use crate::settlement::SavedSettlement;
use crate::{App, Call, Error, Institution};

/// A bill to be worked out without effect (待遇试算).
#[derive(Debug, Clone)]
pub struct Trial {
    /// 险种.
    pub scheme: Scheme,
    /// Whom it is for.
    pub person: TrialPerson,
    /// Where.
    pub place: TrialPlace,
    /// 医疗类别.
    pub care: CareType,
    /// The recognised disease it is for.
    pub disease: Option<Word>,
    /// 转诊情形.
    pub referral: Referral,
    /// 异地就医备案.
    pub registration: Registration,
    /// When.
    pub dates: CaseDates,
    /// Whether accounts shall pay.
    pub use_account: bool,
    /// The costs.
    pub lines: Vec<TrialLine>,
}

/// Whom a trial is for.
#[derive(Debug, Clone)]
pub enum TrialPerson {
    /// Somebody in the register, with the year as it stands.
    Known(String),
    /// Somebody imagined.
    Imagined {
        /// 人员类别.
        category: Category,
        /// 年龄.
        age: i16,
        /// 救助身份.
        identities: Vec<Word>,
        /// 连续参保年数.
        enrolled_years: i32,
        /// What the account holds.
        balance: money::Fen,
        /// The year so far.
        counters: Counters,
    },
}

/// Where a trial takes place.
#[derive(Debug, Clone)]
pub enum TrialPlace {
    /// An institution under agreement.
    Known(Arc<Institution>),
    /// An institution imagined by kind and grade.
    Imagined {
        /// 机构类别.
        kind: InstitutionKind,
        /// 等级.
        grade: Grade,
        /// 就医地.
        locality: Locality,
    },
}

/// One cost of a trial.
#[derive(Debug, Clone)]
pub struct TrialLine {
    /// The catalogue entry, if one was chosen.
    pub item: Option<Arc<CatalogueItem>>,
    /// Its name.
    pub name: String,
    /// Its class, where no entry was chosen.
    pub class: ItemClass,
    /// Its 先行自付比例, where no entry was chosen.
    pub prior: Ratio,
    /// 单价.
    pub price: Price,
    /// 数量.
    pub quantity: Quantity,
}

impl App {
    /// Works a bill out exactly as a settlement would, and records nothing but a read.
    ///
    /// # Errors
    /// What the law refuses; [`Error::Missing`] for an unknown person.
    pub async fn rehearse(&self, clerk: &Clerk, trial: &Trial) -> Result<SavedSettlement, Error> {
        let mut bill = match &trial.person {
            TrialPerson::Known(number) => self.known(clerk, trial, number).await?,
            TrialPerson::Imagined { .. } => self.imagined(clerk, trial),
        };
        bill.lines = lines(trial);
        let outcome = assess(&bill, self.law.scheme(clerk.area, trial.scheme)?)?;
        let numbers: Vec<String> = (1..=trial.lines.len()).map(|n| n.to_string()).collect();
        let names = trial
            .lines
            .iter()
            .map(|line| Cow::Borrowed(line.name.as_str()));
        let named = numbers.iter().map(String::as_str).zip(names);
        Ok(SavedSettlement::of(&bill, &outcome, &clerk.name, named))
    }

    async fn known(&self, clerk: &Clerk, trial: &Trial, number: &str) -> Result<Bill, Error> {
        let context = self.whole(clerk, number).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", number))?;
        self.note(clerk, number, "trial", "").await?;
        let call = Call {
            area: clerk.area,
            institution: self.stand_in(clerk, &trial.place),
            message: None,
            credential: None,
            operator: clerk.name.clone(),
            at: self.clock.now(),
            address: clerk.address.clone(),
        };
        let desk = Desk {
            app: self,
            call: &call,
            context: &context,
        };
        let mut bill = desk.bill(&VisitInput {
            id: "trial".to_owned(),
            scheme: Some(trial.scheme),
            care: trial.care,
            cause: Cause::Illness,
            disease: trial.disease.as_ref().map(ToString::to_string),
            diagnoses: Vec::new(),
            marks: Vec::new(),
            dates: trial.dates,
            use_account: trial.use_account,
        })?;
        if trial.referral != Referral::None {
            bill.visit.referral = trial.referral;
        }
        if trial.registration != Registration::None {
            bill.visit.registration = trial.registration;
        }
        if let TrialPlace::Imagined { locality, .. } = trial.place {
            bill.institution.locality = locality;
            // Nobody can have chosen an institution that does not exist.
            bill.visit.marks.retain(|mark| *mark != *"unrecognised");
        }
        Ok(bill)
    }

    /// The institution of a trial; an imagined one lies in the clerk's own area.
    fn stand_in(&self, clerk: &Clerk, place: &TrialPlace) -> Arc<Institution> {
        match place {
            TrialPlace::Known(institution) => Arc::clone(institution),
            TrialPlace::Imagined { kind, grade, .. } => Arc::new(Institution {
                code: "trial".to_owned(),
                name: kind.zh().to_owned(),
                area: clerk.area,
                county: clerk.area,
                kind: *kind,
                grade: *grade,
                detail: Default::default(),
                keys: Default::default(),
            }),
        }
    }

    fn imagined(&self, clerk: &Clerk, trial: &Trial) -> Bill {
        let institution = match &trial.place {
            TrialPlace::Known(known) => InstitutionFacts {
                code: Word::new(&known.code),
                kind: known.kind,
                grade: known.grade,
                marks: known.detail.marks.clone(),
                locality: Locality::SameCounty,
            },
            TrialPlace::Imagined {
                kind,
                grade,
                locality,
            } => InstitutionFacts {
                code: Word::new("trial"),
                kind: *kind,
                grade: *grade,
                marks: Vec::new(),
                locality: *locality,
            },
        };
        let (person, purses, counters) = facts(clerk, trial);
        Bill {
            area: clerk.area,
            scheme: trial.scheme,
            person,
            institution,
            visit: VisitFacts {
                id: Word::new("trial"),
                care: trial.care,
                cause: Cause::Illness,
                disease: trial.disease.clone(),
                diagnoses: Vec::new(),
                referral: trial.referral,
                registration: trial.registration,
                marks: Vec::new(),
                episode: None,
            },
            dates: trial.dates,
            lines: Vec::new(),
            counters,
            purses,
            use_account: trial.use_account,
            paid_elsewhere: Vec::new(),
            withheld: Vec::new(),
        }
    }
}

/// The imagined person, account and year; a known one has none of these here.
fn facts(clerk: &Clerk, trial: &Trial) -> (PersonFacts, Vec<Purse>, Counters) {
    let mut person = PersonFacts {
        category: Category::Active,
        birth: trial.dates.admission,
        sex: None,
        county: clerk.area,
        cover: CoverState::Active,
        identities: Vec::new(),
        marks: Vec::new(),
        enrolled_years: 0,
        recognised: trial.disease.clone().into_iter().collect(),
    };
    let TrialPerson::Imagined {
        category,
        age,
        identities,
        enrolled_years,
        balance,
        counters,
    } = &trial.person
    else {
        return (person, Vec::new(), Counters::default());
    };
    let born = trial
        .dates
        .admission
        .checked_sub(Span::new().years(i64::from(*age)));
    person.category = *category;
    person.birth = born.unwrap_or(trial.dates.admission);
    person.identities.clone_from(identities);
    person.enrolled_years = *enrolled_years;
    let purse = Purse {
        kind: AccountKind::CurrentYear,
        owner: Word::new("trial"),
        balance: *balance,
    };
    (person, vec![purse], counters.clone())
}

fn lines(trial: &Trial) -> Vec<Line> {
    let line = |(index, line): (usize, &TrialLine)| Line {
        number: u32::try_from(index + 1).unwrap_or(u32::MAX),
        item: Some(
            line.item
                .clone()
                .unwrap_or_else(|| Arc::new(imagined_item(line))),
        ),
        served: trial.dates.discharge,
        price: line.price,
        quantity: line.quantity,
        amount: line.price.times(line.quantity, Rounding::HalfUp),
        outside_indication: false,
    };
    trial.lines.iter().enumerate().map(line).collect()
}

/// An entry for a cost that is known by its class alone.
fn imagined_item(line: &TrialLine) -> CatalogueItem {
    CatalogueItem {
        code: Word::new("trial"),
        name: line.name.clone(),
        kind: ItemKind::Service,
        groups: Vec::new(),
        charge_category: String::new(),
        unit: String::new(),
        specification: String::new(),
        terms: vec![ItemTerms {
            from: terms::Date::constant(2000, 1, 1),
            to: None,
            schemes: None,
            grades: None,
            class: line.class,
            prior: line.prior,
            ceiling: None,
        }],
        restrictions: Vec::new(),
    }
}
