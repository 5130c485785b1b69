use app::LinesChosen;
use app::visit::cancel_lines;

use crate::ask::{Answered, Ask};
use crate::lines::unless_all;

/// 2205 门诊费用明细信息撤销: one charge batch, or all with 0000.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    let batch = unless_all(data.text("chrg_bchno")?);
    let chosen = batch.map_or(LinesChosen::All, LinesChosen::ChargeBatch);
    let reply = cancel_lines(ask.app, ask.call, person_no, visit_id, &chosen, || {
        ask.done()
    });
    Ok(reply.await?)
}
