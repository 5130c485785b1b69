//! From what the store holds to what a room is given.

use std::str::FromStr;

use ::settlement::{Bill, Counter, CounterKey, Counters, InstitutionFacts, PersonFacts, Purse};
use ::settlement::{PeriodKey, VisitFacts};
use jiff::civil::Date;
use policy::{AreaPolicy, CaseDates, SchemePolicy};
use serde::{Deserialize, Serialize};
use store::{Context, CoverageRow, RecognitionRow};
use terms::{CareType, Cause, CoverState, Locality, Scheme, Sex, Word};

use crate::filing::{Place, counted};
use crate::{App, Call, Error};

/// One decision at work: the system, the request, and the person at one moment.
pub struct Desk<'a> {
    /// The system; decisions read its law and draw numbers, nothing else.
    pub app: &'a App,
    /// The request.
    pub call: &'a Call,
    /// The person.
    pub context: &'a Context,
}

/// What is kept of a person beside the columns, as JSON in the row's marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonDetail {
    /// 救助身份 with their days.
    pub identities: Vec<IdentitySpan>,
    /// Marks that policy conditions may name.
    pub marks: Vec<Word>,
    /// Since when enrolled without a break, by scheme.
    pub enrolled_since: Vec<(Scheme, Date)>,
    /// 电话.
    pub phone: String,
    /// 住址.
    pub address: String,
    /// 户号, or empty.
    pub household: String,
    /// 证件号码, as replies repeat it; the register finds people by their identifiers.
    pub document: String,
}

/// An identity held over a span of days (救助身份).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitySpan {
    /// The identity.
    pub word: Word,
    /// First day.
    pub from: Date,
    /// Last day, or open.
    pub to: Option<Date>,
}

/// What a bill says about the visit, beyond person and institution.
#[derive(Debug, Clone)]
pub struct VisitInput {
    /// The visit's number.
    pub id: String,
    /// 险种, where the message names one.
    pub scheme: Option<Scheme>,
    /// 医疗类别.
    pub care: CareType,
    /// 致病原因.
    pub cause: Cause,
    /// The recognised disease it is for.
    pub disease: Option<String>,
    /// Diagnosis codes, the main one first.
    pub diagnoses: Vec<String>,
    /// Marks of the visit.
    pub marks: Vec<Word>,
    /// The dates.
    pub dates: CaseDates,
    /// Whether the accounts shall pay.
    pub use_account: bool,
}

/// Whether a span of days holds a day.
pub(crate) fn spans(from: Date, to: Option<Date>, day: Date) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}

/// A word of a closed vocabulary out of a row.
pub(crate) fn word<V: FromStr>(text: &str) -> Result<V, Error> {
    text.parse()
        .map_err(|_| Error::Bug(format!("the store holds the unknown word “{text}”")))
}

impl<'a> Desk<'a> {
    /// The person's details.
    ///
    /// # Errors
    /// [`Error::Bug`] where the row was not written by this version.
    pub fn detail(&self) -> Result<PersonDetail, Error> {
        person_detail(&self.context.person.marks)
    }

