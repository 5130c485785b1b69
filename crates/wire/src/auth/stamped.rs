//! `x-ca-*` headers: milliseconds and an HMAC-SM3 that covers the body, joined by a colon.

use hmac::{Hmac, KeyInit, Mac};
use sm3::Sm3;

use super::{Caller, Credential, GatewayError, KeyKind, Request, mismatch, same, unknown_key};
use crate::fingerprint::hex;

pub(super) fn verify(
    request: &Request<'_>,
    lookup: impl Fn(KeyKind, &str) -> Option<Credential>,
) -> Result<Caller, GatewayError> {
    let key_id = request.wanted("x-ca-key")?;
    let (timestamp, signature) = request
        .wanted("x-ca-signature")?
        .split_once(':')
        .ok_or_else(mismatch)?;
    request.check_time(timestamp)?;
    let credential = lookup(KeyKind::CaKey, key_id).ok_or_else(|| unknown_key(key_id))?;
    let mut mac =
        Hmac::<Sm3>::new_from_slice(credential.secret.as_bytes()).map_err(|_| mismatch())?;
    mac.update(timestamp.as_bytes());
    mac.update(b"\n");
    mac.update(request.body);
    let wanted = hex(&mac.finalize().into_bytes());
    if !same(wanted.as_bytes(), signature.to_ascii_lowercase().as_bytes()) {
        return Err(mismatch());
    }
    Ok(Caller::Verified {
        kind: KeyKind::CaKey,
        key_id: key_id.to_owned(),
        institution: credential.institution,
    })
}
