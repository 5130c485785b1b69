use app::stock::{Balance, CodeHistory, ItemBalance, MismatchLine, MonthCompared, TraceEventRow};

use crate::Service;
use crate::api::settlements::seconds;
use crate::api::stock::{
    StockBalanceView, StockComparedView, StockFindingView, StockItemView, StockMismatchView,
    TraceCodeView, TraceEventView,
};

fn name(service: &Service, institution: &str) -> String {
    let known = service.app.institution(institution);
    known.map_or_else(|_| String::new(), |known| known.name.clone())
}

/// The life of a box.
pub fn code(service: &Service, asked: &str, history: &CodeHistory) -> TraceCodeView {
    let standing = history.row.as_ref().filter(|row| row.sold);
    let text = history.row.as_ref().map(|row| row.code.clone());
    let told = history.events.first().map(|event| event.code.clone());
    let institution = standing.map_or("", |row| row.institution.as_str());
    let events = history.events.iter().enumerate();
    TraceCodeView {
        code: text.or(told).unwrap_or_else(|| asked.to_owned()),
        family: history
            .read
            .as_ref()
            .map_or("", |code| code.family.word())
            .to_owned(),
        fault: history.read.as_ref().err().cloned().unwrap_or_default(),
        sold: standing.is_some(),
        institution: institution.to_owned(),
        institution_name: name(service, institution),
        settlement_id: standing.map_or_else(String::new, |row| row.settlement_id.clone()),
        events: events
            .map(|(place, one)| event(service, history, place, one))
            .collect(),
    }
}

fn event(
    service: &Service,
    history: &CodeHistory,
    place: usize,
    event: &TraceEventRow,
) -> TraceEventView {
    let mut pairs = history.second_sales.iter();
    let second = pairs.find(|pair| pair.later == place);
    TraceEventView {
        kind: event.kind.clone(),
        kind_name: app::stock::event_name(&event.kind).to_owned(),
        institution: event.institution.clone(),
        institution_name: name(service, &event.institution),
        sale: event.sale.clone(),
        item_code: event.item_code.clone(),
        split: event.split,
        contested: event.contested,
        second_of: second.map(|pair| pair.first + 1),
        happened_at: seconds(event.happened_at),
        recorded_at: seconds(event.recorded_at),
    }
}

/// An item's stock in a month.
pub fn item(service: &Service, item: &ItemBalance, month: &str) -> StockItemView {
    StockItemView {
        institution: item.institution.clone(),
        institution_name: name(service, &item.institution),
        local_code: item.local_code.clone(),
        item_code: item.item_code.clone(),
        name: item.name.clone(),
        balance: balance(&item.of_month(month)),
    }
}

fn balance(balance: &Balance) -> StockBalanceView {
    StockBalanceView {
        begin: balance.begin.to_string(),
        purchased: balance.purchased.to_string(),
        sent_back: balance.sent_back.to_string(),
        sold: balance.sold.to_string(),
        returned: balance.returned.to_string(),
        other_in: balance.other_in.to_string(),
        other_out: balance.other_out.to_string(),
        expected: balance.expected().to_string(),
        counted: balance.counted.map(|count| count.to_string()),
    }
}

/// A month's stock held against bills.
pub fn compared(service: &Service, month: &MonthCompared) -> StockComparedView {
    StockComparedView {
        month: month.month.clone(),
        items: month.items,
        lines: month.lines.iter().map(|one| line(service, one)).collect(),
    }
}

fn line(service: &Service, line: &MismatchLine) -> StockMismatchView {
    let found = line.found.iter().map(|one| StockFindingView {
        rule: one.kind.rule().to_owned(),
        name: one.kind.zh().to_owned(),
        by: one.by.to_string(),
    });
    StockMismatchView {
        institution: line.institution.clone(),
        institution_name: name(service, &line.institution),
        item_code: line.item_code.clone(),
        name: line.name.clone(),
        balance: balance(&line.balance),
        settled: line.settled.to_string(),
        found: found.collect(),
    }
}
