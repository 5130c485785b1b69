use app::visit::{VisitKind, cancel};

use crate::ask::{Answered, Ask};

/// 2202 门诊挂号撤销.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    let kind = VisitKind::Outpatient;
    let reply = cancel(ask.app, ask.call, person_no, visit_id, kind, || ask.done());
    Ok(reply.await?)
}
