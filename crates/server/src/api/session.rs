//! 登录 — who is at the console. The session lives in an `HttpOnly`, `SameSite=Strict` cookie.

use std::sync::Arc;

use app::office::Clerk;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::door::{self, Refused, SignedIn};
use super::problem::Problem;
use crate::Service;

/// 登录请求。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SignIn {
    /// 用户名。
    pub user: String,
    /// 口令。
    pub password: String,
}

/// 当前登录的人。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Session {
    /// 用户名。
    pub user: String,
    /// 姓名。
    pub name: String,
    /// 角色代码。
    pub role: String,
    /// 角色名称。
    pub role_name: String,
    /// 统筹区代码。
    pub area: String,
    /// 统筹区名称。
    pub area_name: String,
    /// 业务日期（ISO 8601），页面上的“今天”以它为准。
    pub today: String,
    /// 代表的医药机构编号；经办人员为空。
    pub institution: String,
    /// 代表的医药机构名称；经办人员为空。
    pub institution_name: String,
    /// 是否演示环境。
    pub demo: bool,
}

/// 登录。
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session",
    operation_id = "sign_in",
    request_body = SignIn,
    responses(
        (status = 200, body = Session, description = "登录成功，会话写入 Cookie"),
        (status = 401, body = Problem, description = "用户名或口令不对"),
    )
)]
pub async fn sign_in(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Json(given): Json<SignIn>,
) -> Result<impl IntoResponse, Refused> {
    let address = door::address(&headers);
    let signed_in = service
        .app
        .sign_in(&given.user, &given.password, &address)
        .await;
    let (token, clerk) = signed_in.map_err(|error| match error {
        app::Error::Denied(message) => {
            Refused::new(StatusCode::UNAUTHORIZED, "wrong_password", message)
        }
        other => other.into(),
    })?;
    let cookie = [(header::SET_COOKIE, door::cookie(&token, &headers))];
    let session = session(&service, clerk).await?;
    Ok((AppendHeaders(cookie), Json(session)))
}

async fn session(service: &Service, clerk: Clerk) -> Result<Session, Refused> {
    let own = service.app.own_institution(&clerk).await?;
    let area = service.app.law.book.areas.get(&clerk.area);
    let institution = own.unwrap_or_default();
    let place = service.app.institution(&institution);
    Ok(Session {
        institution_name: place.map_or_else(|_| String::new(), |place| place.name.clone()),
        institution,
        user: clerk.user,
        name: clerk.name,
        role_name: role_name(&clerk.role).to_owned(),
        role: clerk.role,
        area: clerk.area.to_string(),
        area_name: area.map_or_else(|| clerk.area.to_string(), |area| area.name.clone()),
        today: service.app.clock.today().to_string(),
        demo: service.sandbox.is_some(),
    })
}

fn role_name(role: &str) -> &str {
    match role {
        "clerk" => "经办",
        "auditor" => "审核",
        "admin" => "管理",
        "hospital" => "医药机构",
        other => other,
    }
}

/// 当前会话。
#[utoipa::path(
    get, path = "/api/v1/session", tag = "session",
    operation_id = "get_session",
    responses(
        (status = 200, body = Session),
        (status = 401, body = Problem, description = "没有登录"),
    )
)]
pub async fn current(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Session>, Refused> {
    session(&service, clerk).await.map(Json)
}

/// 退出登录。
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session",
    operation_id = "sign_out",
    responses((status = 204, description = "已退出"))
)]
pub async fn sign_out(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refused> {
    if let Some(token) = door::token(&headers) {
        service.app.sign_out(token).await?;
    }
    let cookie = [(header::SET_COOKIE, door::cookie("", &headers))];
    Ok((StatusCode::NO_CONTENT, AppendHeaders(cookie)))
}
