use app::discharge::{JudgedList, QualityQuery};

use crate::ask::{Answered, Ask};
use crate::quality::{Finding, shown, summary};
use crate::{Fields, lists};

/// 3607 结算清单质控结果查询: the same as 4104, in its own form.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let query = QualityQuery {
        month: lists::month(data, "setl_ym")?,
        settlement: data.optional_text("setl_id").map(str::to_owned),
        person_no: None,
        faulty: None,
        page: lists::page(data)?,
    };
    let judged = ask.app.judged_lists(ask.call, &query).await?;
    let finding = |found: &Finding<'_>| {
        Fields::new()
            .text("exam_data_fld", found.field)
            .text("qltctrl_chk_rslt", found.message)
            .text("err_lv", found.gravity)
            .text("retn_flag", found.returned)
            .text("init_val", found.value)
    };
    let row = |one: &JudgedList| {
        let findings = shown(one).iter().map(finding).collect();
        summary(ask, one)
            .text("psn_cert_type", "01")
            .text("cert_no", &one.document)
            .nested("detl_list", findings)
    };
    Ok(ask.seal(ask.output().rows("data", judged.iter().map(row)))?)
}
