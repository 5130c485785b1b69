use std::marker::PhantomData;

use money::Fen;
use serde::{Deserialize, Serialize};
use terms::{
    AreaCode, CareType, Category, Cause, CoverState, Date, Grade, InstitutionKind, ItemClass,
    ItemKind, Locality, Referral, Registration, Sex, Vocabulary, Word,
};

use crate::Situation;

/// A set of values of one closed vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WordSet<V> {
    bits: u32,
    #[serde(skip)]
    vocabulary: PhantomData<V>,
}

impl<V: Vocabulary> WordSet<V> {
    /// The set of the given values.
    pub fn of(values: &[V]) -> Self {
        let bits = values.iter().fold(0, |bits, value| bits | value.bit());
        Self {
            bits,
            vocabulary: PhantomData,
        }
    }

    /// Whether the value is in the set.
    pub fn has(self, value: V) -> bool {
        self.bits & value.bit() != 0
    }

    /// Whether no value is in both sets.
    pub const fn disjoint(self, other: Self) -> bool {
        self.bits & other.bits == 0
    }

    /// The values, in vocabulary order.
    pub fn values(self) -> impl Iterator<Item = V> {
        V::ALL.iter().copied().filter(move |value| self.has(*value))
    }
}

/// A closed interval; an absent bound is open (区间, 两端均含).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range<N> {
    /// The smallest value inside.
    pub from: Option<N>,
    /// The largest value inside.
    pub to: Option<N>,
}

impl<N: Copy + PartialOrd> Range<N> {
    /// Whether the value lies inside.
    pub fn has(&self, value: N) -> bool {
        self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to)
    }

    /// Whether no value lies in both.
    pub fn disjoint(&self, other: &Self) -> bool {
        let before =
            |a: &Self, b: &Self| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
        before(self, other) || before(other, self)
    }
}

/// One test of a condition: a dimension and the values of it that satisfy the test (catalogue §2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// 人员类别.
    Category(WordSet<Category>),
    /// 救助身份, any one of these held.
    Identity(Vec<Word>),
    /// 周岁.
    Age(Range<i32>),
    /// 出生天数.
    AgeDays(Range<i32>),
    /// 性别.
    Sex(WordSet<Sex>),
    /// 连续参保年数.
    EnrolledYears(Range<i32>),
    /// 参保县（市、区）.
    County(Vec<AreaCode>),
    /// 待遇状态.
    Cover(WordSet<CoverState>),
    /// 标记: any one of these on the person, the institution or the visit.
    Mark(Vec<Word>),
    /// 医疗机构等级.
    Grade(WordSet<Grade>),
    /// 机构类别.
    InstitutionKind(WordSet<InstitutionKind>),
    /// 指定医药机构.
    Institution(Vec<Word>),
    /// 就医地.
    Locality(WordSet<Locality>),
    /// 异地就医备案.
    Registration(WordSet<Registration>),
    /// 转诊情形.
    Referral(WordSet<Referral>),
    /// 医疗类别.
    Care(WordSet<CareType>),
    /// 致病原因.
    Cause(WordSet<Cause>),
    /// 认定病种: the recognised disease this bill is for.
    Disease(Vec<Word>),
    /// 诊断编码前缀: any diagnosis starts with any of these.
    Diagnosis(Vec<Word>),
    /// 本年度第几次住院.
    Admission(Range<i32>),
    /// 住院天数.
    StayDays(Range<i32>),
    /// 入院日期.
    Admitted(Range<Date>),
    /// 出院日期.
    Discharged(Range<Date>),
    /// 结算日期.
    Settled(Range<Date>),
    /// 医疗费总额.
    Total(Range<Fen>),
    /// 收费项目等级 of the line.
    ItemClass(WordSet<ItemClass>),
    /// 目录类别 of the line.
    ItemKind(WordSet<ItemKind>),
    /// 项目分组 of the line, any one of these.
    ItemGroup(Vec<Word>),
    /// 项目编码 of the line.
    Item(Vec<Word>),
    /// 费用发生日期 of the line.
    Served(Range<Date>),
}

