use app::visit::LineNote;
use app::{Error, LineRow, VisitRow};
use money::{Price, Quantity};

use crate::ask::{Answered, Ask};
use crate::visits::med_type;
use crate::{Fields, bill, codes};

/// 5204 费用明细查询: the lines of a visit, settled or not.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, visit_id) = (data.text("psn_no")?, data.text("mdtrt_id")?);
    ask.app.read_person(ask.call, person_no, "5204").await?;
    let visit = ask.app.visit_here(ask.call, person_no, visit_id).await?;
    let lines = ask.app.lines_of(ask.call, person_no, visit_id).await?;
    let settlement = data.optional_text("setl_id");
    let wanted = lines
        .iter()
        .filter(|line| settlement.is_none_or(|id| line.settlement_id == id));
    let rows = wanted.map(|line| {
        let (fields, note) = catalogued(ask, line, &visit)?;
        Ok(with_money(fields, line)
            .text("mdtrt_id", &visit.visit_id)
            .text("setl_id", &line.settlement_id)
            .text("bilg_dept_codg", note.department.0)
            .text("bilg_dept_name", note.department.1)
            .text("bilg_dr_codg", note.doctor.0)
            .text("bilg_dr_name", note.doctor.1)
            .text("dosform_name", ""))
    });
    let rows = rows.collect::<Result<Vec<_>, Error>>()?;
    Ok(ask.seal(ask.output().rows(crate::tables::NodeTable::BARE, rows))?)
}

fn with_money(fields: Fields, line: &LineRow) -> Fields {
    let amounts = &line.amounts;
    fields
        .amount("det_item_fee_sumamt", amounts.total)
        .amount("fulamt_ownpay_amt", amounts.self_paid)
        .amount("overlmt_amt", amounts.over_limit)
        .amount("preselfpay_amt", amounts.prior)
        .amount("inscp_scp_amt", amounts.in_scope)
}

/// What the line and the catalogue say about the item; medication records show the same.
pub(crate) fn catalogued(
    ask: &Ask<'_>,
    line: &LineRow,
    visit: &VisitRow,
) -> Result<(Fields, LineNote), Error> {
    let note: LineNote = serde_json::from_str(&line.detail)
        .map_err(|cause| Error::Bug(format!("line {}: {cause}", line.line_no)))?;
    let item = ask.app.law.item(&line.item_code).map(AsRef::as_ref);
    let scheme = visit.scheme.parse().ok();
    let (grade, day) = (ask.call.institution.grade, line.charged_at.date());
    let terms = item.and_then(|item| item.terms_for(scheme?, grade, day));
    let class = terms.map_or(terms::ItemClass::C, |terms| terms.class);
    let name = item.map_or(note.name.as_str(), |item| item.name.as_str());
    let fields = Fields::new()
        .text("feedetl_sn", &line.line_no)
        .text("rx_drord_no", &note.prescription)
        .text("med_type", med_type(&visit.care_type))
        .datetime("fee_ocur_time", line.charged_at)
        .quantity("cnt", Quantity::new(line.quantity_micro / 100))
        .price("pric", Price::new(line.price_micro))
        .text("chrgitm_lv", codes::chrgitm_lv(class))
        .text("hilist_code", &line.item_code)
        .text("hilist_name", name)
        .text(
            "list_type",
            item.map_or("105", |item| codes::list_type(item.kind)),
        )
        .text("med_list_codg", &line.item_code)
        .text("medins_list_codg", &line.local_code)
        .text("medins_list_name", name)
        .text("med_chrgitm_type", bill::charge_category(item))
        .optional_text("spec", item.map(|item| &item.specification));
    Ok((fields, note))
}
