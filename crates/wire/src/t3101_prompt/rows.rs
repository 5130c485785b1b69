//! 明细审核：事前、事中两个交易共有的报文。

use app::audit::{Prompt, PromptLine, PromptPerson, PromptVisit, PromptedLine, Strength};
use money::Fen;
use terms::{AreaCode, Sex};

use crate::ask::Ask;
use crate::{Fields, Json, Node, Refusal, codes};

/// Texts of a reply have so many characters at most.
const TEXT: usize = 500;

/// The patients of a message.
pub(crate) fn people(ask: &Ask<'_>, data: &Node) -> Result<Vec<PromptPerson>, Refusal> {
    let rows = some(data, "patient_dtos")?;
    rows.iter().map(|row| person(ask, row)).collect()
}

/// The rules a message asks for, empty where it names none.
pub(crate) fn rules(data: &Node) -> Result<Vec<String>, Refusal> {
    let no_list = || data.refuse("rule_ids", "应为规则编号的数组");
    let text = |json: &Json| json.as_text().map(str::to_owned).ok_or_else(no_list);
    match data.raw("rule_ids") {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::Array(rules)) => rules.iter().map(text).collect(),
        Some(other) => {
            let joined = text(other)?;
            let parts = joined.split([',', '，']).map(str::trim);
            Ok(parts
                .filter(|rule| !rule.is_empty())
                .map(str::to_owned)
                .collect())
        }
    }
}

/// Whether a scene is one of settlement or its rehearsal, where the message names one.
pub(crate) fn settling(data: &Node) -> Option<bool> {
    let scene = data.optional_text("trig_scen")?;
    Some(matches!(scene, "6" | "7" | "8" | "9"))
}

/// Nested rows of which there must be one.
fn some<'n>(node: &'n Node, name: &str) -> Result<&'n [Node], Refusal> {
    match node.rows(name) {
        [] => Err(node.missing(name)),
        rows => Ok(rows),
    }
}

fn person(ask: &Ask<'_>, row: &Node) -> Result<PromptPerson, Refusal> {
    let current = row.text("curr_mdtrt_id")?.to_owned();
    let visits = some(row, "fsi_encounter_dtos")?;
    let visits: Vec<_> = visits.iter().map(visit).collect::<Result<_, _>>()?;
    let Some(own) = visits.iter().find(|visit| visit.number == current) else {
        return Err(row.refuse("curr_mdtrt_id", "不在就诊信息集合中"));
    };
    let place = &ask.call.institution.code;
    if own.institution != *place {
        let reason = format!("的就诊机构“{}”不是发送报文的机构", own.institution);
        return Err(row.refuse("curr_mdtrt_id", &reason));
    }
    if let Some(twin) = (1..visits.len()).find(|&at| {
        visits[..at]
            .iter()
            .any(|earlier| earlier.number == visits[at].number)
    }) {
        let rows = row.rows("fsi_encounter_dtos");
        return Err(rows[twin].refuse("mdtrt_id", "重复"));
    }
    let region: Result<AreaCode, _> = row.text("poolarea")?.parse();
    let region = region.map_err(|_| row.refuse("poolarea", "不是行政区划代码"))?;
    let home = ask.call.area;
    let of_home = region == home || region.city() == home;
    Ok(PromptPerson {
        number: row.text("patn_id")?.to_owned(),
        sex: match row.text("gend")? {
            "1" => Some(Sex::Male),
            "2" => Some(Sex::Female),
            _ => None,
        },
        birth: row.date("brdy")?,
        from_elsewhere: !of_home,
        current,
        visits,
    })
}

fn visit(row: &Node) -> Result<PromptVisit, Refusal> {
    let begin = row.datetime("adm_date")?;
    let end = row.optional_datetime("dscg_date");
    if end.is_some_and(|end| end < begin) {
        return Err(row.refuse("dscg_date", "早于入院日期"));
    }
    let text = |field| row.optional_text(field).unwrap_or_default().to_owned();
    let care = row.text("med_type")?;
    Ok(PromptVisit {
        number: row.text("mdtrt_id")?.to_owned(),
        institution: row.text("medins_id")?.to_owned(),
        care: codes::care_type(care).ok_or_else(|| row.refuse("med_type", "本系统不办理"))?,
        scheme: codes::scheme(row.text("insutype")?),
        begin,
        end,
        diagnoses: diagnoses(row)?,
        department: text("adm_dept_name"),
        doctor: text("dr_codg"),
        disease: text("dise_no"),
        lines: lines(row)?,
    })
}

