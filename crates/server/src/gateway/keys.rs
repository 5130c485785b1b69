use app::{App, Institution};
use wire::auth::{Credential, KeyKind};

/// The credential behind a key, as the institutions under agreement have it.
pub fn credential(app: &App, kind: KeyKind, key: &str) -> Option<Credential> {
    let id = |one: &Institution| match kind {
        KeyKind::AccessKey | KeyKind::CaKey => one.keys.access.id == key,
        KeyKind::PaasId => one.keys.gateway.id == key,
        KeyKind::Token => one.keys.token == key,
    };
    let found = app.find_institution(|one| !key.is_empty() && id(one))?;
    let secret = match kind {
        KeyKind::AccessKey | KeyKind::CaKey => found.keys.access.secret.as_str(),
        KeyKind::PaasId => found.keys.gateway.secret.as_str(),
        KeyKind::Token => "",
    };
    Some(Credential {
        institution: found.code.clone(),
        secret: secret.to_owned(),
    })
}
