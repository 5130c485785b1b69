use serde::{Deserialize, Serialize};
use terms::{CoverState, Date, DocumentKind, Scheme};

use super::{CoverSpan, Limits, Record, Span};
use crate::identity::Document;

/// What the register is checked for (清洗检查项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// 证件号码校验不符.
    IdChecksum,
    /// 出生日期与证件号码不符.
    BirthMismatch,
    /// 性别与证件号码不符.
    SexMismatch,
    /// 同一证件登记为两人.
    SameDocument,
    /// 疑似同一人.
    SamePerson,
    /// 同时参加两个险种.
    TwoSchemes,
    /// 同时在两地参保.
    TwoAreas,
    /// 死亡后仍参保.
    DeadCovered,
    /// 资助参保而无身份.
    SubsidisedWithoutIdentity,
}

impl Check {
    /// Every check.
    pub const ALL: [Self; 9] = [
        Self::IdChecksum,
        Self::BirthMismatch,
        Self::SexMismatch,
        Self::SameDocument,
        Self::SamePerson,
        Self::TwoSchemes,
        Self::TwoAreas,
        Self::DeadCovered,
        Self::SubsidisedWithoutIdentity,
    ];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::IdChecksum => "id_checksum",
            Self::BirthMismatch => "birth_mismatch",
            Self::SexMismatch => "sex_mismatch",
            Self::SameDocument => "same_document",
            Self::SamePerson => "same_person",
            Self::TwoSchemes => "two_schemes",
            Self::TwoAreas => "two_areas",
            Self::DeadCovered => "dead_covered",
            Self::SubsidisedWithoutIdentity => "subsidised_without_identity",
        }
    }

    /// The 中文 name.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::IdChecksum => "证件号码校验不符",
            Self::BirthMismatch => "出生日期与证件号码不符",
            Self::SexMismatch => "性别与证件号码不符",
            Self::SameDocument => "同一证件登记为两人",
            Self::SamePerson => "疑似同一人",
            Self::TwoSchemes => "同时参加两个险种",
            Self::TwoAreas => "同时在两地参保",
            Self::DeadCovered => "死亡后仍参保",
            Self::SubsidisedWithoutIdentity => "资助参保而无身份",
        }
    }

    /// The check of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.word() == word)
    }
}

/// Two values that should agree and do not (证据).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The field, 中文.
    pub field: String,
    /// What the record says.
    pub found: String,
    /// What stands against it.
    pub against: String,
}

/// Something about a record that cannot be right (疑点).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The check.
    pub check: Check,
    /// The values in question.
    pub evidence: Vec<Evidence>,
}

/// What is wrong with a record taken alone, at most one doubt a check.
pub fn doubts(record: &Record<'_>, today: Date, limits: &Limits) -> Vec<Doubt> {
    let mut found = document(record);
    found.extend(overlaps(record, today, limits));
    found.extend(dead_covered(record));
    found.extend(unfounded_subsidy(record));
    found
}

fn doubt(check: Check, field: &str, found: String, against: String) -> Doubt {
    let field = field.to_owned();
    Doubt {
        check,
        evidence: vec![Evidence {
            field,
            found,
            against,
        }],
    }
}

/// Only numbers that look like a resident's are checked; passports have no checksum.
fn document(record: &Record<'_>) -> Vec<Doubt> {
    let number = record.document;
    if !matches!(number.chars().count(), 15 | 18)
        || !number.starts_with(|c: char| c.is_ascii_digit())
    {
        return Vec::new();
    }
    let id = match Document::parse(kind_of(number), number) {
        Ok(id) => id,
        Err(issue) => {
            let check = Check::IdChecksum;
            return vec![doubt(
                check,
                "证件号码",
                number.to_owned(),
                issue.to_string(),
            )];
        }
    };
    let mut found = Vec::new();
    if let Some(birth) = id.birth().filter(|birth| *birth != record.birth) {
        let (found_day, said) = (record.birth.to_string(), birth.to_string());
        found.push(doubt(Check::BirthMismatch, "出生日期", found_day, said));
    }
    if let (Some(said), Some(sex)) = (id.sex(), record.sex)
        && said != sex
    {
        let (sex, said) = (sex.zh().to_owned(), said.zh().to_owned());
        found.push(doubt(Check::SexMismatch, "性别", sex, said));
    }
    found
}

