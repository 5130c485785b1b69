use store::{Answer, Commit, DischargeChange, DischargeRow};

use super::ListState;
use crate::office::Clerk;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

impl App {
    /// Approves a submitted list, or sends it back with a reason (清单审核).
    ///
    /// # Errors
    /// [`Error::Missing`] for an unknown number; a refusal where it is not submitted or a reason is
    /// missing.
    pub async fn review_list(
        &self,
        clerk: &Clerk,
        list_id: &str,
        approve: bool,
        reason: &str,
    ) -> Result<DischargeRow, Error> {
        if !approve && reason.trim().is_empty() {
            return Err(Error::refused("no_reason", "退回清单须写明理由"));
        }
        let actor = Actor::clerk(self, clerk);
        for _ in 0..ATTEMPTS {
            let found = self.store.discharge(clerk.area, list_id).await?;
            let row = found.ok_or_else(|| Error::missing("结算清单", list_id))?;
            let state = ListState::of(&row.state)?;
            if state != ListState::Submitted {
                let message = format!("清单“{list_id}”{}，不能审核", state.zh());
                return Err(Error::refused("list_state", message));
            }
            let next = match approve {
                true => ListState::Approved,
                false => ListState::Rejected,
            };
            let row = DischargeRow {
                version: row.version + 1,
                state: next.word().to_owned(),
                ..row
            };
            let mut commit = Commit::new(clerk.area, row.person_no.as_str());
            commit.discharge = Some(DischargeChange {
                row: row.clone(),
                findings: Vec::new(),
                groups: Vec::new(),
            });
            let mut access = actor.access(self, "review_list", list_id, next.word());
            access.detail = serde_json::json!({ "reason": reason }).to_string();
            commit.access = Some(access);
            if self.store.commit(commit).await? == Answer::Done {
                return Ok(row);
            }
        }
        Err(Error::Busy)
    }
}
