use std::collections::BTreeSet;

use policy::{Holiday, WorkYear};
use terms::Date;

use super::topic::read_source;
use crate::fault::{FaultKind, Faults};
use crate::yaml::{Fields, Node, Page};

/// Reads the holidays of a year, `national/all/calendar/<year>.yaml`.
pub(crate) fn read_year(path: &str, year: i16, root: &Node, faults: &Faults) -> Option<WorkYear> {
    let page = Page { file: path, faults };
    let fields = Fields::of(&page, root)?;
    fields.need("title").and_then(|node| page.text(node));
    let holidays = fields.need("holidays");
    let holidays =
        holidays.and_then(|node| page.each(node, |node| read_holiday(&page, year, node)));
    let workdays = fields.need("workdays");
    let workdays = workdays.and_then(|node| {
        let off = holidays.as_deref().unwrap_or_default();
        page.each(node, |node| read_workday(&page, year, off, node))
    });
    let source = fields.maybe("source");
    let checked = fields.maybe("checked");
    for (missing, field) in [(source, "出处 source"), (checked, "核对日期 checked")] {
        if missing.is_none() {
            page.fault(root, FaultKind::NoSource, format!("缺少{field}"));
        }
    }
    let source = source.and_then(|node| read_source(&page, node));
    let checked = checked.and_then(|node| page.date(node));
    fields.finish();
    Some(WorkYear {
        year,
        holidays: holidays?,
        workdays: workdays?.into_iter().collect::<BTreeSet<Date>>(),
        source: source?,
        checked: checked?,
    })
}

fn read_holiday(page: &Page<'_>, year: i16, node: &Node) -> Option<Holiday> {
    let fields = Fields::of(page, node)?;
    let name = fields.need("name").and_then(|node| page.text(node));
    let day = |node: Option<&Node>| node.and_then(|node| day_of(page, year, node));
    let (from, to) = (day(fields.need("from")), day(fields.need("to")));
    fields.finish();
    let (from, to) = (from?, to?);
    if from > to {
        let message = format!("放假的首日{from}在末日{to}之后");
        page.fault(node, FaultKind::DateOrder, message);
        return None;
    }
    let name = name?.to_owned();
    Some(Holiday { name, from, to })
}

/// A day worked instead lies at a weekend and in no holiday: otherwise a digit is wrong.
fn read_workday(page: &Page<'_>, year: i16, off: &[Holiday], node: &Node) -> Option<Date> {
    let day = day_of(page, year, node)?;
    if day.weekday().to_monday_one_offset() <= 5 {
        let message = format!("{day}不是周六、周日，不必写作调休上班");
        page.fault(node, FaultKind::OutOfUnit, message);
        return None;
    }
    let holiday = off.iter().find(|one| (one.from..=one.to).contains(&day));
    if let Some(holiday) = holiday {
        let message = format!("{day}已在{}放假之内", holiday.name);
        page.fault(node, FaultKind::Overlap, message);
        return None;
    }
    Some(day)
}

fn day_of(page: &Page<'_>, year: i16, node: &Node) -> Option<Date> {
    let day = page.date(node)?;
    if day.year() != year {
        let message = format!("{day}不在{year}年");
        page.fault(node, FaultKind::OutOfUnit, message);
        return None;
    }
    Some(day)
}
