use app::LinesChosen;
use app::visit::cancel_lines;

use crate::ask::{Answered, Ask};
use crate::lines::unless_all;

/// 2302 住院费用明细撤销: single lines, or all with 0000.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    let line = unless_all(data.text("feedetl_sn")?);
    let chosen = line.map_or(LinesChosen::All, |number| {
        LinesChosen::Numbers(vec![number])
    });
    let reply = cancel_lines(ask.app, ask.call, person_no, visit_id, &chosen, || {
        ask.done()
    });
    Ok(reply.await?)
}
