use crate::Fields;
use crate::ask::{Answered, Ask};

/// 9002 签退.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let node = ask.body.node("signOut")?;
    let at = ask
        .app
        .terminal_sign_out(ask.call, node.text("sign_no")?)
        .await?;
    let row = Fields::new().datetime("sign_time", at);
    Ok(ask.seal(ask.output().node("signoutoutb", row))?)
}
