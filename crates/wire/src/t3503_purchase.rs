use app::stock::{NewGoods, StockKind, Told};

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Fields, Node, Refusal};

const FORM: Form = Form {
    single: "purcinfo",
    batch: "purcinfoDetail",
};

/// 3503 商品采购.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, purchase).await
}

/// 3503A 商品批量采购: every line comes back with its number.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, purchase, Some(("purcinfoDetail", row))).await
}

fn purchase(node: &Node) -> Result<NewGoods, Refusal> {
    goods::purchase(node, StockKind::Purchase)
}

fn row(told: &Told<'_>) -> Option<Fields> {
    let line = told.goods;
    let mut fields = goods::result(told, goods::named(told))
        .price("finl_trns_pric", line.price)
        .quantity("purc_retn_cnt", line.quantity)
        .datetime("purc_retn_stoin_time", line.at)
        .text("medins_prod_purc_no", &told.record);
    for (field, word) in [
        ("dynt_no", "delivery_note"),
        ("spler_name", "supplier"),
        ("spler_pmtno", "supplier_licence"),
        ("manu_lotnum", "lot"),
        ("prodentp_name", "maker"),
        ("aprvno", "approval"),
        ("purc_invo_codg", "invoice_code"),
        ("purc_invo_no", "invoice"),
        ("rx_flag", "prescription_only"),
        ("purc_retn_opter_name", "handled_by"),
        ("prod_geay_flag", "gift"),
        ("memo", "note"),
    ] {
        fields = fields.text(field, goods::kept(told, word));
    }
    let day = |word| goods::kept(told, word).parse::<jiff::civil::Date>().ok();
    let fields = fields.date("manu_date", day("made_on"));
    Some(fields.date("expy_end", day("expires_on")))
}
