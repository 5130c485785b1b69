//! 目录与词汇 — the words that fill the console's drop-down lists, institutions and items.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use policy::{AreaPolicy, CatalogueItem};
use serde::{Deserialize, Serialize};
use terms::{
    CareType, Category, DocumentKind, Grade, InstitutionKind, ItemClass, Locality, Referral,
    Registration, Scheme, Vocabulary,
};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::{catalogue, counters, settlement};
use crate::Service;

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
    /// 本统筹区的县区。
    pub counties: Vec<Word>,
    /// 证件类型。
    pub document_kinds: Vec<Word>,
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
    /// 支付标准或限价；没有时为空。
    pub price: Option<String>,
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
pub async fn words(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Words>, Refused> {
    let area = service.app.law.area(clerk.area)?;
    let today = service.app.clock.today();
    let schemes = area.schemes.keys();
    Ok(Json(Words {
        schemes: schemes
            .map(|scheme| plain(scheme.word(), scheme.zh()))
            .collect(),
        care_types: all::<CareType>(CareType::word, CareType::zh, |care| {
            Some(settlement::manner(care))
        }),
        institution_grades: all::<Grade>(Grade::word, Grade::zh, |_| None),
        institution_kinds: all(InstitutionKind::word, InstitutionKind::zh, |_| None),
        person_categories: all(Category::word, Category::zh, catalogue::scheme_of),
        identities: named(area, catalogue::identities(area, today)),
        localities: all::<Locality>(Locality::word, Locality::zh, |_| None),
        registrations: all::<Registration>(Registration::word, Registration::zh, |_| None),
        referrals: all::<Referral>(Referral::word, Referral::zh, |_| None),
        diseases: catalogue::diseases(area, today),
        item_classes: all::<ItemClass>(ItemClass::word, ItemClass::zh, |_| None),
        counters: of_counters(area, today),
        counties: counties(area),
        document_kinds: all::<DocumentKind>(DocumentKind::word, DocumentKind::zh, |_| None),
    }))
}

fn counties(area: &AreaPolicy) -> Vec<Word> {
    let counties = area.counties.iter();
    counties
        .map(|(code, name)| plain(&code.to_string(), name))
        .collect()
}

fn plain(code: &str, name: &str) -> Word {
    Word {
        code: code.to_owned(),
        name: name.to_owned(),
        parent: None,
    }
}

/// A closed vocabulary as a drop-down list.
fn all<V: Vocabulary + Copy + 'static>(
    code: fn(V) -> &'static str,
    name: fn(V) -> &'static str,
    parent: impl Fn(V) -> Option<&'static str>,
) -> Vec<Word> {
    let word = |value: &V| Word {
        parent: parent(*value).map(str::to_owned),
        ..plain(code(*value), name(*value))
    };
    V::ALL.iter().map(word).collect()
}

fn named(area: &AreaPolicy, words: Vec<terms::Word>) -> Vec<Word> {
    let word = |word: &terms::Word| {
        let name = area.words.get(word);
        plain(word.as_str(), name.map_or(word.as_str(), String::as_str))
    };
    words.iter().map(word).collect()
}

fn of_counters(area: &AreaPolicy, today: terms::Date) -> Vec<Word> {
    let of_scheme = |(scheme, law): (&Scheme, &policy::SchemePolicy)| {
        let parent = Some(scheme.word().to_owned());
        let word = |(code, known): (String, counters::CounterName)| Word {
            code,
            name: known.name,
            parent: parent.clone(),
        };
        counters::all(law, today)
            .into_iter()
            .map(word)
            .collect::<Vec<_>>()
    };
    area.schemes.iter().flat_map(of_scheme).collect()
}

/// How many finds are wanted.
fn wanted(query: &CatalogueQuery) -> usize {
    usize::try_from(query.limit.unwrap_or(20).clamp(1, 100)).unwrap_or(20)
}

/// 查找定点医药机构。
#[utoipa::path(
    get, path = "/api/v1/institutions", tag = "catalogue",
    operation_id = "list_institutions",
    params(CatalogueQuery),
    responses((status = 200, body = Vec<Institution>), (status = 401, body = Problem))
)]
pub async fn institutions(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Query(query): Query<CatalogueQuery>,
) -> Json<Vec<Institution>> {
    let text = query.text.as_deref().unwrap_or_default().trim();
    let mut known = service.app.institutions();
    known.sort_by(|one, other| one.code.cmp(&other.code));
    let fits = |one: &&Arc<app::Institution>| one.code == text || one.name.contains(text);
    let shown = |one: &Arc<app::Institution>| Institution {
        code: one.code.clone(),
        name: one.name.clone(),
        grade: one.grade.word().to_owned(),
        grade_name: one.grade.zh().to_owned(),
        kind: one.kind.word().to_owned(),
        kind_name: one.kind.zh().to_owned(),
    };
    Json(
        known
            .iter()
            .filter(fits)
            .take(wanted(&query))
            .map(shown)
            .collect(),
    )
}

/// 查找医保目录项目。
#[utoipa::path(
    get, path = "/api/v1/items", tag = "catalogue",
    operation_id = "list_items",
    params(CatalogueQuery),
    responses((status = 200, body = Vec<Item>), (status = 401, body = Problem))
)]
pub async fn items(
    State(service): State<Arc<Service>>,
    _: SignedIn,
    Query(query): Query<CatalogueQuery>,
) -> Json<Vec<Item>> {
    let text = query.text.as_deref().unwrap_or_default().trim();
    let today = service.app.clock.today();
    let all = service.app.law.items.values();
    let fits = |item: &&Arc<CatalogueItem>| {
        item.code.as_str().starts_with(text) || item.name.contains(text)
    };
    let mut found: Vec<&Arc<CatalogueItem>> = all.filter(fits).collect();
    found.sort_by(|one, other| one.code.cmp(&other.code));
    let shown = found
        .into_iter()
        .filter_map(|item| catalogue::item(item, today));
    Json(shown.take(wanted(&query)).collect())
}
