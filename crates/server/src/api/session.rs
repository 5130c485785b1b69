//! 登录 — who is at the console. The session lives in an `HttpOnly`, `SameSite=Strict` cookie.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;

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
pub async fn sign_in() {}

/// 当前会话。
#[utoipa::path(
    get, path = "/api/v1/session", tag = "session",
    operation_id = "get_session",
    responses(
        (status = 200, body = Session),
        (status = 401, body = Problem, description = "没有登录"),
    )
)]
pub async fn current() {}

/// 退出登录。
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session",
    operation_id = "sign_out",
    responses((status = 204, description = "已退出"))
)]
pub async fn sign_out() {}
