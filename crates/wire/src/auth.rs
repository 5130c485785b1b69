//! 网关鉴权：各地网关的请求头签名。
//!
//! Four kinds of signed requests are in use. Each is checked by a plain function over headers,
//! body and the time that the caller passes in; keys are looked up through a closure. Refusals are
//! the gateway's own error object, not the interface's reply.

use jiff::Timestamp;

use crate::Refusal;
use crate::json::quoted;
use crate::refusal::excerpt;

mod bus;
mod nonce;
mod replay;
mod stamped;
mod token;

pub use replay::ReplayWindow;

/// How far a request's time may lie from the gateway's.
pub const WINDOW_SECONDS: i64 = 30 * 60;

/// Which kind of key signed a request (密钥种类).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `_api_access_key` of the CSB bus.
    AccessKey,
    /// `x-tif-paasid`.
    PaasId,
    /// `x-ca-key`.
    CaKey,
    /// `apikey`: the key is its own secret.
    Token,
}

/// What the caller knows about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The institution that may act with the key (定点医药机构编号).
    pub institution: String,
    /// The shared secret; not used for [`KeyKind::Token`].
    pub secret: String,
}

/// Who sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// No known signature headers; only demo and sandbox let this pass.
    Unsigned,
    /// The signature is right.
    Verified {
        /// Which kind of key it was.
        kind: KeyKind,
        /// The key's public id; for a token only its first characters.
        key_id: String,
        /// The institution the key belongs to.
        institution: String,
    },
}

impl Caller {
    /// Refuses a message in the name of another institution than the key's.
    ///
    /// # Errors
    /// When the request was signed by another institution.
    pub fn may_speak_for(&self, institution: &str) -> Result<(), Refusal> {
        match self {
            Self::Verified {
                institution: own, ..
            } if own != institution => {
                let shown = excerpt(institution);
                Err(Refusal::new(format!(
                    "密钥不属于 fixmedins_code“{shown}”的机构"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// The gateway's error object (网关错误).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayError {
    /// The code, also the HTTP status.
    pub code: u16,
    /// The 中文 sentence.
    pub message: String,
}

impl GatewayError {
    /// A request that is not let in.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self {
            code: 401,
            message: message.into(),
        }
    }

    /// The object as the gateway sends it.
    pub fn to_json(&self) -> String {
        format!(
            "{{\"code\":{},\"message\":{}}}",
            self.code,
            quoted(&self.message)
        )
    }
}

/// One request as the verifiers see it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Headers; names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body as received.
    pub body: &'a [u8],
    /// The gateway's time.
    pub now: Timestamp,
}

impl<'a> Request<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }

    fn wanted(&self, name: &str) -> Result<&'a str, GatewayError> {
        let value = self.header(name).filter(|value| !value.is_empty());
        value.ok_or_else(|| GatewayError::unauthorized(format!("缺少服务网关的请求头：{name}")))
    }

    /// Checks a time given in seconds (10 digits) or milliseconds (13 digits).
    fn check_time(&self, text: &str) -> Result<(), GatewayError> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = text
            .parse()
            .ok()
            .filter(|_| digits)
            .ok_or_else(|| bad_time(text))?;
        let seconds = match text.len() {
            10 => number,
            13 => number / 1000,
            _ => return Err(bad_time(text)),
        };
        if (self.now.as_second() - seconds).abs() > WINDOW_SECONDS {
            return Err(GatewayError::unauthorized(format!(
                "签名时间戳超时：{}",
                excerpt(text)
            )));
        }
        Ok(())
    }
}

fn bad_time(text: &str) -> GatewayError {
    GatewayError::unauthorized(format!("签名时间戳格式错误：{}", excerpt(text)))
}

fn unknown_key(key_id: &str) -> GatewayError {
    GatewayError::unauthorized(format!("非法用户，密钥不存在：{}", excerpt(key_id)))
}

fn mismatch() -> GatewayError {
    GatewayError::unauthorized("签名不一致")
}

/// Whether two texts are equal, without telling by its duration where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .fold(0, |differing, (a, b)| differing | (a ^ b))
            == 0
}

/// Finds out which kind of signature a request carries and checks it.
///
/// `lookup` knows the keys. `seen` remembers nonces, and only those of requests that were rightly
/// signed, so that strangers cannot fill it.
///
/// # Errors
/// The gateway's refusal: a header is missing, the time is off, the key is unknown, the signature
/// is wrong, the nonce was used before.
pub fn authenticate(
    request: &Request<'_>,
    lookup: impl Fn(KeyKind, &str) -> Option<Credential>,
    seen: &mut ReplayWindow,
) -> Result<Caller, GatewayError> {
    if request.header("_api_signature").is_some() || request.header("_api_access_key").is_some() {
        return bus::verify(request, lookup);
    }
    if request.header("x-tif-signature").is_some() || request.header("x-tif-paasid").is_some() {
        return nonce::verify(request, lookup, seen);
    }
    if request.header("x-ca-signature").is_some() || request.header("x-ca-key").is_some() {
        return stamped::verify(request, lookup);
    }
    if request.header("apikey").is_some() {
        return token::verify(request, lookup);
    }
    Ok(Caller::Unsigned)
}

#[cfg(test)]
mod tests;
