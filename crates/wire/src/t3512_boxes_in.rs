use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// 3512 入库药品追溯信息查询: boxes told of without being sold.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let area = ask.call.area.to_string();
    let kinds = [StockKind::Count, StockKind::Change, StockKind::Purchase];
    goods_query::answer(ask, &kinds, |found| {
        let row = |code: String| {
            found
                .named()
                .text("drugTracCodg", code)
                .text("valiFlag", "1")
                .text("fixBlngAdmdvs", &area)
        };
        found.codes().into_iter().map(row).collect::<Vec<_>>()
    })
    .await
}
