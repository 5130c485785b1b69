use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::Service;

/// Whether the process lives, whether it can work, and its figures.
pub(crate) fn routes() -> Router<Arc<Service>> {
    recorder();
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
}

async fn ready(State(service): State<Arc<Service>>) -> (StatusCode, &'static str) {
    match service.app.store.editions(service.app.home).await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(fault) => {
            tracing::error!(%fault, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer")
        }
    }
}

async fn figures() -> String {
    recorder().map_or_else(String::new, PrometheusHandle::render)
}

/// The process has one recorder, however many routers it builds.
fn recorder() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| PrometheusBuilder::new().install_recorder().ok())
        .as_ref()
}
