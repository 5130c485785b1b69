use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// What of a query must be filled, at least one.
const ONE_OF: [&str; 5] = [
    "med_list_codg",
    "medins_list_codg",
    "fixmedins_bchno",
    "mdtrt_id",
    "certno",
];

/// 3513 销售药品追溯信息查询.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let given = |field: &&str| data.optional_text(field).is_some();
    let by_code = data.optional_text("drug_trac_codg").is_some();
    if !by_code && !ONE_OF.iter().any(given) {
        return Err(data.missing(ONE_OF[0]).into());
    }
    let area = ask.call.area.to_string();
    goods_query::answer(ask, &[StockKind::Sale], |found| {
        let row = |code: String| {
            found
                .named()
                .text("mdtrtId", &found.row.visit)
                .text("drugTracCodg", code)
                .text("psnNo", &found.row.person)
                .text("psnName", found.kept("person_name"))
                .text("memo", found.kept("note"))
                .text("trdnFlag", found.split())
                .text("rid", &found.row.record_id)
                .datetime("crteTime", found.row.recorded_at)
                .datetime("updtTime", found.row.recorded_at)
                .datetime("optTime", found.row.recorded_at)
                .text("fixBlngAdmdvs", &area)
        };
        found.codes().into_iter().map(row).collect::<Vec<_>>()
    })
    .await
}
