use app::filing::{Applied, FilingClass, FilingDetail, file};

use crate::ask::{Answered, Ask};
use crate::filings::{agent, filed, maybe};
use crate::{Node, Refusal};

/// 2505 人员定点备案.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let person_no = data.text("psn_no")?;
    let order = data.text("fix_srt_no")?;
    let order = order
        .parse()
        .map_err(|_| data.refuse("fix_srt_no", "不是序号"))?;
    let applied = Applied {
        class: FilingClass::Designation,
        from: data.date("begndate")?,
        to: data.optional_date("enddate"),
        detail: FilingDetail {
            kind: kind(data)?.to_owned(),
            institutions: vec![data.text("fixmedins_code")?.to_owned()],
            order,
            phone: maybe(data, "tel"),
            address: maybe(data, "addr"),
            agent: agent(data),
            note: maybe(data, "memo"),
            ..FilingDetail::default()
        },
    };
    let reply = file(ask.app, ask.call, person_no, &applied, |row| {
        filed(ask, row)
    });
    Ok(reply.await?)
}

/// What the institution is chosen for.
fn kind(data: &Node) -> Result<&'static str, Refusal> {
    match data.text("biz_appy_type")? {
        "01" => Ok("diseases"),
        "03" => Ok("designated"),
        _ => Err(data.refuse("biz_appy_type", "不能办理定点备案")),
    }
}
