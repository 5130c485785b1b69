//! 病例分组模拟 — which group a case would go to, what it would be paid, and what one more diagnosis
//! would change.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::simulator::{self, GroupingKind};
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::simulator as view;
use super::yuan::Yuan;
use crate::Service;

/// 模拟页面一开始所需的内容。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorOptions {
    /// 可选的分组方案。
    pub schemes: Vec<SimulatorScheme>,
    /// 可以直接模拟的例子。
    pub examples: Vec<SimulatorExample>,
}

/// 一个分组方案和初始的模拟参数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorScheme {
    /// 付费方式：`drg` 或 `dip`。
    pub kind: String,
    /// 方案代号。
    pub code: String,
    /// 方案名称。
    pub name: String,
    /// 版本。
    pub version: String,
    /// 内容指纹。
    pub hash: String,
    /// 初始参数；不是统筹区公布的数值。
    pub terms: SimulatorTerms,
}

/// 模拟参数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorTerms {
    /// 费率（DRG，权重为1时的元）或分值单价（DIP，每分的元），至多四位小数。
    pub unit: String,
    /// 机构系数，至多四位小数。
    pub coefficient: String,
    /// 低倍率界限：总费用低于例均费用的这个倍数。
    pub low: String,
    /// 高倍率界限：总费用达到例均费用的这个倍数。
    pub high: String,
    /// 个人和其他方支付，元。
    pub others: String,
}

/// 一个病例，逐项以文本填写；不填的为空。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SimulatorCase {
    /// 性别：`1` 男，`2` 女。
    pub sex: String,
    /// 年龄（岁）。
    pub age_years: String,
    /// 日龄（天）。
    pub age_days: String,
    /// 出生体重（克）。
    pub birth_weight_g: String,
    /// 住院天数。
    pub stay_days: String,
    /// 呼吸机使用小时数。
    pub ventilator_hours: String,
    /// 离院方式：1 医嘱离院至 5 死亡。
    pub discharge_status: String,
    /// 科室代码。
    pub department: String,
    /// 主要诊断。
    pub principal: String,
    /// 其他诊断，依次。
    pub others: Vec<String>,
    /// 手术操作，依次，主要手术在前。
    pub procedures: Vec<String>,
    /// 总费用，元。
    pub total_cost: String,
}

/// 模拟请求。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorRequest {
    /// 付费方式：`drg` 或 `dip`。
    pub kind: String,
    /// 方案代号。
    pub scheme: String,
    /// 病例。
    pub case: SimulatorCase,
    /// 逐个试加的其他诊断，最多十个。
    #[serde(default)]
    pub added: Vec<String>,
    /// 模拟参数。
    pub terms: SimulatorTerms,
}

/// 一个可以直接模拟的例子。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorExample {
    /// 名称，例如“脑梗死，保守治疗”。
    pub title: String,
    /// 病例。
    pub case: SimulatorCase,
    /// 试加的诊断。
    pub added: Vec<String>,
}

/// 模拟结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatorAnswer {
    /// 方案名称和版本。
    pub scheme_name: String,
    /// 方案内容指纹。
    pub scheme_hash: String,
    /// 病例本身的结果。
    pub base: SimulatedGroup,
    /// 逐个增加诊断的结果，次序同请求。
    pub changes: Vec<SimulatedChange>,
    /// 病例中各编码的名称。
    pub names: BTreeMap<String, String>,
}

/// 入组结果和预计支付。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatedGroup {
    /// 病组或病种编码；未入组为空。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 主要诊断大类（DRG）或治疗方式（DIP）。
    pub category: String,
    /// 合并症程度（DRG）或辅助目录系数（DIP）。
    pub level: String,
    /// 权重（DRG）或病例分值（DIP），四位小数；没有时为空。
    pub weight: Option<String>,
    /// 未入组的原因。
    pub refusal: Option<String>,
    /// 分组说明，逐句。
    pub sentences: Vec<String>,
    /// 预计支付；未入组或方案没有权重时为空。
    pub payment: Option<SimulatedPayment>,
}

