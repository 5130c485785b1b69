use policy::FilingRule;
use terms::{AreaCode, Grade, Referral};

use super::applied::Checked;
use super::folder::{Folder, last_of_days};
use super::{Applied, FilingClass, filing_detail};
use crate::Error;

/// Checks an application for a referral (转诊转院备案).
pub(super) fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    let scheme = folder.scheme(applied)?;
    let law = folder.law(scheme)?;
    let rule = folder.rule(law, FilingClass::Referral, |rule| match rule {
        FilingRule::Referral(rule) => Some(rule),
        _ => None,
    })?;
    let detail = &applied.detail;
    if let Some(place) = folder.institution
        && !rule.filers.allow(place.kind, place.grade)
    {
        let message = format!("本机构（{}，{}）不能办理转诊备案", place.kind, place.grade);
        return Err(Error::refused("may_not_file", message));
    }
    if detail.agreed == Some(false) {
        let message = "医院没有同意转院，不能备案".to_owned();
        return Err(Error::refused("not_agreed", message));
    }
    if !detail.visit.is_empty() {
        let known = folder.visits.iter().any(|row| row.visit_id == detail.visit);
        if !known {
            return Err(Error::missing("就诊记录", &detail.visit));
        }
    }
    let (direction, destination) = direction(folder, applied)?;
    let target = &detail.target.code;
    let concerns = |row: &store::VisitRow| row.institution == *target;
    let from = folder.begin(applied.from, rule.from_admission, concerns)?;
    let most = last_of_days(from, rule.valid_days);
    let to = applied.to.unwrap_or(most);
    Folder::check_span(from, Some(to))?;
    if to > most {
        let days = rule.valid_days;
        let message = format!("结束日期“{to}”超过转诊备案有效期{days}日（{most}）");
        return Err(Error::refused("too_long", message));
    }
    refuse_second(folder, applied)?;
    let mut detail = detail.clone();
    detail.scheme = Some(scheme);
    detail.kind = "referred".to_owned();
    detail.direction = direction.word().to_owned();
    detail.destinations = vec![destination.to_string()];
    Ok(Checked {
        subject: format!("{} {}", direction.zh(), detail.target.name),
        effect: rule.effect,
        from,
        to: Some(to),
        detail,
        ends: Vec::new(),
    })
}

/// Upwards, downwards or sideways, and where to.
fn direction(folder: &Folder<'_>, applied: &Applied) -> Result<(Referral, AreaCode), Error> {
    let target = &applied.detail.target;
    if folder
        .institution
        .is_some_and(|place| place.code == target.code)
    {
        let message = format!("转往机构“{}”就是本机构", target.code);
        return Err(Error::refused("same_institution", message));
    }
    let known = folder.app.institution(&target.code).ok();
    let said = applied.detail.destinations.first();
    let place: AreaCode = match (&known, said) {
        (Some(known), _) => known.county,
        (None, Some(said)) => said
            .parse()
            .map_err(|_| Error::refused("bad_place", format!("就医地行政区划“{said}”不正确")))?,
        (None, None) => return Err(Error::missing("定点医药机构", &target.code)),
    };
    let inside = place.city() == folder.area.city();
    if inside && known.is_none() {
        return Err(Error::missing("定点医药机构", &target.code));
    }
    let wanted = match () {
        () if inside => "local",
        () if place.province() == folder.area.province() => "other_city",
        () => "other_province",
    };
    if !applied.detail.kind.is_empty() && applied.detail.kind != wanted {
        let message = format!("转院类型与就医地“{place}”不符");
        return Err(Error::refused("other_place", message));
    }
    let from = folder.institution.map_or(0, |place| rank(place.grade));
    let direction = match known.map(|known| rank(known.grade).cmp(&from)) {
        Some(std::cmp::Ordering::Less) => Referral::Down,
        Some(std::cmp::Ordering::Equal) => Referral::Lateral,
        Some(std::cmp::Ordering::Greater) | None => Referral::Up,
    };
    Ok((direction, place))
}

/// Grades from the village to the university hospital.
const fn rank(grade: Grade) -> u8 {
    match grade {
        Grade::Ungraded | Grade::Village => 0,
        Grade::Community | Grade::Primary => 1,
        Grade::Secondary => 2,
        Grade::Tertiary => 3,
    }
}

fn refuse_second(folder: &Folder<'_>, applied: &Applied) -> Result<(), Error> {
    let target = &applied.detail.target.code;
    for row in folder.standing(FilingClass::Referral) {
        let ended = row.ends_on.is_some_and(|end| end < applied.from);
        if !ended && filing_detail(&row.detail)?.target.code == *target {
            let message = format!("已有转往机构“{target}”的转诊备案“{}”", row.filing_id);
            return Err(Error::refused("already_filed", message));
        }
    }
    Ok(())
}
