use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// 3510 商品采购信息查询, returns among them.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let area = ask.call.area.to_string();
    let kinds = [StockKind::Purchase, StockKind::PurchaseReturn];
    goods_query::answer(ask, &kinds, |found| {
        let returned = found.row.kind == StockKind::PurchaseReturn.word();
        let fields = found
            .recorded(&area)
            .text("prodRetnFlag", if returned { "1" } else { "0" })
            .date("manuDate", found.day("made_on"))
            .date("expyEnd", found.day("expires_on"))
            .text("manuLotnum", found.kept("lot"))
            .text("prodentpName", found.kept("maker"))
            .text("aprvno", found.kept("approval"))
            .text("medinsProdPurcNo", &found.row.record_id)
            .text("purcInvoNo", found.kept("invoice"))
            .text("purcInvoCodg", found.kept("invoice_code"))
            .datetime("purcRetnStoinTime", found.row.happened_at)
            .text("splerName", found.kept("supplier"))
            .text("splerPmtno", found.kept("supplier_licence"))
            .text("prodGeayFlag", found.kept("gift"))
            .text("purcRetnOpterName", found.kept("handled_by"))
            .price("finlTrnsPric", found.price())
            .quantity("purcRetnCnt", found.quantity())
            .text("dyntNo", found.kept("delivery_note"));
        [fields]
    })
    .await
}
