//! 机构网关：国家接口的各种地址与签名。
//!
//! One handler for all addresses: it reads the body within its limit, finds out who signed, and
//! leaves the message to `wire`. Everything decided is HTTP 200; an undecided message gets a 5xx
//! without anything in it that a client could take for an answer.

mod body;
mod fixtures;
mod keys;

use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use app::Error;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use wire::auth::{Caller, GatewayError};
use wire::{Incoming, Refusal, Reply};

use crate::Service;
use body::Unread;

pub use body::BODY_LIMIT;
pub use fixtures::fixtures_json;

/// The routes of the gateway.
pub fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/fsi/api/{*rest}", post(message))
        .route("/ebus/gdyb_inf/poc/hsa/hgs/{number}", post(message))
        .route("/CSB", post(message))
        .route("/sandbox/fixtures", get(sandbox))
}

async fn sandbox(State(service): State<Arc<Service>>) -> Response {
    match &service.sandbox {
        Some(sandbox) => json(StatusCode::OK, sandbox.fixtures.clone()),
        None => (StatusCode::NOT_FOUND, "没有开启沙箱").into_response(),
    }
}

/// Answers one message and counts how that went and how long it took.
async fn message(State(service): State<Arc<Service>>, request: Request) -> Response {
    let began = Instant::now();
    let response = answer(&service, request).await;
    let outcome = match response.status() {
        StatusCode::OK => "answered",
        status if status.is_server_error() => "undecided",
        _ => "outside",
    };
    metrics::counter!("gateway_messages_total", "outcome" => outcome).increment(1);
    metrics::histogram!("gateway_seconds").record(began.elapsed());
    response
}

async fn answer(service: &Service, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = match body::read(body, &parts.headers).await {
        Ok(read) => read,
        Err(Unread::TooLarge) => return too_large(service),
        Err(Unread::Broken) => return StatusCode::BAD_REQUEST.into_response(),
    };
    let caller = match caller(service, &parts.headers, &read) {
        Ok(caller) => caller,
        Err(error) => {
            tracing::warn!(
                path = parts.uri.path(),
                reason = error.message,
                "not let in"
            );
            let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::UNAUTHORIZED);
            return json(status, error.to_json());
        }
    };
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let address = peer.map_or_else(String::new, |peer| peer.0.ip().to_string());
    let incoming = Incoming {
        path: parts.uri.path(),
        body: &read,
        caller: &caller,
        address: &address,
        require_sign_in: service.require_sign_in,
    };
    match wire::dispatch(&service.app, &incoming).await {
        Ok(reply) => json(StatusCode::OK, reply),
        Err(error) => undecided(&error),
    }
}

/// Who signed the request; unsigned ones pass in a demonstration only.
fn caller(service: &Service, headers: &HeaderMap, body: &[u8]) -> Result<Caller, GatewayError> {
    let texts = headers.iter().filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        Some((name.as_str(), value))
    });
    let texts: Vec<(&str, &str)> = texts.collect();
    let request = wire::auth::Request {
        headers: &texts,
        body,
        now: jiff::Timestamp::now(),
    };
    let lookup = |kind, key: &str| keys::credential(&service.app, kind, key);
    let caller = {
        let mut seen = service
            .replay
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        wire::auth::authenticate(&request, lookup, &mut seen)?
    };
    if caller == Caller::Unsigned && !service.allow_unsigned {
        return Err(GatewayError::unauthorized("请求没有签名"));
    }
    Ok(caller)
}

/// A decided refusal in the interface's own form, although nothing of the message was read.
fn too_large(service: &Service) -> Response {
    let now = service.app.clock.now();
    let most = BODY_LIMIT / (1024 * 1024);
    let refusal = Refusal::new(format!("报文超过{most}MB，请分批上传"));
    let reply = Reply::refused(String::new(), now, now, &refusal);
    json(StatusCode::PAYLOAD_TOO_LARGE, reply.to_json())
}

/// The client learns nothing but that it has to find out.
fn undecided(error: &Error) -> Response {
    tracing::error!(?error, "a message stays undecided");
    let may_pass = match error {
        Error::Busy => true,
        Error::Fault(fault) => fault.is_retryable(),
        _ => false,
    };
    if may_pass {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    } else {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

fn json(status: StatusCode, body: impl Into<axum::body::Body>) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, kind, body.into()).into_response()
}
