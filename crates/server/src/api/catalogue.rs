//! 目录与词汇 — the words that fill the console's drop-down lists, institutions and items.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Problem;

/// 页面下拉列表所用的全部词汇。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// 险种。
    pub schemes: Vec<Word>,
    /// 医疗类别；`parent` 为 `stay`（住院类，有起止日期）或 `visit`（门诊类）。
    pub care_types: Vec<Word>,
    /// 机构等级。
    pub institution_grades: Vec<Word>,
    /// 机构类型。
    pub institution_kinds: Vec<Word>,
    /// 人员类别；`parent` 为险种代码。
    pub person_categories: Vec<Word>,
    /// 救助身份等。
    pub identities: Vec<Word>,
    /// 就医地。
    pub localities: Vec<Word>,
    /// 异地就医备案。
    pub registrations: Vec<Word>,
    /// 转诊情形。
    pub referrals: Vec<Word>,
    /// 慢特病病种。
    pub diseases: Vec<Word>,
    /// 收费项目等级：甲、乙、丙。
    pub item_classes: Vec<Word>,
    /// 试算时可填的年度累计；`parent` 为险种代码。
    pub counters: Vec<Word>,
}

/// 一个代码和它的中文名称。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Word {
    /// 代码。
    pub code: String,
    /// 中文名称。
    pub name: String,
    /// 上级代码。
    pub parent: Option<String>,
}

/// 按文字查找目录。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CatalogueQuery {
    /// 代码或名称的一部分。
    pub text: Option<String>,
    /// 最多条数，默认 20，最多 100。
    pub limit: Option<u32>,
}

/// 一家定点医药机构。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Institution {
    /// 代码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 等级代码。
    pub grade: String,
    /// 等级名称。
    pub grade_name: String,
    /// 类型代码。
    pub kind: String,
    /// 类型名称。
    pub kind_name: String,
}

/// 一个医保目录项目。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// 医保目录编码。
    pub code: String,
    /// 名称。
    pub name: String,
    /// 收费项目等级代码。
    pub class: String,
    /// 收费项目等级名称。
    pub class_name: String,
    /// 参考单价。
    pub price: String,
    /// 计价单位。
    pub unit: Option<String>,
    /// 规格。
    pub specification: Option<String>,
}

/// 页面词汇。
#[utoipa::path(
    get, path = "/api/v1/words", tag = "catalogue",
    operation_id = "get_words",
    responses((status = 200, body = Words), (status = 401, body = Problem))
)]
pub async fn words() {}

/// 查找定点医药机构。
#[utoipa::path(
    get, path = "/api/v1/institutions", tag = "catalogue",
    operation_id = "list_institutions",
    params(CatalogueQuery),
    responses((status = 200, body = Vec<Institution>), (status = 401, body = Problem))
)]
pub async fn institutions() {}

/// 查找医保目录项目。
#[utoipa::path(
    get, path = "/api/v1/items", tag = "catalogue",
    operation_id = "list_items",
    params(CatalogueQuery),
    responses((status = 200, body = Vec<Item>), (status = 401, body = Problem))
)]
pub async fn items() {}
