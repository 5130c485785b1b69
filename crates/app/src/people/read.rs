use store::{AccessRow, Commit, Context};

use crate::facts::{Desk, PersonDetail, person_detail};
use crate::{App, Call, Error};

/// A person as one read shows them.
pub struct PersonView {
    /// Everything the store holds that decisions need.
    pub context: Context,
    /// The details kept beside the columns.
    pub detail: PersonDetail,
}

impl App {
    /// Reads a person for an institution and logs that it did (调阅留痕).
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number.
    pub async fn read_person(
        &self,
        call: &Call,
        person_no: &str,
        action: &str,
    ) -> Result<PersonView, Error> {
        let context = self.context(call, person_no, None).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", person_no))?;
        self.log(call, person_no, action, "", "read").await?;
        let detail = person_detail(&context.person.marks)?;
        Ok(PersonView { context, detail })
    }

    /// Writes a line of the access log (操作留痕).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn log(
        &self,
        call: &Call,
        person_no: &str,
        action: &str,
        target: &str,
        result: &str,
    ) -> Result<(), Error> {
        let mut commit = Commit::new(call.area, person_no);
        commit.access = Some(self.access_row(call, action, target, result));
        self.store.commit(commit).await?;
        Ok(())
    }

    pub(crate) fn access_row(
        &self,
        call: &Call,
        action: &str,
        target: &str,
        result: &str,
    ) -> AccessRow {
        AccessRow {
            log_id: self.numbers.named("L"),
            at: call.at,
            actor_kind: "institution".to_owned(),
            actor: call.operator.clone(),
            institution: call.institution.code.clone(),
            action: action.to_owned(),
            target: target.to_owned(),
            result: result.to_owned(),
            address: call.address.clone(),
            detail: "{}".to_owned(),
        }
    }
}

impl PersonView {
    /// The view as decisions see it.
    pub fn desk<'a>(&'a self, app: &'a App, call: &'a Call) -> Desk<'a> {
        Desk {
            app,
            call,
            context: &self.context,
        }
    }
}
