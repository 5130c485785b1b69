//! `x-tif-*` headers: SHA-256 over time, secret, nonce and time again, hexadecimal in either case.

use sha2::{Digest, Sha256};

use super::{Caller, Credential, GatewayError, KeyKind, ReplayWindow, Request};
use super::{mismatch, same, unknown_key};
use crate::fingerprint::hex;

pub(super) fn verify(
    request: &Request<'_>,
    lookup: impl Fn(KeyKind, &str) -> Option<Credential>,
    seen: &mut ReplayWindow,
) -> Result<Caller, GatewayError> {
    let key_id = request.wanted("x-tif-paasid")?;
    let timestamp = request.wanted("x-tif-timestamp")?;
    let nonce = request.wanted("x-tif-nonce")?;
    let signature = request.wanted("x-tif-signature")?;
    request.check_time(timestamp)?;
    let credential = lookup(KeyKind::PaasId, key_id).ok_or_else(|| unknown_key(key_id))?;
    let signed = format!("{timestamp}{}{nonce}{timestamp}", credential.secret);
    let wanted = hex(&Sha256::digest(signed.as_bytes()));
    if !same(wanted.as_bytes(), signature.to_ascii_lowercase().as_bytes()) {
        return Err(mismatch());
    }
    seen.remember(key_id, nonce, request.now)?;
    Ok(Caller::Verified {
        kind: KeyKind::PaasId,
        key_id: key_id.to_owned(),
        institution: credential.institution,
    })
}
