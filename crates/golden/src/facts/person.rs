use settlement::{InstitutionFacts, PersonFacts};
use terms::{Category, CoverState, Date, Grade, InstitutionKind, Locality, Scheme, Sex, Word};

use super::Place;
use crate::node::Node;
use crate::reader::Desk;

/// A person is forty and covered unless the case says otherwise.
pub(super) fn read_person(
    desk: &Desk<'_>,
    node: Option<&Node>,
    place: Place,
    admission: Date,
) -> PersonFacts {
    let fields = desk.fields(node);
    let usual = match place.scheme {
        Scheme::Resident => Category::Adult,
        Scheme::RetiredCadre => Category::Cadre,
        _ => Category::Active,
    };
    let age = fields.maybe("age").and_then(|node| desk.whole(node));
    let birth = fields.date("birth");
    let sex: Option<Sex> = fields.maybe("sex").and_then(|node| desk.term(node));
    let county = fields.maybe("county").and_then(|node| desk.area(node));
    let years = fields
        .maybe("enrolled_years")
        .and_then(|node| desk.count(node));
    let person = PersonFacts {
        category: fields.term("category", usual),
        birth: birth.unwrap_or_else(|| years_before(admission, age.unwrap_or(40))),
        sex,
        county: county.unwrap_or(place.area),
        cover: fields.term("cover", CoverState::Active),
        identities: fields.words("identities"),
        marks: fields.words("marks"),
        enrolled_years: years.unwrap_or(1),
        recognised: fields.words("recognised"),
    };
    fields.finish();
    person
}

fn years_before(day: Date, years: i64) -> Date {
    day.saturating_sub(jiff::Span::new().years(years))
}

/// A tertiary hospital at home unless the case says otherwise.
pub(super) fn read_institution(desk: &Desk<'_>, node: Option<&Node>) -> InstitutionFacts {
    let fields = desk.fields(node);
    let institution = InstitutionFacts {
        code: fields.word("code").unwrap_or_else(|| Word::new("H1")),
        kind: fields.term("kind", InstitutionKind::Hospital),
        grade: fields.term("grade", Grade::Tertiary),
        marks: fields.words("marks"),
        locality: fields.term("locality", Locality::SameCounty),
    };
    fields.finish();
    institution
}
