//! What grouping noticed, as findings.

use super::check::Check;
use super::examine::Found;
use crate::formula::Side;
use crate::{Grouped, Note, Refusal};

pub(super) fn noted(grouped: &Grouped<'_>, found: &mut Found<'_>) {
    if let Some(refusal) = &grouped.refusal {
        refused(refusal, found);
    }
    for note in &grouped.notes {
        if let Some((check, field, value)) = of_note(note) {
            found.add(check, field, value, note.to_string());
        }
    }
}

/// A refusal is a finding of its own where a check is about it, and always one of not grouped; what
/// the list itself shows was found before.
fn refused(refusal: &Refusal, found: &mut Found<'_>) {
    let said = refusal.to_string();
    match refusal {
        Refusal::UnknownPrincipal { diagnosis } => {
            found.add(Check::PrincipalUnknown, "主要诊断", diagnosis, &said);
        }
        Refusal::GrayPrincipal { diagnosis } => {
            found.add(Check::PrincipalGray, "主要诊断", diagnosis, &said);
        }
        Refusal::GrayMainProcedure { procedure } => {
            found.add(Check::MainProcedureGray, "主要手术操作", procedure, &said);
        }
        Refusal::NewbornWithoutWeight { .. } => {
            found.add(Check::NewbornWithoutWeight, "新生儿出生体重", "", &said);
        }
        Refusal::SexConflict { mdc } => found.add(Check::SexConflict, "性别", mdc, &said),
        _ => {}
    }
    found.add(Check::NotGrouped, "分组", refusal.code(), said);
}

fn of_note(note: &Note<'_>) -> Option<(Check, &'static str, String)> {
    let field = |side: Side| match side {
        Side::Diagnosis => "诊断编码",
        Side::Procedure => "手术操作编码",
    };
    Some(match note {
        Note::Mapped { side, written, .. } => {
            (Check::CodeMapped, field(*side), (*written).to_owned())
        }
        Note::Respelt { side, written, .. } => {
            (Check::CodeRespelt, field(*side), (*written).to_owned())
        }
        Note::UnknownCode { side, code } => (Check::CodeUnknown, field(*side), (*code).to_owned()),
        Note::GrayCode { side, code } => (Check::CodeGray, field(*side), (*code).to_owned()),
        Note::MoreCodes { count } => (Check::CodeUnknown, "编码", count.to_string()),
        Note::SexConflict { mdc } => (Check::SexConflict, "性别", (*mdc).to_owned()),
        Note::WeightUnknown => {
            let field = "新生儿出生体重";
            (Check::NewbornWithoutWeight, field, String::new())
        }
        Note::AgeConflict { years, .. } => (Check::AgeDiffers, "年龄", years.to_string()),
        Note::VentilationConflict { hours, .. } => (
            Check::VentilatorConflict,
            "呼吸机使用时间",
            hours.to_string(),
        ),
        Note::StayOfNoDays | Note::SexUnknown | Note::DroppedProcedure { .. } => return None,
    })
}
