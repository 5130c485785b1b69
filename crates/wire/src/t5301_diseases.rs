use crate::Fields;
use crate::ask::{Answered, Ask};

/// 5301 人员慢特病备案查询: recognised diseases in force that the asking institution may serve.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let view = ask
        .app
        .read_person(ask.call, data.text("psn_no")?, "5301")
        .await?;
    let desk = view.desk(ask.app, ask.call);
    let rows = desk.recognised(ask.call.at.date()).map(|row| {
        Fields::new()
            .text("opsp_dise_code", &row.code)
            .text("opsp_dise_name", &row.name)
            .date("begndate", row.starts_on)
            .date("enddate", row.ends_on)
    });
    Ok(ask.seal(ask.output().rows("feedetail", rows))?)
}
