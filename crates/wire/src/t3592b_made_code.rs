use app::stock::make_code;

use crate::Fields;
use crate::ask::{Answered, Ask};

/// 3592B 获取虚拟药品追溯码: a code for goods without one.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let fields = Fields::new()
        .text("med_list_codg", data.text("med_list_codg")?)
        .text("fixmedins_hilist_id", data.text("fixmedins_hilist_id")?)
        .text("fixmedins_hilist_name", data.text("fixmedins_hilist_name")?)
        .text("drug_trac_codg", make_code(ask.app));
    Ok(ask.seal(ask.output().rows("result", [fields]))?)
}
