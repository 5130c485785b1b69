use std::collections::BTreeMap;

use app::Error;
use app::discharge::{DischargeFile, ListState};
use app::people::PersonView;

use crate::ask::{Answered, Ask};
use crate::person::PersonCard;
use crate::tables::NodeTable;
use crate::{Fields, lists, visits};

/// Fields that the query calls otherwise than the upload.
const RENAMED: [(&str, &str); 12] = [
    ("age_daus", "age_days"),
    ("emp_poscode", "poscode"),
    ("opsp_mdtrt_time", "opsp_mdtrt_date"),
    ("adm_way_code", "adm_way"),
    ("refl_caty", "refldept_dept"),
    ("otp_wm_diag_dise_code", "wm_dise_code"),
    ("otp_tcm_diag_dise_code", "tcm_dise_code"),
    ("med_chrgitm_type", "med_chrgitm"),
    ("item_sumamt", "amt"),
    ("item_claa_sumfee", "claa_sumfee"),
    ("item_clab_amt", "clab_amt"),
    ("item_fulamt_ownpay_amt", "fulamt_ownpay_amt"),
];

/// Fields of the general part that are answered from our own books, never from what was sent.
const OWN: [&str; 19] = [
    "setl_id",
    "setl_list_sn",
    "psn_no",
    "mdtrt_id",
    "fixmedins_name",
    "fixmedins_code",
    "psn_name",
    "gend",
    "brdy",
    "age",
    "certno",
    "patn_cert_type",
    "insutype",
    "insu_admdvs",
    "stas_type",
    "setl_time",
    "dipDiseGrpCode",
    "dipDiseGrpName",
    "dcla_time",
];

/// 4103 医疗保障基金结算清单信息查询: the list as it was sent, with what is known of the settlement.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, settlement) = (data.text("psn_no")?, data.text("setl_id")?);
    let view = ask.app.read_person(ask.call, person_no, "4103").await?;
    let file = ask
        .app
        .discharge_here(ask.call, person_no, settlement)
        .await?;
    let mut output = ask.output().node("setlinfo", head(ask, &view, &file)?);
    for name in lists::NODES.into_iter().skip(1) {
        let Some(table) = ask.transaction().output_node(name) else {
            continue;
        };
        let rows = file.kept.list.sent.get(name).map_or(&[][..], Vec::as_slice);
        let rows: Vec<Fields> = rows.iter().map(|row| of_node(&file, table, row)).collect();
        output = output.rows(table.name, rows);
    }
    Ok(ask.seal(output)?)
}

fn head(ask: &Ask<'_>, view: &PersonView, file: &DischargeFile) -> Result<Fields, Error> {
    let (row, place) = (&file.row, &ask.call.institution);
    let card = PersonCard::of(&view.context, row.settled_on)?;
    let table = ask.transaction().output_node("setlinfo");
    let table = table.ok_or_else(|| Error::Bug("4103 has no head".to_owned()))?;
    let sent = file
        .kept
        .list
        .sent
        .get("setlinfo")
        .and_then(|rows| rows.first());
    let empty = BTreeMap::new();
    let mut fields = echo(Fields::new(), table, sent.unwrap_or(&empty), &OWN);
    let person = &view.context.person;
    let dip = file.groups.iter().find(|one| one.kind == "dip");
    fields = fields
        .text("setl_id", &row.settlement_id)
        .text("setl_list_sn", &row.list_id)
        .text("psn_no", &row.person_no)
        .text("mdtrt_id", &row.visit_id)
        .text("fixmedins_name", &place.name)
        .text("fixmedins_code", &place.code)
        .text("psn_name", &person.name)
        .text("gend", crate::person::gend(&person.sex))
        .date("brdy", person.birth)
        .text("patn_cert_type", card.document_type())
        .text("certno", &card.detail.document)
        .text("insutype", visits::insutype(&row.scheme))
        .text("insu_admdvs", ask.call.area.to_string())
        .text("stas_type", lists::stas_type(ListState::of(&row.state)?))
        .date("setl_time", row.settled_on)
        .datetime("dcla_time", row.received_at);
    Ok(fields
        .optional_text("dipDiseGrpCode", dip.map(|one| &one.code))
        .optional_text("dipDiseGrpName", dip.map(|one| &one.name)))
}

/// A row of another node: whose it is, and what was sent.
fn of_node(
    file: &DischargeFile,
    table: &'static NodeTable,
    row: &BTreeMap<String, String>,
) -> Fields {
    const WHOSE: [&str; 4] = ["setl_id", "psn_no", "mdtrt_id", "main_oprn_flag"];
    let mut fields = echo(Fields::new(), table, row, &WHOSE);
    let list = &file.row;
    for (name, value) in [
        ("setl_id", list.settlement_id.as_str()),
        ("psn_no", list.person_no.as_str()),
        ("mdtrt_id", list.visit_id.as_str()),
    ] {
        if table.position(name).is_some() {
            fields = fields.text(name, value);
        }
    }
    if table.position("main_oprn_flag").is_some() {
        let main = row.get("oprn_oprt_type").map(String::as_str);
        fields = fields.text("main_oprn_flag", crate::codes::flag(main == Some("1")));
    }
    fields
}

/// Every field of a node that was sent under the same name, or the one the upload has for it.
fn echo(
    mut fields: Fields,
    table: &'static NodeTable,
    sent: &BTreeMap<String, String>,
    own: &[&str],
) -> Fields {
    for field in table
        .fields
        .iter()
        .filter(|field| !own.contains(&field.name))
    {
        let renamed = RENAMED.iter().find(|(out, _)| *out == field.name);
        let name = renamed.map_or(field.name, |(_, sent)| *sent);
        if let Some(text) = sent.get(name) {
            fields = fields.echoed(field, text);
        }
    }
    fields
}
