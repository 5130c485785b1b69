//! CSB bus: `_api_*` headers, HMAC-SHA1 over four of them, base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::{Caller, Credential, GatewayError, KeyKind, Request, mismatch, unknown_key};

pub(super) fn verify(
    request: &Request<'_>,
    lookup: impl Fn(KeyKind, &str) -> Option<Credential>,
) -> Result<Caller, GatewayError> {
    let name = request.wanted("_api_name")?;
    let version = request.wanted("_api_version")?;
    let timestamp = request.wanted("_api_timestamp")?;
    let key_id = request.wanted("_api_access_key")?;
    let signature = request.wanted("_api_signature")?;
    request.check_time(timestamp)?;
    let credential = lookup(KeyKind::AccessKey, key_id).ok_or_else(|| unknown_key(key_id))?;
    let signed = format!(
        "_api_access_key={key_id}&_api_name={name}\
         &_api_timestamp={timestamp}&_api_version={version}"
    );
    let signature = STANDARD.decode(signature).map_err(|_| mismatch())?;
    let mut mac =
        Hmac::<Sha1>::new_from_slice(credential.secret.as_bytes()).map_err(|_| mismatch())?;
    mac.update(signed.as_bytes());
    mac.verify_slice(&signature).map_err(|_| mismatch())?;
    Ok(Caller::Verified {
        kind: KeyKind::AccessKey,
        key_id: key_id.to_owned(),
        institution: credential.institution,
    })
}
