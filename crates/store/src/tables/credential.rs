use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{ActivationRow, CredentialUseRow, TokenRow};
use crate::table::{Home, Kind, Table};

pub(crate) const ACTIVATIONS: Table = Table {
    name: "credential_activations",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("channel", Kind::Text),
        ("device", Kind::Text),
        ("institution", Kind::Text),
        ("activated_at", Kind::Time),
    ],
};

pub(crate) const TOKENS: Table = Table {
    name: "credential_tokens",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("token_hash", Kind::Text),
        ("channel", Kind::Text),
        ("once", Kind::Bool),
        ("issued_at", Kind::Time),
        ("expires_at", Kind::Time),
        ("read_at", Kind::Time),
        ("read_by", Kind::Text),
        ("read_message", Kind::Text),
        ("used_at", Kind::Time),
        ("used_by", Kind::Text),
        ("used_for", Kind::Text),
    ],
};

pub(crate) const USES: Table = Table {
    name: "credential_uses",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("settlement_id", Kind::Text),
        ("proof", Kind::Text),
        ("institution", Kind::Text),
        ("used_at", Kind::Time),
    ],
};

pub(crate) fn put_activation<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a ActivationRow) {
    cells.area(area).text(&row.person_no).text(&row.channel);
    cells.text(&row.device).text(&row.institution);
    cells.time(row.activated_at);
}

pub(crate) fn take_activation(record: &mut Record) -> Result<ActivationRow, Fault> {
    record.skip(1);
    Ok(ActivationRow {
        person_no: record.text()?,
        channel: record.text()?,
        device: record.text()?,
        institution: record.text()?,
        activated_at: record.time()?,
    })
}

pub(crate) fn put_token<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a TokenRow) {
    cells.area(area).text(&row.person_no).text(&row.token_hash);
    cells.text(&row.channel).bool(row.once);
    cells.time(row.issued_at).time(row.expires_at);
    cells.time_or_null(row.read_at).text(&row.read_by);
    cells.text(&row.read_message).time_or_null(row.used_at);
    cells.text(&row.used_by).text(&row.used_for);
}

pub(crate) fn take_token(record: &mut Record) -> Result<TokenRow, Fault> {
    record.skip(1);
    Ok(TokenRow {
        person_no: record.text()?,
        token_hash: record.text()?,
        channel: record.text()?,
        once: record.bool()?,
        issued_at: record.time()?,
        expires_at: record.time()?,
        read_at: record.time_or_null()?,
        read_by: record.text()?,
        read_message: record.text()?,
        used_at: record.time_or_null()?,
        used_by: record.text()?,
        used_for: record.text()?,
    })
}

pub(crate) fn put_use<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person_no: &'a str,
    row: &'a CredentialUseRow,
) {
    cells.area(area).text(person_no).text(&row.settlement_id);
    cells.text(&row.proof).text(&row.institution);
    cells.time(row.used_at);
}
