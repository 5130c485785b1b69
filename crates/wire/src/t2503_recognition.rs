use app::filing::{Applied, FilingClass, FilingDetail, Named, file};

use crate::ask::{Answered, Ask};
use crate::codes;
use crate::filings::{filed, insured_here, maybe};

/// 2503 人员慢特病备案.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    insured_here(ask, data, "insu_optins")?;
    let person_no = data.text("psn_no")?;
    let applied = Applied {
        class: FilingClass::Recognition,
        from: data.date("begndate")?,
        to: data.optional_date("enddate"),
        detail: FilingDetail {
            scheme: codes::scheme(data.text("insutype")?),
            subject: Named::new(data.text("opsp_dise_code")?, data.text("opsp_dise_name")?),
            examined_at: Named::new(
                data.text("ide_fixmedins_no")?,
                data.text("ide_fixmedins_name")?,
            ),
            doctor: Named::new(data.text("diag_dr_codg")?, data.text("diag_dr_name")?),
            decided_on: Some(data.date("hosp_ide_date")?),
            phone: maybe(data, "tel"),
            address: maybe(data, "addr"),
            note: maybe(data, "memo"),
            ..FilingDetail::default()
        },
    };
    let reply = file(ask.app, ask.call, person_no, &applied, |row| {
        filed(ask, row)
    });
    Ok(reply.await?)
}
