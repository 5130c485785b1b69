use terms::AreaCode;

use crate::Fault;
use crate::cell::{Cells, Record};
use crate::rows::{AccessRow, PolicyEditionRow, SessionRow, SignInRow, UserRow};
use crate::table::{Home, Kind, Table};

pub(crate) const ACCESS_LOG: Table = Table {
    name: "access_log",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("log_id", Kind::Text),
        ("at", Kind::Time),
        ("actor_kind", Kind::Text),
        ("actor", Kind::Text),
        ("institution", Kind::Text),
        ("action", Kind::Text),
        ("target", Kind::Text),
        ("result", Kind::Text),
        ("address", Kind::Text),
        ("detail", Kind::Json),
    ],
};

pub(crate) const SIGN_INS: Table = Table {
    name: "sign_ins",
    home: Home::Column("sign_no"),
    columns: &[
        ("area", Kind::Int),
        ("sign_no", Kind::Text),
        ("institution", Kind::Text),
        ("operator", Kind::Text),
        ("mac", Kind::Text),
        ("ip", Kind::Text),
        ("signed_in_at", Kind::Time),
        ("signed_out_at", Kind::Time),
    ],
};

pub(crate) const USERS: Table = Table {
    name: "users",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("user_name", Kind::Text),
        ("display_name", Kind::Text),
        ("password_hash", Kind::Text),
        ("role", Kind::Text),
        ("institution", Kind::Text),
        ("active", Kind::Bool),
    ],
};

pub(crate) const SESSIONS: Table = Table {
    name: "sessions",
    home: Home::Column("token_hash"),
    columns: &[
        ("area", Kind::Int),
        ("token_hash", Kind::Text),
        ("user_name", Kind::Text),
        ("created_at", Kind::Time),
        ("expires_at", Kind::Time),
    ],
};

pub(crate) const POLICY_EDITIONS: Table = Table {
    name: "policy_editions",
    home: Home::Everywhere,
    columns: &[
        ("area", Kind::Int),
        ("edition", Kind::Text),
        ("seen_at", Kind::Time),
        ("note", Kind::Text),
    ],
};

pub(crate) fn put<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    result: &'a str,
    row: &'a AccessRow,
) {
    cells
        .area(area)
        .text(person)
        .text(&row.log_id)
        .time(row.at)
        .text(&row.actor_kind);
    cells
        .text(&row.actor)
        .text(&row.institution)
        .text(&row.action)
        .text(&row.target);
    cells.text(result).text(&row.address).text(&row.detail);
}

/// The person looked at, or empty, and the entry.
pub(crate) fn take(record: &mut Record) -> Result<(String, AccessRow), Fault> {
    record.skip(1);
    let person = record.text()?;
    let row = AccessRow {
        log_id: record.text()?,
        at: record.time()?,
        actor_kind: record.text()?,
        actor: record.text()?,
        institution: record.text()?,
        action: record.text()?,
        target: record.text()?,
        result: record.text()?,
        address: record.text()?,
        detail: record.text()?,
    };
    Ok((person, row))
}

pub(crate) fn put_sign_in<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a SignInRow) {
    cells
        .area(area)
        .text(&row.sign_no)
        .text(&row.institution)
        .text(&row.operator);
    cells
        .text(&row.mac)
        .text(&row.ip)
        .time(row.signed_in_at)
        .time_or_null(row.signed_out_at);
}

pub(crate) fn take_sign_in(record: &mut Record) -> Result<SignInRow, Fault> {
    record.skip(1);
    Ok(SignInRow {
        sign_no: record.text()?,
        institution: record.text()?,
        operator: record.text()?,
        mac: record.text()?,
        ip: record.text()?,
        signed_in_at: record.time()?,
        signed_out_at: record.time_or_null()?,
    })
}

pub(crate) fn put_user<'a>(cells: &mut Cells<'a>, row: &'a UserRow) {
    cells
        .area(row.area)
        .text(&row.user_name)
        .text(&row.display_name)
        .text(&row.password_hash);
    cells
        .text(&row.role)
        .text(&row.institution)
        .bool(row.active);
}

pub(crate) fn take_user(record: &mut Record) -> Result<UserRow, Fault> {
    Ok(UserRow {
        area: record.area()?,
        user_name: record.text()?,
        display_name: record.text()?,
        password_hash: record.text()?,
        role: record.text()?,
        institution: record.text()?,
        active: record.bool()?,
    })
}

pub(crate) fn put_session<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a SessionRow) {
    cells.area(area).text(&row.token_hash).text(&row.user_name);
    cells.time(row.created_at).time(row.expires_at);
}

pub(crate) fn take_session(record: &mut Record) -> Result<SessionRow, Fault> {
    record.skip(1);
    Ok(SessionRow {
        token_hash: record.text()?,
        user_name: record.text()?,
        created_at: record.time()?,
        expires_at: record.time()?,
    })
}

pub(crate) fn put_edition<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a PolicyEditionRow) {
    cells
        .area(area)
        .text(&row.edition)
        .time(row.seen_at)
        .text(&row.note);
}

pub(crate) fn take_edition(record: &mut Record) -> Result<PolicyEditionRow, Fault> {
    record.skip(1);
    Ok(PolicyEditionRow {
        edition: record.text()?,
        seen_at: record.time()?,
        note: record.text()?,
    })
}
