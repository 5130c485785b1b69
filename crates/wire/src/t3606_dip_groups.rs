use app::discharge::{GroupedList, read_weight};
use grouping::SchemeKind;

use crate::ask::{Answered, Ask};
use crate::groups::{codes_in, item, of_month};
use crate::{Fields, codes, lists, visits};

/// 3606 DIP分组结果查询.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let found = of_month(ask, SchemeKind::Dip).await?;
    let area = ask.call.area.to_string();
    let row = |one: &GroupedList| {
        let (list, group) = (&one.row, &one.group);
        let scheme = list.scheme.parse::<terms::Scheme>();
        let auxiliary = &one.reason["result"]["auxiliary"];
        let names = auxiliary.as_array().into_iter().flatten();
        let names: Vec<&str> = names.filter_map(|one| one["name"].as_str()).collect();
        let state = if group.is_grouped() {
            "已入组"
        } else {
            "未入组"
        };
        Fields::new()
            .text("setl_id", &list.settlement_id)
            .text("psn_no", &list.person_no)
            .text("psn_name", &list.person_name)
            .text("insutype", visits::insutype(&list.scheme))
            .text("Insutype_name", scheme.map_or("", terms::Scheme::zh))
            .date("setl_time", list.settled_on)
            .text("clr_optins", &area)
            .text("insu_admdvs", &area)
            .text("fixmedins_code", &list.institution)
            .text("fixmedins_name", &ask.call.institution.name)
            .text("nuld_flag", "0")
            .text("grp_stas", lists::grouped(Some(group)))
            .text("grp_stas_name", state)
            .text("dip_dise_grp_code", &group.code)
            .text("dip_dise_grp_name", &group.name)
            .text("grp_diag_code", &list.principal)
            .text("oprn_grp_code", codes_in(&one.reason, "matched"))
            .text("dise_list_type_name", item(&one.reason, "stage"))
            .text("asst_list_flag", codes::flag(!names.is_empty()))
            .text("asst_list_detl", names.join("、"))
            .ratio("grp_dise_sco", read_weight(&group.weight))
            .text("remarks", &group.note)
    };
    Ok(ask.seal(ask.output().rows("data", found.iter().map(row)))?)
}
