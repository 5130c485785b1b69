use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::{Service, api, gateway, health, pages};

/// How long a request may take before the client is told to come back.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Everything the service answers, on one router.
pub fn router(service: Arc<Service>) -> Router {
    let header = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    };
    // Institutions' clients are old: nothing may be compressed or decorated for them.
    let console = api::routes()
        .merge(pages::routes())
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header("referrer-policy", "no-referrer"));
    Router::new()
        .merge(health::routes())
        .merge(gateway::routes())
        .merge(console)
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
        .layer(CatchPanicLayer::new())
        .with_state(service)
}

/// Serves on a listener until `stop` resolves; requests under way are finished.
///
/// # Errors
/// An I/O error of the listener.
pub async fn serve(
    service: Arc<Service>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
        // Answers are small and wanted at once.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no delay could not be set");
        }
    });
    axum::serve(listener, router(service))
        .with_graceful_shutdown(stop)
        .await
}
