//! 进销存：各上传、删除交易共有的部分。

use app::stock::{LineCode, NewGoods, StockKind, Told, tell_goods};
use jiff::civil::DateTime;
use money::Quantity;
use stock::Movement;

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal};

/// What is kept of a line beside its columns: texts, by field and by the word it is kept under.
pub(crate) const TEXTS: [(&str, &str); 26] = [
    ("rx_flag", "prescription_only"),
    ("manu_lotnum", "lot"),
    ("memo", "note"),
    ("inv_chg_type", "change"),
    ("inv_chg_opter_name", "handled_by"),
    ("trac_codg_pac_hery", "pack_level"),
    ("dynt_no", "delivery_note"),
    ("spler_name", "supplier"),
    ("spler_pmtno", "supplier_licence"),
    ("prodentp_name", "maker"),
    ("prdr_name", "producer"),
    ("aprvno", "approval"),
    ("purc_invo_codg", "invoice_code"),
    ("purc_invo_no", "invoice"),
    ("purc_retn_opter_name", "handled_by"),
    ("prod_geay_flag", "gift"),
    ("medins_prod_purc_no", "purchase"),
    ("prsc_dr_name", "doctor"),
    ("phar_name", "pharmacist"),
    ("phar_prac_cert_no", "pharmacist_licence"),
    ("hi_feesetl_type", "paid_by"),
    ("psn_name", "person_name"),
    ("rxno", "prescription"),
    ("rtal_docno", "receipt"),
    ("sel_retn_opter_name", "handled_by"),
    ("medins_prod_sel_no", "sale"),
];
/// The same for days.
const DAYS: [(&str, &str); 2] = [("manu_date", "made_on"), ("expy_end", "expires_on")];

/// The node of a transaction's lines: the single form and the batch form (A).
pub(crate) struct Form {
    /// 单条.
    pub single: &'static str,
    /// 批量.
    pub batch: &'static str,
}

