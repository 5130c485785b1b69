use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// 3508 商品库存信息查询: what was counted.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let area = ask.call.area.to_string();
    goods_query::answer(ask, &[StockKind::Count], |found| {
        let fields = found
            .recorded(&area)
            .date("manuDate", found.day("made_on"))
            .date("expyEnd", found.day("expires_on"))
            .text("manuLotnum", found.kept("lot"))
            .quantity("invCnt", found.quantity())
            .date("invdate", found.row.happened_at.date());
        [fields]
    })
    .await
}
