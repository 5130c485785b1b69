//! 疑点办理 — moves of one doubt or many, notices, attachments, deductions and releases.

use std::sync::Arc;

use app::audit::{Action, Bulk, Move, NewAttachment, Officer, Outcome, Verb};
use axum::Json;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audit::{DoubtQuery, DoubtView, Speaking, filter, officer};
use super::door::{Refused, SignedIn};
use super::doubt_case::AttachmentView;
use super::problem::Problem;
use super::read;
use super::view::audit as view;
use super::yuan::Yuan;
use crate::Service;

/// How many notices a page shows.
const NOTICES: usize = 200;

/// 对一条疑点的办理。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct MoveRequest {
    /// 动作：dismiss、agree_dismissal、return_to_review、hand_over、extend、appeal、accept、
    /// confirm、reject、refer、panel_confirm、panel_reject；批量办理另有 publish、deduct。
    pub verb: String,
    /// 打开时看到的版本。
    pub version: Option<i64>,
    /// 理由、意见。
    pub text: String,
    /// 确认金额，元；confirm 和 panel_confirm 必填。
    pub amount: Option<String>,
    /// 赞成票。
    pub votes_for: u32,
    /// 反对票。
    pub votes_against: u32,
    /// 随这一步提交的附件编号。
    pub attachments: Vec<String>,
    /// 代哪家机构办理。
    pub for_institution: Option<String>,
}

/// 批量办理。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BulkRequest {
    /// 范围。
    pub filter: DoubtQuery,
    /// 动作和理由；金额、票数、附件不能批量填写。
    pub action: MoveRequest,
    /// 看到的条数；不符的不办。
    pub expected: Option<usize>,
    /// 抽样编号；样本逐条办完才能批量办理其余。
    pub sample: Option<String>,
}

/// 批量办理的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BulkView {
    /// 批次编号。
    pub id: String,
    /// 符合条件的条数。
    pub matched: i64,
    /// 办成的条数。
    pub moved: i64,
    /// 发出的通知。
    pub notices: Vec<NoticeView>,
    /// 没有办成的。
    pub refused: Vec<RefusedDoubt>,
}

/// 没有办成的一条。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RefusedDoubt {
    /// 疑点编号。
    pub id: String,
    /// 原因。
    pub reason: String,
}

/// 要通知的疑点。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PublishRequest {
    /// 疑点编号。
    pub doubts: Vec<String>,
}

/// 通知的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PublishedView {
    /// 发出的通知，每家机构一份。
    pub notices: Vec<NoticeView>,
    /// 没有通知的。
    pub refused: Vec<RefusedDoubt>,
}

/// 一份疑点通知。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NoticeView {
    /// 通知编号。
    pub id: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 疑点条数。
    pub doubts: i64,
    /// 基金支付（估计）。
    pub amount: Yuan,
    /// 申诉期限。
    pub due: Option<String>,
    /// 发出人。
    pub by: String,
    /// 发出时间。
    pub at: String,
    /// 签收人。
    pub received_by: String,
    /// 签收时间。
    pub received_at: Option<String>,
}

/// 退还扣款。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReleaseRequest {
    /// 退还金额，元。
    pub amount: String,
    /// 理由。
    pub reason: String,
}

/// 扣减或退还的结果。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DeductedView {
    /// 疑点。
    pub doubt: DoubtView,
    /// 列入清算的调整。
    pub adjustments: Vec<DoubtAdjustment>,
}

/// 一笔列入清算的调整。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtAdjustment {
    /// 调整编号。
    pub id: String,
    /// 账套。
    pub book: String,
    /// 金额；负数为扣减。
    pub amount: Yuan,
    /// 最早列入的清算年月。
    pub first_month: String,
}

/// The move that a request means.
fn verb(asked: &MoveRequest) -> Result<Verb, Refused> {
    let reason = || asked.text.clone();
    let amount = || match &asked.amount {
        Some(text) => read::yuan("amount", text).map(Outcome::Confirm),
        None => Err(Refused::field("amount", "请填写确认金额")),
    };
    let panel = |outcome| Verb::PanelDecide {
        outcome,
        votes_for: asked.votes_for,
        votes_against: asked.votes_against,
    };
    Ok(match asked.verb.as_str() {
        "publish" => Verb::Publish,
        "dismiss" => Verb::Dismiss { reason: reason() },
        "agree_dismissal" => Verb::AgreeDismissal,
        "return_to_review" => Verb::ReturnToReview,
        "hand_over" => Verb::HandOver,
        "extend" => Verb::Extend,
        "appeal" => Verb::Appeal { reason: reason() },
        "accept" => Verb::Accept,
        "confirm" => Verb::Decide(amount()?),
        "reject" => Verb::Decide(Outcome::Dismiss),
        "refer" => Verb::Refer,
        "panel_confirm" => panel(amount()?),
        "panel_reject" => panel(Outcome::Dismiss),
        "deduct" => Verb::Deduct,
        other => {
            let message = format!("“{other}”不是疑点的办理动作");
            return Err(Refused::field("verb", message));
        }
    })
}

