use std::collections::BTreeMap;
use std::str::FromStr;

use ::store::{CaseFilter, CaseRow};
use bookkeeping::book_of;
use jiff::ToSpan;
use money::Fen;
use payment::{
    Arrangement, Basis, Method, MethodVersion, ParameterState, Pool, Refusal, Step, Traits,
};
use terms::{AreaCode, CareType, Date, FundType, Scheme};

use super::refused;
use crate::{App, Error};

/// A year of an arrangement, up to a day (年度进度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThroughYear {
    /// The arrangement's key.
    pub arrangement: String,
    /// 年度.
    pub year: i16,
    /// The last day that counts.
    pub through: Date,
}

/// Everything a pool of a year is shared from.
pub(super) struct PoolYear<'a> {
    pub arrangement: &'a Arrangement,
    pub version: &'a MethodVersion,
    pub pool: Pool,
    /// Whether the parameters are not approved: good for a simulation only (测算).
    pub simulated: bool,
    pub basis: &'a Basis,
    pub book: &'static str,
    pub year: i16,
    pub cases: Vec<CaseRow>,
    /// Cases of the years before, the oldest year first; the year's own where it is its own base.
    pub base: Vec<Vec<CaseRow>>,
    /// Every institution of a case.
    pub institutions: BTreeMap<String, Traits>,
}

impl PoolYear<'_> {
    /// What may be shared, and how it came about.
    pub fn budget(&self) -> Result<(Fen, Vec<Step>), Error> {
        self.pool.distributable().map_err(|cause| refused(&cause))
    }
}

/// The book of a scheme's pool.
pub(super) fn book_of_scheme(scheme: Scheme) -> Option<&'static str> {
    match scheme {
        Scheme::Employee => Some(book_of(FundType::EmployeePooled)),
        Scheme::Resident => Some(book_of(FundType::ResidentPooled)),
        Scheme::LongTermCare => Some(book_of(FundType::LongTermCare)),
        _ => None,
    }
}

/// The scheme whose pool a book is.
pub(super) fn scheme_of_book(book: &str) -> Option<Scheme> {
    let all = [Scheme::Employee, Scheme::Resident, Scheme::LongTermCare];
    all.into_iter()
        .find(|scheme| book_of_scheme(*scheme) == Some(book))
}

fn new_year(year: i16) -> Date {
    Date::constant(year, 1, 1)
}

impl App {
    /// What a scope asks about an institution.
    pub(super) fn traits(&self, code: &str) -> Result<Traits, Error> {
        let found = self.institution(code)?;
        Ok(Traits {
            code: found.code.clone(),
            kind: found.kind,
            grade: found.grade,
        })
    }

    /// The arrangement with a key and its version of a year; where `simulate`, also one that was
    /// not approved.
    fn version_of(
        &self,
        area: AreaCode,
        asked: &ThroughYear,
        simulate: bool,
    ) -> Result<(&Arrangement, &MethodVersion, &Basis), Error> {
        let found = self.law.methods.find(area, &asked.arrangement);
        let one = found.ok_or_else(|| Error::missing("支付安排", &asked.arrangement))?;
        let last = Date::constant(asked.year, 12, 31);
        let version = match one.on(last) {
            Err(Refusal::NotApproved { .. }) if simulate => one.latest(last),
            found => found.map_err(|cause| refused(&cause))?,
        };
        // A simulation may try the parameters of an earlier year; a year is paid by its own only.
        let of_year = |(version, _): &(&MethodVersion, &Basis)| {
            let draft = version.state != ParameterState::Approved;
            version.year == asked.year || simulate && draft
        };
        let none = || {
            let message = format!("{}没有{}年度的参数", one.title, asked.year);
            Error::refused("no_method", message)
        };
        let (version, basis) = version.filter(of_year).ok_or_else(none)?;
        Ok((one, version, basis))
    }

    /// Reads the cases of a year and of its base.
    ///
    /// # Errors
    /// `no_method`, `not_a_pool` for a method that shares none, [`Error::Missing`] for an
    /// institution that is no longer known.
    pub(super) async fn pool_year(
        &self,
        area: AreaCode,
        asked: &ThroughYear,
        simulate: bool,
    ) -> Result<PoolYear<'_>, Error> {
        let (arrangement, version, basis) = self.version_of(area, asked, simulate)?;
        let not_a_pool = || {
            let message = format!("{}不分配封闭总额，没有年度点数", arrangement.title);
            Error::refused("not_a_pool", message)
        };
        let simulated = version.state != ParameterState::Approved;
        let neutral = || simulated.then(|| Pool::of(Fen::ZERO));
        let pool = version
            .pool
            .clone()
            .or_else(neutral)
            .ok_or_else(not_a_pool)?;
        let book = book_of_scheme(arrangement.scheme).ok_or_else(not_a_pool)?;
        let mut read = PoolYear {
            arrangement,
            version,
            pool,
            simulated,
            basis,
            book,
            year: asked.year,
            cases: Vec::new(),
            base: Vec::new(),
            institutions: BTreeMap::new(),
        };
        read.cases = self
            .cases_of(area, &mut read, asked.year, asked.through)
            .await?;
        for before in (1..=i16::from(read.pool.base_years)).rev() {
            let year = asked.year - before;
            let of_year = self.cases_of(area, &mut read, year, asked.through).await?;
            read.base.push(of_year);
        }
        if read.pool.base_years == 0 {
            read.base.push(read.cases.clone());
        }
        if version.pool.is_none() {
            // A draft without an amount is tried with what is owed by items.
            read.pool = Pool::of(read.cases.iter().map(|case| case.fund).sum());
        }
        Ok(read)
    }

    async fn cases_of(
        &self,
        area: AreaCode,
        read: &mut PoolYear<'_>,
        year: i16,
        through: Date,
    ) -> Result<Vec<CaseRow>, Error> {
        let kind = match read.version.method {
            Method::Dip { .. } => "dip",
            _ => "drg",
        };
        let funds = FundType::ALL
            .iter()
            .filter(|fund| book_of(**fund) == read.book);
        // A stay that ended in the year may be settled in the first half of the next.
        let end = new_year(year + 1).saturating_add(6.months());
        let filter = CaseFilter {
            scheme: read.arrangement.scheme.word().to_owned(),
            book: read.book.to_owned(),
            funds: funds.map(|fund| fund.word()).collect(),
            kind: kind.to_owned(),
            from: new_year(year),
            before: end.min(through.saturating_add(1.days())),
            institution: String::new(),
        };
        let mut cases = Vec::new();
        for case in self.store.pool_cases(area, &filter).await? {
            let basis = read.version.case_year;
            let counted = basis.date(case.discharged_on, case.settled_on);
            if counted.year() == year && self.belongs(read, &case)? {
                cases.push(case);
            }
        }
        Ok(cases)
    }

    /// Whether a bill's care is paid by the arrangement.
    fn belongs(&self, read: &mut PoolYear<'_>, case: &CaseRow) -> Result<bool, Error> {
        if !read.institutions.contains_key(&case.institution) {
            let traits = self.traits(&case.institution)?;
            read.institutions.insert(case.institution.clone(), traits);
        }
        let traits = &read.institutions[&case.institution];
        let Ok(care) = CareType::from_str(&case.care_type) else {
            return Ok(false);
        };
        let one = read.arrangement;
        if read.simulated {
            return Ok(one.scope.covers(traits, care));
        }
        let place = (one.area, one.scheme);
        let last = Date::constant(read.year, 12, 31);
        let found = self.law.methods.covering(place, traits, care, last);
        Ok(found.is_some_and(|found| found.key == one.key))
    }
}
