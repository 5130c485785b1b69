use app::visit::{Update, VisitDetail, VisitKind, update};

use crate::ask::{Answered, Ask};
use crate::diagnoses;

/// 2203 门诊就诊信息上传 and 2203A.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("mdtrtinfo")?;
    let care = diagnoses::care(data, false)?;
    let note = data.optional_text("main_cond_dscr").unwrap_or_default();
    let command = Update {
        person_no: data.text("psn_no")?.to_owned(),
        visit_id: data.text("mdtrt_id")?.to_owned(),
        scheme: None,
        care: Some(care),
        started_at: Some(ask.not_in_future(data, "begntime", data.datetime("begntime")?)?),
        diagnoses: diagnoses::by_order(ask.body.rows("diseinfo"))?,
        detail: Some(VisitDetail {
            cause: diagnoses::cause(data, care),
            cause_told: diagnoses::cause_told(data),
            disease: diagnoses::disease(data),
            note: note.to_owned(),
            ..diagnoses::unknown()
        }),
    };
    let kind = VisitKind::Outpatient;
    Ok(update(ask.app, ask.call, &command, kind, || ask.done()).await?)
}
