//! 结算单 — one settlement with its receipt and the trace that explains it.

use std::collections::HashMap;
use std::sync::Arc;

use app::office::Archive;
use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::settlements::{SettlementStatus, institution_name, seconds, status};
use super::trace::TraceStep;
use super::view::people::{age, masked_document};
use super::view::settlement::{LineFacts, Sheet};
use super::yuan::Yuan;
use crate::Service;

/// 一笔结算的全部内容；待遇试算得到同样的形状，但没有编号。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementDetail {
    /// 抬头。
    pub header: SettlementHeader,
    /// 定点医药机构。
    pub institution: InstitutionBrief,
    /// 参保人。
    pub person: PersonBrief,
    /// 就诊。
    pub visit: VisitBrief,
    /// 诊断，主要诊断在前。
    pub diagnoses: Vec<Diagnosis>,
    /// 费用明细。
    pub lines: Vec<SettlementLine>,
    /// 各项合计。
    pub totals: SettlementTotals,
    /// 各支付层。
    pub layers: Vec<Layer>,
    /// 基金支付按基金种类的分布。
    pub funds: Vec<FundShare>,
    /// 年度累计，结算前后。
    pub counters: Vec<CounterChange>,
    /// 个人账户余额，结算前后。
    pub accounts: Vec<AccountChange>,
    /// 计算过程。
    pub trace: Vec<TraceStep>,
}

/// 结算抬头。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementHeader {
    /// 结算编号；试算时为空。
    pub id: Option<String>,
    /// 结算时间；试算时为空。
    pub at: Option<String>,
    /// 状态；试算时为空。
    pub status: Option<SettlementStatus>,
    /// 险种代码。
    pub scheme: String,
    /// 险种名称。
    pub scheme_name: String,
    /// 统筹区代码。
    pub area: String,
    /// 统筹区名称。
    pub area_name: String,
    /// 待遇年度。
    pub benefit_year: i16,
    /// 所依据的政策版本（内容指纹）。
    pub policy_edition: String,
    /// 冲正关系的另一端：被冲正者指向冲正，冲正指向原结算。
    pub counterpart: Option<String>,
    /// 经办人。
    pub operator: Option<String>,
}

/// 结算单上的机构。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InstitutionBrief {
    /// 代码；试算没有指定机构时为空。
    pub code: Option<String>,
    /// 名称。
    pub name: String,
    /// 等级名称，例如“三级”。
    pub grade_name: String,
    /// 类型名称，例如“医院”。
    pub kind_name: String,
}

/// 结算单上的参保人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PersonBrief {
    /// 人员编号；试算没有指定人员时为空。
    pub no: Option<String>,
    /// 姓名。
    pub name: String,
    /// 性别。
    pub sex_name: Option<String>,
    /// 结算时年龄。
    pub age: Option<u8>,
    /// 遮盖后的证件号码。
    pub id_card_masked: Option<String>,
    /// 人员类别，例如“退休”。
    pub category_name: String,
    /// 救助身份等。
    pub identities: Vec<String>,
}

/// 结算单上的就诊。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VisitBrief {
    /// 就诊编号；试算时为空。
    pub id: Option<String>,
    /// 医疗类别代码。
    pub care_type: String,
    /// 医疗类别名称。
    pub care_type_name: String,
    /// 开始日期。
    pub from: String,
    /// 结束日期。
    pub to: String,
    /// 住院天数；门诊为空。
    pub days: Option<u32>,
    /// 科室。
    pub department: Option<String>,
    /// 就医地说明，例如“本地”“已备案异地”。
    pub place_name: Option<String>,
    /// 慢特病病种名称。
    pub disease_name: Option<String>,
}

/// 一个诊断。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Diagnosis {
    /// 编码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 是否主要诊断。
    pub primary: bool,
}

/// 一条费用明细及其切分。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementLine {
    /// 序号，从 1 起。
    pub no: u32,
    /// 医保目录编码；试算的汇总行为空。
    pub code: Option<String>,
    /// 名称。
    pub name: String,
    /// 收费项目等级名称：甲类、乙类、丙类。
    pub class_name: String,
    /// 单价，可多于两位小数。
    pub price: String,
    /// 数量。
    pub quantity: String,
    /// 金额。
    pub amount: Yuan,
    /// 全自费。
    pub self_paid: Yuan,
    /// 超限价。
    pub over_limit: Yuan,
    /// 先行自付。
    pub prior: Yuan,
    /// 符合政策范围金额。
    pub in_scope: Yuan,
    /// 说明，例如限价多少、先行自付比例。
    pub note: Option<String>,
}

