use app::stock::{Deleted, Goods, StockKind, delete_goods};

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal};

/// 3507 商品信息删除: one batch of one kind of upload.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let batches = [goods(ask.body.node("data")?)?];
    let reply = delete_goods(ask.app, ask.call, &batches, false, |_| ask.done());
    Ok(reply.await?)
}

/// 3507A 商品信息批量删除: batches without such lines are named.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    let rows = ask.body.at_least_one("goodDetail")?;
    let batches: Vec<Goods> = rows.iter().map(goods).collect::<Result<_, _>>()?;
    let kinds: Vec<&str> = rows
        .iter()
        .map(|row| row.text("inv_data_type"))
        .collect::<Result<_, _>>()?;
    let reply = delete_goods(ask.app, ask.call, &batches, true, |done| {
        let faults = done
            .iter()
            .zip(&kinds)
            .filter_map(|(one, kind)| fault(one, kind));
        ask.seal(ask.output().rows("goodErrDetail", faults))
    });
    Ok(reply.await?)
}

fn goods(node: &Node) -> Result<Goods, Refusal> {
    let kinds = match node.text("inv_data_type")? {
        "1" => vec![StockKind::Count],
        "2" => vec![StockKind::Change],
        "3" => vec![StockKind::Purchase, StockKind::PurchaseReturn],
        "4" => vec![StockKind::Sale, StockKind::SaleReturn],
        _ => return Err(node.refuse("inv_data_type", "应为1至4")),
    };
    Ok(Goods {
        batch: node.text("fixmedins_bchno")?.to_owned(),
        kinds,
    })
}

fn fault(done: &Deleted<'_>, kind: &str) -> Option<Fields> {
    let fault = done.fault.as_ref()?;
    let fields = Fields::new()
        .text("fixmedins_bchno", &done.goods.batch)
        .text("inv_data_type", kind);
    Some(fields.text("retRslt", "0").text("msgRslt", fault))
}
