use jiff::civil::DateTime;
use workflow::doubt::{Mover, Role, State, Verb};

use crate::office::{Clerk, clerk};
use crate::register::Actor;
use crate::{App, Error};

/// Who works on doubts: a clerk with the roles of the account, or an institution (审核办理人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// As signed in, with address and time.
    pub actor: Actor,
    /// 姓名.
    pub name: String,
    /// As what moves may be made.
    pub roles: Vec<Role>,
    /// The institution spoken for; only its doubts are seen then, from the notice on.
    pub institution: Option<String>,
}

/// What an account of a role may do about doubts; the same person never does two steps that need
/// two pairs of eyes, whatever the roles (supervision.md §1).
fn roles_of(role: &str) -> &'static [Role] {
    match role {
        "clerk" => &[Role::FirstReviewer, Role::SettlementClerk],
        "auditor" => &[
            Role::FirstReviewer,
            Role::SecondReviewer,
            Role::PanelSecretary,
        ],
        "admin" => &[
            Role::FirstReviewer,
            Role::SecondReviewer,
            Role::PanelSecretary,
            Role::SettlementClerk,
        ],
        _ => &[],
    }
}

/// Accounts of institutions.
const HOSPITAL: &str = "hospital";
/// Who may enter what an institution handed in on paper.
const ENTERS_FOR_OTHERS: &str = "admin";

impl App {
    /// Who a clerk is to doubts: an institution's account speaks for it; an administrator enters
    /// for `institution` what it handed in on paper.
    ///
    /// # Errors
    /// [`Error::Denied`] to others who name an institution, [`Error::Missing`] for an unknown one.
    pub async fn officer(
        &self,
        clerk: &Clerk,
        institution: Option<&str>,
    ) -> Result<Officer, Error> {
        let mut officer = Officer {
            actor: Actor::clerk(self, clerk),
            name: clerk.name.clone(),
            roles: roles_of(&clerk.role).to_vec(),
            institution: None,
        };
        let own = self.own_institution(clerk).await?;
        let named = institution.filter(|code| !code.is_empty());
        let code = match (own, named) {
            (None, None) => return Ok(officer),
            (Some(own), named) if named.is_none_or(|named| named == own) => own,
            (None, Some(named)) if clerk.role == ENTERS_FOR_OTHERS => named.to_owned(),
            _ => {
                let message = "只能办理本机构的疑点；代机构录入由管理人员办理".to_owned();
                return Err(Error::Denied(message));
            }
        };
        self.institution(&code)?;
        officer.actor.institution.clone_from(&code);
        officer.institution = Some(code);
        officer.roles = vec![Role::Institution];
        Ok(officer)
    }

    /// Who an account of this area is to doubts, for commands that name it (按用户名办理); the
    /// machine lets in who may use the database, so no password is asked.
    ///
    /// # Errors
    /// [`Error::Denied`] where there is no such account, or it is closed.
    pub async fn officer_named(&self, user: &str, at: DateTime) -> Result<Officer, Error> {
        let found = self.store.find_user(self.home, user).await?;
        let unknown = || Error::Denied(format!("没有用户“{user}”，或者已停用"));
        let row = found.filter(|row| row.active).ok_or_else(unknown)?;
        let mut officer = self.officer(&clerk(row, ""), None).await?;
        officer.actor.at = at;
        Ok(officer)
    }

    /// The institution that a clerk's account speaks for; none for somebody of the agency.
    ///
    /// # Errors
    /// [`Error::Denied`] where an institution's account names none.
    pub async fn own_institution(&self, clerk: &Clerk) -> Result<Option<String>, Error> {
        if clerk.role != HOSPITAL {
            return Ok(None);
        }
        let user = self.store.find_user(clerk.area, &clerk.user).await?;
        let code = user.map(|user| user.institution).unwrap_or_default();
        if code.is_empty() {
            let message = format!("用户{}没有对应的医药机构", clerk.user);
            return Err(Error::Denied(message));
        }
        Ok(Some(code))
    }
}

impl Officer {
    /// The system, where a clock runs out or a scan decides.
    pub fn system(actor: Actor) -> Self {
        Self {
            name: "系统".to_owned(),
            roles: vec![Role::Clock],
            institution: None,
            actor,
        }
    }

    /// As whom this officer makes a move; `workflow` refuses a role that may not.
    pub(super) fn mover(&self, verb: &Verb, from: State) -> Result<Mover, Error> {
        let needed = verb.role(from);
        let fitting = self.roles.iter().find(|role| **role == needed);
        let Some(role) = fitting.or(self.roles.first()) else {
            return Err(Error::Denied("没有办理审核疑点的岗位".to_owned()));
        };
        Ok(Mover {
            name: self.actor.name.clone(),
            role: *role,
        })
    }

    /// Whether this officer may look at the knowledge library.
    ///
    /// # Errors
    /// [`Error::Denied`] to institutions and to whom the audit is no work.
    pub fn reads_knowledge(&self) -> Result<(), Error> {
        self.is_agency()
    }

    /// Whether this officer may approve knowledge: a second reviewer.
    ///
    /// # Errors
    /// [`Error::Denied`] to others.
    pub fn decides_knowledge(&self) -> Result<(), Error> {
        if self.roles.contains(&Role::SecondReviewer) {
            return self.is_agency();
        }
        Err(Error::Denied("知识库由复审人员批准".to_owned()))
    }

    /// Whether this officer is somebody of the agency.
    ///
    /// # Errors
    /// [`Error::Denied`] to others.
    pub(super) fn is_agency(&self) -> Result<(), Error> {
        if self.institution.is_some() || self.roles.is_empty() {
            return Err(Error::Denied("由经办机构的审核人员办理".to_owned()));
        }
        Ok(())
    }
}
