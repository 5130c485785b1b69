use jiff::civil::Date;
use policy::{FilingRule, RecognitionCase, SchemePolicy};
use store::RecognitionRow;
use terms::Word;

use super::applied::Checked;
use super::folder::{Folder, last_of_months};
use super::{Applied, FilingClass, filing_detail};
use crate::Error;
use crate::facts::spans;

/// Checks an application for a recognition (慢特病、两病、单独支付药品认定).
pub(super) fn check(folder: &Folder<'_>, applied: &Applied) -> Result<Checked, Error> {
    let scheme = folder.scheme(applied)?;
    let law = folder.law(scheme)?;
    let code = applied.detail.subject.code.as_str();
    let case = case_of(folder, law, code)?;
    let name = name_of(folder, law, case, code, &applied.detail.subject.name)?;
    if let Some(place) = folder.institution
        && !case.filers.allow(place.kind, place.grade)
    {
        let (title, grade) = (&case.title, place.grade);
        let message = format!("本机构（{}，{grade}）不能办理{title}认定", place.kind);
        return Err(Error::refused("may_not_file", message));
    }
    check_days(folder, applied, case)?;
    refuse_second(folder, applied, code)?;
    let to = applied
        .to
        .or(case.term_months.map(|m| last_of_months(applied.from, m)));
    let mut detail = applied.detail.clone();
    detail.scheme = Some(scheme);
    detail.kind = case.class.to_string();
    detail.subject.name = name;
    if detail.institutions.is_empty() && case.institutions > 0 {
        detail
            .institutions
            .extend(folder.institution.map(|place| place.code.clone()));
    }
    check_places(folder, case, &detail.institutions)?;
    Ok(Checked {
        subject: format!("{} {}", case.title, detail.subject.name),
        effect: case.effect,
        from: applied.from,
        to,
        detail,
        ends: Vec::new(),
    })
}

/// The case a code falls under.
pub(super) fn case_of<'l>(
    folder: &Folder<'_>,
    law: &'l SchemePolicy,
    code: &str,
) -> Result<&'l RecognitionCase, Error> {
    let cases = folder.rule(law, FilingClass::Recognition, |rule| match rule {
        FilingRule::Recognition(cases) => Some(cases),
        _ => None,
    })?;
    cases
        .iter()
        .find(|case| case.fits(code))
        .ok_or_else(|| Error::refused("unknown_disease", format!("病种“{code}”没有认定规定")))
}

/// The name the area or the catalogue gives the code; unknown codes are refused.
fn name_of(
    folder: &Folder<'_>,
    law: &SchemePolicy,
    case: &RecognitionCase,
    code: &str,
    sent: &str,
) -> Result<String, Error> {
    let lists = law
        .diseases
        .iter()
        .filter_map(|topic| topic.on(folder.today()));
    let lists: Vec<_> = lists.map(|(rules, _)| rules).collect();
    let listed = lists.iter().find_map(|rules| rules.diseases.get(code));
    if let Some(disease) = listed {
        return Ok(disease.name.clone());
    }
    if let Some(item) = folder.app.law.item(code) {
        return Ok(item.name.clone());
    }
    let is_listed_class = case.prefixes.is_empty() || case.class == *"special";
    if code.is_empty() || case.class == *"separate_drug" || (is_listed_class && !lists.is_empty()) {
        let message = format!("病种“{code}”不在本统筹区的病种或药品目录内");
        return Err(Error::refused("unknown_disease", message));
    }
    Ok(sent.to_owned())
}

fn check_days(folder: &Folder<'_>, applied: &Applied, case: &RecognitionCase) -> Result<(), Error> {
    Folder::check_span(applied.from, applied.to)?;
    if let Some(examined) = applied.detail.decided_on {
        if examined > folder.today() {
            let message = format!("鉴定日期“{examined}”晚于今天");
            return Err(Error::refused("future_date", message));
        }
        if applied.from < examined {
            let message = format!("开始日期“{}”早于鉴定日期“{examined}”", applied.from);
            return Err(Error::refused("bad_span", message));
        }
    }
    if let (Some(months), Some(to)) = (case.term_months, applied.to) {
        let most = last_of_months(applied.from, months);
        if to > most {
            let title = &case.title;
            let message = format!("结束日期“{to}”超过{title}认定期限{months}个月（{most}）");
            return Err(Error::refused("too_long", message));
        }
    }
    Ok(())
}

/// One recognition of a disease at a time.
fn refuse_second(folder: &Folder<'_>, applied: &Applied, code: &str) -> Result<(), Error> {
    let held = |row: &&RecognitionRow| {
        row.code == code && overlaps((row.starts_on, row.ends_on), (applied.from, applied.to))
    };
    if let Some(row) = folder.context.recognitions.iter().find(held) {
        let until = row
            .ends_on
            .map_or("长期".to_owned(), |day| format!("至{day}"));
        let message = format!("病种“{code}”已认定，{}起{until}有效", row.starts_on);
        return Err(Error::refused("already_filed", message));
    }
    for row in folder.standing(FilingClass::Recognition) {
        let waiting = row.state == super::FilingState::Pending.word();
        if waiting && filing_detail(&row.detail)?.subject.code == code {
            let message = format!("病种“{code}”已有待审核的认定申请“{}”", row.filing_id);
            return Err(Error::refused("already_filed", message));
        }
    }
    Ok(())
}

fn overlaps(one: (Date, Option<Date>), other: (Date, Option<Date>)) -> bool {
    other.1.is_none_or(|end| one.0 <= end) && one.1.is_none_or(|end| other.0 <= end)
}

/// The institutions chosen are ours, and no more than the law allows.
pub(super) fn check_places(
    folder: &Folder<'_>,
    case: &RecognitionCase,
    chosen: &[String],
) -> Result<(), Error> {
    let most = usize::try_from(case.institutions).unwrap_or(0);
    if most > 0 && chosen.len() > most {
        let message = format!("{}最多选定{most}家机构，选了{}家", case.title, chosen.len());
        return Err(Error::refused("too_many_institutions", message));
    }
    for code in chosen {
        folder.app.institution(code)?;
    }
    Ok(())
}

/// The person's recognitions in force today whose institutions the person may choose.
pub(super) fn choosable<'f>(
    folder: &'f Folder<'_>,
    law: &SchemePolicy,
) -> Result<Vec<(&'f RecognitionRow, i32, i32)>, Error> {
    let today = folder.today();
    let mut found = Vec::new();
    for row in &folder.context.recognitions {
        if !spans(row.starts_on, row.ends_on, today) {
            continue;
        }
        let case = case_of(folder, law, &row.code)?;
        if case.institutions > 0 {
            found.push((row, case.institutions, case.months_between_changes));
        }
    }
    Ok(found)
}

/// The class of a recognition as the register names it.
pub(super) fn class_of(kind: &str) -> Word {
    Word::new(kind)
}
