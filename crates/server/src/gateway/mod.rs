//! 机构网关：国家接口的各种地址与签名。

use std::sync::Arc;

use axum::Router;

use crate::Service;

/// The routes of the gateway.
pub fn routes() -> Router<Arc<Service>> {
    Router::new()
}
