use app::visit::{OpenVisit, VisitDetail, VisitKind, open};
use terms::CareType;

use crate::ask::{Answered, Ask};
use crate::lines::pair;
use crate::{Fields, codes, diagnoses};

/// 2201 门诊挂号.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let (person_no, local_number) = (data.text("psn_no")?, data.text("ipt_otp_no")?);
    let command = OpenVisit {
        person_no: person_no.to_owned(),
        scheme: codes::scheme(data.text("insutype")?),
        kind: VisitKind::Outpatient,
        // The message does not say; 2203 and the settlement do.
        care: CareType::GeneralOutpatient,
        started_at: ask.not_in_future(data, "begntime", data.datetime("begntime")?)?,
        diagnoses: Vec::new(),
        detail: VisitDetail {
            local_number: local_number.to_owned(),
            department: pair(data, "dept_code", "dept_name"),
            doctor: pair(data, "atddr_no", "dr_name"),
            operator: ask.call.operator.clone(),
            ..diagnoses::unknown()
        },
    };
    let reply = open(ask.app, ask.call, &command, |visit| {
        let row = Fields::new()
            .text("mdtrt_id", &visit.visit_id)
            .text("psn_no", person_no)
            .text("ipt_otp_no", local_number);
        ask.seal(ask.output().node("data", row))
    });
    Ok(reply.await?)
}