/// The kind of document that a number of this form belongs to.
fn kind_of(number: &str) -> DocumentKind {
    match number.get(..2) {
        Some("81" | "82" | "83") => DocumentKind::ResidencePermit,
        Some("99") => DocumentKind::ResidentId,
        Some(place) if place.starts_with('9') => DocumentKind::ForeignerId,
        _ => DocumentKind::ResidentId,
    }
}

/// Nobody is insured twice for the same risk: only the basic schemes exclude each other.
const fn is_basic(scheme: Scheme) -> bool {
    matches!(
        scheme,
        Scheme::Employee | Scheme::Resident | Scheme::RetiredCadre
    )
}

fn gives_cover(cover: &CoverSpan) -> bool {
    matches!(cover.state, CoverState::Active | CoverState::Waiting) && is_basic(cover.scheme)
}

fn overlaps(record: &Record<'_>, today: Date, limits: &Limits) -> Vec<Doubt> {
    let covers: Vec<&CoverSpan> = record
        .covers
        .iter()
        .filter(|one| gives_cover(one))
        .collect();
    let (mut schemes, mut areas) = (Vec::new(), Vec::new());
    for (place, one) in covers.iter().enumerate() {
        for two in &covers[place + 1..] {
            let Some(both) = one.span.overlap(two.span) else {
                continue;
            };
            if both.days(today) < limits.overlap_days {
                continue;
            }
            let title = format!("重叠{both}");
            if one.scheme != two.scheme {
                schemes.push(evidence(&title, described(one), described(two)));
            }
            if one.county != two.county {
                areas.push(evidence(&title, placed(one), placed(two)));
            }
        }
    }
    [(Check::TwoSchemes, schemes), (Check::TwoAreas, areas)]
        .into_iter()
        .filter(|(_, evidence)| !evidence.is_empty())
        .map(|(check, evidence)| Doubt { check, evidence })
        .collect()
}

fn evidence(field: &str, found: String, against: String) -> Evidence {
    Evidence {
        field: field.to_owned(),
        found,
        against,
    }
}

fn described(cover: &CoverSpan) -> String {
    format!("{} {}", cover.scheme, cover.span)
}

fn placed(cover: &CoverSpan) -> String {
    format!("{} {} {}", cover.county, cover.scheme, cover.span)
}

fn dead_covered(record: &Record<'_>) -> Option<Doubt> {
    let death = record.death?;
    let after = |cover: &&CoverSpan| {
        let open = matches!(cover.state, CoverState::Active | CoverState::Waiting);
        open && cover.span.to.is_none_or(|to| to > death)
    };
    let evidence: Vec<Evidence> = record
        .covers
        .iter()
        .filter(after)
        .map(|cover| evidence("参保", described(cover), format!("{death}死亡")))
        .collect();
    let check = Check::DeadCovered;
    (!evidence.is_empty()).then_some(Doubt { check, evidence })
}

/// A subsidy needs an identity on some of its days.
fn unfounded_subsidy(record: &Record<'_>) -> Option<Doubt> {
    let unfounded = |subsidy: &&Span| {
        let mut held = record.identities.iter();
        !held.any(|identity| identity.overlap(**subsidy).is_some())
    };
    let held = record.identities.iter().map(Span::to_string);
    let held = held.collect::<Vec<_>>().join("；");
    let held = if held.is_empty() {
        "无".to_owned()
    } else {
        held
    };
    let evidence: Vec<Evidence> = record
        .subsidies
        .iter()
        .filter(unfounded)
        .map(|subsidy| evidence("资助参保", subsidy.to_string(), format!("救助身份：{held}")))
        .collect();
    let check = Check::SubsidisedWithoutIdentity;
    (!evidence.is_empty()).then_some(Doubt { check, evidence })
}
