//! Who is at the door: the session cookie, and how a refusal leaves.

use std::sync::Arc;

use app::{Error, office::Clerk};
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem::{Problem, ProblemIssue};
use crate::Service;

/// The name of the session cookie.
const COOKIE: &str = "tongchou_session";

/// The role of accounts of institutions.
const HOSPITAL: &str = "hospital";

/// A request of somebody who is signed in.
pub struct SignedIn(pub Clerk);

impl FromRequestParts<Arc<Service>> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Self::Rejection> {
        let token = token(&parts.headers).ok_or_else(not_signed_in)?;
        let address = address(&parts.headers);
        let found = service.app.clerk(token, &address).await;
        let clerk = found.map_err(|error| match error {
            Error::Denied(_) => not_signed_in(),
            other => other.into(),
        })?;
        if clerk.role == HOSPITAL && !open_to_institutions(parts.uri.path()) {
            let message = "医药机构的用户只办理本机构的审核疑点".to_owned();
            return Err(Error::Denied(message).into());
        }
        Ok(Self(clerk))
    }
}

/// Whether accounts of institutions may ask for a path; what they see below it is their own.
/// Everything else is the agency's.
fn open_to_institutions(path: &str) -> bool {
    path == "/api/v1/session" || path.starts_with("/api/v1/audit/")
}

/// The session token a request carries.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|all| all.split(';'))
        .filter_map(|one| one.split_once('='));
    let found = pairs.find(|(name, _)| name.trim() == COOKIE);
    found
        .map(|(_, value)| value.trim())
        .filter(|token| !token.is_empty())
}

/// The cookie that carries a token, or takes it away where the token is empty.
pub fn cookie(token: &str, headers: &HeaderMap) -> String {
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    let proxied = headers
        .get("x-forwarded-proto")
        .is_some_and(|proto| proto == "https");
    let secure = if proxied { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{age}{secure}")
}

/// Where a request says it came from, behind a proxy.
pub fn address(headers: &HeaderMap) -> String {
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    let first = forwarded.and_then(|all| all.split(',').next());
    first.unwrap_or_default().trim().to_owned()
}

/// A request that was not carried out.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    problem: Problem,
}

impl Refused {
    /// A refusal with its code and 中文 sentence.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let problem = Problem {
            code: code.to_owned(),
            message: message.into(),
            issues: Vec::new(),
        };
        Self { status, problem }
    }

    /// A request that cannot be read, with what is wrong about which field.
    pub fn unreadable(issues: Vec<ProblemIssue>) -> Self {
        let mut refused = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unreadable",
            "请检查填写的内容",
        );
        refused.problem.issues = issues;
        refused
    }

    /// One field that cannot be read.
    pub fn field(path: &str, message: impl Into<String>) -> Self {
        Self::unreadable(vec![ProblemIssue {
            path: path.to_owned(),
            message: message.into(),
        }])
    }

    /// Something named was not found.
    pub fn missing(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "missing", message)
    }
}

fn not_signed_in() -> Refused {
    Refused::new(StatusCode::UNAUTHORIZED, "not_signed_in", "请先登录")
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let (status, code) = match &error {
            Error::Refused { code, .. } => (StatusCode::UNPROCESSABLE_ENTITY, *code),
            Error::Missing { .. } => (StatusCode::NOT_FOUND, "missing"),
            Error::Denied(_) => (StatusCode::FORBIDDEN, "denied"),
            Error::DifferentBody { .. } | Error::Blocked { .. } => {
                (StatusCode::CONFLICT, "conflict")
            }
            Error::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Error::Fault(_) | Error::Bug(_) => {
                tracing::error!(?error, "a console request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "fault")
            }
        };
        Self::new(status, code, message)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(self.problem)).into_response()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_cookie_comes_back_as_its_token() {
        let mut headers = HeaderMap::new();
        assert_eq!(token(&headers), None);
        let set = cookie("abc", &headers);
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"));
        let sent = format!("theme=dark; {}", set.split(';').next().unwrap());
        headers.insert(header::COOKIE, sent.parse().unwrap());
        assert_eq!(token(&headers), Some("abc"));
        headers.insert(header::COOKIE, format!("{COOKIE}=").parse().unwrap());
        assert_eq!(token(&headers), None);
    }

    #[test]
    fn the_cookie_is_secure_behind_tls() {
        let mut headers = HeaderMap::new();
        assert!(!cookie("abc", &headers).contains("Secure"));
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        assert!(cookie("abc", &headers).contains("; Secure"));
        assert!(cookie("", &headers).contains("Max-Age=0"));
    }
}
