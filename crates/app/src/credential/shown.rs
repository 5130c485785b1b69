use jiff::civil::DateTime;
use store::{Answer, Commit, Context, CredentialUseRow, TokenPurpose, TokenRow, TokenUse};

use crate::facts::person_detail;
use crate::office::token_hash;
use crate::people::Identifier;
use crate::perform::ATTEMPTS;
use crate::{App, Call, Error};

/// A credential that was shown with a message and is the person's (已核验的凭证).
pub(crate) struct Shown {
    /// Document, card, electronic credential.
    proof: &'static str,
    /// The token, where it is one that can be spent.
    token: Option<TokenRow>,
}

impl Shown {
    /// Spends the token on the visit that a commit opens or settles, and notes by what the person
    /// of a settlement was identified.
    pub fn spend(&self, call: &Call, commit: &mut Commit) {
        let institution = &call.institution.code;
        if let (Some(token), Some(visit)) = (&self.token, &commit.visit)
            && token.used_for.is_empty()
        {
            commit.token = Some(TokenUse {
                token_hash: token.token_hash.clone(),
                institution: institution.clone(),
                at: call.at,
                purpose: TokenPurpose::Visit(visit.visit_id.clone()),
            });
        }
        if let Some(settlement) = &commit.settlement {
            commit.credential_use = Some(CredentialUseRow {
                settlement_id: settlement.settlement_id.clone(),
                proof: self.proof.to_owned(),
                institution: institution.clone(),
                used_at: call.at,
            });
        }
    }
}

impl App {
    /// Checks that the credential shown with a message is the person's, and good for the visit.
    ///
    /// # Errors
    /// A refusal where it is somebody else's, expired, or spent on something else.
    pub(crate) async fn shown(
        &self,
        call: &Call,
        context: &Context,
        visit_id: Option<&str>,
    ) -> Result<Option<Shown>, Error> {
        let Some(credential) = &call.credential else {
            return Ok(None);
        };
        let person_no = context.person.person_no.as_str();
        if let Identifier::Credential(token) = credential {
            let row = self.token(call, token).await?;
            if row.person_no != person_no {
                return Err(other_person(&hidden(token), person_no));
            }
            self.check_visit(call, &row, visit_id)?;
            return Ok(Some(Shown {
                proof: credential.kind(),
                token: Some(row).filter(|row| row.once),
            }));
        }
        let known = person_detail(&context.person.marks)?.document;
        let is_own = matches!(credential, Identifier::Document(number)
            if number.eq_ignore_ascii_case(&known));
        if !is_own
            && self.named_by_identifier(call, credential).await?.as_deref() != Some(person_no)
        {
            return Err(other_person(credential.value(), person_no));
        }
        Ok(Some(Shown {
            proof: credential.kind(),
            token: None,
        }))
    }

    async fn named_by_identifier(
        &self,
        call: &Call,
        by: &Identifier,
    ) -> Result<Option<String>, Error> {
        if let Identifier::Number(number) = by {
            return Ok(Some(number.clone()));
        }
        let found = self.store.find_person_no(call.area, by.kind(), by.value());
        Ok(found.await?)
    }

    /// The person whom a token names; looking up by it is possible once (令牌识读).
    ///
    /// # Errors
    /// [`Error::Missing`] for a token nobody was issued; a refusal where it is expired, was read
    /// before, or is spent. Repeating the message that read it is the same reading.
    pub(crate) async fn read_token(&self, call: &Call, token: &str) -> Result<String, Error> {
        for _ in 0..ATTEMPTS {
            let row = self.token(call, token).await?;
            let message = call.message.as_ref().map_or("", |message| &message.number);
            let again = row.read_by == call.institution.code && row.read_message == message;
            if !row.once || (row.read_at.is_some() && again) {
                return Ok(row.person_no);
            }
            let before = first_use(&row);
            if let Some((at, by)) = before {
                return Err(self.spent(at, by));
            }
            expired(call, &row)?;
            let mut commit = Commit::new(call.area, row.person_no.as_str());
            commit.token = Some(TokenUse {
                token_hash: row.token_hash.clone(),
                institution: call.institution.code.clone(),
                at: call.at,
                purpose: TokenPurpose::Read(message.to_owned()),
            });
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(row.person_no);
            }
        }
        Err(Error::Busy)
    }

    async fn token(&self, call: &Call, token: &str) -> Result<TokenRow, Error> {
        let found = self.store.find_token(call.area, &token_hash(token)).await?;
        found.ok_or_else(|| Error::missing("医保码令牌", hidden(token)))
    }

    /// A token is good for the visit it was spent on, else only fresh: never spent, not read by
    /// another institution, and not expired unless it was read here today.
    fn check_visit(
        &self,
        call: &Call,
        row: &TokenRow,
        visit_id: Option<&str>,
    ) -> Result<(), Error> {
        if !row.once {
            return expired(call, row);
        }
        if let Some(at) = row.used_at {
            return match visit_id {
                Some(visit) if row.used_for == visit => Ok(()),
                _ => Err(self.spent(at, &row.used_by)),
            };
        }
        match row.read_at {
            Some(at) if row.read_by != call.institution.code => Err(self.spent(at, &row.read_by)),
            Some(at) if at.date() == call.at.date() => Ok(()),
            _ => expired(call, row),
        }
    }

    fn spent(&self, at: DateTime, institution: &str) -> Error {
        let known = self.institution(institution);
        let place = known.map_or_else(|_| institution.to_owned(), |known| known.name.clone());
        let at = at.strftime("%Y-%m-%d %H:%M:%S");
        let message = format!("医保码令牌已于{at}在“{place}”使用，只能使用一次");
        Error::refused("token_spent", message)
    }
}

/// When and where a token was first used.
fn first_use(row: &TokenRow) -> Option<(DateTime, &str)> {
    let read = row.read_at.map(|at| (at, row.read_by.as_str()));
    read.or_else(|| row.used_at.map(|at| (at, row.used_by.as_str())))
}

fn expired(call: &Call, row: &TokenRow) -> Result<(), Error> {
    if call.at < row.expires_at {
        return Ok(());
    }
    let at = row.expires_at.strftime("%Y-%m-%d %H:%M:%S");
    let message = format!("医保码令牌已于{at}失效，请重新展码");
    Err(Error::refused("token_expired", message))
}

fn other_person(shown: &str, person_no: &str) -> Error {
    let message = format!("就诊凭证编号“{shown}”不是人员编号“{person_no}”的凭证");
    Error::refused("other_credential", message)
}

/// A token as it may be named: whoever reads it later cannot use it.
fn hidden(token: &str) -> String {
    let (head, tail) = (token.chars().take(4), token.chars().rev().take(2));
    let tail: String = tail.collect::<Vec<_>>().into_iter().rev().collect();
    format!("{}…{tail}", head.collect::<String>())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_token_is_named_by_its_ends() {
        assert_eq!(hidden("0123456789abcdef"), "0123…ef");
        assert_eq!(hidden("长"), "长…长");
    }
}
