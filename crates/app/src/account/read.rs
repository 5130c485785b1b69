use store::{AccountEventRow, AccountProposalRow, AccountRow, FamilyRow, MovementRow};

use crate::office::Clerk;
use crate::{App, Error};

/// Everything about a person's account (个人账户档案).
#[derive(Debug, Clone)]
pub struct AccountFile {
    /// 姓名.
    pub name: String,
    /// Purses.
    pub accounts: Vec<AccountRow>,
    /// Movements, newest first.
    pub movements: Vec<MovementRow>,
    /// Whether older ones follow.
    pub more: bool,
    /// Grants by which others may use it.
    pub given: Vec<AccountGrant>,
    /// Grants by which the person may use others'.
    pub received: Vec<AccountGrant>,
    /// What happened beside bills, newest first.
    pub events: Vec<AccountEventRow>,
    /// What waits or waited for a second person.
    pub proposals: Vec<AccountProposalRow>,
}

/// A grant with the other person's number and name.
#[derive(Debug, Clone)]
pub struct AccountGrant {
    /// The other person.
    pub person_no: String,
    /// 姓名.
    pub name: String,
    /// The grant.
    pub row: FamilyRow,
}

/// Events shown at once.
const EVENTS: usize = 100;

impl App {
    /// Reads a person's account for the console and notes that it was read.
    ///
    /// # Errors
    /// [`Error::Missing`] where nobody has the number.
    pub async fn read_account(
        &self,
        clerk: &Clerk,
        person_no: &str,
        (skip, limit): (usize, usize),
    ) -> Result<AccountFile, Error> {
        let context = self.whole(clerk, person_no).await?;
        let context = context.ok_or_else(|| Error::missing("参保人", person_no))?;
        self.note(clerk, person_no, "read_account", "").await?;
        let (area, store) = (clerk.area, &self.store);
        let mut movements = store
            .account_movements_page(area, person_no, (skip, limit + 1))
            .await?;
        let more = movements.len() > limit;
        movements.truncate(limit);
        let mut received = Vec::new();
        for row in &context.family {
            received.push(AccountGrant {
                name: self.name_of(clerk, &row.sponsor).await?,
                person_no: row.sponsor.clone(),
                row: row.clone(),
            });
        }
        let mut given = Vec::new();
        for (member, row) in store.grants_given(area, person_no).await? {
            given.push(AccountGrant {
                name: self.name_of(clerk, &member).await?,
                person_no: member,
                row,
            });
        }
        Ok(AccountFile {
            name: context.person.name,
            accounts: context.accounts,
            movements,
            more,
            given,
            received,
            events: store.account_events(area, person_no, EVENTS).await?,
            proposals: store.account_proposals(area, person_no).await?,
        })
    }
}
