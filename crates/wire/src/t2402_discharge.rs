use app::visit::{Discharge, discharge};

use crate::ask::{Answered, Ask};
use crate::diagnoses;

/// 2402 出院办理.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("dscginfo")?;
    let command = Discharge {
        person_no: data.text("psn_no")?.to_owned(),
        visit_id: data.text("mdtrt_id")?.to_owned(),
        ended_at: ask.not_in_future(data, "endtime", data.datetime("endtime")?)?,
        diagnoses: diagnoses::by_flag(ask.body.rows("diseinfo"))?,
        way: data.text("dscg_way")?.to_owned(),
    };
    Ok(discharge(ask.app, ask.call, &command, || ask.done()).await?)
}
