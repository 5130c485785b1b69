use serde::Serialize;
use terms::{Date, DocumentKind, Sex};

use super::flaw::{Flaw, Issue};
use super::number::{Read, read_permit, read_resident};
use super::{foreigner, other};

/// A document whose number can be right, with what the number says (证件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    kind: DocumentKind,
    number: String,
    birth: Option<BirthMark>,
    sex: Option<Sex>,
}

/// What a number says about the birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BirthMark {
    /// The whole day.
    Day(Date),
    /// The day without its century.
    Short {
        /// The last two digits of the year.
        year: i8,
        /// Month, from 1.
        month: i8,
        /// Day of the month, from 1.
        day: i8,
    },
}

impl BirthMark {
    /// Whether somebody born on the day could carry it.
    pub fn fits(self, birth: Date) -> bool {
        match self {
            Self::Day(day) => day == birth,
            Self::Short { year, month, day } => {
                (i16::from(year), month, day)
                    == (birth.year().rem_euclid(100), birth.month(), birth.day())
            }
        }
    }
}

impl Document {
    /// Reads a number as one of a document of the kind: blanks around it, full-width characters
    /// and lower case are put right, a resident's old number of 15 digits becomes one of 18.
    ///
    /// # Errors
    /// An [`Issue`] when the number cannot be right.
    ///
    /// ```
    /// use enrolment::identity::{Document, DocumentKind};
    /// let old = Document::parse(DocumentKind::ResidentId, " 990101９00307001　")?;
    /// assert_eq!(old.number(), "990101199003070015");
    /// assert_eq!(old.birth().unwrap().to_string(), "1990-03-07");
    /// let issue = Document::parse(DocumentKind::ResidentId, "990101199003070011").unwrap_err();
    /// assert!(issue.to_string().ends_with("校验码应为5，填写的是1"));
    /// # Ok::<(), enrolment::identity::Issue>(())
    /// ```
    pub fn parse(kind: DocumentKind, text: &str) -> Result<Self, Issue> {
        let number = plain(text);
        read(kind, &number).map_err(|flaw| Issue {
            kind,
            text: text.trim().to_owned(),
            flaw,
        })
    }

    /// The document of a number whose form belongs to one kind only, for registers that never said
    /// which; passports have no form of their own and are never recognised.
    pub fn recognise(text: &str) -> Option<Self> {
        let number = plain(text);
        let mut read = SPEAKING.iter().map(|kind| read(*kind, &number));
        read.find_map(Result::ok)
    }

    /// 证件类型.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The number in its one spelling; empty for a newborn without one.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The birth that the number states in full.
    pub const fn birth(&self) -> Option<Date> {
        match self.birth {
            Some(BirthMark::Day(day)) => Some(day),
            _ => None,
        }
    }

    /// The sex that the number states.
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// What the number says about the birth, if it and another day cannot both be right.
    pub fn contradicts_birth(&self, recorded: Date) -> Option<BirthMark> {
        self.birth.filter(|mark| !mark.fits(recorded))
    }

    /// The sex that the number states, if it is not the recorded one.
    pub fn contradicts_sex(&self, recorded: Sex) -> Option<Sex> {
        self.sex.filter(|sex| *sex != recorded)
    }

    fn bare(kind: DocumentKind, number: &str) -> Self {
        Self {
            kind,
            number: number.to_owned(),
            birth: None,
            sex: None,
        }
    }

    fn speaking(kind: DocumentKind, read: Read) -> Self {
        Self {
            kind,
            number: read.number,
            birth: Some(BirthMark::Day(read.birth)),
            sex: Some(read.sex),
        }
    }
}

/// Kinds of documents whose numbers cannot be taken for one another.
const SPEAKING: [DocumentKind; 4] = [
    DocumentKind::ResidentId,
    DocumentKind::ResidencePermit,
    DocumentKind::ForeignerId,
    DocumentKind::BirthCertificate,
];

fn read(kind: DocumentKind, number: &str) -> Result<Document, Flaw> {
    if number.is_empty() && kind != DocumentKind::NewbornWithoutId {
        return Err(Flaw::Empty);
    }
    match kind {
        DocumentKind::ResidentId => {
            read_resident(number).map(|read| Document::speaking(kind, read))
        }
        DocumentKind::ResidencePermit => {
            read_permit(number).map(|read| Document::speaking(kind, read))
        }
        DocumentKind::ForeignerId if number.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            foreigner::read_old(number).map(|mark| Document {
                birth: Some(mark),
                ..Document::bare(kind, number)
            })
        }
        DocumentKind::ForeignerId => {
            foreigner::read_new(number).map(|read| Document::speaking(kind, read))
        }
        DocumentKind::Passport => {
            other::check_passport(number).map(|()| Document::bare(kind, number))
        }
        DocumentKind::BirthCertificate => {
            other::check_birth_certificate(number).map(|()| Document::bare(kind, number))
        }
        DocumentKind::NewbornWithoutId if number.is_empty() => Ok(Document::bare(kind, number)),
        DocumentKind::NewbornWithoutId => Err(Flaw::NotExpected),
    }
}

/// A text without blanks around it, in half-width capitals.
fn plain(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        _ => character,
    };
    let unseen = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}');
    text.trim_matches(unseen)
        .chars()
        .map(|character| narrow(character).to_ascii_uppercase())
        .collect()
}
