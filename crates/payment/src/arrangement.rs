//! 支付安排：哪些医疗类别、哪些机构按哪个办法支付，每版参数出自哪里。

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use terms::{AreaCode, CareType, Date, Grade, InstitutionKind, Scheme};

use crate::{MethodVersion, ParameterState, Refusal, in_force, simulated};

/// What a method pays for (适用范围); an empty list leaves its question open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scope {
    /// 医疗类别.
    pub care: BTreeSet<CareType>,
    /// 机构类别.
    pub kinds: BTreeSet<InstitutionKind>,
    /// 机构等级.
    pub grades: BTreeSet<Grade>,
    /// Only these institutions.
    pub only: BTreeSet<String>,
    /// Not these institutions.
    pub except: BTreeSet<String>,
}

/// What a scope asks about an institution (机构特征).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traits {
    /// 机构编码.
    pub code: String,
    /// 机构类别.
    pub kind: InstitutionKind,
    /// 等级.
    pub grade: Grade,
}

fn open_or_has<T: Ord>(list: &BTreeSet<T>, one: &T) -> bool {
    list.is_empty() || list.contains(one)
}

fn meet<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> bool {
    one.is_empty() || other.is_empty() || !one.is_disjoint(other)
}

impl Scope {
    /// Whether an institution's care of a kind is paid by this (是否适用).
    pub fn covers(&self, institution: &Traits, care: CareType) -> bool {
        open_or_has(&self.care, &care) && self.includes(institution)
    }

    /// Whether any care of an institution is paid by this.
    pub fn includes(&self, institution: &Traits) -> bool {
        open_or_has(&self.kinds, &institution.kind)
            && open_or_has(&self.grades, &institution.grade)
            && open_or_has(&self.only, &institution.code)
            && !self.except.contains(&institution.code)
    }

    /// Whether the same care of the same institution could be paid by both, with neither of them
    /// naming the institution where the other does not.
    pub fn clashes(&self, other: &Self) -> bool {
        let named = |one: &Self| !one.only.is_empty();
        let apart = self.only.is_subset(&other.except) && named(self)
            || other.only.is_subset(&self.except) && named(other);
        named(self) == named(other)
            && !apart
            && meet(&self.care, &other.care)
            && meet(&self.kinds, &other.kinds)
            && meet(&self.grades, &other.grades)
            && meet(&self.only, &other.only)
    }
}

/// Where the parameters of a version are written (依据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// 文件名称、文号.
    pub document: String,
    /// 条款.
    pub article: Option<String>,
    /// The day somebody last compared the parameters with the document.
    pub checked: Date,
    /// Why the parameters are an assumption, when no document settles them.
    pub assumed: Option<String>,
    /// File and line.
    pub place: String,
}

impl Basis {
    /// The document with its article, and that it is an assumption where it is one.
    pub fn text(&self) -> String {
        let article = self.article.as_deref().map(|one| format!(" {one}"));
        let assumed = self.assumed.as_ref().map(|why| format!("（推定：{why}）"));
        let (article, assumed) = (article.unwrap_or_default(), assumed.unwrap_or_default());
        format!("{}{article}{assumed}", self.document)
    }
}

/// One way of paying in an area (支付安排): what it is for, and its parameters year by year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// Its name in files, such as `employee-inpatient`.
    pub key: String,
    /// The 中文 title.
    pub title: String,
    /// 统筹区.
    pub area: AreaCode,
    /// 险种; its pool never mixes with another's.
    pub scheme: Scheme,
    /// 适用范围.
    pub scope: Scope,
    /// Every version, in the order of the file.
    pub versions: Vec<MethodVersion>,
    /// Where each version is written, same order.
    pub bases: Vec<Basis>,
}

impl Arrangement {
    /// The version in force on a day with its source, if this arrangement has begun.
    ///
    /// # Errors
    /// [`Refusal::NotApproved`] when there are only drafts for the year.
    pub fn on(&self, day: Date) -> Result<Option<(&MethodVersion, &Basis)>, Refusal> {
        let found = match in_force(&self.versions, self.area, self.scheme, day) {
            Ok(found) => found,
            Err(Refusal::NoMethod { .. }) => return Ok(None),
            Err(refusal) => return Err(refusal),
        };
        let same = |one: &&(&MethodVersion, &Basis)| std::ptr::eq(one.0, found);
        let pairs: Vec<_> = self.versions.iter().zip(&self.bases).collect();
        Ok(pairs.iter().find(same).copied())
    }
}

impl Arrangement {
    /// The latest version that has begun, whatever its state, for simulations only (测算).
    pub fn latest(&self, day: Date) -> Option<(&MethodVersion, &Basis)> {
        let found = simulated(&self.versions, self.area, self.scheme, day).ok()?;
        let mut pairs = self.versions.iter().zip(&self.bases);
        pairs.find(|(version, _)| std::ptr::eq(*version, found))
    }

    /// Whether a version was ever approved that applies to a day; drafts alone change nothing.
    pub fn has_begun(&self, day: Date) -> bool {
        let mut versions = self.versions.iter();
        versions.any(|one| one.effective <= day && one.state == ParameterState::Approved)
    }
}

/// Every way of paying of every area (支付办法汇编).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MethodBook {
    /// In order of area, scheme and key.
    pub arrangements: Vec<Arrangement>,
}

impl MethodBook {
    /// The arrangements of an area and scheme.
    pub fn of(&self, area: AreaCode, scheme: Scheme) -> impl Iterator<Item = &Arrangement> {
        let all = self.arrangements.iter();
        all.filter(move |one| (one.area, one.scheme) == (area, scheme))
    }

    /// The arrangement with a key.
    pub fn find(&self, area: AreaCode, key: &str) -> Option<&Arrangement> {
        let mut all = self.arrangements.iter();
        all.find(|one| one.area == area && one.key == key)
    }

    /// The arrangement an institution's care is paid by on a day (适用的支付安排): one that names
    /// the institution before one that does not; none where care is paid by items.
    pub fn covering(
        &self,
        (area, scheme): (AreaCode, Scheme),
        institution: &Traits,
        care: CareType,
        day: Date,
    ) -> Option<&Arrangement> {
        let begun = |one: &&Arrangement| one.has_begun(day);
        let fits = |one: &&Arrangement| one.scope.covers(institution, care) && begun(one);
        let fitting: Vec<&Arrangement> = self.of(area, scheme).filter(fits).collect();
        let named = fitting.iter().find(|one| !one.scope.only.is_empty());
        named.or(fitting.first()).copied()
    }
}
