use jiff::Span;
use jiff::civil::DateTime;
use store::{ActivationRow, TokenRow};

use crate::office::{Clerk, token_hash};
use crate::{App, Error};

/// The longest life of a token, in minutes.
const LONGEST: i64 = 24 * 60;

/// A token as it is handed out; only its hash is kept (令牌).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedToken {
    /// What the person shows.
    pub token: String,
    /// From when it is worth nothing.
    pub expires_at: DateTime,
}

/// A token of a sandbox: known to developers, accepted as often as they like (联调令牌).
pub fn lasting_token(person_no: &str, token: &str, issued_at: DateTime) -> TokenRow {
    TokenRow {
        person_no: person_no.to_owned(),
        token_hash: token_hash(token),
        channel: "sandbox".to_owned(),
        once: false,
        issued_at,
        expires_at: DateTime::constant(2999, 12, 31, 0, 0, 0, 0),
        read_at: None,
        read_by: String::new(),
        read_message: String::new(),
        used_at: None,
        used_by: String::new(),
        used_for: String::new(),
    }
}

impl App {
    /// Switches a person's electronic credential on, through a channel (医保码激活).
    ///
    /// Doing it again through the same channel changes nothing.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number; a refusal for an empty channel, or for
    /// somebody who has died.
    pub async fn activate_credential(
        &self,
        clerk: &Clerk,
        activation: ActivationRow,
    ) -> Result<Vec<ActivationRow>, Error> {
        let person_no = activation.person_no.clone();
        let known = self.whole(clerk, &person_no).await?;
        let known = known.ok_or_else(|| Error::missing("参保人", &person_no))?;
        if let Some(death) = known.person.death {
            let message = format!("{}已于{death}死亡，不能激活医保码", known.person.name);
            return Err(Error::refused("dead", message));
        }
        if activation.channel.trim().is_empty() {
            return Err(Error::refused("no_channel", "没有写明激活渠道"));
        }
        if !activation.institution.is_empty() {
            self.institution(&activation.institution)?;
        }
        self.note(clerk, &person_no, "activate_credential", "")
            .await?;
        self.store
            .put_activations(clerk.area, &[activation])
            .await?;
        Ok(self.store.activations(clerk.area, &person_no).await?)
    }

    /// Issues a token that is accepted once, for so many minutes (展码).
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number; a refusal where the credential was never
    /// activated or the life is out of bounds.
    pub async fn issue_token(
        &self,
        clerk: &Clerk,
        person_no: &str,
        minutes: i64,
    ) -> Result<IssuedToken, Error> {
        let known = self.whole(clerk, person_no).await?;
        known.ok_or_else(|| Error::missing("参保人", person_no))?;
        if !(1..=LONGEST).contains(&minutes) {
            let message = format!("令牌有效时间“{minutes}”分钟不在1至{LONGEST}分钟之间");
            return Err(Error::refused("bad_life", message));
        }
        let activations = self.store.activations(clerk.area, person_no).await?;
        let Some(last) = activations.last() else {
            let message = format!("参保人“{person_no}”没有激活医保码");
            return Err(Error::refused("not_activated", message));
        };
        let token: String = rand::random::<[u8; 16]>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let now = self.clock.now();
        let row = TokenRow {
            person_no: person_no.to_owned(),
            token_hash: token_hash(&token),
            channel: last.channel.clone(),
            once: true,
            issued_at: now,
            expires_at: now.checked_add(Span::new().minutes(minutes)).unwrap_or(now),
            read_at: None,
            read_by: String::new(),
            read_message: String::new(),
            used_at: None,
            used_by: String::new(),
            used_for: String::new(),
        };
        self.note(clerk, person_no, "issue_token", "").await?;
        self.store
            .put_tokens(clerk.area, std::slice::from_ref(&row))
            .await?;
        Ok(IssuedToken {
            token,
            expires_at: row.expires_at,
        })
    }
}