/// The main diagnosis of the visit first, then the others in their order.
fn diagnoses(row: &Node) -> Result<Vec<(String, String)>, Refusal> {
    let pair = |node: &Node, code, name| -> Result<_, Refusal> {
        Ok((node.text(code)?.to_owned(), node.text(name)?.to_owned()))
    };
    let mut all = vec![pair(row, "dscg_main_dise_codg", "dscg_main_dise_name")?];
    for node in row.rows("fsi_diagnose_dtos") {
        let one = pair(node, "dise_codg", "dise_name")?;
        if all.iter().all(|known| known.0 != one.0) {
            all.push(one);
        }
    }
    Ok(all)
}

fn lines(row: &Node) -> Result<Vec<PromptLine>, Refusal> {
    let rows = row.rows("fsi_order_dtos");
    let mut seen = std::collections::BTreeSet::new();
    for node in rows {
        if !seen.insert(node.text("rx_id")?) {
            return Err(node.refuse("rx_id", "重复"));
        }
    }
    rows.iter().map(line).collect()
}

fn line(row: &Node) -> Result<PromptLine, Refusal> {
    let amount = row.amount("sumamt")?;
    let text = |field| row.optional_text(field).unwrap_or_default().to_owned();
    Ok(PromptLine {
        number: row.text("rx_id")?.to_owned(),
        prescription: text("rxno"),
        item: row.text("hilist_code")?.to_owned(),
        item_name: row.text("hilist_name")?.to_owned(),
        at: row.datetime("drord_begn_date")?,
        quantity: row.quantity("cnt")?,
        price: row.price("pric")?,
        amount,
        in_scope: in_scope(row, amount)?,
        department: row.text("drord_dept_name")?.to_owned(),
        doctor: row.text("drord_dr_codg")?.to_owned(),
        supply_days: supply_days(row)?,
    })
}

/// What is left of an amount after what the patient pays alone and in advance. An order of class C
/// (丙类) that does not say who pays is paid by the patient.
fn in_scope(row: &Node, amount: Fen) -> Result<Fen, Refusal> {
    let said = row.optional_amount("ownpay_amt");
    if said.is_none() && row.optional_text("hilist_lv") == Some("03") {
        return Ok(Fen::ZERO);
    }
    let own = said.unwrap_or_default();
    let prior = row.optional_amount("selfpay_amt").unwrap_or_default();
    if own + prior > amount.max(Fen::ZERO) {
        return Err(row.refuse("ownpay_amt", "与自付金额之和超过总费用"));
    }
    Ok(amount - own - prior)
}

/// Days an order lasts, 0 where it does not say; a number with nothing but noughts behind the
/// point is whole.
fn supply_days(row: &Node) -> Result<u16, Refusal> {
    const MAP: &str = "extend_order_map";
    let given = row.raw(MAP).and_then(|map| map.get("o_prdDays"));
    let Some(text) = given.and_then(Json::as_text) else {
        return Ok(0);
    };
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let days = whole
        .parse()
        .ok()
        .filter(|_| rest.bytes().all(|digit| digit == b'0'));
    days.ok_or_else(|| row.refuse(MAP, "中 o_prdDays（用药天数）应为0至65535的整数"))
}

/// A row of a reply (违规).
pub(crate) fn result(prompt: &Prompt) -> Fields {
    let details = (1..).zip(&prompt.lines);
    let details = details
        .map(|(number, line): (u32, _)| detail(prompt, number, line))
        .collect();
    Fields::new()
        .text("jr_id", &prompt.id)
        .text("rule_id", &prompt.rule)
        .text("rule_name", &prompt.rule_name)
        .text("vola_cont", shortened(&prompt.says))
        .text("patn_id", &prompt.person_no)
        .text("mdtrt_id", &prompt.visit)
        .nested("judge_result_detail_dtos", details)
        .amount("vola_amt", prompt.amount)
        .text("vola_amt_stas", "1")
        .text("sev_deg", severity(prompt.strength))
        .text("vola_evid", shortened(&prompt.basis))
        .text("vola_bhvr_type", if prompt.of_visit { "1" } else { "2" })
}

fn detail(prompt: &Prompt, number: u32, line: &PromptedLine) -> Fields {
    Fields::new()
        .text("jrd_id", format!("{}-{number}", prompt.id))
        .text("patn_id", &prompt.person_no)
        .text("mdtrt_id", &line.visit)
        .text("rx_id", &line.line)
        .text("vola_item_type", if line.violates { "1" } else { "2" })
        .amount("vola_amt", line.amount)
}

/// The `sev_deg` (严重程度) of a strength.
fn severity(strength: Strength) -> &'static str {
    match strength {
        Strength::Deduct => "1",
        Strength::Suspect => "2",
        Strength::Remind => "3",
    }
}

fn shortened(text: &str) -> String {
    match text.chars().count() > TEXT {
        true => text.chars().take(TEXT - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
