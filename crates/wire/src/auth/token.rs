//! `apikey` header: a bearer token, no signature.

use super::{Caller, Credential, GatewayError, KeyKind, Request};

/// How much of a token may appear in logs.
const SHOWN: usize = 6;

pub(super) fn verify(
    request: &Request<'_>,
    lookup: impl Fn(KeyKind, &str) -> Option<Credential>,
) -> Result<Caller, GatewayError> {
    let token = request.wanted("apikey")?;
    let credential = lookup(KeyKind::Token, token)
        .ok_or_else(|| GatewayError::unauthorized("非法用户，apikey 无效"))?;
    Ok(Caller::Verified {
        kind: KeyKind::Token,
        key_id: token.chars().take(SHOWN).collect(),
        institution: credential.institution,
    })
}
