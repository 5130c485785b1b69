use app::settlement::presettle;

use crate::ask::{Answered, Ask};
use crate::settling::{Echo, output, summary};
use crate::t2207_settlement::settlement;

/// 2206 门诊预结算 and 2206A: what 2207 would decide, without any effect.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let echo = Echo::of(data)?;
    let command = settlement(data)?;
    let reply = presettle(ask.app, ask.call, &command, |settled| {
        let summary = summary(ask, settled, &echo)?.text("setl_id", "");
        ask.seal_settled(settled, output(ask, settled, summary))
    });
    Ok(reply.await?)
}
