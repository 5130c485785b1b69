use app::filing::{Applied, FilingClass, FilingDetail, Injury, file};

use crate::ask::{Answered, Ask};
use crate::codes;
use crate::filings::{agent, filed, insured_here, maybe};
use crate::t1101_person::same_person;

/// 2507 人员意外伤害备案.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    insured_here(ask, data, "insu_admdvs")?;
    let person_no = data.text("psn_no")?;
    let view = ask.app.read_person(ask.call, person_no, "2507").await?;
    same_person(data, &view.context.person, &view.detail.document)?;
    let flag = data.text("chk_pay_flag")?;
    if !matches!(flag, "0" | "1") {
        return Err(data.refuse("chk_pay_flag", "不是0或1").into());
    }
    let applied = Applied {
        class: FilingClass::Accident,
        from: data.date("begndate")?,
        to: data.optional_date("enddate"),
        detail: FilingDetail {
            scheme: data.optional_text("insutype").and_then(codes::scheme),
            injury: Some(Injury {
                on: data.optional_date("trum_time"),
                place: maybe(data, "trum_site"),
                cause: maybe(data, "trum_rea"),
                admitted: data.optional_date("adm_time"),
                payable: codes::is_set(Some(flag)),
            }),
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
