use app::visit::cancel_discharge;

use crate::ask::{Answered, Ask};

/// 2405 出院撤销.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    Ok(cancel_discharge(ask.app, ask.call, person_no, visit_id, || ask.done()).await?)
}
