use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::Service;

/// The built console. In a development build it is read from disk, in a release build it is inside.
#[derive(RustEmbed)]
#[folder = "../../console/dist"]
#[allow_missing = true]
struct Pages;

/// Said where the console was not built; everything else works without it.
const NO_CONSOLE: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
<title>统筹</title><body style=\"font-family:sans-serif;max-width:40em;margin:4em auto\">\
<h1>统筹</h1><p>服务正在运行，但控制台页面尚未构建。请在源码目录执行 \
<code>cargo xtask console</code>（需要 Node 20.19 或更新）后重新启动。</p>\
<p>The service is running; the console has not been built. Run <code>cargo xtask console</code>.\
</p></body></html>";

/// The console's files; any other path is one of its pages.
pub(crate) fn routes() -> Router<Arc<Service>> {
    Router::new().fallback(page)
}

async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return (StatusCode::NOT_FOUND, "没有这个地址").into_response();
    }
    if let Some(file) = Pages::get(path) {
        let forever = path.starts_with("assets/");
        let cache = if forever {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        return with_type(file, cache);
    }
    let is_page = !path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    match Pages::get("index.html") {
        Some(file) if is_page => with_type(file, "no-cache"),
        Some(_) => (StatusCode::NOT_FOUND, "没有这个文件").into_response(),
        None => (StatusCode::OK, Html(NO_CONSOLE)).into_response(),
    }
}

fn with_type(file: rust_embed::EmbeddedFile, cache: &'static str) -> Response {
    let kind = file.metadata.mimetype().to_owned();
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache.to_owned()),
    ];
    (headers, Body::from(file.data)).into_response()
}
