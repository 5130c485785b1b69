use enrolment::cleaning::{CoverSpan, Record, Span};
use enrolment::identity::Document;
use jiff::civil::Date;
use store::ScannedPerson;
use terms::{DocumentKind, Sex};

use crate::Error;
use crate::facts::{PersonDetail, person_detail, word};
use crate::import::SUBSIDISED;

/// A person of the register as the checks want one, with the texts it points into.
pub(super) struct Seen {
    scanned: ScannedPerson,
    detail: PersonDetail,
    document: String,
    covers: Vec<CoverSpan>,
}

impl Seen {
    pub(super) fn of(scanned: ScannedPerson) -> Result<Self, Error> {
        let detail = person_detail(&scanned.person.marks)?;
        let covers = scanned.coverage.iter().map(|row| {
            Ok(CoverSpan {
                scheme: word(&row.scheme)?,
                state: word(&row.state)?,
                county: row.county,
                span: Span {
                    from: row.starts_on,
                    to: row.ends_on,
                },
            })
        });
        Ok(Self {
            covers: covers.collect::<Result<_, Error>>()?,
            document: one_spelling(&detail.document),
            detail,
            scanned,
        })
    }

    pub(super) fn record(&self) -> Record<'_> {
        let person = &self.scanned.person;
        let identities = self.detail.identities.iter();
        let subsidised = self.detail.marks.iter().any(|mark| mark == SUBSIDISED);
        let subsidies = self.covers.iter().filter(|_| subsidised);
        Record {
            number: &person.person_no,
            name: &person.name,
            sex: person.sex.parse().ok(),
            birth: person.birth,
            death: person.death,
            document: &self.document,
            phone: &self.detail.phone,
            address: &self.detail.address,
            covers: self.covers.clone(),
            identities: identities
                .map(|held| Span {
                    from: held.from,
                    to: held.to,
                })
                .collect(),
            subsidies: subsidies.map(|cover| cover.span).collect(),
        }
    }
}

/// An old resident's number of 15 digits in the form of today; any other as it is, in capitals.
fn one_spelling(number: &str) -> String {
    let old = number.len() == 15 && number.bytes().all(|byte| byte.is_ascii_digit());
    match old.then(|| Document::parse(DocumentKind::ResidentId, number)) {
        Some(Ok(document)) => document.number().to_owned(),
        _ => number.to_uppercase(),
    }
}

/// Everybody seen, as far as pairs are compared: some 130 bytes a person.
#[derive(Default)]
pub(super) struct Kept {
    texts: String,
    places: Vec<Place>,
}

struct Place {
    at: usize,
    /// Where number, name, document, phone and address end behind `at`.
    ends: [u16; 5],
    birth: Date,
    sex: Option<Sex>,
}

impl Kept {
    pub(super) fn add(&mut self, record: &Record<'_>) {
        let at = self.texts.len();
        let texts = [
            record.number,
            record.name,
            record.document,
            record.phone,
            record.address,
        ];
        let ends = texts.map(|text| {
            // Nobody's address is longer than this; what is beyond is not compared.
            let room = usize::from(u16::MAX) - (self.texts.len() - at);
            let end = (0..=text.len().min(room))
                .rev()
                .find(|end| text.is_char_boundary(*end));
            self.texts.push_str(&text[..end.unwrap_or(0)]);
            u16::try_from(self.texts.len() - at).unwrap_or(u16::MAX)
        });
        self.places.push(Place {
            at,
            ends,
            birth: record.birth,
            sex: record.sex,
        });
    }

    pub(super) fn record(&self, person: u32) -> Record<'_> {
        let place = &self.places[person as usize];
        let text = |from: u16, to: u16| {
            &self.texts[place.at + usize::from(from)..place.at + usize::from(to)]
        };
        let [number, name, document, phone, address] = place.ends;
        Record {
            number: text(0, number),
            name: text(number, name),
            sex: place.sex,
            birth: place.birth,
            death: None,
            document: text(name, document),
            phone: text(document, phone),
            address: text(phone, address),
            covers: Vec::new(),
            identities: Vec::new(),
            subsidies: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }
}
