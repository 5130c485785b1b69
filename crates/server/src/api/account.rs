//! 个人账户 — balances, movements, family grants, freeze, inheritance.

use std::sync::Arc;

use app::account::{GrantAsk, HeirAsk, Inheritance, PremiumAsk};
use app::register::Actor;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::account as view;
use super::yuan::Yuan;
use super::{page_size, read};
use crate::Service;

/// 查看账户的条件。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountQuery {
    /// 收支明细的翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
}

/// 一个人的个人账户。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AccountDetail {
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub name: String,
    /// 余额合计。
    pub balance: Yuan,
    /// 各笔资金：当年、历年。
    pub purses: Vec<Purse>,
    /// 冻结原因；没有冻结时为空。
    pub frozen: Option<String>,
    /// 收支明细，新的在前。
    pub movements: Vec<Movement>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
    /// 本人账户供谁使用。
    pub grants_given: Vec<Grant>,
    /// 本人可使用谁的账户。
    pub grants_received: Vec<Grant>,
    /// 划入、计息、冻结、继承等业务，新的在前。
    pub events: Vec<AccountEvent>,
    /// 继承申请。
    pub proposals: Vec<Proposal>,
}

/// 账户中的一笔资金。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Purse {
    /// 代码：`current_year`、`historic`。
    pub kind: String,
    /// 名称。
    pub kind_name: String,
    /// 余额。
    pub balance: Yuan,
}

/// 一笔收支。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Movement {
    /// 时间。
    pub at: String,
    /// 哪笔资金。
    pub kind_name: String,
    /// 事由代码。
    pub source: String,
    /// 事由名称。
    pub source_name: String,
    /// 变动：收入为正，支出为负。
    pub amount: Yuan,
    /// 变动后余额。
    pub balance: Yuan,
    /// 结算编号；不是结算引起的为空。
    pub settlement_id: Option<String>,
    /// 为谁使用；本人使用时为空。
    pub used_by: Option<String>,
}

/// 一项共济授权。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// 对方人员编号。
    pub person_no: String,
    /// 对方姓名。
    pub name: String,
    /// 账户所有人是使用人的什么。
    pub relation_name: String,
    /// 用途名称；不限时为空。
    pub purpose_names: Vec<String>,
    /// 年度限额；没有时为空。
    pub limit: Option<Yuan>,
    /// 起。
    pub from: String,
    /// 止；长期有效时为空。
    pub to: Option<String>,
    /// 今天是否有效。
    pub current: bool,
}

/// 账户的一项业务。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AccountEvent {
    /// 编号。
    pub id: String,
    /// 种类代码。
    pub kind: String,
    /// 种类名称。
    pub kind_name: String,
    /// 所属期、年度或编号。
    pub occasion: String,
    /// 金额。
    pub amount: Yuan,
    /// 时间。
    pub at: String,
    /// 经办。
    pub by: String,
    /// 计算过程，逐句。
    pub explanation: Vec<String>,
}

/// 一项继承申请。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// 编号。
    pub id: String,
    /// 状态代码：`proposed`、`approved`、`rejected`。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 金额。
    pub amount: Yuan,
    /// 申请人。
    pub proposed_by: String,
    /// 申请时间。
    pub proposed_at: String,
    /// 复核人。
    pub decided_by: Option<String>,
    /// 复核时间。
    pub decided_at: Option<String>,
}

/// 授权近亲属使用账户；路径中是账户所有人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GrantRequest {
    /// 使用人的人员编号。
    pub member: String,
    /// 账户所有人是使用人的什么：`spouse`、`parent`、`child`、`sibling`、`grandparent`、`grandchild`。
    pub relation: String,
    /// 用途，例如 `own_share`、`pharmacy`、`resident_premium`；空为政策允许的全部。
    #[serde(default)]
    pub purposes: Vec<String>,
    /// 年度限额。
    pub limit: Option<String>,
    /// 起。
    pub from: String,
    /// 止。
    pub to: Option<String>,
}

