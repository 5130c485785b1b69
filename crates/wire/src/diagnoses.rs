//! 诊断与病种：各就诊交易共有的部分。

use app::App;
use app::visit::{Diagnosis, VisitDetail};
use terms::{CareType, Cause};

use crate::{Node, Refusal, codes};

/// The diagnoses of an outpatient message: the first in their own order is the main one.
pub(crate) fn by_order(rows: &[Node]) -> Result<Vec<Diagnosis>, Refusal> {
    let mut sorted: Vec<&Node> = rows.iter().filter(|row| is_valid(row)).collect();
    sorted.sort_by_key(|row| row.optional_integer("diag_srt_no").unwrap_or(i64::MAX));
    let numbered = sorted.into_iter().enumerate();
    numbered.map(|(at, row)| diagnosis(row, at == 0)).collect()
}

/// The diagnoses of an inpatient message, which names the main one.
pub(crate) fn by_flag(rows: &[Node]) -> Result<Vec<Diagnosis>, Refusal> {
    let valid = rows.iter().filter(|row| is_valid(row));
    valid
        .map(|row| diagnosis(row, codes::is_set(row.optional_text("maindiag_flag"))))
        .collect()
}

fn is_valid(row: &Node) -> bool {
    row.optional_text("vali_flag") != Some("0")
}

fn diagnosis(row: &Node, main: bool) -> Result<Diagnosis, Refusal> {
    Ok(Diagnosis {
        code: row.text("diag_code")?.to_owned(),
        name: row.text("diag_name")?.to_owned(),
        main,
        kind: row.text("diag_type")?.to_owned(),
    })
}

/// The recognised disease the care is for (病种).
pub(crate) fn disease(node: &Node) -> Option<(String, String)> {
    let code = node.optional_text("dise_codg")?;
    let name = node.optional_text("dise_name").unwrap_or_default();
    Some((code.to_owned(), name.to_owned()))
}

/// Why care is needed: the marks of cross-province messages, else what the care type says.
pub(crate) fn cause(node: &Node, care: CareType) -> Cause {
    let is_injury = codes::is_set(node.extension("TRUM_FLAG"))
        || matches!(
            care,
            CareType::AccidentOutpatient | CareType::AccidentInpatient
        );
    match (is_injury, codes::is_set(node.extension("REL_TTP_FLAG"))) {
        (false, _) => Cause::Illness,
        (true, true) => Cause::ThirdParty,
        (true, false) => Cause::Accident,
    }
}

/// Whether the message itself says if it is an injury.
pub(crate) fn cause_told(node: &Node) -> bool {
    node.extension("TRUM_FLAG").is_some()
}

/// The care type of a message, on the wanted side of 门诊 and 住院.
pub(crate) fn care(node: &Node, stay: bool) -> Result<CareType, Refusal> {
    let care = codes::care_type(node.text("med_type")?)
        .ok_or_else(|| node.refuse("med_type", "没有对应的待遇"))?;
    if care.is_stay() != stay {
        let wanted = if stay {
            "不是住院类别"
        } else {
            "不是门诊类别"
        };
        return Err(node.refuse("med_type", wanted));
    }
    Ok(care)
}

/// A visit of which nothing is known yet.
pub(crate) fn unknown() -> VisitDetail {
    VisitDetail {
        cause: Cause::Illness,
        cause_told: false,
        receipt: Default::default(),
        disease: None,
        marks: Vec::new(),
        local_number: String::new(),
        department: Default::default(),
        doctor: Default::default(),
        bed: Default::default(),
        discharge_way: String::new(),
        operator: String::new(),
        note: String::new(),
    }
}

/// The name of a diagnosis: as sent, else the catalogue's.
pub(crate) fn name_of<'a>(app: &'a App, diagnosis: &'a Diagnosis) -> &'a str {
    if diagnosis.name.is_empty() {
        let known = app.law.diagnoses.get(&diagnosis.code);
        return known.map_or("", String::as_str);
    }
    &diagnosis.name
}
