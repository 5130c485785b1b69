//! The console and integration API, `/api/v1`: what goes over the line, room by room.
//!
//! Every type here is a twin of something a room returns, in the words of the glossary, with
//! amounts as text in yuan (`"123.40"`) so that no reader is tempted to use floating point. The
//! Chinese doc comments become the descriptions of `/api/v1/openapi.json`, from which the console's
//! client is generated.

pub mod catalogue;
pub mod credential;
mod door;
pub mod filing;
pub mod overview;
pub mod people;
pub mod policy;
pub mod problem;
mod read;
pub mod register;
pub mod session;
pub mod settlements;
pub mod sheet;
pub mod trace;
pub mod trial;
mod view;
pub mod yuan;

use std::sync::Arc;

use axum::routing::{get, post};
use axum::{Json, Router};
use utoipa::OpenApi;

use crate::Service;

/// The description of every path and type below `/api/v1`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "统筹控制台接口",
        version = "1",
        description = "控制台和集成方使用的接口。金额一律为以元为单位、两位小数的文本。",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        session::sign_in,
        session::current,
        session::sign_out,
        overview::overview,
        catalogue::words,
        catalogue::institutions,
        catalogue::items,
        settlements::list,
        sheet::detail,
        people::list,
        people::detail,
        register::history,
        register::change,
        register::enrol,
        register::reopened,
        register::decide,
        filing::list,
        filing::words,
        filing::approve,
        filing::reject,
        filing::of_person,
        filing::file,
        credential::usage,
        credential::activate,
        credential::issue,
        policy::areas,
        policy::edition,
        policy::history,
        trial::examples,
        trial::run,
    )
)]
pub struct Description;

/// The OpenAPI document that `/api/v1/openapi.json` answers with.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Every path below `/api/v1`.
pub fn routes() -> Router<Arc<Service>> {
    let session = post(session::sign_in)
        .get(session::current)
        .delete(session::sign_out);
    Router::new()
        .route("/api/v1/openapi.json", get(|| async { Json(openapi()) }))
        .route("/api/v1/session", session)
        .route("/api/v1/overview", get(overview::overview))
        .route("/api/v1/words", get(catalogue::words))
        .route("/api/v1/institutions", get(catalogue::institutions))
        .route("/api/v1/items", get(catalogue::items))
        .route("/api/v1/settlements", get(settlements::list))
        .route("/api/v1/settlements/{id}", get(sheet::detail))
        .route("/api/v1/people", get(people::list).post(register::enrol))
        .route("/api/v1/people/{no}", get(people::detail))
        .route(
            "/api/v1/people/{no}/register",
            get(register::history).post(register::change),
        )
        .route("/api/v1/reopened", get(register::reopened))
        .route("/api/v1/reopened/{id}", post(register::decide))
        .route("/api/v1/filings", get(filing::list))
        .route("/api/v1/filings/words", get(filing::words))
        .route("/api/v1/filings/{id}/approval", post(filing::approve))
        .route("/api/v1/filings/{id}/rejection", post(filing::reject))
        .route(
            "/api/v1/people/{no}/filings",
            get(filing::of_person).post(filing::file),
        )
        .route("/api/v1/credentials/usage", get(credential::usage))
        .route(
            "/api/v1/credentials/activations",
            post(credential::activate),
        )
        .route("/api/v1/credentials/tokens", post(credential::issue))
        .route("/api/v1/policy/areas", get(policy::areas))
        .route("/api/v1/policy/{area}", get(policy::edition))
        .route("/api/v1/policy/{area}/key", get(policy::history))
        .route("/api/v1/trial", post(trial::run))
        .route("/api/v1/trial/examples", get(trial::examples))
}

/// How many rows a page of a list has, as asked for and within bounds.
fn page_size(asked: Option<u32>) -> usize {
    usize::try_from(asked.unwrap_or(50).clamp(1, 200)).unwrap_or(50)
}