/// 预计支付，按填写的参数计算。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatedPayment {
    /// 病例类型。
    pub class_name: String,
    /// 是否高、低倍率一类需要留意的病例。
    pub unusual: bool,
    /// 支付标准。
    pub standard: Yuan,
    /// 基金预计支付。
    pub due: Yuan,
    /// 支付标准减总费用；没有总费用时为空。
    pub margin: Option<Yuan>,
    /// 计算说明，逐句。
    pub sentences: Vec<String>,
}

/// 增加一个诊断的影响。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SimulatedChange {
    /// 增加的诊断。
    pub diagnosis: String,
    /// 增加以后的结果。
    pub group: SimulatedGroup,
    /// 有什么不同，一句话。
    pub effect: String,
    /// 支付标准的增减；算不出时为空。
    pub difference: Option<Yuan>,
    /// 疑似高套的提示；没有时为空。
    pub warning: Option<String>,
}

/// 按文字查找编码。
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// `diagnosis` 诊断或 `procedure` 手术操作。
    pub side: String,
    /// 编码开头或名称的一部分。
    pub text: String,
}

/// 一个编码和名称。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CodeName {
    /// 编码。
    pub code: String,
    /// 名称。
    pub name: String,
}

/// 可选的方案、初始参数和例子。
#[utoipa::path(
    get, path = "/api/v1/simulator", tag = "simulator",
    operation_id = "get_simulator",
    responses((status = 200, body = SimulatorOptions), (status = 401, body = Problem))
)]
pub async fn options(State(service): State<Arc<Service>>, _: SignedIn) -> Json<SimulatorOptions> {
    let held = simulator::schemes(&service.app.law.schemes);
    let schemes = held.into_iter().map(|(kind, code, title)| SimulatorScheme {
        kind: kind.word().to_owned(),
        code: code.to_owned(),
        name: title.name.clone(),
        version: title.version.clone(),
        hash: title.hash.clone(),
        terms: view::terms(&simulator::usual_terms(kind)),
    });
    Json(SimulatorOptions {
        schemes: schemes.collect(),
        examples: view::examples(),
    })
}

/// 模拟一个病例的分组和支付，不产生任何记录。
#[utoipa::path(
    post, path = "/api/v1/simulator", tag = "simulator",
    operation_id = "run_simulator",
    request_body = SimulatorRequest,
    responses(
        (status = 200, body = SimulatorAnswer),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个分组方案"),
        (status = 422, body = Problem, description = "填写的内容读不懂"),
    )
)]
pub async fn run(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Json(request): Json<SimulatorRequest>,
) -> Result<Json<SimulatorAnswer>, Refused> {
    let asked = view::simulation(request)?;
    let found = simulator::simulate(&service.app.law, &asked)?;
    Ok(Json(view::answer(&found)))
}

/// 查找诊断或手术操作编码。
#[utoipa::path(
    get, path = "/api/v1/simulator/codes", tag = "simulator",
    operation_id = "list_simulator_codes",
    params(CodeQuery),
    responses(
        (status = 200, body = Vec<CodeName>),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn codes(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Query(query): Query<CodeQuery>,
) -> Result<Json<Vec<CodeName>>, Refused> {
    let schemes = &service.app.law.schemes;
    let table = match query.side.as_str() {
        "diagnosis" => &schemes.diagnoses,
        "procedure" => &schemes.procedures,
        other => return Err(Refused::field("side", format!("没有“{other}”这一类编码"))),
    };
    Ok(Json(view::find(table, &query.text)))
}

/// The way of grouping a word stands for.
pub(super) fn kind_of(word: &str) -> Result<GroupingKind, Refused> {
    let known = [GroupingKind::Drg, GroupingKind::Dip];
    let found = known.into_iter().find(|kind| kind.word() == word);
    found.ok_or_else(|| Refused::field("kind", format!("没有付费方式“{word}”")))
}
