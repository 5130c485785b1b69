use ::store::{EmployerRow, StaffFacts};
use enrolment::PersonFacts;
use terms::{Category, Date, Sex, Word};

use crate::facts::PersonDetail;
use crate::{Error, person_detail};

/// The marks of an employer.
pub(super) fn marks_of(employer: &EmployerRow) -> Result<Vec<Word>, Error> {
    let marks: Result<Vec<String>, _> = serde_json::from_str(&employer.marks);
    let marks = marks.map_err(|cause| Error::Bug(format!("an employer's marks: {cause}")))?;
    Ok(marks.iter().map(|mark| Word::new(mark)).collect())
}

/// An employer as rules about its contributions see it.
pub(super) fn of_employer(employer: &EmployerRow) -> Result<PersonFacts, Error> {
    Ok(PersonFacts {
        marks: marks_of(employer)?,
        ..PersonFacts::new(Category::Active, employer.county)
    })
}

/// Somebody on an employer's list as rules see one in a month.
pub(super) fn of_staff(
    staff: &StaffFacts,
    employer: &PersonFacts,
    month: (Date, Date),
) -> Result<PersonFacts, Error> {
    let category: Category = staff.category.parse().map_err(|_| {
        let (no, category) = (&staff.person_no, &staff.category);
        Error::refused(
            "bad_category",
            format!("人员{no}的人员类别“{category}”不认识"),
        )
    })?;
    let (mut marks, mut identities) = (Vec::new(), Vec::new());
    if !staff.marks.is_empty() {
        let detail = person_detail(&staff.marks)?;
        identities = held(&detail, month);
        marks = detail.marks;
    }
    marks.extend(employer.marks.iter().cloned());
    Ok(PersonFacts {
        category,
        identities,
        marks,
        sex: staff.sex.parse::<Sex>().ok(),
        birth: staff.birth,
        enrolled_years: 0,
        county: employer.county,
    })
}

/// The identities held on any day of a span.
pub(super) fn held(detail: &PersonDetail, (first, last): (Date, Date)) -> Vec<Word> {
    let spans = detail.identities.iter();
    let inside = spans.filter(|span| span.from <= last && span.to.is_none_or(|to| first <= to));
    let mut words: Vec<Word> = inside.map(|span| span.word.clone()).collect();
    words.sort();
    words.dedup();
    words
}
