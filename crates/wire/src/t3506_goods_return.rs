use app::stock::{NewGoods, StockKind, Told};

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Fields, Node, Refusal};

const FORM: Form = Form {
    single: "selinfo",
    batch: "selinfoDetail",
};

/// 3506 商品销售退货: the box may be sold again.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, returned).await
}

/// 3506A 商品销售批量退货.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, returned, Some(("selinfoErrDetail", fault))).await
}

fn returned(node: &Node) -> Result<NewGoods, Refusal> {
    goods::sale(node, StockKind::SaleReturn)
}

fn fault(told: &Told<'_>) -> Option<Fields> {
    let fields = goods::fault(told)?;
    Some(fields.text("medins_prod_sel_no", goods::kept(told, "sale")))
}
