use app::stock::{NewGoods, StockKind, Told};
use stock::Movement;

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Fields, Node, Refusal};

const FORM: Form = Form {
    single: "invinfo",
    batch: "invinfoDetail",
};

/// 3502 商品库存变更.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, change).await
}

/// 3502A 商品库存批量变更.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, change, Some(("invinfoErrDetail", fault))).await
}

fn change(node: &Node) -> Result<NewGoods, Refusal> {
    let movement = match node.text("inv_chg_type")? {
        "101" | "103" | "106" => Some(Movement::OtherIn),
        "102" | "104" | "105" | "107" => Some(Movement::OtherOut),
        // Purchases, gifts and their returns are told of by 3503 and 3504, which count them.
        _ => None,
    };
    Ok(NewGoods {
        movement,
        quantity: node.quantity("cnt")?,
        price: node.price("pric").ok(),
        at: node.datetime("inv_chg_time")?,
        ..goods::line(node, StockKind::Change)?
    })
}

fn fault(told: &Told<'_>) -> Option<Fields> {
    let fields = goods::fault(told)?;
    Some(fields.text("inv_chg_type", goods::kept(told, "change")))
}
