use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// 3509 商品库存变更记录查询.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let area = ask.call.area.to_string();
    goods_query::answer(ask, &[StockKind::Change], |found| {
        let fields = found
            .recorded(&area)
            .datetime("invChgTime", found.row.happened_at)
            .text("invChgOpterName", found.kept("handled_by"))
            .text("invChgType", found.kept("change"))
            .text("medinsProdInvChgNo", &found.row.record_id)
            .quantity("cnt", found.quantity())
            .price("pric", found.price())
            .text("trdnFlag", found.split());
        [fields]
    })
    .await
}
