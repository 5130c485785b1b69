use crate::Fields;
use crate::ask::{Answered, Ask};

/// 9001 签到.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let node = ask.body.node("signIn")?;
    let mut call = ask.call.clone();
    call.operator = node.text("opter_no")?.to_owned();
    let terminal = (node.text("mac")?, node.text("ip")?);
    let sign_no = ask.app.terminal_sign_in(&call, terminal).await?;
    let row = Fields::new()
        .text("sign_no", sign_no)
        .datetime("sign_time", call.at);
    Ok(ask.seal(ask.output().node("signinoutb", row))?)
}
