use app::stock::StockKind;

use crate::ask::{Answered, Ask};
use crate::goods_query;

/// 3511 商品销售信息查询, returns among them.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let area = ask.call.area.to_string();
    let kinds = [StockKind::Sale, StockKind::SaleReturn];
    goods_query::answer(ask, &kinds, |found| {
        let fields = found
            .recorded(&area)
            .date("manuDate", found.day("made_on"))
            .date("expyEnd", found.day("expires_on"))
            .text("manuLotnum", found.kept("lot"))
            .text("selRetnOpterName", found.kept("handled_by"))
            .text("setlId", &found.row.settlement_id)
            .text("hiFeesetlType", found.kept("paid_by"))
            .text("psnNo", &found.row.person)
            .text("psnName", found.kept("person_name"))
            .text("pharPracCertNo", found.kept("pharmacist_licence"))
            .text("pharName", found.kept("pharmacist"))
            .text("bilgDrName", found.kept("doctor"))
            .datetime("selRetnTime", found.row.happened_at)
            .quantity("selRetnCnt", found.quantity())
            .price("finlTrnsPric", found.price())
            .text("trdnFlag", found.split())
            .text("medinsProdSelNo", &found.row.record_id);
        [fields]
    })
    .await
}
