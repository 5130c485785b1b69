//! 登记册 — a person's facts with their history, changes with a preview, and the bills they re-open.

use std::sync::Arc;

use app::Error;
use app::register::{Actor, Change, PersonRecord};
use axum::Json;
use axum::extract::{Path, Query, State};
use enrolment::register::{Fact, NewFact};
use serde::{Deserialize, Serialize};
use terms::DateTime;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::people::CoveragePeriod;
use super::problem::Problem;
use super::read;
use super::view::register as view;
use super::yuan::Yuan;
use crate::Service;

/// 查看登记历史的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// 只看到这一时刻为止的登记（当时的认定），例如 `2024-11-15T00:00:00`。
    pub as_of: Option<String>,
}

/// 一条登记记录。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RegisterEntry {
    /// 序号。
    pub number: i64,
    /// 登记事项代码。
    pub kind: String,
    /// 登记事项名称。
    pub kind_name: String,
    /// 内容。
    pub text: String,
    /// 有效起。
    pub from: String,
    /// 有效止。
    pub to: Option<String>,
    /// 登记时间。
    pub recorded: String,
    /// 经办人。
    pub by: String,
    /// 来源。
    pub source: String,
    /// 更正或撤回的是第几条。
    pub replaces: Option<i64>,
    /// 是否有效。
    pub believed: bool,
    /// 状态名称：有效、已被第 n 条更正、已被第 n 条撤回、撤回记录。
    pub standing_name: String,
}

/// 登记一项事项。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FactRequest {
    /// 有效起；撤回时可以不填。
    pub from: Option<String>,
    /// 有效止。
    #[serde(default)]
    pub to: Option<String>,
    /// 事项，`kind` 指明是哪一种，例如 `{"kind":"name","name":"张三"}`；撤回或截止时可以不填。
    #[schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    #[serde(default)]
    pub fact: Option<serde_json::Value>,
    /// 更正、截止或撤回第几条。
    #[serde(default)]
    pub replaces: Option<i64>,
    /// 是否撤回。
    #[serde(default)]
    pub withdraw: bool,
}

/// 一次登记变更。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangeRequest {
    /// 各项。
    pub facts: Vec<FactRequest>,
    /// 只预览，不登记。
    #[serde(default)]
    pub preview: bool,
}

/// 变更的结果或预览。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ChangeAnswer {
    /// 人员编号。
    pub person_no: String,
    /// 是否已登记；预览时为否。
    pub recorded: bool,
    /// 变更后的参保时间线。
    pub coverage: Vec<CoveragePeriod>,
    /// 追溯差额。
    pub reopened: Vec<ReopenedBill>,
}

/// 一张需要按变更后的参保或身份重新计算的账单。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReopenedBill {
    /// 人员编号。
    pub person_no: String,
    /// 结算编号。
    pub settlement_id: String,
    /// 由第几条登记引起。
    pub entry: i64,
    /// 状态代码。
    pub state: String,
    /// 状态名称：待处理、已确认、不处理。
    pub state_name: String,
    /// 发现时间。
    pub found_at: String,
    /// 结论，例如“应补付 120.00 元”。
    pub reason: String,
    /// 原基金支付。
    pub fund_before: Yuan,
    /// 重算后基金支付。
    pub fund_after: Yuan,
    /// 差额：正数补付，负数追回。
    pub difference: Yuan,
    /// 原个人负担。
    pub own_before: Yuan,
    /// 重算后个人负担。
    pub own_after: Yuan,
    /// 处理人。
    pub decided_by: Option<String>,
    /// 处理时间。
    pub decided_at: Option<String>,
}

/// 追溯差额清单的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReopenedQuery {
    /// 只看一个人的。
    pub person_no: Option<String>,
    /// 状态：`open`、`accepted`、`dismissed`。
    pub state: Option<String>,
}

/// 对一笔追溯差额的处理。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReopenedDecision {
    /// 人员编号。
    pub person_no: String,
    /// 由第几条登记引起。
    pub entry: i64,
    /// 确认补付或追回；否则为不处理。
    pub accept: bool,
}

