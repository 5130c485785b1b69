//! 待遇试算 — a settlement worked out without effect.

use std::collections::HashMap;
use std::sync::Arc;

use app::office::Clerk;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::settlements::institution_name;
use super::sheet::{InstitutionBrief, PersonBrief, SettlementDetail, SettlementHeader};
use super::view::people::age;
use super::view::settlement::{LineFacts, Sheet};
use super::view::trial as asked;
use super::yuan::Yuan;
use crate::Service;

/// 试算请求。指定 `person_no` 时人员情况和年度累计取自其档案，`person` 不用。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialRequest {
    /// 险种。
    pub scheme: String,
    /// 人员编号。
    pub person_no: Option<String>,
    /// 假设的人员情况。
    pub person: Option<TrialPerson>,
    /// 定点医药机构代码；指定时 `institution_grade` 和 `institution_kind` 不用。
    pub institution: Option<String>,
    /// 机构等级。
    pub institution_grade: Option<String>,
    /// 机构类型。
    pub institution_kind: Option<String>,
    /// 医疗类别。
    pub care_type: String,
    /// 慢特病病种代码。
    pub disease: Option<String>,
    /// 就医地；不填为本县（市、区）。
    pub locality: Option<String>,
    /// 异地就医备案；不填为未备案。
    pub registration: Option<String>,
    /// 转诊情形；不填为未转诊。
    pub referral: Option<String>,
    /// 开始日期。
    pub from: String,
    /// 结束日期。
    pub to: String,
    /// 是否使用个人账户支付。
    pub use_account: bool,
    /// 费用；可以逐项，也可以按甲乙丙汇总。
    pub lines: Vec<TrialLine>,
}

/// 假设的人员情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialPerson {
    /// 人员类别。
    pub category: String,
    /// 年龄。
    pub age: u8,
    /// 救助身份等。
    pub identities: Vec<String>,
    /// 连续参保年数。
    pub enrolled_years: u32,
    /// 个人账户余额。
    pub account_balance: Yuan,
    /// 本年已有的累计，例如住院次数、基金已支付；不列的为零。
    pub counters: Vec<TrialCounter>,
}

/// 试算之前已有的一个累计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialCounter {
    /// 累计项代码，见 `Words::counters`。
    pub code: String,
    /// 值：元、次数或数量。
    pub value: String,
}

/// 一行试算费用。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialLine {
    /// 医保目录编码；汇总行为空。
    pub code: Option<String>,
    /// 名称。
    pub name: String,
    /// 收费项目等级代码，见 `Words::item_classes`；有编码时不用。
    pub class: String,
    /// 先行自付比例，百分数，例如 `10`；不填为零，有编码时不用。
    pub prior_percent: Option<String>,
    /// 单价。
    pub price: String,
    /// 数量。
    pub quantity: String,
}

/// 一个可以直接试算的例子。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TrialExample {
    /// 名称，例如“在职职工，三级医院住院”。
    pub title: String,
    /// 请求。
    pub request: TrialRequest,
}

/// 可以直接试算的例子。
#[utoipa::path(
    get, path = "/api/v1/trial/examples", tag = "trial",
    operation_id = "list_trial_examples",
    responses((status = 200, body = Vec<TrialExample>), (status = 401, body = Problem))
)]
pub async fn examples(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<TrialExample>>, Refused> {
    let area = service.app.law.area(clerk.area)?;
    Ok(Json(asked::examples(area, service.app.clock.today())))
}

/// 试算：与结算完全相同的计算，不产生任何记录。
#[utoipa::path(
    post, path = "/api/v1/trial", tag = "trial",
    operation_id = "run_trial",
    request_body = TrialRequest,
    responses(
        (status = 200, body = SettlementDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "政策不予支付，或输入不对"),
    )
)]
pub async fn run(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(request): Json<TrialRequest>,
) -> Result<Json<SettlementDetail>, Refused> {
    let trial = asked::trial(&service.app, &clerk, &request)?;
    let saved = service.app.rehearse(&clerk, &trial).await?;
    let sheet = Sheet::new(&service.app.law, clerk.area, &saved)
        .ok_or_else(|| Refused::missing("本服务没有这个险种的政策"))?;
    let person = person(&service, &clerk, &request, &sheet).await?;
    let owner_name = person.name.clone();
    let lines = request.lines.iter().enumerate();
    let lines: HashMap<String, LineFacts> = lines
        .map(|(index, line)| ((index + 1).to_string(), line_facts(line)))
        .collect();
    Ok(Json(SettlementDetail {
        header: SettlementHeader {
            id: None,
            at: None,
            status: None,
            scheme: saved.facts.scheme.word().to_owned(),
            scheme_name: saved.facts.scheme.zh().to_owned(),
            area: sheet.area_code(),
            area_name: sheet.area_name(),
            benefit_year: saved.booked.benefit_year,
            policy_edition: service.app.law.book.edition.to_string(),
            counterpart: None,
            operator: Some(clerk.name.clone()),
        },
        institution: institution(&service, &request, &sheet),
        person,
        visit: sheet.visit(),
        diagnoses: Vec::new(),
        lines: sheet.lines(&lines),
        totals: sheet.totals(),
        layers: sheet.layers(),
        funds: sheet.funds(),
        counters: sheet.counters(),
        accounts: sheet.accounts(|_| owner_name.clone()),
        trace: sheet.trace(),
    }))
}

fn line_facts(line: &TrialLine) -> LineFacts {
    LineFacts {
        code: line.code.clone().unwrap_or_default(),
        price: line.price.clone(),
        quantity: line.quantity.clone(),
    }
}

fn institution(service: &Service, request: &TrialRequest, sheet: &Sheet<'_>) -> InstitutionBrief {
    let facts = sheet.institution();
    let name = match &request.institution {
        Some(code) => institution_name(service, code),
        None => format!("{}（{}）", facts.kind.zh(), facts.grade.zh()),
    };
    InstitutionBrief {
        code: request.institution.clone(),
        name,
        grade_name: facts.grade.zh().to_owned(),
        kind_name: facts.kind.zh().to_owned(),
    }
}

async fn person(
    service: &Service,
    clerk: &Clerk,
    request: &TrialRequest,
    sheet: &Sheet<'_>,
) -> Result<PersonBrief, Refused> {
    let name = match &request.person_no {
        Some(number) => service.app.name_of(clerk, number).await?,
        None => "（假设）".to_owned(),
    };
    let (facts, dates) = sheet.person();
    Ok(PersonBrief {
        no: request.person_no.clone(),
        name,
        sex_name: facts.sex.map(|sex| sex.zh().to_owned()),
        age: Some(age(facts.birth, dates.admission)),
        id_card_masked: None,
        category_name: facts.category.zh().to_owned(),
        identities: facts
            .identities
            .iter()
            .map(|word| sheet.word(word))
            .collect(),
    })
}