/// The word by which requests name what may be done, and its name.
pub(super) fn named(action: &Action) -> (&'static str, &'static str) {
    let verb = match action {
        Action::Release => return ("release", "退还扣款"),
        Action::Attach => return ("attach", "上传附件"),
        Action::Move(verb) => verb,
    };
    let name = verb.zh();
    match verb {
        Verb::Publish => ("publish", name),
        Verb::Dismiss { .. } => ("dismiss", name),
        Verb::AgreeDismissal => ("agree_dismissal", name),
        Verb::ReturnToReview => ("return_to_review", name),
        Verb::HandOver => ("hand_over", name),
        Verb::Extend => ("extend", name),
        Verb::Appeal { .. } => ("appeal", name),
        Verb::Accept => ("accept", name),
        Verb::Decide(Outcome::Confirm(_)) => ("confirm", "复审确认"),
        Verb::Decide(Outcome::Dismiss) => ("reject", "复审认定不成立"),
        Verb::Refer => ("refer", name),
        Verb::PanelDecide { outcome, .. } => match outcome {
            Outcome::Confirm(_) => ("panel_confirm", "合议确认"),
            Outcome::Dismiss => ("panel_reject", "合议认定不成立"),
        },
        Verb::Deduct => ("deduct", "列入清算扣减"),
        Verb::Lapse | Verb::Withdraw | Verb::Renew(_) => ("", name),
    }
}

/// The text beside a move; the reason of some moves is the text itself.
fn beside(asked: &MoveRequest, verb: &Verb) -> String {
    match verb {
        Verb::Dismiss { .. } | Verb::Appeal { .. } => String::new(),
        _ => asked.text.clone(),
    }
}

/// 办理一条疑点。
#[utoipa::path(
    post, path = "/api/v1/audit/doubts/{id}/moves", tag = "audit",
    operation_id = "move_doubt", request_body = MoveRequest,
    params(("id" = String, Path, description = "疑点编号")),
    responses(
        (status = 200, body = DoubtView),
        (status = 403, body = Problem),
        (status = 422, body = Problem),
    )
)]
pub async fn step(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<MoveRequest>,
) -> Result<Json<DoubtView>, Refused> {
    let officer = officer(&service, &clerk, asked.for_institution.as_ref()).await?;
    let verb = verb(&asked)?;
    let command = Move {
        text: beside(&asked, &verb),
        verb,
        seen: asked.version,
        attachments: asked.attachments,
    };
    let row = service.app.move_doubt(&officer, &id, &command).await?;
    Ok(Json(view::doubt(&service, &officer, &row)?))
}

/// 把确认的疑点列入当月清算扣减。
#[utoipa::path(
    post, path = "/api/v1/audit/doubts/{id}/deduction", tag = "audit",
    operation_id = "deduct_doubt",
    params(("id" = String, Path, description = "疑点编号")),
    responses((status = 200, body = DeductedView), (status = 422, body = Problem))
)]
pub async fn deduct(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<DeductedView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let done = service.app.deduct_doubt(&officer, &id).await?;
    deducted(&service, &officer, &done).map(Json)
}

/// 退还已扣的款，以新的清算调整。
#[utoipa::path(
    post, path = "/api/v1/audit/doubts/{id}/release", tag = "audit",
    operation_id = "release_doubt", request_body = ReleaseRequest,
    params(("id" = String, Path, description = "疑点编号")),
    responses((status = 200, body = DeductedView), (status = 422, body = Problem))
)]
pub async fn release(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<ReleaseRequest>,
) -> Result<Json<DeductedView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let amount = read::yuan("amount", &asked.amount)?;
    let done = service
        .app
        .release_doubt(&officer, &id, amount, &asked.reason)
        .await?;
    deducted(&service, &officer, &done).map(Json)
}

fn deducted(
    service: &Service,
    officer: &Officer,
    done: &app::audit::Deducted,
) -> Result<DeductedView, Refused> {
    let adjustments = done.adjustments.iter().map(|row| DoubtAdjustment {
        id: row.adjustment.clone(),
        book: row.book.clone(),
        amount: row.amount.into(),
        first_month: row.first_month.clone(),
    });
    Ok(DeductedView {
        doubt: view::doubt(service, officer, &done.doubt)?,
        adjustments: adjustments.collect(),
    })
}

