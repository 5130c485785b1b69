use app::settlement::presettle;

use crate::ask::{Answered, Ask};
use crate::settling::{Echo, output, summary};
use crate::t2304_settlement::settlement;

/// 2303 住院预结算: what 2304 would decide, without any effect.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let echo = Echo::of_stay(data)?;
    let command = settlement(data)?;
    let reply = presettle(ask.app, ask.call, &command, |settled| {
        ask.seal_settled(settled, output(ask, settled, summary(ask, settled, &echo)?))
    });
    Ok(reply.await?)
}