/// How the batch form of a transaction names what became of its lines.
pub(crate) type Answer = fn(&Told<'_>) -> Option<Fields>;

/// Takes in a single line; it is refused if it cannot be taken.
pub(crate) async fn single(
    ask: &Ask<'_>,
    form: &Form,
    read: fn(&Node) -> Result<NewGoods, Refusal>,
) -> Answered {
    let goods = [read(ask.body.node(form.single)?)?];
    let reply = tell_goods(ask.app, ask.call, &goods, false, |told| {
        let notes: Vec<&str> = notes(&told[0]).collect();
        ask.seal_noting(ask.output(), &notes)
    });
    Ok(reply.await?)
}

/// Takes in many lines; those that cannot be taken are named in the reply.
pub(crate) async fn batch(
    ask: &Ask<'_>,
    form: &Form,
    read: fn(&Node) -> Result<NewGoods, Refusal>,
    answer: Option<(&'static str, Answer)>,
) -> Answered {
    let rows = ask.body.at_least_one(form.batch)?;
    let goods: Vec<NewGoods> = rows.iter().map(read).collect::<Result<_, _>>()?;
    // A transaction without a node for faults can only refuse the whole.
    let singly = answer.is_some();
    let reply = tell_goods(ask.app, ask.call, &goods, singly, |told| {
        let output = match answer {
            Some((node, answer)) => ask.output().rows(node, told.iter().filter_map(answer)),
            None => ask.output(),
        };
        let notes: Vec<&str> = told.iter().flat_map(notes).collect();
        ask.seal_noting(output, &notes)
    });
    Ok(reply.await?)
}

fn notes<'t>(told: &'t Told<'_>) -> impl Iterator<Item = &'t str> {
    told.notes.iter().map(String::as_str)
}

/// What every line of goods has; the transaction adds what it moves, how many and when.
pub(crate) fn line(node: &Node, kind: StockKind) -> Result<NewGoods, Refusal> {
    Ok(NewGoods {
        kind,
        movement: None,
        batch: node.text("fixmedins_bchno")?.to_owned(),
        local_code: node.text("fixmedins_hilist_id")?.to_owned(),
        item_code: node.text("med_list_codg")?.to_owned(),
        name: node.text("fixmedins_hilist_name")?.to_owned(),
        quantity: Quantity::ZERO,
        price: None,
        at: DateTime::MIN,
        person: optional(node, "psn_no"),
        visit: optional(node, "mdtrt_sn"),
        settlement: optional(node, "setl_id"),
        insured: false,
        split: optional(node, "trdn_flag") == "1",
        codes: codes(node),
        detail: detail(node),
    })
}

/// A field that this transaction may not have, or empty.
fn optional(node: &Node, field: &str) -> String {
    let known = node.table.position(field).is_some();
    let text = known.then(|| node.optional_text(field)).flatten();
    text.unwrap_or_default().to_owned()
}

/// The boxes: a list, or the one code older programs send beside it.
fn codes(node: &Node) -> Vec<LineCode> {
    let split = optional(node, "trdn_flag") == "1";
    let rows = node.rows("drugtracinfo").iter();
    let listed = rows.filter_map(|row| row.optional_text("drug_trac_codg"));
    let mut codes: Vec<LineCode> = listed.map(|code| LineCode::scanned(code, split)).collect();
    let alone = optional(node, "drug_trac_codg");
    if codes.is_empty() && !alone.is_empty() {
        codes.push(LineCode::scanned(&alone, split));
    }
    codes
}

fn detail(node: &Node) -> Vec<(&'static str, String)> {
    let texts = TEXTS
        .iter()
        .map(|(field, word)| (*word, optional(node, field)));
    let days = DAYS.iter().filter_map(|(field, word)| {
        let known = node.table.position(field).is_some();
        let day = known.then(|| node.optional_date(field)).flatten()?;
        Some((*word, day.to_string()))
    });
    let found = texts.chain(days).filter(|(_, value)| !value.is_empty());
    found.collect()
}

/// A purchase or its return.
pub(crate) fn purchase(node: &Node, kind: StockKind) -> Result<NewGoods, Refusal> {
    let movement = match kind {
        StockKind::PurchaseReturn => Movement::SentBack,
        _ => Movement::Purchased,
    };
    Ok(NewGoods {
        movement: Some(movement),
        quantity: node.quantity("purc_retn_cnt")?,
        price: node.price("finl_trns_pric").ok(),
        at: node.datetime("purc_retn_stoin_time")?,
        ..line(node, kind)?
    })
}

/// A sale or its return.
pub(crate) fn sale(node: &Node, kind: StockKind) -> Result<NewGoods, Refusal> {
    let movement = match kind {
        StockKind::SaleReturn => Movement::Returned,
        _ => Movement::Sold,
    };
    Ok(NewGoods {
        movement: Some(movement),
        quantity: node.quantity("sel_retn_cnt")?,
        price: node.price("finl_trns_pric").ok(),
        at: node.datetime("sel_retn_time")?,
        insured: matches!(optional(node, "hi_feesetl_type").as_str(), "1" | "2"),
        ..line(node, kind)?
    })
}

/// What names a line in a reply.
pub(crate) fn named(told: &Told<'_>) -> Fields {
    let goods = told.goods;
    Fields::new()
        .text("med_list_codg", &goods.item_code)
        .text("fixmedins_hilist_id", &goods.local_code)
        .text("fixmedins_hilist_name", &goods.name)
        .text("fixmedins_bchno", &goods.batch)
}

/// A line that was not taken, and why; nothing for one that was.
pub(crate) fn fault(told: &Told<'_>) -> Option<Fields> {
    let fault = told.fault.as_ref()?;
    Some(named(told).text("retRslt", "0").text("msgRslt", fault))
}

/// Success or failure of a line, and what its sender should know.
pub(crate) fn result(told: &Told<'_>, fields: Fields) -> Fields {
    let said = told.fault.clone();
    let said = said.unwrap_or_else(|| told.notes.join("；"));
    fields
        .text("retRslt", if told.fault.is_none() { "1" } else { "0" })
        .text("msgRslt", said)
}

/// What was kept of a line under a word.
pub(crate) fn kept<'t>(told: &'t Told<'_>, word: &str) -> &'t str {
    let mut all = told.goods.detail.iter();
    let found = all.find(|(known, _)| *known == word);
    found.map_or("", |(_, value)| value)
}
