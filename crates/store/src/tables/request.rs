use jiff::civil::DateTime;
use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{KnownRequest, RequestKey, RequestRow, StoredRequest};
use crate::table::{Home, Kind, Table};

pub(crate) const CLAIMS: Table = Table {
    name: "request_claims",
    home: Home::Column("msgid"),
    columns: &[
        ("area", Kind::Int),
        ("institution", Kind::Text),
        ("msgid", Kind::Text),
        ("person_no", Kind::Text),
        ("body_hash", Kind::Text),
        ("blocked", Kind::Bool),
        ("claimed_at", Kind::Time),
    ],
};

pub(crate) const REQUESTS: Table = Table {
    name: "requests",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("institution", Kind::Text),
        ("msgid", Kind::Text),
        ("infno", Kind::Text),
        ("body_hash", Kind::Text),
        ("state", Kind::Text),
        ("settlement_id", Kind::Text),
        ("reply", Kind::Bytes),
        ("decided_at", Kind::Time),
    ],
};

pub(crate) const DECIDED: &str = "decided";
pub(crate) const REVERSED: &str = "reversed";

/// A message number taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) person_no: String,
    pub(crate) body_hash: String,
    pub(crate) blocked: bool,
}

/// Writes the claim on a message number; without a body hash it blocks the number.
pub(crate) fn put_claim<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    key: &'a RequestKey,
    body_hash: Option<&'a str>,
    at: DateTime,
) {
    cells
        .area(area)
        .text(&key.institution)
        .text(&key.msgid)
        .text(person);
    cells
        .text(body_hash.unwrap_or(""))
        .bool(body_hash.is_none())
        .time(at);
}

pub(crate) fn take_claim(record: &mut Record) -> Result<Claim, Fault> {
    record.skip(3);
    let (person_no, body_hash) = (record.text()?, record.text()?);
    Ok(Claim {
        person_no,
        body_hash,
        blocked: record.bool()?,
    })
}

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, person: &'a str, row: &'a RequestRow) {
    cells
        .area(area)
        .text(person)
        .text(&row.key.institution)
        .text(&row.key.msgid);
    cells
        .text(&row.infno)
        .text(&row.body_hash)
        .text(DECIDED)
        .text(&row.settlement_id);
    cells.bytes(&row.reply).time(row.decided_at);
}

pub(crate) fn take(record: &mut Record) -> Result<StoredRequest, Fault> {
    record.skip(1);
    let person_no = record.text()?;
    let key = RequestKey {
        institution: record.text()?,
        msgid: record.text()?,
    };
    let (infno, body_hash, state) = (record.text()?, record.text()?, record.text()?);
    let request = RequestRow {
        key,
        infno,
        body_hash,
        settlement_id: record.text()?,
        reply: record.bytes()?,
        decided_at: record.time()?,
    };
    let known = KnownRequest { person_no, request };
    match state.as_str() {
        DECIDED => Ok(StoredRequest::Decided(known)),
        REVERSED => Ok(StoredRequest::Reversed(known)),
        _ => Err(Fault::found(format!("read request state {state}"))),
    }
}