/// 解除授权；路径中是账户所有人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RevokeRequest {
    /// 使用人的人员编号。
    pub member: String,
    /// 从哪天起不能再用。
    pub from: String,
}

/// 冻结。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct FreezeRequest {
    /// 原因。
    pub reason: String,
}

/// 继承申请。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InheritanceRequest {
    /// 继承人和份额，合计等于余额。
    pub heirs: Vec<HeirRequest>,
    /// 依据的文书。
    pub document: String,
}

/// 一名继承人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HeirRequest {
    /// 姓名。
    pub name: String,
    /// 人员编号；一次性支付时为空。
    pub person_no: Option<String>,
    /// 份额。
    pub share: String,
}

/// 继承复核。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InheritanceDecision {
    /// 是否同意。
    pub approve: bool,
}

/// 由账户代缴保费；路径中是参保人本人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PremiumRequest {
    /// 哪种保费：`resident_premium`、`large_amount_premium`、`long_term_care_premium`。
    pub purpose: String,
    /// 年度。
    pub year: i16,
    /// 金额。
    pub amount: String,
}

type Done = Result<Json<AccountDetail>, Refused>;

/// The account as it is now, for the answer of a change.
async fn shown(
    service: &Service,
    clerk: &app::office::Clerk,
    no: &str,
    (skip, limit): (usize, usize),
) -> Done {
    let file = service.app.read_account(clerk, no, (skip, limit)).await?;
    let today = service.app.clock.today();
    Ok(Json(view::detail(no, &file, today, skip + limit)))
}

/// The first page of movements.
const FIRST: (usize, usize) = (0, 50);

/// 查看个人账户。
#[utoipa::path(
    get, path = "/api/v1/people/{no}/account", tag = "account",
    operation_id = "get_account",
    params(("no" = String, Path, description = "人员编号"), AccountQuery),
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
    )
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Query(query): Query<AccountQuery>,
) -> Done {
    let cursor = query.cursor.as_deref().filter(|text| !text.is_empty());
    let skip = match cursor {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| Refused::field("cursor", format!("“{text}”不是游标")))?,
    };
    shown(&service, &clerk, &no, (skip, page_size(query.limit))).await
}

