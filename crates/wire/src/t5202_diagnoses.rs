use crate::ask::{Answered, Ask};
use crate::visits::read;
use crate::{Fields, codes, diagnoses};

/// 5202 诊断信息查询.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    ask.app.read_person(ask.call, person_no, "5202").await?;
    let visit = ask.app.visit_here(ask.call, person_no, visit_id).await?;
    let (detail, reported) = read(&visit)?;
    // Discharge replaces the diagnoses of admission.
    let inout = if visit.ended_at.is_some() { "2" } else { "1" };
    let rows = reported.iter().zip(1_i64..).map(|(diagnosis, number)| {
        Fields::new()
            .text("diag_info_id", format!("{visit_id}-{number}"))
            .text("mdtrt_id", visit_id)
            .text("psn_no", person_no)
            .text("inout_diag_type", inout)
            .text("diag_type", &diagnosis.kind)
            .text("maindiag_flag", codes::flag(diagnosis.main))
            .integer("diag_srt_no", number)
            .text("diag_code", &diagnosis.code)
            .text("diag_name", diagnoses::name_of(ask.app, diagnosis))
            .text("diag_dept", &detail.department.1)
            .text("dise_dor_no", &detail.doctor.0)
            .text("dise_dor_name", &detail.doctor.1)
            .datetime("diag_time", visit.started_at)
            .text("opter_id", &detail.operator)
    });
    Ok(ask.seal(ask.output().rows("diseinfo", rows))?)
}
