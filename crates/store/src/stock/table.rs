use terms::AreaCode;

use super::{StockMonthRow, StockRecordRow, TraceCodeRow, TraceEventRow};
use crate::Fault;
use crate::cell::{Cells, Record};
use crate::table::{Home, Kind, Table};

pub(crate) const CODES: Table = Table {
    name: "trace_codes",
    home: Home::Column("code"),
    columns: &[
        ("area", Kind::Int),
        ("code", Kind::Text),
        ("version", Kind::Int),
        ("sold", Kind::Bool),
        ("split", Kind::Bool),
        ("awaits_bill", Kind::Bool),
        ("institution", Kind::Text),
        ("person", Kind::Text),
        ("visit_id", Kind::Text),
        ("settlement_id", Kind::Text),
        ("msgid", Kind::Text),
        ("item_code", Kind::Text),
        ("sold_at", Kind::Time),
    ],
};

pub(crate) const EVENTS: Table = Table {
    name: "trace_events",
    home: Home::Column("code"),
    columns: &[
        ("area", Kind::Int),
        ("code", Kind::Text),
        ("event_id", Kind::Text),
        ("kind", Kind::Text),
        ("institution", Kind::Text),
        ("sale", Kind::Text),
        ("record_id", Kind::Text),
        ("item_code", Kind::Text),
        ("split", Kind::Bool),
        ("contested", Kind::Bool),
        ("happened_at", Kind::Time),
        ("recorded_at", Kind::Time),
    ],
};

pub(crate) const RECORDS: Table = Table {
    name: "stock_records",
    home: Home::Column("institution"),
    columns: &[
        ("area", Kind::Int),
        ("institution", Kind::Text),
        ("record_id", Kind::Text),
        ("kind", Kind::Text),
        ("movement", Kind::Text),
        ("deleted", Kind::Bool),
        ("batch", Kind::Text),
        ("local_code", Kind::Text),
        ("item_code", Kind::Text),
        ("name", Kind::Text),
        ("quantity", Kind::Int),
        ("price_micro", Kind::Int),
        ("happened_at", Kind::Time),
        ("person", Kind::Text),
        ("visit", Kind::Text),
        ("settlement_id", Kind::Text),
        ("split", Kind::Bool),
        ("codes", Kind::Json),
        ("recorded_at", Kind::Time),
        ("detail", Kind::Json),
    ],
};

pub(crate) const MONTHS: Table = Table {
    name: "stock_months",
    home: Home::Column("institution"),
    columns: &[
        ("area", Kind::Int),
        ("institution", Kind::Text),
        ("local_code", Kind::Text),
        ("month", Kind::Text),
        ("item_code", Kind::Text),
        ("name", Kind::Text),
        ("purchased", Kind::Int),
        ("sent_back", Kind::Int),
        ("sold", Kind::Int),
        ("returned", Kind::Int),
        ("other_in", Kind::Int),
        ("other_out", Kind::Int),
        ("counted", Kind::Int),
        ("counted_on", Kind::Date),
    ],
};

pub(crate) fn put_code<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a TraceCodeRow) {
    cells.area(area).text(&row.code).int(row.version);
    cells.bool(row.sold).bool(row.split).bool(row.awaits_bill);
    cells.text(&row.institution).text(&row.person);
    cells.text(&row.visit_id).text(&row.settlement_id);
    cells
        .text(&row.msgid)
        .text(&row.item_code)
        .time(row.sold_at);
}

pub(crate) fn take_code(record: &mut Record) -> Result<TraceCodeRow, Fault> {
    record.skip(1);
    Ok(TraceCodeRow {
        code: record.text()?,
        version: record.int()?,
        sold: record.bool()?,
        split: record.bool()?,
        awaits_bill: record.bool()?,
        institution: record.text()?,
        person: record.text()?,
        visit_id: record.text()?,
        settlement_id: record.text()?,
        msgid: record.text()?,
        item_code: record.text()?,
        sold_at: record.time()?,
    })
}

pub(crate) fn put_event<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a TraceEventRow) {
    cells.area(area).text(&row.code).text(&row.event_id);
    cells.text(&row.kind).text(&row.institution).text(&row.sale);
    cells.text(&row.record_id).text(&row.item_code);
    cells.bool(row.split).bool(row.contested);
    cells.time(row.happened_at).time(row.recorded_at);
}

pub(crate) fn take_event(record: &mut Record) -> Result<TraceEventRow, Fault> {
    record.skip(1);
    Ok(TraceEventRow {
        code: record.text()?,
        event_id: record.text()?,
        kind: record.text()?,
        institution: record.text()?,
        sale: record.text()?,
        record_id: record.text()?,
        item_code: record.text()?,
        split: record.bool()?,
        contested: record.bool()?,
        happened_at: record.time()?,
        recorded_at: record.time()?,
    })
}

pub(crate) fn put_record<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a StockRecordRow) {
    cells.area(area).text(&row.institution).text(&row.record_id);
    cells.text(&row.kind).text(&row.movement).bool(row.deleted);
    cells
        .text(&row.batch)
        .text(&row.local_code)
        .text(&row.item_code);
    cells.text(&row.name).int(row.quantity).int(row.price_micro);
    cells
        .time(row.happened_at)
        .text(&row.person)
        .text(&row.visit);
    cells
        .text(&row.settlement_id)
        .bool(row.split)
        .text(&row.codes);
    cells.time(row.recorded_at).text(&row.detail);
}

pub(crate) fn take_record(record: &mut Record) -> Result<StockRecordRow, Fault> {
    record.skip(1);
    Ok(StockRecordRow {
        institution: record.text()?,
        record_id: record.text()?,
        kind: record.text()?,
        movement: record.text()?,
        deleted: record.bool()?,
        batch: record.text()?,
        local_code: record.text()?,
        item_code: record.text()?,
        name: record.text()?,
        quantity: record.int()?,
        price_micro: record.int()?,
        happened_at: record.time()?,
        person: record.text()?,
        visit: record.text()?,
        settlement_id: record.text()?,
        split: record.bool()?,
        codes: record.text()?,
        recorded_at: record.time()?,
        detail: record.text()?,
    })
}

pub(crate) fn put_month<'a>(cells: &mut Cells<'a>, area: AreaCode, row: &'a StockMonthRow) {
    cells
        .area(area)
        .text(&row.institution)
        .text(&row.local_code);
    cells.text(&row.month).text(&row.item_code).text(&row.name);
    for figure in row.moved {
        cells.int(figure);
    }
    cells.int_or_null(row.counted.map(|(count, _)| count));
    cells.date_or_null(row.counted.map(|(_, day)| day));
}

pub(crate) fn take_month(record: &mut Record) -> Result<StockMonthRow, Fault> {
    record.skip(1);
    let (institution, local_code, month) = (record.text()?, record.text()?, record.text()?);
    let (item_code, name) = (record.text()?, record.text()?);
    let mut moved = [0; 6];
    for figure in &mut moved {
        *figure = record.int()?;
    }
    let counted = record.int_or_null()?.zip(record.date_or_null()?);
    Ok(StockMonthRow {
        institution,
        local_code,
        month,
        item_code,
        name,
        moved,
        counted,
    })
}
