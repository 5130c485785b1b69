use app::stock::{NewGoods, StockKind, Told};

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Fields, Node, Refusal};

const FORM: Form = Form {
    single: "purcinfo",
    batch: "purcinfoDetail",
};

/// 3504 商品采购退货.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, sent_back).await
}

/// 3504A 商品采购批量退货.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, sent_back, Some(("purcinfoErrDetail", fault))).await
}

fn sent_back(node: &Node) -> Result<NewGoods, Refusal> {
    goods::purchase(node, StockKind::PurchaseReturn)
}

fn fault(told: &Told<'_>) -> Option<Fields> {
    let fields = goods::fault(told)?;
    Some(fields.text("medins_prod_purc_no", goods::kept(told, "purchase")))
}
