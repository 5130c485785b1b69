use app::visit::{OpenVisit, VisitDetail, VisitKind, open};

use crate::ask::{Answered, Ask};
use crate::lines::pair;
use crate::{Fields, Node, codes, diagnoses};

/// The node of the reply; 2601 looks for it again.
pub(crate) const RESULT: &str = "result";
/// The visit's number in it.
pub(crate) const VISIT: &str = "mdtrt_id";

/// 2401 入院办理.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("mdtrtinfo")?;
    let care = diagnoses::care(data, true)?;
    let command = OpenVisit {
        person_no: data.text("psn_no")?.to_owned(),
        scheme: codes::scheme(data.text("insutype")?),
        kind: VisitKind::Stay,
        care,
        started_at: ask.not_in_future(data, "begntime", data.datetime("begntime")?)?,
        diagnoses: diagnoses::by_flag(ask.body.rows("diseinfo"))?,
        detail: VisitDetail {
            cause: diagnoses::cause(data, care),
            cause_told: diagnoses::cause_told(data),
            local_number: data.optional_text("ipt_no").unwrap_or_default().to_owned(),
            operator: ask.call.operator.clone(),
            ..stay(data)
        },
    };
    let reply = open(ask.app, ask.call, &command, |visit| {
        let row = Fields::new().text(VISIT, &visit.visit_id);
        ask.seal(ask.output().node(RESULT, row))
    });
    Ok(reply.await?)
}

/// What admission and its change both say about a stay.
pub(crate) fn stay(data: &Node) -> VisitDetail {
    VisitDetail {
        disease: diagnoses::disease(data),
        department: pair(data, "adm_dept_codg", "adm_dept_name"),
        doctor: pair(data, "atddr_no", "chfpdr_name"),
        bed: (
            String::new(),
            data.optional_text("adm_bed").unwrap_or_default().to_owned(),
        ),
        note: data
            .optional_text("adm_diag_dscr")
            .unwrap_or_default()
            .to_owned(),
        ..diagnoses::unknown()
    }
}
