//! The console and integration API, `/api/v1`: what goes over the line, room by room.
//!
//! Every type here is a twin of something a room returns, in the words of the glossary, with
//! amounts as text in yuan (`"123.40"`) so that no reader is tempted to use floating point. The
//! Chinese doc comments become the descriptions of `/api/v1/openapi.json`, from which the console's
//! client is generated.

pub mod catalogue;
pub mod overview;
pub mod people;
pub mod policy;
pub mod problem;
pub mod session;
pub mod settlements;
pub mod trace;
pub mod trial;
pub mod yuan;

use utoipa::OpenApi;

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
        settlements::detail,
        people::list,
        people::detail,
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