/// 一笔结算的各项合计。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SettlementTotals {
    /// 医疗费总额。
    pub total: Yuan,
    /// 全自费。
    pub self_paid: Yuan,
    /// 超限价。
    pub over_limit: Yuan,
    /// 先行自付。
    pub prior: Yuan,
    /// 符合政策范围金额。
    pub in_scope: Yuan,
    /// 本次起付线。
    pub deductible: Yuan,
    /// 基金支付总额。
    pub fund: Yuan,
    /// 个人负担总额（账户与现金之和）。
    pub personal: Yuan,
    /// 个人账户支付（本人）。
    pub account: Yuan,
    /// 共济账户支付（家庭成员）。
    pub family_account: Yuan,
    /// 个人现金支付。
    pub cash: Yuan,
    /// 定额结算时由医疗机构承担的差额，机构有结余时为负；不按定额结算时为零。
    pub institution: Yuan,
    /// 个人负担的构成，各项之和等于 `personal`。
    pub own: OwnMoney,
}

/// 个人负担的构成。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OwnMoney {
    /// 全自费。
    pub self_paid: Yuan,
    /// 超限价。
    pub over_limit: Yuan,
    /// 先行自付。
    pub prior: Yuan,
    /// 异地先行自付。
    pub non_local_prior: Yuan,
    /// 起付线。
    pub deductible: Yuan,
    /// 按比例自付。
    pub coinsurance: Yuan,
    /// 超封顶线。
    pub over_cap: Yuan,
}

/// 一个支付层，例如基本统筹、大病、救助。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Layer {
    /// 层代码。
    pub code: String,
    /// 层名称。
    pub name: String,
    /// 计入这一层的金额。
    pub base: Yuan,
    /// 这一层扣除的起付线。
    pub deductible: Yuan,
    /// 这一层支付的金额。
    pub paid: Yuan,
    /// 由哪个基金支付。
    pub fund_name: String,
}

/// 某种基金支付的金额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FundShare {
    /// 国家基金支付类型代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 金额。
    pub amount: Yuan,
}

/// 一个年度累计在结算前后的值。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CounterChange {
    /// 累计项代码。
    pub code: String,
    /// 名称，例如“统筹基金年度支付累计”。
    pub name: String,
    /// 期间和对象，例如“2024年度”“2024年11月 高血压”。
    pub period_name: String,
    /// 结算前。
    pub before: String,
    /// 结算后。
    pub after: String,
    /// 年度限额；没有时为空。
    pub limit: Option<String>,
    /// 单位。
    pub unit: CounterUnit,
}

/// 累计项的单位。
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CounterUnit {
    /// 元，两位小数。
    Yuan,
    /// 次数。
    Times,
    /// 数量，可带小数。
    Quantity,
}

/// 一个账户在结算前后的余额。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AccountChange {
    /// 账户资金名称，例如“当年账户”“共济账户”。
    pub kind_name: String,
    /// 账户所有人姓名。
    pub owner_name: String,
    /// 结算前余额。
    pub before: Yuan,
    /// 本次支付。
    pub paid: Yuan,
    /// 结算后余额。
    pub after: Yuan,
}

