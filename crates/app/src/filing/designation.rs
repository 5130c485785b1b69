use jiff::civil::Date;
use policy::{Effect, FilingRule};

use super::applied::Checked;
use super::folder::Folder;
use super::recognition::choosable;
use super::{Applied, FilingClass, filing_detail};
use crate::Error;

/// The kind of a designation that names where recognised diseases are treated (慢特病定点).
pub(super) const FOR_DISEASES: &str = "diseases";
/// Checks an application for a designated institution (人员定点备案).
pub(super) fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    let scheme = folder.scheme(applied)?;
    let law = folder.law(scheme)?;
    let detail = &applied.detail;
    let code = detail.institutions.first().map_or("", String::as_str);
    let place = folder.app.institution(code)?;
    let (at_most, months, effect) = if detail.kind == FOR_DISEASES {
        let held = choosable(folder, law)?;
        let limits = held.iter().map(|(_, most, _)| *most);
        let Some(most) = limits.max() else {
            let message = "没有需要选定机构的慢特病认定，不能办理慢特病定点".to_owned();
            return Err(Error::refused("nothing_to_designate", message));
        };
        let months = held.iter().map(|(_, _, months)| *months).max();
        (most, months.unwrap_or(0), Effect::AtOnce)
    } else {
        let rule = folder.rule(law, FilingClass::Designation, |rule| match rule {
            FilingRule::Designation(rule) => Some(rule),
            _ => None,
        })?;
        (rule.at_most, rule.months_between_changes, rule.effect)
    };
    if !(1..=at_most).contains(&detail.order) {
        let message = format!("定点排序号“{}”不在1至{at_most}之间", detail.order);
        return Err(Error::refused("bad_order", message));
    }
    Folder::check_span(applied.from, applied.to)?;
    let from = folder.begin(applied.from, false, |_| false)?;
    let ends = replaced(folder, applied, months)?;
    let mut detail = detail.clone();
    detail.scheme = Some(scheme);
    Ok(Checked {
        subject: format!("第{}定点 {}", detail.order, place.name),
        effect,
        from,
        to: applied.to,
        detail,
        ends,
    })
}

/// The designations whose place this one takes; refused when the last change is too recent, or
/// when the institution is designated already.
fn replaced(folder: &Folder<'_>, applied: &Applied, months: i32) -> Result<Vec<String>, Error> {
    let mut ends = Vec::new();
    let mut last: Option<Date> = None;
    for row in folder.standing(FilingClass::Designation) {
        let detail = filing_detail(&row.detail)?;
        let over = row.ends_on.is_some_and(|end| end < applied.from);
        if detail.kind != applied.detail.kind || over {
            continue;
        }
        if detail.institutions == applied.detail.institutions {
            let message = format!(
                "机构“{}”已由备案“{}”选定",
                detail.institutions.join("、"),
                row.filing_id
            );
            return Err(Error::refused("already_filed", message));
        }
        if detail.order == applied.detail.order {
            last = last.max(Some(row.starts_on));
            ends.push(row.filing_id.clone());
        }
    }
    folder.check_interval(last, months, &format!("第{}定点", applied.detail.order))?;
    Ok(ends)
}
