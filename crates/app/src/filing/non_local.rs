use jiff::civil::Date;
use policy::{FilingRule, NonLocalCase};
use terms::AreaCode;

use super::applied::Checked;
use super::folder::{Folder, later};
use super::{Applied, FilingClass, filing_detail};
use crate::Error;
use crate::filing::counted::lies_in;

/// Checks an application for care elsewhere (异地就医备案).
pub(super) fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    let scheme = folder.scheme(applied)?;
    let law = folder.law(scheme)?;
    let cases = folder.rule(law, FilingClass::NonLocal, |rule| match rule {
        FilingRule::NonLocal(cases) => Some(cases),
        _ => None,
    })?;
    let wanted = applied.detail.kind.as_str();
    let case = cases
        .iter()
        .find(|case| case.class == *wanted)
        .ok_or_else(|| Error::refused("unknown_kind", format!("没有异地就医备案类型“{wanted}”")))?;
    let places = places(folder, &applied.detail.destinations)?;
    let concerns = |row: &store::VisitRow| {
        let county = folder
            .app
            .institution(&row.institution)
            .map(|known| known.county);
        county.is_ok_and(|county| places.iter().any(|place| lies_in(county, *place)))
    };
    let from = folder.begin(applied.from, case.from_admission, concerns)?;
    let to = last_day(case, applied, from)?;
    let ends = replaced(folder, applied, case)?;
    let mut detail = applied.detail.clone();
    detail.scheme = Some(scheme);
    detail.direction = case.registration.word().to_owned();
    Ok(Checked {
        subject: format!("{} {}", case.title, detail.destinations.join("、")),
        effect: case.effect,
        from,
        to,
        detail,
        ends,
    })
}

/// The places, each elsewhere.
fn places(folder: &Folder<'_>, sent: &[String]) -> Result<Vec<AreaCode>, Error> {
    if sent.is_empty() {
        let message = "没有写明备案地".to_owned();
        return Err(Error::refused("no_place", message));
    }
    let mut places = Vec::with_capacity(sent.len());
    for code in sent {
        let place: AreaCode = code
            .parse()
            .map_err(|_| Error::refused("bad_place", format!("备案地“{code}”不是行政区划代码")))?;
        if place.city() == folder.area.city() {
            let message = format!("备案地“{code}”就在本统筹区，不需要备案");
            return Err(Error::refused("bad_place", message));
        }
        places.push(place);
    }
    Ok(places)
}

fn last_day(case: &NonLocalCase, applied: &Applied, from: Date) -> Result<Option<Date>, Error> {
    let least = case.valid_days.from;
    let to = applied
        .to
        .or(least.map(|days| super::folder::last_of_days(from, days)));
    Folder::check_span(from, to)?;
    let Some(to) = to else { return Ok(None) };
    let days = from.until(to).map_or(0, |span| span.get_days()) + 1;
    if case.valid_days.has(days) {
        return Ok(Some(to));
    }
    let title = &case.title;
    let message = match least {
        Some(least) if days < least => {
            format!("结束日期“{to}”不到{title}备案的最短有效期{least}日")
        }
        _ => format!("结束日期“{to}”超过{title}备案的有效期"),
    };
    Err(Error::refused("bad_span", message))
}

/// The registrations this one takes the place of; one made by promise stands for some months.
fn replaced(
    folder: &Folder<'_>,
    applied: &Applied,
    case: &NonLocalCase,
) -> Result<Vec<String>, Error> {
    let mut ends = Vec::new();
    for row in folder.standing(FilingClass::NonLocal) {
        if row.ends_on.is_some_and(|end| end < applied.from) {
            continue;
        }
        let detail = filing_detail(&row.detail)?;
        let free = later(row.starts_on, case.promise_months);
        if detail.promise && folder.today() < free {
            let message = format!(
                "备案“{}”是承诺办理的，满{}个月（{free}）后才能变更",
                row.filing_id, case.promise_months
            );
            return Err(Error::refused("changed_lately", message));
        }
        ends.push(row.filing_id.clone());
    }
    Ok(ends)
}
