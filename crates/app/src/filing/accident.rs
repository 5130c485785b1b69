use policy::Effect;

use super::applied::Checked;
use super::folder::Folder;
use super::{Applied, FilingClass, filing_detail};
use crate::Error;

/// Checks the filing of an accident; what it is worth is found out by an investigation
/// (意外伤害备案).
pub(super) fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    let scheme = folder.scheme(applied)?;
    let injury = applied.detail.injury.clone().unwrap_or_default();
    if let Some(on) = injury.on.filter(|on| *on > folder.today()) {
        let message = format!("受伤时间“{on}”晚于今天");
        return Err(Error::refused("future_date", message));
    }
    if let Some(on) = injury.on.filter(|on| applied.from < *on) {
        let message = format!("开始日期“{}”早于受伤时间“{on}”", applied.from);
        return Err(Error::refused("bad_span", message));
    }
    Folder::check_span(applied.from, applied.to)?;
    for row in folder.standing(FilingClass::Accident) {
        let known = filing_detail(&row.detail)?.injury.unwrap_or_default();
        if known.on == injury.on && row.starts_on == applied.from {
            let message = format!("这次受伤已有意外伤害备案“{}”", row.filing_id);
            return Err(Error::refused("already_filed", message));
        }
    }
    let mut detail = applied.detail.clone();
    detail.scheme = Some(scheme);
    detail.kind = FilingClass::Accident.word().to_owned();
    Ok(Checked {
        subject: if injury.cause.is_empty() {
            "致伤原因未写明".to_owned()
        } else {
            injury.cause
        },
        effect: Effect::Reviewed,
        from: applied.from,
        to: applied.to,
        detail,
        ends: Vec::new(),
    })
}
