use app::settlement::presell;

use crate::ask::{Answered, Ask};
use crate::settling::{Echo, line_rows, output, summary};
use crate::t2102_sale::sale;

/// 2101 药店预结算: what 2102 would decide, without any effect.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("druginfo")?;
    let echo = Echo::of(data)?;
    let command = sale(ask)?;
    let reply = presell(ask.app, ask.call, &command, |settled| {
        let output = output(ask, settled, summary(ask, settled, &echo)?);
        ask.seal_settled(settled, output.rows("detlcutinfo", line_rows(settled)))
    });
    Ok(reply.await?)
}
