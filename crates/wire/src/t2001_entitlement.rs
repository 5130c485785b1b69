use app::VisitInput;
use app::people::Entitlement;
use policy::CaseDates;
use terms::{FundType, Scheme};

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal, codes, diagnoses};

/// 2001 人员待遇享受检查: one row for each fund that care of this kind would draw on.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let code = data.text("fixmedins_code")?;
    if code != ask.call.institution.code {
        return Err(data.refuse("fixmedins_code", "与报文头的机构不同").into());
    }
    let visit = visit(ask, data)?;
    let person_no = data.text("psn_no")?;
    let view = ask.app.read_person(ask.call, person_no, "2001").await?;
    let found = view.entitlement(ask.app, ask.call, &visit)?;
    let open = !found.funds.is_empty();
    let funds = if open {
        found.funds.clone()
    } else {
        vec![main_fund(&visit)]
    };
    let rows = funds
        .into_iter()
        .map(|fund| row(&found, &visit, fund, open).text("psn_no", person_no));
    Ok(ask.seal(ask.output().rows("trtinfo", rows))?)
}

fn visit(ask: &Ask<'_>, data: &Node) -> Result<VisitInput, Refusal> {
    let care = codes::care_type(data.text("med_type")?)
        .ok_or_else(|| data.refuse("med_type", "没有对应的待遇"))?;
    let begin = data.date("begntime")?;
    Ok(VisitInput {
        id: String::new(),
        scheme: codes::scheme(data.text("insutype")?),
        care,
        cause: diagnoses::cause(data, care),
        disease: diagnoses::disease(data).map(|(code, _)| code),
        diagnoses: Vec::new(),
        marks: Vec::new(),
        dates: CaseDates {
            admission: begin,
            discharge: begin,
            settlement: begin.max(ask.call.at.date()),
        },
        use_account: true,
    })
}

/// The fund a refusal is about when none would pay.
fn main_fund(visit: &VisitInput) -> FundType {
    match visit.scheme {
        Some(Scheme::Resident) => FundType::ResidentPooled,
        Some(Scheme::RetiredCadre) => FundType::RetiredCadre,
        Some(Scheme::Maternity) => FundType::Maternity,
        Some(Scheme::LongTermCare) => FundType::LongTermCare,
        Some(Scheme::Employee) | None => FundType::EmployeePooled,
    }
}

fn row(found: &Entitlement, visit: &VisitInput, fund: FundType, open: bool) -> Fields {
    let begin = found.period.map_or(visit.dates.admission, |(from, _)| from);
    let said = found.reason.clone();
    let result = said.unwrap_or_else(|| {
        if open {
            "可享受待遇"
        } else {
            "没有基金支付"
        }
        .to_owned()
    });
    Fields::new()
        .text("trt_chk_type", "01")
        .text("fund_pay_type", codes::fund_pay_type(fund))
        .text("trt_enjymnt_flag", codes::flag(open))
        .date("begndate", begin)
        .date("enddate", found.period.and_then(|(_, to)| to))
        .text("trt_chk_rslt", result)
}
