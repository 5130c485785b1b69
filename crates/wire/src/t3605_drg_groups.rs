use grouping::SchemeKind;

use crate::ask::{Answered, Ask};
use crate::groups::{item, of_month};
use crate::{Fields, lists};

/// 3605 DRG分组结果查询.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let found = of_month(ask, SchemeKind::Drg).await?;
    let row = |one: &app::discharge::GroupedList| {
        let (list, group) = (&one.row, &one.group);
        let refused = (!group.is_grouped()).then_some(&group.note);
        Fields::new()
            .text("setl_id", &list.settlement_id)
            .text("drg_code", &group.code)
            .text("drg_name", &group.name)
            .text("adrg_code", &group.adrg)
            .text("mdc_codg", &group.mdc)
            .text("mdc_name", item(&one.reason, "mdc_name"))
            .text("ccmcc", &group.severity)
            .text("grp_rslt", lists::grouped(Some(group)))
            .optional_text("err_info", refused)
            .text("grp_name", &group.name)
            .text("grp_ver", &group.scheme)
            .text(
                "grp_spec_ver",
                group.scheme_hash.get(..12).unwrap_or_default(),
            )
            .text("psn_no", &list.person_no)
            .text("drg_admdvs", ask.call.area.to_string())
            .text("setl_list_sn", &list.list_id)
            .text("setl_ym", list.settled_on.strftime("%Y%m").to_string())
            .text("fixmedins_code", &list.institution)
            .datetime("grp_time", group.grouped_at)
            .text("vali_flag", "1")
    };
    Ok(ask.seal(ask.output().rows("data", found.iter().map(row)))?)
}