/// 上传附件。
#[utoipa::path(
    post, path = "/api/v1/audit/doubts/{id}/attachments", tag = "audit",
    operation_id = "attach_to_doubt",
    params(("id" = String, Path, description = "疑点编号"), Speaking),
    responses((status = 200, body = AttachmentView), (status = 422, body = Problem))
)]
pub async fn attach(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Query(speaking): Query<Speaking>,
    mut form: Multipart,
) -> Result<Json<AttachmentView>, Refused> {
    let officer = officer(&service, &clerk, speaking.for_institution.as_ref()).await?;
    while let Some(field) = form.next_field().await.map_err(|cause| broken(&cause))? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|cause| broken(&cause))?;
        let bytes = bytes.to_vec();
        let row = service
            .app
            .attach(&officer, &id, &NewAttachment { name, bytes })
            .await?;
        return Ok(Json(view::attachment(&row)));
    }
    Err(Refused::field("file", "没有附件"))
}

/// Why an upload could not be read; a body beyond the limit never reaches the check of its size.
fn broken(cause: &MultipartError) -> Refused {
    let most = app::audit::ATTACHMENT_BYTES / 1024 / 1024;
    let message = match cause.status() {
        StatusCode::PAYLOAD_TOO_LARGE => format!("附件不能超过{most}兆字节"),
        _ => "上传的文件没有收全，请重试".to_owned(),
    };
    Refused::field("file", message)
}

/// Bodies of uploads may be as large as one attachment and what surrounds it.
pub fn body_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(app::audit::ATTACHMENT_BYTES + 64 * 1024)
}

/// 批量办理符合条件的疑点。
#[utoipa::path(
    post, path = "/api/v1/audit/bulk", tag = "audit",
    operation_id = "move_doubts", request_body = BulkRequest,
    responses((status = 200, body = BulkView), (status = 422, body = Problem))
)]
pub async fn bulk(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<BulkRequest>,
) -> Result<Json<BulkView>, Refused> {
    let officer = officer(&service, &clerk, asked.filter.for_institution.as_ref()).await?;
    let verb = verb(&asked.action)?;
    let text = beside(&asked.action, &verb);
    let filter = filter(&asked.filter, &officer)?;
    let how = (asked.expected, asked.sample.as_deref());
    let done: Bulk = service
        .app
        .move_doubts(&officer, &filter, (&verb, &text), how)
        .await?;
    let notices = done.notices.iter();
    Ok(Json(BulkView {
        id: done.batch.batch.clone(),
        matched: done.batch.matched,
        moved: done.batch.moved,
        notices: notices.map(|row| view::notice(&service, row)).collect(),
        refused: refused(&done.refused),
    }))
}

fn refused(doubts: &[(String, String)]) -> Vec<RefusedDoubt> {
    let one = |(id, reason): &(String, String)| RefusedDoubt {
        id: id.clone(),
        reason: reason.clone(),
    };
    doubts.iter().map(one).collect()
}

/// 疑点通知，新的在前；机构看发给本机构的。
#[utoipa::path(
    get, path = "/api/v1/audit/notices", tag = "audit",
    operation_id = "list_doubt_notices", params(Speaking),
    responses((status = 200, body = Vec<NoticeView>))
)]
pub async fn notices(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(speaking): Query<Speaking>,
) -> Result<Json<Vec<NoticeView>>, Refused> {
    let officer = officer(&service, &clerk, speaking.for_institution.as_ref()).await?;
    let rows = service.app.doubt_notices(&officer, NOTICES).await?;
    Ok(Json(
        rows.iter().map(|row| view::notice(&service, row)).collect(),
    ))
}

/// 把疑点通知机构，每家一份。
#[utoipa::path(
    post, path = "/api/v1/audit/notices", tag = "audit",
    operation_id = "publish_doubts", request_body = PublishRequest,
    responses((status = 200, body = PublishedView), (status = 403, body = Problem))
)]
pub async fn publish(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<PublishRequest>,
) -> Result<Json<PublishedView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let done = service.app.publish_doubts(&officer, &asked.doubts).await?;
    Ok(Json(PublishedView {
        notices: done
            .notices
            .iter()
            .map(|row| view::notice(&service, row))
            .collect(),
        refused: refused(&done.refused),
    }))
}

/// 签收通知。
#[utoipa::path(
    post, path = "/api/v1/audit/notices/{id}/receipt", tag = "audit",
    operation_id = "receive_doubt_notice",
    params(("id" = String, Path, description = "通知编号"), Speaking),
    responses((status = 200, body = NoticeView), (status = 403, body = Problem))
)]
pub async fn receive(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
    Query(speaking): Query<Speaking>,
) -> Result<Json<NoticeView>, Refused> {
    let officer = officer(&service, &clerk, speaking.for_institution.as_ref()).await?;
    let row = service.app.receive_notice(&officer, &id).await?;
    Ok(Json(view::notice(&service, &row)))
}
