use std::pin::Pin;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, header};

/// The largest message that is read.
pub const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// How much of a larger one is thrown away, so that its sender gets to read the refusal.
const DRAINED: usize = 64 * 1024 * 1024;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is larger than [`BODY_LIMIT`].
    TooLarge,
    /// The connection broke, or did not follow the protocol.
    Broken,
}

/// Reads a body that is not too large.
pub async fn read(mut body: Body, headers: &HeaderMap) -> Result<Vec<u8>, Unread> {
    let mut read = Vec::with_capacity(announced(headers).min(BODY_LIMIT));
    let mut seen = 0_usize;
    loop {
        let next = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        match next.await {
            None if seen > BODY_LIMIT => return Err(Unread::TooLarge),
            None => return Ok(read),
            Some(Err(_)) => return Err(Unread::Broken),
            Some(Ok(frame)) => {
                let Ok(data) = frame.into_data() else {
                    continue;
                };
                seen = seen.saturating_add(data.len());
                if seen > DRAINED {
                    return Err(Unread::TooLarge);
                }
                if seen <= BODY_LIMIT {
                    read.extend_from_slice(&data);
                } else {
                    read = Vec::new();
                }
            }
        }
    }
}

fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse().ok());
    length.unwrap_or(2048)
}
