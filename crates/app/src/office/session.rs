use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::Span;
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use store::{AccessRow, Commit, SessionRow, UserRow};
use terms::AreaCode;

use crate::{App, Error};

/// How long a session lasts without being begun again.
const SESSION_HOURS: i64 = 10;

/// Somebody signed in at the console (经办人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clerk {
    /// Whose register and books are shown.
    pub area: AreaCode,
    /// 用户名.
    pub user: String,
    /// 姓名.
    pub name: String,
    /// What the user may do.
    pub role: String,
    /// From where.
    pub address: String,
}

/// The text by which a password is kept and recognised.
///
/// # Errors
/// [`Error::Bug`] where the machine has no randomness or memory to do it.
pub fn hash_password(password: &str) -> Result<String, Error> {
    let salt: [u8; 16] = rand::random();
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|cause| Error::Bug(format!("hash a password: {cause}")))
}

/// What the store keeps of a session token; the token itself is only in the browser.
pub(crate) fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl App {
    /// Signs a user in at the console and returns the token of the session.
    ///
    /// An unknown user takes as long as a wrong password, and gets the same answer.
    ///
    /// # Errors
    /// [`Error::Denied`] for a wrong name or password.
    pub async fn sign_in(
        &self,
        user: &str,
        password: &str,
        address: &str,
    ) -> Result<(String, Clerk), Error> {
        let known = self
            .store
            .find_user(self.home, user)
            .await?
            .filter(|user| user.active);
        let kept = known.as_ref().map(|user| user.password_hash.clone());
        let given = password.to_owned();
        let matches = tokio::task::spawn_blocking(move || matches(kept.as_deref(), &given));
        let right = matches
            .await
            .map_err(|cause| Error::Bug(format!("a password: {cause}")))?;
        let Some(row) = known.filter(|_| right) else {
            return Err(Error::Denied("用户名或口令不对".to_owned()));
        };
        let token = hex(&rand::random::<[u8; 32]>());
        let now = self.clock.now();
        let session = SessionRow {
            token_hash: token_hash(&token),
            user_name: row.user_name.clone(),
            created_at: now,
            expires_at: later(now),
        };
        self.store.sweep_sessions(self.home, now).await?;
        self.store.open_session(self.home, &session).await?;
        Ok((token, clerk(row, address)))
    }

    /// Who holds the token, while the session lasts.
    ///
    /// # Errors
    /// [`Error::Denied`] where nobody does.
    pub async fn clerk(&self, token: &str, address: &str) -> Result<Clerk, Error> {
        let now = self.clock.now();
        let found = self
            .store
            .find_session(self.home, &token_hash(token), now)
            .await?;
        let (_, user) = found.ok_or_else(|| Error::Denied("请先登录".to_owned()))?;
        Ok(clerk(user, address))
    }

    /// Ends the session of a token.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        Ok(self
            .store
            .close_session(self.home, &token_hash(token))
            .await?)
    }

    /// Notes that a clerk looked at a person's record (调阅留痕).
    pub(crate) async fn note(
        &self,
        clerk: &Clerk,
        person_no: &str,
        action: &str,
        target: &str,
    ) -> Result<(), Error> {
        let mut commit = Commit::new(clerk.area, person_no);
        commit.access = Some(AccessRow {
            log_id: self.numbers.named("L"),
            at: self.clock.now(),
            actor_kind: "console".to_owned(),
            actor: clerk.user.clone(),
            institution: String::new(),
            action: action.to_owned(),
            target: target.to_owned(),
            result: "read".to_owned(),
            address: clerk.address.clone(),
            detail: "{}".to_owned(),
        });
        self.store.commit(commit).await?;
        Ok(())
    }
}

fn matches(kept: Option<&str>, password: &str) -> bool {
    match kept {
        Some(hash) => Argon2::default()
            .verify_password(password.as_bytes(), hash)
            .is_ok(),
        None => {
            let _ = hash_password(password);
            false
        }
    }
}

fn later(now: DateTime) -> DateTime {
    now.checked_add(Span::new().hours(SESSION_HOURS))
        .unwrap_or(now)
}

/// An account as somebody who works from an address.
pub(crate) fn clerk(user: UserRow, address: &str) -> Clerk {
    Clerk {
        area: user.area,
        user: user.user_name,
        name: user.display_name,
        role: user.role,
        address: address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_password_is_recognised_and_no_other() {
        let kept = hash_password("口令-1").unwrap();
        assert!(!kept.contains("口令"));
        assert!(matches(Some(&kept), "口令-1"));
        assert!(!matches(Some(&kept), "口令-2"));
        assert!(!matches(Some("no hash at all"), "口令-1"));
        assert!(!matches(None, "口令-1"));
    }
}
