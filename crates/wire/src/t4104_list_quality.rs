use app::discharge::QualityQuery;

use crate::ask::{Answered, Ask};
use crate::quality::{Finding, shown};
use crate::{Fields, lists};

/// 4104 医疗保障基金结算清单质控结果查询: lists of a month with what the checks found, page by page.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let text = |field: &str| data.optional_text(field).map(str::to_owned);
    let query = QualityQuery {
        month: lists::month(data, "setl_ym")?,
        settlement: text("setl_id"),
        person_no: text("psn_no"),
        faulty: data
            .optional_text("err_lv")
            .or(data.optional_text("retn_flag"))
            .map(|code| code == "1"),
        page: lists::page(data)?,
    };
    let judged = ask.app.judged_lists(ask.call, &query).await?;
    let row = |one: &app::discharge::JudgedList| {
        let finding = |found: &Finding<'_>| {
            Fields::new()
                .text("exam_data_fld", found.field)
                .text("qltctrl_chk_rslt", found.message)
                .text("err_lv", found.gravity)
                .text("retn_flag", found.returned)
                .text("init_val", found.value)
        };
        let findings = shown(one).iter().map(finding).collect();
        crate::quality::summary(ask, one)
            .text("psn_cert_type", "01")
            .text("cert_no", &one.document)
            .nested("detailinfo", findings)
    };
    Ok(ask.seal(ask.output().rows("-", judged.iter().map(row)))?)
}
