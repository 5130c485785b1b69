use std::fmt;
use std::time::Duration;

use anyhow::{Context as _, bail};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How long an institution waits for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection to the centre, kept open from message to message (专线).
#[derive(Debug)]
pub struct Line {
    authority: String,
    token: String,
    open: Option<SendRequest<Full<Bytes>>>,
}

/// No answer came: what the centre did is not known, unless it was never reached.
#[derive(Debug)]
pub enum NoAnswer {
    /// No connection; the message was not sent.
    Unreached(std::io::Error),
    /// The connection broke before an answer was complete.
    Broken(hyper::Error),
    /// Nothing came in time.
    Late,
    /// The gateway turned the message away before the interface saw it.
    Turned {
        /// HTTP status.
        status: u16,
        /// What it said.
        text: String,
    },
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreached(cause) => write!(f, "连接不上：{cause}"),
            Self::Broken(cause) => write!(f, "连接中断：{cause}"),
            Self::Late => f.write_str("超时没有应答"),
            Self::Turned { status, text } => write!(f, "网关拒绝 {status}：{text}"),
        }
    }
}

impl std::error::Error for NoAnswer {}

impl Line {
    /// A line to a target such as `http://127.0.0.1:8080`, with the institution's bearer token or
    /// an empty one; connects with the first message.
    ///
    /// # Errors
    /// When the target is no HTTP address.
    pub fn to(target: &str, token: &str) -> anyhow::Result<Self> {
        let uri: Uri = target
            .parse()
            .with_context(|| format!("地址“{target}”无法理解"))?;
        let Some(host) = uri.host() else {
            bail!("地址“{target}”没有主机名");
        };
        if uri.scheme_str().is_some_and(|scheme| scheme != "http") {
            bail!("地址“{target}”不是http地址");
        }
        Ok(Self {
            authority: format!("{host}:{}", uri.port_u16().unwrap_or(80)),
            token: token.to_owned(),
            open: None,
        })
    }

    /// Posts a body and waits for the answer.
    ///
    /// # Errors
    /// [`NoAnswer`]; the next message opens a new connection.
    pub async fn post(&mut self, path: &str, body: Bytes) -> Result<Bytes, NoAnswer> {
        self.ask(Method::POST, path, body).await
    }

    /// Gets a page.
    ///
    /// # Errors
    /// [`NoAnswer`], also where there is no such page.
    pub async fn get(&mut self, path: &str) -> Result<Bytes, NoAnswer> {
        self.ask(Method::GET, path, Bytes::new()).await
    }

    async fn ask(&mut self, method: Method, path: &str, body: Bytes) -> Result<Bytes, NoAnswer> {
        let asked = tokio::time::timeout(PATIENCE, self.exchange(method, path, body)).await;
        let answer = asked.unwrap_or(Err(NoAnswer::Late));
        if answer.is_err() {
            self.open = None;
        }
        answer
    }

    async fn exchange(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<Bytes, NoAnswer> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, &self.authority)
            .header(CONTENT_TYPE, "application/json");
        if !self.token.is_empty() {
            request = request.header(wire::client::TOKEN_HEADER, &self.token);
        }
        let request = request
            .body(Full::new(body))
            .map_err(|cause| NoAnswer::Unreached(std::io::Error::other(cause)))?;
        let line = self.connected().await?;
        let response = line.send_request(request).await.map_err(NoAnswer::Broken)?;
        let status = response.status();
        let collected = response.into_body().collect().await;
        let bytes = collected.map_err(NoAnswer::Broken)?.to_bytes();
        if status.is_success() {
            return Ok(bytes);
        }
        let text = String::from_utf8_lossy(&bytes).chars().take(200).collect();
        Err(NoAnswer::Turned {
            status: status.as_u16(),
            text,
        })
    }

    async fn connected(&mut self) -> Result<&mut SendRequest<Full<Bytes>>, NoAnswer> {
        let usable = match &mut self.open {
            Some(open) => open.ready().await.is_ok(),
            None => false,
        };
        if !usable {
            self.open = None;
        }
        if self.open.is_none() {
            let stream = TcpStream::connect(&self.authority).await;
            let stream = stream.map_err(NoAnswer::Unreached)?;
            stream.set_nodelay(true).map_err(NoAnswer::Unreached)?;
            let (open, connection) = handshake(TokioIo::new(stream))
                .await
                .map_err(NoAnswer::Broken)?;
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "a line broke");
                }
            });
            self.open = Some(open);
        }
        let none = || NoAnswer::Unreached(std::io::ErrorKind::NotConnected.into());
        self.open.as_mut().ok_or_else(none)
    }
}