/// 授权近亲属使用账户。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/grants", tag = "account",
    operation_id = "grant_account",
    params(("no" = String, Path, description = "账户所有人")),
    request_body = GrantRequest,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "政策不许或内容有误"),
    )
)]
pub async fn grant(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<GrantRequest>,
) -> Done {
    let purposes = request.purposes.iter().enumerate();
    let purposes = purposes.map(|(at, text)| read::word(&format!("purposes[{at}]"), text));
    let limit = request.limit.as_deref().filter(|text| !text.is_empty());
    let to = request.to.as_deref().filter(|text| !text.is_empty());
    let ask = GrantAsk {
        sponsor: no.clone(),
        member: request.member.trim().to_owned(),
        relation: read::word("relation", &request.relation)?,
        purposes: purposes.collect::<Result<_, _>>()?,
        limit: limit.map(|text| read::yuan("limit", text)).transpose()?,
        from: read::day("from", &request.from)?,
        to: to.map(|text| read::day("to", text)).transpose()?,
    };
    let actor = Actor::clerk(&service.app, &clerk);
    service.app.grant_account(&actor, &ask).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 解除授权。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/grants/revocation", tag = "account",
    operation_id = "revoke_grant",
    params(("no" = String, Path, description = "账户所有人")),
    request_body = RevokeRequest,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn revoke(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<RevokeRequest>,
) -> Done {
    let from = read::day("from", &request.from)?;
    let actor = Actor::clerk(&service.app, &clerk);
    let whose = (no.as_str(), request.member.trim());
    service.app.revoke_grant(&actor, whose, from).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 冻结账户。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/freeze", tag = "account",
    operation_id = "freeze_account",
    params(("no" = String, Path, description = "人员编号")),
    request_body = FreezeRequest,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn freeze(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<FreezeRequest>,
) -> Done {
    let actor = Actor::clerk(&service.app, &clerk);
    let (app, reason) = (&service.app, &request.reason);
    app.freeze_account(&actor, &no, reason).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 解冻账户。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/unfreeze", tag = "account",
    operation_id = "unfreeze_account",
    params(("no" = String, Path, description = "人员编号")),
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn unfreeze(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
) -> Done {
    let actor = Actor::clerk(&service.app, &clerk);
    service.app.unfreeze_account(&actor, &no).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 申请继承。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/inheritance", tag = "account",
    operation_id = "propose_inheritance",
    params(("no" = String, Path, description = "已死亡的账户所有人")),
    request_body = InheritanceRequest,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn propose(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<InheritanceRequest>,
) -> Done {
    let heirs = request.heirs.iter().enumerate();
    let heirs = heirs.map(|(at, heir)| {
        let number = heir.person_no.as_deref().map(str::trim);
        Ok(HeirAsk {
            name: heir.name.trim().to_owned(),
            person_no: number.filter(|text| !text.is_empty()).map(str::to_owned),
            share: read::yuan(&format!("heirs[{at}].share"), &heir.share)?,
        })
    });
    let inheritance = Inheritance {
        heirs: heirs.collect::<Result<_, Refused>>()?,
        document: request.document.trim().to_owned(),
    };
    let actor = Actor::clerk(&service.app, &clerk);
    let app = &service.app;
    app.propose_inheritance(&actor, &no, &inheritance).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 复核继承申请。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/inheritance/{id}/decision", tag = "account",
    operation_id = "decide_inheritance",
    params(
        ("no" = String, Path, description = "已死亡的账户所有人"),
        ("id" = String, Path, description = "继承申请编号"),
    ),
    request_body = InheritanceDecision,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 403, body = Problem, description = "申请和复核是同一人"),
        (status = 422, body = Problem),
    )
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((no, id)): Path<(String, String)>,
    Json(request): Json<InheritanceDecision>,
) -> Done {
    let actor = Actor::clerk(&service.app, &clerk);
    let whose = (no.as_str(), id.as_str());
    let app = &service.app;
    app.decide_inheritance(&actor, whose, request.approve)
        .await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 由本人和近亲属的账户代缴保费。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/premiums", tag = "account",
    operation_id = "pay_premium",
    params(("no" = String, Path, description = "为谁缴费")),
    request_body = PremiumRequest,
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 422, body = Problem, description = "账户不足或政策不许"),
    )
)]
pub async fn premium(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(no): Path<String>,
    Json(request): Json<PremiumRequest>,
) -> Done {
    let ask = PremiumAsk {
        member: no.clone(),
        purpose: read::word("purpose", &request.purpose)?,
        year: request.year,
        amount: read::yuan("amount", &request.amount)?,
    };
    let actor = Actor::clerk(&service.app, &clerk);
    service.app.pay_premium(&actor, &ask).await?;
    shown(&service, &clerk, &no, FIRST).await
}

/// 退回代缴的保费：各账户支付多少退多少。
#[utoipa::path(
    post, path = "/api/v1/people/{no}/account/premiums/{id}/reversal", tag = "account",
    operation_id = "reverse_premium",
    params(
        ("no" = String, Path, description = "为谁缴费"),
        ("id" = String, Path, description = "代缴编号"),
    ),
    responses(
        (status = 200, body = AccountDetail),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这笔代缴"),
        (status = 422, body = Problem, description = "已经退回"),
    )
)]
pub async fn reverse_premium(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((no, id)): Path<(String, String)>,
) -> Done {
    let actor = Actor::clerk(&service.app, &clerk);
    let whose = (no.as_str(), id.as_str());
    service.app.reverse_premium(&actor, whose).await?;
    shown(&service, &clerk, &no, FIRST).await
}