/// 一笔结算：结算单与计算过程。
#[utoipa::path(
    get, path = "/api/v1/settlements/{id}", tag = "settlement",
    operation_id = "get_settlement",
    params(("id" = String, Path, description = "结算编号")),
    responses(
        (status = 200, body = SettlementDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这笔结算"),
    )
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<SettlementDetail>, Refused> {
    let archive = service.app.read_settlement(&clerk, &id).await?;
    let sheet = Sheet::new(&service.app.law, clerk.area, &archive.saved)
        .ok_or_else(|| Refused::missing("本服务没有该结算所依据的政策"))?;
    let mut owners = HashMap::new();
    for draw in &archive.saved.booked.accounts {
        let name = service.app.name_of(&clerk, draw.owner.as_str()).await?;
        owners.insert(draw.owner.to_string(), name);
    }
    let owner = |number: &str| {
        owners
            .get(number)
            .cloned()
            .unwrap_or_else(|| number.to_owned())
    };
    let document = service
        .app
        .document_of(&clerk, &archive.row.person_no)
        .await?;
    Ok(Json(SettlementDetail {
        header: header(&archive, &sheet),
        institution: institution(&service, &archive),
        person: person(&archive, &sheet, &document),
        visit: visit(&archive, &sheet),
        diagnoses: diagnoses(&archive, &sheet),
        lines: sheet.lines(&line_facts(&archive)),
        totals: sheet.totals(),
        layers: sheet.layers(),
        funds: sheet.funds(),
        counters: sheet.counters(),
        accounts: sheet.accounts(owner),
        trace: sheet.trace(),
    }))
}

fn header(archive: &Archive, sheet: &Sheet<'_>) -> SettlementHeader {
    let (row, facts) = (&archive.row, &archive.saved.facts);
    let other = if row.is_reversal() {
        &row.original_id
    } else {
        &row.reversed_by
    };
    SettlementHeader {
        id: Some(row.settlement_id.clone()),
        at: Some(seconds(row.settled_at)),
        status: Some(status(row)),
        scheme: facts.scheme.word().to_owned(),
        scheme_name: facts.scheme.zh().to_owned(),
        area: sheet.area_code(),
        area_name: sheet.area_name(),
        benefit_year: archive.saved.booked.benefit_year,
        policy_edition: row.edition.clone(),
        counterpart: Some(other.clone()).filter(|id| !id.is_empty()),
        operator: Some(facts.operator.clone()).filter(|name| !name.is_empty()),
    }
}

fn institution(service: &Service, archive: &Archive) -> InstitutionBrief {
    let facts = &archive.saved.facts.institution;
    InstitutionBrief {
        code: Some(facts.code.to_string()),
        name: institution_name(service, facts.code.as_str()),
        grade_name: facts.grade.zh().to_owned(),
        kind_name: facts.kind.zh().to_owned(),
    }
}

fn person(archive: &Archive, sheet: &Sheet<'_>, document: &str) -> PersonBrief {
    let (row, facts) = (&archive.row, &archive.saved.facts);
    let person = &facts.person;
    PersonBrief {
        no: Some(row.person_no.clone()),
        name: row.person_name.clone(),
        sex_name: person.sex.map(|sex| sex.zh().to_owned()),
        age: Some(age(person.birth, facts.dates.admission)),
        id_card_masked: Some(masked_document(document)).filter(|text| !text.is_empty()),
        category_name: person.category.zh().to_owned(),
        identities: person
            .identities
            .iter()
            .map(|word| sheet.word(word))
            .collect(),
    }
}

fn visit(archive: &Archive, sheet: &Sheet<'_>) -> VisitBrief {
    let department = archive
        .detail
        .as_ref()
        .map(|detail| detail.department.1.clone());
    VisitBrief {
        id: archive.visit.as_ref().map(|visit| visit.visit_id.clone()),
        department: department.filter(|name| !name.is_empty()),
        ..sheet.visit()
    }
}

fn diagnoses(archive: &Archive, sheet: &Sheet<'_>) -> Vec<Diagnosis> {
    let mut all: Vec<Diagnosis> = archive
        .diagnoses
        .iter()
        .map(|found| Diagnosis {
            name: if found.name.is_empty() {
                sheet.diagnosis(&found.code)
            } else {
                found.name.clone()
            },
            code: found.code.clone(),
            primary: found.main,
        })
        .collect();
    all.sort_by_key(|diagnosis| !diagnosis.primary);
    all
}

/// Codes, prices and quantities of the lines, by the institution's number.
fn line_facts(archive: &Archive) -> HashMap<String, LineFacts> {
    let facts = |line: &store::LineRow| LineFacts {
        code: line.item_code.clone(),
        price: money::Price::new(line.price_micro).to_string(),
        quantity: quantity_text(line.quantity_micro),
    };
    archive
        .lines
        .iter()
        .map(|line| (line.line_no.clone(), facts(line)))
        .collect()
}

/// A quantity kept in millionths; the law counts in ten-thousandths.
fn quantity_text(micro: i64) -> String {
    money::Quantity::new(micro / 100).to_string()
}