    /// The scheme a bill is settled under, and the period of cover that holds on the day.
    ///
    /// The scheme named by the message, else the employee scheme before the resident one.
    ///
    /// # Errors
    /// A refusal where the person never enrolled in the scheme asked for.
    pub fn cover(&self, wanted: Option<Scheme>, day: Date) -> Result<Cover<'a>, Error> {
        let context: &'a Context = self.context;
        let of_scheme = |scheme: Scheme| {
            let of = self
                .context
                .coverage
                .iter()
                .filter(move |row| row.scheme == scheme.word());
            let current = of
                .clone()
                .find(|row| spans(row.starts_on, row.ends_on, day));
            current
                .or(of.clone().next_back())
                .map(|row| Cover { scheme, row, day })
        };
        if let Some(scheme) = wanted {
            return of_scheme(scheme).ok_or_else(|| {
                let name = &context.person.name;
                Error::refused("not_enrolled", format!("{name}没有参加{scheme}"))
            });
        }
        let all: Vec<Cover<'a>> = Scheme::ALL.iter().filter_map(|s| of_scheme(*s)).collect();
        let active = all
            .iter()
            .position(|cover| cover.state().is_ok_and(|s| s == CoverState::Active));
        all.into_iter().nth(active.unwrap_or(0)).ok_or_else(|| {
            Error::refused(
                "not_enrolled",
                format!("{}没有参保信息", context.person.name),
            )
        })
    }

    /// The bill's facts without its lines.
    ///
    /// # Errors
    /// A refusal where scheme or area are unknown here.
    pub fn bill(&self, visit: &VisitInput) -> Result<Bill, Error> {
        let day = visit.dates.admission;
        let cover = self.cover(visit.scheme, day)?;
        let detail = self.detail()?;
        let area = self.app.law.area(self.call.area)?;
        let institution = self.institution_facts(area);
        let place = Place {
            institution: &self.call.institution.code,
            county: self.call.institution.county,
            locality: institution.locality,
        };
        let registered = &self.context.registrations;
        let counted = counted(visit, &place, registered, self.recognised(day));
        Ok(Bill {
            area: self.call.area,
            scheme: cover.scheme,
            person: self.person_facts(&cover, &detail, visit)?,
            institution,
            visit: VisitFacts {
                id: Word::new(&visit.id),
                care: visit.care,
                cause: counted.cause,
                disease: visit.disease.as_deref().map(Word::new),
                diagnoses: visit.diagnoses.iter().map(|code| Word::new(code)).collect(),
                referral: counted.referral,
                registration: counted.registration,
                marks: counted.marks,
                episode: None,
            },
            dates: visit.dates,
            lines: Vec::new(),
            counters: counters_of(self.context, cover.scheme)?,
            purses: self.purses(visit)?,
            use_account: visit.use_account,
            paid_elsewhere: Vec::new(),
            withheld: Vec::new(),
        })
    }

    /// The law of a scheme in the insured place.
    ///
    /// # Errors
    /// A refusal where this service holds none.
    pub fn law(&self, scheme: Scheme) -> Result<&SchemePolicy, Error> {
        self.app.law.scheme(self.call.area, scheme)
    }

    fn person_facts(
        &self,
        cover: &Cover<'_>,
        detail: &PersonDetail,
        visit: &VisitInput,
    ) -> Result<PersonFacts, Error> {
        let (person, day) = (&self.context.person, visit.dates.admission);
        let identities = detail
            .identities
            .iter()
            .filter(|span| spans(span.from, span.to, day));
        let since = detail
            .enrolled_since
            .iter()
            .find(|(scheme, _)| *scheme == cover.scheme);
        Ok(PersonFacts {
            category: word(&cover.row.category)?,
            birth: person.birth,
            sex: Sex::from_str(&person.sex).ok(),
            county: person.county,
            cover: cover.state()?,
            identities: identities.map(|span| span.word.clone()).collect(),
            marks: detail.marks.clone(),
            enrolled_years: since.map_or(0, |(_, since)| {
                i32::from(day.year()) - i32::from(since.year())
            }),
            recognised: self
                .recognised(day)
                .map(|row| Word::new(&row.code))
                .collect(),
        })
    }

    /// Recognitions in force that the institution may serve.
    pub fn recognised(&self, day: Date) -> impl Iterator<Item = &RecognitionRow> {
        let institution = &self.call.institution.code;
        self.context.recognitions.iter().filter(move |row| {
            let chosen: Vec<String> = serde_json::from_str(&row.institutions).unwrap_or_default();
            let here = chosen.is_empty() || chosen.contains(institution);
            here && spans(row.starts_on, row.ends_on, day)
        })
    }

    fn institution_facts(&self, area: &AreaPolicy) -> InstitutionFacts {
        let institution = &self.call.institution;
        // Institutions elsewhere are registered with this area too; where they lie is their county.
        let (place, home) = (institution.county, self.call.area);
        let locality = if place.city() == home.city() {
            if place == self.context.person.county {
                Locality::SameCounty
            } else {
                Locality::OtherCounty
            }
        } else if area.treated_as_local.contains(&place) {
            Locality::OtherCounty
        } else if place.province() == home.province() {
            Locality::OtherCity
        } else {
            Locality::OtherProvince
        };
        InstitutionFacts {
            code: Word::new(&institution.code),
            kind: institution.kind,
            grade: institution.grade,
            marks: institution.detail.marks.clone(),
            locality,
        }
    }

    /// What accounts may pay on the day of settlement: grants, limits and freezes are of that day.
    fn purses(&self, visit: &VisitInput) -> Result<Vec<Purse>, Error> {
        let law = self.app.law.scheme(self.call.area, Scheme::Employee).ok();
        let on = visit.dates.settlement;
        crate::account::purses(self.context, law, visit.care, on)
    }
}

/// A period of cover seen on a day.
pub struct Cover<'a> {
    /// 险种.
    pub scheme: Scheme,
    /// The period that holds, or the last one there was.
    pub row: &'a CoverageRow,
    day: Date,
}

impl Cover<'_> {
    /// 待遇状态 on the day.
    ///
    /// # Errors
    /// [`Error::Bug`] for a state this version does not know.
    pub fn state(&self) -> Result<CoverState, Error> {
        if self.day < self.row.starts_on {
            return Ok(CoverState::NotCovered);
        }
        if self.row.ends_on.is_some_and(|end| end < self.day) {
            return Ok(CoverState::Ended);
        }
        word(&self.row.state)
    }
}

/// Reads a person's details.
///
/// # Errors
/// [`Error::Bug`] where the text was not written by this version.
pub fn person_detail(marks: &str) -> Result<PersonDetail, Error> {
    serde_json::from_str(marks).map_err(|cause| Error::Bug(format!("a person's marks: {cause}")))
}

/// The counters of a scheme.
pub(crate) fn counters_of(context: &Context, scheme: Scheme) -> Result<Counters, Error> {
    let of_scheme = context
        .counters
        .iter()
        .filter(|row| row.key.scheme == scheme.word());
    let counters = of_scheme.map(|row| {
        let period = PeriodKey::try_from(row.key.period.clone()).map_err(Error::Bug)?;
        let subject = (!row.key.subject.is_empty()).then(|| Word::new(&row.key.subject));
        let key = CounterKey {
            name: Word::new(&row.key.counter),
            period,
            subject,
        };
        Ok(Counter {
            key,
            value: row.value,
        })
    });
    Ok(Counters(counters.collect::<Result<_, Error>>()?))
}
