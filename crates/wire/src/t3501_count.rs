use app::stock::{NewGoods, StockKind};

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Node, Refusal};

const FORM: Form = Form {
    single: "invinfo",
    batch: "invinfoDetail",
};

/// 3501 商品盘存上传.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, count).await
}

/// 3501A 商品盘存批量上传: it has no node for faults, so one of them refuses the whole.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, count, None).await
}

fn count(node: &Node) -> Result<NewGoods, Refusal> {
    Ok(NewGoods {
        quantity: node.quantity("inv_cnt")?,
        at: node.datetime("invdate")?,
        ..goods::line(node, StockKind::Count)?
    })
}
