use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{
    CoverageRow, FamilyRow, IdentifierRow, PersonRow, RecognitionRow, RegistrationRow,
};
use crate::table::{Home, Kind, Table};

pub(crate) const PERSONS: Table = Table {
    name: "persons",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("name", Kind::Text),
        ("sex", Kind::Text),
        ("birth", Kind::Date),
        ("death", Kind::Date),
        ("county", Kind::Int),
        ("marks", Kind::Json),
        ("detail", Kind::Json),
    ],
};

pub(crate) const HEADS: Table = Table {
    name: "person_heads",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("version", Kind::Int),
    ],
};

pub(crate) const IDENTIFIERS: Table = Table {
    name: "person_identifiers",
    home: Home::Column("value"),
    columns: &[
        ("area", Kind::Int),
        ("kind", Kind::Text),
        ("value", Kind::Text),
        ("person_no", Kind::Text),
    ],
};

pub(crate) const COVERAGE: Table = Table {
    name: "coverage_periods",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("scheme", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("category", Kind::Text),
        ("state", Kind::Text),
        ("reason", Kind::Text),
        ("county", Kind::Int),
        ("employer", Kind::Text),
    ],
};

pub(crate) const FAMILY: Table = Table {
    name: "family_grants",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("sponsor", Kind::Text),
        ("relation", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("purposes", Kind::Json),
        ("limit_fen", Kind::Int),
    ],
};

pub(crate) const RECOGNITIONS: Table = Table {
    name: "recognitions",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("kind", Kind::Text),
        ("code", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("name", Kind::Text),
        ("institutions", Kind::Json),
        ("detail", Kind::Json),
    ],
};

pub(crate) const REGISTRATIONS: Table = Table {
    name: "registrations",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("registration_id", Kind::Text),
        ("kind", Kind::Text),
        ("starts_on", Kind::Date),
        ("ends_on", Kind::Date),
        ("state", Kind::Text),
        ("institution", Kind::Text),
        ("destination", Kind::Text),
        ("detail", Kind::Json),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a PersonRow) {
    cells
        .area(area)
        .text(&row.person_no)
        .text(&row.name)
        .text(&row.sex);
    cells
        .date(row.birth)
        .date_or_null(row.death)
        .area(row.county);
    cells.text(&row.marks).text(&row.detail);
}

pub(crate) fn take(record: &mut Record) -> Result<PersonRow, Fault> {
    record.skip(1);
    Ok(PersonRow {
        person_no: record.text()?,
        name: record.text()?,
        sex: record.text()?,
        birth: record.date()?,
        death: record.date_or_null()?,
        county: record.area()?,
        marks: record.text()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_identifier<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a IdentifierRow,
) {
    cells
        .area(area)
        .text(&row.kind)
        .text(&row.value)
        .text(person);
}

pub(crate) fn take_identifier(record: &mut Record) -> Result<IdentifierRow, Fault> {
    record.skip(1);
    Ok(IdentifierRow {
        kind: record.text()?,
        value: record.text()?,
    })
}

pub(crate) fn put_coverage<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a CoverageRow,
) {
    cells
        .area(area)
        .text(person)
        .text(&row.scheme)
        .date(row.starts_on);
    cells
        .date_or_null(row.ends_on)
        .text(&row.category)
        .text(&row.state)
        .text(&row.reason);
    cells.area(row.county).text(&row.employer);
}

pub(crate) fn take_coverage(record: &mut Record) -> Result<CoverageRow, Fault> {
    record.skip(2);
    Ok(CoverageRow {
        scheme: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        category: record.text()?,
        state: record.text()?,
        reason: record.text()?,
        county: record.area()?,
        employer: record.text()?,
    })
}

pub(crate) fn put_family<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a FamilyRow,
) {
    cells
        .area(area)
        .text(person)
        .text(&row.sponsor)
        .text(&row.relation);
    cells.date(row.starts_on).date_or_null(row.ends_on);
    cells.text(&row.purposes).fen_or_null(row.limit);
}

pub(crate) fn take_family(record: &mut Record) -> Result<FamilyRow, Fault> {
    record.skip(2);
    Ok(FamilyRow {
        sponsor: record.text()?,
        relation: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        purposes: record.text()?,
        limit: record.fen_or_null()?,
    })
}

pub(crate) fn put_recognition<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a RecognitionRow,
) {
    cells
        .area(area)
        .text(person)
        .text(&row.kind)
        .text(&row.code)
        .date(row.starts_on);
    cells
        .date_or_null(row.ends_on)
        .text(&row.name)
        .text(&row.institutions)
        .text(&row.detail);
}

pub(crate) fn take_recognition(record: &mut Record) -> Result<RecognitionRow, Fault> {
    record.skip(2);
    Ok(RecognitionRow {
        kind: record.text()?,
        code: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        name: record.text()?,
        institutions: record.text()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_registration<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &'a RegistrationRow,
) {
    cells
        .area(area)
        .text(person)
        .text(&row.registration_id)
        .text(&row.kind);
    cells
        .date(row.starts_on)
        .date_or_null(row.ends_on)
        .text(&row.state);
    cells
        .text(&row.institution)
        .text(&row.destination)
        .text(&row.detail);
}

pub(crate) fn take_registration(record: &mut Record) -> Result<RegistrationRow, Fault> {
    record.skip(2);
    Ok(RegistrationRow {
        registration_id: record.text()?,
        kind: record.text()?,
        starts_on: record.date()?,
        ends_on: record.date_or_null()?,
        state: record.text()?,
        institution: record.text()?,
        destination: record.text()?,
        detail: record.text()?,
    })
}
