use app::filing::{Applied, FilingClass, FilingDetail, Named, file};

use crate::ask::{Answered, Ask};
use crate::filings::{filed, insured_here, maybe};
use crate::{Node, codes};

/// 2501 转院备案.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("refmedin")?;
    insured_here(ask, data, "insu_optins")?;
    let person_no = data.text("psn_no")?;
    let decided_on = data.date("refl_date")?;
    let applied = Applied {
        class: FilingClass::Referral,
        from: data.optional_date("begndate").unwrap_or(decided_on),
        to: data.optional_date("enddate"),
        detail: FilingDetail {
            scheme: data.optional_text("insutype").and_then(codes::scheme),
            kind: place(data)?.to_owned(),
            subject: Named::new(data.text("diag_code")?, data.text("diag_name")?),
            target: Named::new(
                data.text("reflin_medins_no")?,
                data.text("reflin_medins_name")?,
            ),
            destinations: vec![data.text("mdtrtarea_admdvs")?.to_owned()],
            agreed: data
                .optional_text("hosp_agre_refl_flag")
                .map(|flag| codes::is_set(Some(flag))),
            decided_on: Some(decided_on),
            condition: maybe(data, "dise_cond_dscr"),
            reason: data.text("refl_rea")?.to_owned(),
            opinion: data.text("refl_opnn")?.to_owned(),
            visit: maybe(data, "refl_old_mdtrt_id"),
            phone: maybe(data, "tel"),
            address: maybe(data, "addr"),
            ..FilingDetail::default()
        },
    };
    let reply = file(ask.app, ask.call, person_no, &applied, |row| {
        filed(ask, row)
    });
    Ok(reply.await?)
}

/// Where to, as the kind of referral says it.
fn place(data: &Node) -> Result<&'static str, crate::Refusal> {
    match data.text("refl_type")? {
        "1" => Ok("local"),
        "2" => Ok("other_city"),
        "3" => Ok("other_province"),
        _ => Err(data.refuse("refl_type", "不受支持")),
    }
}
