use ledger::{Account, Entry, Transfer, TransferId};
use terms::{AreaCode, Word};

use super::visit::{put_totals, take_totals};
use crate::Fault;
use crate::cell::{Cell, Cells, Record};
use crate::rows::{FundRow, SettlementRow};
use crate::table::{Home, Kind, Table};

pub(crate) const SETTLEMENTS: Table = Table {
    name: "settlements",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("settlement_id", Kind::Text),
        ("original_id", Kind::Text),
        ("reversed_by", Kind::Text),
        ("institution", Kind::Text),
        ("msgid", Kind::Text),
        ("visit_id", Kind::Text),
        ("person_name", Kind::Text),
        ("scheme", Kind::Text),
        ("care_type", Kind::Text),
        ("benefit_year", Kind::Int),
        ("edition", Kind::Text),
        ("decided_on", Kind::Date),
        ("settled_at", Kind::Time),
        ("total_fen", Kind::Int),
        ("self_paid_fen", Kind::Int),
        ("over_limit_fen", Kind::Int),
        ("prior_fen", Kind::Int),
        ("in_scope_fen", Kind::Int),
        ("fund_fen", Kind::Int),
        ("account_fen", Kind::Int),
        ("family_fen", Kind::Int),
        ("cash_fen", Kind::Int),
        ("other_fen", Kind::Int),
        ("outcome", Kind::Json),
    ],
};

pub(crate) const FUNDS: Table = Table {
    name: "settlement_funds",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("settlement_id", Kind::Text),
        ("fund", Kind::Text),
        ("amount_fen", Kind::Int),
    ],
};

pub(crate) const TRANSFERS: Table = Table {
    name: "ledger_transfers",
    home: Home::Person,
    columns: &[
        ("area", Kind::Int),
        ("person_no", Kind::Text),
        ("batch_id", Kind::Text),
        ("sequence", Kind::Int),
        ("book", Kind::Text),
        ("debit", Kind::Text),
        ("debit_holder", Kind::Text),
        ("credit", Kind::Text),
        ("credit_holder", Kind::Text),
        ("amount_fen", Kind::Int),
        ("reason", Kind::Text),
        ("reference", Kind::Text),
        ("posted_on", Kind::Date),
        ("reverses", Kind::Text),
    ],
};

pub(crate) fn put<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a SettlementRow) {
    cells
        .area(area)
        .text(&row.person_no)
        .text(&row.settlement_id)
        .text(&row.original_id);
    cells
        .text(&row.reversed_by)
        .text(&row.institution)
        .text(&row.msgid)
        .text(&row.visit_id);
    cells
        .text(&row.person_name)
        .text(&row.scheme)
        .text(&row.care_type);
    cells
        .int(i64::from(row.benefit_year))
        .text(&row.edition)
        .date(row.decided_on);
    cells.time(row.settled_at);
    put_totals(cells, &row.amounts);
    cells
        .fen(row.fund)
        .fen(row.account)
        .fen(row.family)
        .fen(row.cash)
        .fen(row.other);
    cells.text(&row.outcome);
}

/// The settlement without its funds.
pub(crate) fn take(record: &mut Record) -> Result<SettlementRow, Fault> {
    record.skip(1);
    Ok(SettlementRow {
        person_no: record.text()?,
        settlement_id: record.text()?,
        original_id: record.text()?,
        reversed_by: record.text()?,
        institution: record.text()?,
        msgid: record.text()?,
        visit_id: record.text()?,
        person_name: record.text()?,
        scheme: record.text()?,
        care_type: record.text()?,
        benefit_year: record.int32()?,
        edition: record.text()?,
        decided_on: record.date()?,
        settled_at: record.time()?,
        amounts: take_totals(record)?,
        fund: record.fen()?,
        account: record.fen()?,
        family: record.fen()?,
        cash: record.fen()?,
        other: record.fen()?,
        outcome: record.text()?,
        funds: Vec::new(),
    })
}

pub(crate) fn put_fund<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    settlement: &'a SettlementRow,
    row: &'a FundRow,
) {
    cells
        .area(area)
        .text(&settlement.person_no)
        .text(&settlement.settlement_id);
    cells.text(&row.fund).fen(row.amount);
}

/// The settlement and what the fund pays of it.
pub(crate) fn take_fund(record: &mut Record) -> Result<(String, FundRow), Fault> {
    record.skip(2);
    Ok((
        record.text()?,
        FundRow {
            fund: record.text()?,
            amount: record.fen()?,
        },
    ))
}

pub(crate) fn put_transfer<'a>(
    cells: &mut Cells<'a>,
    area: AreaCode,
    person: &'a str,
    row: &Transfer,
) {
    let word = |cells: &mut Cells<'a>, word: &Word| {
        cells.0.push(Cell::Text(word.as_str().to_owned().into()));
    };
    let (debit, credit) = (row.entry.debit(), row.entry.credit());
    cells.area(area).text(person);
    word(cells, &row.id.batch);
    cells.int(i64::from(row.id.sequence));
    for text in [
        &debit.book,
        &debit.code,
        &debit.holder,
        &credit.code,
        &credit.holder,
    ] {
        word(cells, text);
    }
    cells.fen(row.entry.amount());
    word(cells, row.entry.reason());
    word(cells, &row.reference);
    cells.date(row.on);
    match &row.reverses {
        Some(original) => word(cells, &original.batch),
        None => {
            cells.text("");
        }
    }
}

pub(crate) fn take_transfer(record: &mut Record) -> Result<Transfer, Fault> {
    record.skip(2);
    let batch = Word::from(record.text()?);
    let sequence = u32::try_from(record.int()?)
        .map_err(|cause| Fault::caused("read a transfer's place in its batch", cause))?;
    let book = record.text()?;
    let debit = Account::held(&book, &record.text()?, &record.text()?);
    let credit = Account::held(&book, &record.text()?, &record.text()?);
    let (amount, reason) = (record.fen()?, record.text()?);
    let entry = Entry::try_new(debit, credit, amount, &reason)
        .map_err(|refusal| Fault::caused(format!("read transfer {batch}#{sequence}"), refusal))?;
    let (reference, on) = (Word::from(record.text()?), record.date()?);
    let original = record.text()?;
    let reverses = (!original.is_empty()).then(|| TransferId {
        batch: Word::from(original),
        sequence,
    });
    Ok(Transfer {
        id: TransferId { batch, sequence },
        entry,
        reference,
        on,
        reverses,
    })
}