impl Test {
    /// Whether the situation satisfies the test; a line test fails where there is no line.
    pub fn holds(&self, at: &Situation<'_>) -> bool {
        match self {
            Self::Category(set) => set.has(at.category),
            Self::Identity(any) => any.iter().any(|word| at.identities.contains(word)),
            Self::Age(range) => range.has(at.age_years),
            Self::AgeDays(range) => range.has(at.age_days),
            Self::Sex(set) => at.sex.is_some_and(|sex| set.has(sex)),
            Self::EnrolledYears(range) => range.has(at.enrolled_years),
            Self::County(any) => any.contains(&at.county),
            Self::Cover(set) => set.has(at.cover),
            Self::Mark(any) => any.iter().any(|mark| at.has_mark(mark)),
            Self::Grade(set) => set.has(at.grade),
            Self::InstitutionKind(set) => set.has(at.institution_kind),
            Self::Institution(any) => any.iter().any(|code| code.as_str() == at.institution),
            Self::Locality(set) => set.has(at.locality),
            Self::Registration(set) => set.has(at.registration),
            Self::Referral(set) => set.has(at.referral),
            Self::Care(set) => set.has(at.care),
            Self::Cause(set) => set.has(at.cause),
            Self::Disease(any) => at.disease.is_some_and(|disease| any.contains(disease)),
            Self::Diagnosis(any) => at.has_diagnosis(any),
            Self::Admission(range) => range.has(at.admission_number),
            Self::StayDays(range) => range.has(at.stay_days),
            Self::Admitted(range) => range.has(at.dates.admission),
            Self::Discharged(range) => range.has(at.dates.discharge),
            Self::Settled(range) => range.has(at.dates.settlement),
            Self::Total(range) => range.has(at.total),
            Self::ItemClass(_)
            | Self::ItemKind(_)
            | Self::ItemGroup(_)
            | Self::Item(_)
            | Self::Served(_) => at
                .item
                .as_ref()
                .is_some_and(|item| self.holds_for_item(item)),
        }
    }

    fn holds_for_item(&self, item: &crate::ItemFacts<'_>) -> bool {
        match self {
            Self::ItemClass(set) => set.has(item.class),
            Self::ItemKind(set) => set.has(item.kind),
            Self::ItemGroup(any) => any.iter().any(|group| item.groups.contains(group)),
            Self::Item(any) => any.iter().any(|code| code.as_str() == item.code),
            Self::Served(range) => range.has(item.served),
            _ => false,
        }
    }

    /// Whether no situation can satisfy both tests; unsure answers are `false`.
    pub fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Category(a), Self::Category(b)) => a.disjoint(*b),
            (Self::Sex(a), Self::Sex(b)) => a.disjoint(*b),
            (Self::Cover(a), Self::Cover(b)) => a.disjoint(*b),
            (Self::Grade(a), Self::Grade(b)) => a.disjoint(*b),
            (Self::InstitutionKind(a), Self::InstitutionKind(b)) => a.disjoint(*b),
            (Self::Locality(a), Self::Locality(b)) => a.disjoint(*b),
            (Self::Registration(a), Self::Registration(b)) => a.disjoint(*b),
            (Self::Referral(a), Self::Referral(b)) => a.disjoint(*b),
            (Self::Care(a), Self::Care(b)) => a.disjoint(*b),
            (Self::Cause(a), Self::Cause(b)) => a.disjoint(*b),
            (Self::ItemClass(a), Self::ItemClass(b)) => a.disjoint(*b),
            (Self::ItemKind(a), Self::ItemKind(b)) => a.disjoint(*b),
            (Self::Age(a), Self::Age(b))
            | (Self::AgeDays(a), Self::AgeDays(b))
            | (Self::EnrolledYears(a), Self::EnrolledYears(b))
            | (Self::Admission(a), Self::Admission(b))
            | (Self::StayDays(a), Self::StayDays(b)) => a.disjoint(b),
            (Self::Total(a), Self::Total(b)) => a.disjoint(b),
            (Self::Admitted(a), Self::Admitted(b))
            | (Self::Discharged(a), Self::Discharged(b))
            | (Self::Settled(a), Self::Settled(b))
            | (Self::Served(a), Self::Served(b)) => a.disjoint(b),
            (Self::County(a), Self::County(b)) => a.iter().all(|county| !b.contains(county)),
            (Self::Institution(a), Self::Institution(b))
            | (Self::Disease(a), Self::Disease(b))
            | (Self::Item(a), Self::Item(b)) => a.iter().all(|word| !b.contains(word)),
            _ => false,
        }
    }
}

/// When a rule applies: every `when` test holds and no `unless` test does (适用条件).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Condition {
    /// All of these hold.
    pub when: Vec<Test>,
    /// None of these holds.
    pub unless: Vec<Test>,
}

impl Condition {
    /// Whether the situation satisfies the condition.
    pub fn holds(&self, at: &Situation<'_>) -> bool {
        self.when.iter().all(|test| test.holds(at))
            && !self.unless.iter().any(|test| test.holds(at))
    }

    /// How many dimensions the condition names; the more, the more specific.
    pub fn specificity(&self) -> usize {
        self.when.len() + self.unless.len()
    }

    /// Whether no situation can satisfy both conditions; unsure answers are `false`.
    pub fn excludes(&self, other: &Self) -> bool {
        let clash = self
            .when
            .iter()
            .any(|a| other.when.iter().any(|b| a.excludes(b)));
        let refused = |a: &Self, b: &Self| a.when.iter().any(|test| b.unless.contains(test));
        clash || refused(self, other) || refused(other, self)
    }
}
