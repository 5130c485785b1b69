use app::visit::{Update, VisitDetail, VisitKind, update};

use crate::ask::{Answered, Ask};
use crate::diagnoses;
use crate::t2401_admission::stay;

/// 2403 入院信息变更.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("adminfo")?;
    let care = diagnoses::care(data, true)?;
    let begin = data.optional_datetime("begntime");
    let begin = begin.map(|begin| ask.not_in_future(data, "begntime", begin));
    let command = Update {
        person_no: data.text("psn_no")?.to_owned(),
        visit_id: data.text("mdtrt_id")?.to_owned(),
        scheme: None,
        care: Some(care),
        started_at: begin.transpose()?,
        diagnoses: diagnoses::by_flag(ask.body.rows("diseinfo"))?,
        detail: Some(VisitDetail {
            cause: diagnoses::cause(data, care),
            cause_told: diagnoses::cause_told(data),
            local_number: data.text("ipt_otp_no")?.to_owned(),
            ..stay(data)
        }),
    };
    let kind = VisitKind::Stay;
    Ok(update(ask.app, ask.call, &command, kind, || ask.done()).await?)
}