/// 一个人的登记历史，新的在前。
#[utoipa::path(
    get, path = "/api/v1/people/{no}/register", tag = "register",
    operation_id = "get_register",
    params(("no" = String, Path, description = "人员编号"), HistoryQuery),
    responses((status = 200, body = Vec<RegisterEntry>), (status = 404, body = Problem))
)]
pub async fn history(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<Vec<RegisterEntry>>, Refused> {
    let as_of = query.as_of.as_deref().filter(|text| !text.is_empty());
    let as_of = as_of.map(|text| moment("as_of", text)).transpose()?;
    let lines = service.app.register_history(&clerk, &no, as_of).await?;
    let name = |word: &terms::Word| service.app.law.word(clerk.area, word).to_owned();
    let rows = lines.iter().map(|line| view::entry(line, name));
    Ok(Json(rows.collect()))
}

fn moment(path: &str, text: &str) -> Result<DateTime, Refused> {
    text.parse()
        .map_err(|_| Refused::field(path, format!("“{text}”不是时间")))
}

/// 登记变更：更正、截止、撤回、新增事项；可以先预览。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/register", tag = "register",
    operation_id = "change_register",
    params(("no" = String, Path, description = "人员编号")),
    request_body = ChangeRequest,
    responses(
        (status = 200, body = ChangeAnswer),
        (status = 404, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn change(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<ChangeRequest>,
) -> Result<Json<ChangeAnswer>, Refused> {
    let asked: Vec<Asked> = request
        .facts
        .iter()
        .enumerate()
        .map(|(place, fact)| asked(place, fact))
        .collect::<Result<_, _>>()?;
    if asked.is_empty() {
        return Err(Refused::field("facts", "没有要登记的事项"));
    }
    let app = &service.app;
    let actor = Actor::clerk(app, &clerk);
    let decide = |record: &PersonRecord| -> Result<Change, Error> {
        let facts = asked.iter().map(|one| one.fact(record));
        Ok(facts.collect::<Result<Vec<NewFact>, _>>()?.into())
    };
    let (coverage, reopened) = if request.preview {
        let preview = app.preview_change(&actor, &no, decide).await?;
        (preview.coverage, preview.reopened)
    } else {
        let action = "change_register";
        let changed = app.change_register(&actor, &no, action, decide).await?;
        let record = app.person_record(clerk.area, &no).await?;
        let coverage = record.map(|record| record.context.coverage);
        (coverage.unwrap_or_default(), changed.reopened)
    };
    let shown = super::people::register(&service, clerk.area);
    Ok(Json(ChangeAnswer {
        person_no: no,
        recorded: !request.preview,
        coverage: coverage.iter().map(|row| shown.period(row)).collect(),
        reopened: reopened.iter().map(view::reopened).collect(),
    }))
}

/// A fact as asked for; what it takes from the entry it replaces is filled in when that is read.
struct Asked {
    from: Option<terms::Date>,
    to: Option<terms::Date>,
    fact: Option<Fact>,
    replaces: Option<i64>,
    withdraw: bool,
}

fn asked(place: usize, request: &FactRequest) -> Result<Asked, Refused> {
    let at = |field: &str| format!("facts[{place}].{field}");
    let day = |field: &str, text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.is_empty());
        text.map(|text| read::day(&at(field), text)).transpose()
    };
    let fact = request.fact.clone().map(serde_json::from_value::<Fact>);
    let fact = fact
        .transpose()
        .map_err(|cause| Refused::field(&at("fact"), format!("登记事项不能识别：{cause}")))?;
    if request.replaces.is_none() && fact.is_none() {
        return Err(Refused::field(&at("fact"), "没有填写登记事项"));
    }
    let from = day("from", &request.from)?;
    if request.replaces.is_none() && from.is_none() {
        return Err(Refused::field(&at("from"), "没有填写有效起日期"));
    }
    Ok(Asked {
        from,
        to: day("to", &request.to)?,
        fact,
        replaces: request.replaces,
        withdraw: request.withdraw,
    })
}

impl Asked {
    fn fact(&self, record: &PersonRecord) -> Result<NewFact, Error> {
        let entries = record.register.entries();
        let old = self
            .replaces
            .map(|number| {
                let found = entries.iter().find(|entry| entry.number == number);
                found.ok_or_else(|| Error::missing("登记记录", number.to_string()))
            })
            .transpose()?;
        if let (Some(old), true) = (old, self.withdraw) {
            return Ok(NewFact::withdrawing(old));
        }
        let fact = self
            .fact
            .clone()
            .or_else(|| old.map(|old| old.fact.clone()));
        let from = self.from.or_else(|| old.map(|old| old.from));
        let (Some(fact), Some(from)) = (fact, from) else {
            return Err(Error::Bug("a fact without content was let in".to_owned()));
        };
        Ok(NewFact {
            from,
            to: self.to,
            fact,
            replaces: self.replaces,
            withdrawn: false,
        })
    }
}

/// 新增参保人。
#[utoipa::path(
    post, path = "/api/v1/people", tag = "register",
    operation_id = "enrol_person",
    request_body = ChangeRequest,
    responses((status = 200, body = ChangeAnswer), (status = 422, body = Problem))
)]
pub async fn enrol(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(request): Json<ChangeRequest>,
) -> Result<Json<ChangeAnswer>, Refused> {
    let mut facts = Vec::new();
    for (place, one) in request.facts.iter().enumerate() {
        let Asked { from, to, fact, .. } = asked(place, one)?;
        if let (Some(from), Some(fact)) = (from, fact) {
            facts.push(NewFact::over(from, to, fact));
        }
    }
    let app = &service.app;
    let actor = Actor::clerk(app, &clerk);
    let person_no = app.enrol_person(&actor, facts).await?;
    let record = app.person_record(clerk.area, &person_no).await?;
    let coverage = record.map(|record| record.context.coverage);
    let shown = super::people::register(&service, clerk.area);
    Ok(Json(ChangeAnswer {
        person_no,
        recorded: true,
        coverage: coverage
            .iter()
            .flatten()
            .map(|row| shown.period(row))
            .collect(),
        reopened: Vec::new(),
    }))
}

/// 追溯差额清单，新的在前。
#[utoipa::path(
    get, path = "/api/v1/reopened", tag = "register",
    operation_id = "list_reopened",
    params(ReopenedQuery),
    responses((status = 200, body = Vec<ReopenedBill>), (status = 401, body = Problem))
)]
pub async fn reopened(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<ReopenedQuery>,
) -> Result<Json<Vec<ReopenedBill>>, Refused> {
    let (person, state) = (query.person_no.as_deref(), query.state.as_deref());
    let rows = service.app.reopened_bills(&clerk, person, state).await?;
    Ok(Json(rows.iter().map(view::reopened).collect()))
}

/// 处理一笔追溯差额；经办变更的人不能自己处理。
#[utoipa::path(
    post, path = "/api/v1/reopened/{id}", tag = "register",
    operation_id = "decide_reopened",
    params(("id" = String, Path, description = "结算编号")),
    request_body = ReopenedDecision,
    responses(
        (status = 200, body = ReopenedBill),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
    )
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(decision): Json<ReopenedDecision>,
) -> Result<Json<ReopenedBill>, Refused> {
    let key = (decision.person_no.as_str(), id.as_str(), decision.entry);
    let row = service.app.decide_reopened(&clerk, key, decision.accept);
    Ok(Json(view::reopened(&row.await?)))
}
