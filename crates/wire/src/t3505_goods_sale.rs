use app::stock::{NewGoods, StockKind, Told};

use crate::ask::{Answered, Ask};
use crate::goods::{self, Form};
use crate::{Fields, Node, Refusal};

const FORM: Form = Form {
    single: "selinfo",
    batch: "selinfoDetail",
};

/// 3505 商品销售: a second sale of a box is taken in and warned of; its bill is refused.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    goods::single(ask, &FORM, sold).await
}

/// 3505A 商品批量销售: every line comes back with its number.
pub(crate) async fn batch(ask: &Ask<'_>) -> Answered {
    goods::batch(ask, &FORM, sold, Some(("selinfoDetail", row))).await
}

fn sold(node: &Node) -> Result<NewGoods, Refusal> {
    goods::sale(node, StockKind::Sale)
}

fn row(told: &Told<'_>) -> Option<Fields> {
    let line = told.goods;
    let mut fields = goods::result(told, goods::named(told))
        .price("finl_trns_pric", line.price)
        .quantity("sel_retn_cnt", line.quantity)
        .datetime("sel_retn_time", line.at)
        .text("setl_id", &line.settlement)
        .text("mdtrt_sn", &line.visit)
        .text("psn_no", &line.person)
        .text("trdn_flag", if line.split { "1" } else { "0" })
        .text("medins_prod_sel_no", &told.record);
    for (field, word) in [
        ("prsc_dr_name", "doctor"),
        ("phar_name", "pharmacist"),
        ("phar_prac_cert_no", "pharmacist_licence"),
        ("hi_feesetl_type", "paid_by"),
        ("psn_name", "person_name"),
        ("manu_lotnum", "lot"),
        ("rx_flag", "prescription_only"),
        ("rxno", "prescription"),
        ("rtal_docno", "receipt"),
        ("sel_retn_opter_name", "handled_by"),
        ("memo", "note"),
    ] {
        fields = fields.text(field, goods::kept(told, word));
    }
    let day = |word| goods::kept(told, word).parse::<jiff::civil::Date>().ok();
    let fields = fields.date("manu_date", day("made_on"));
    Some(fields.date("expy_end", day("expires_on")))
}
