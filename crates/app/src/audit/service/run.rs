//! Who asks for a run: the night, or somebody of the agency.

use ::store::AuditRunRow;
use jiff::ToSpan;

use super::{ScanAsk, ServiceRun};
use crate::audit::Officer;
use crate::register::Actor;
use crate::{App, Error};

/// What a night did (夜间审核).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditNight {
    /// The run over this month and the last.
    pub run: ServiceRun,
    /// Doubts confirmed because nobody appealed in time.
    pub lapsed: usize,
}

impl App {
    /// The night's work (夜间审核): what came in this month and the last is audited, rules are
    /// weighed by what reviewers decided, and doubts whose term passed are confirmed.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails; the next night makes up for it.
    pub async fn audit_night(&self, actor: &Actor, threads: usize) -> Result<AuditNight, Error> {
        let to = actor.at.date();
        let ask = ScanAsk {
            from: to.first_of_month().saturating_sub(1.month()),
            to,
            full: false,
            threads,
        };
        let run = self.audit_service(actor, &ask).await?;
        let lapsed = self.lapse_doubts(actor).await?.len();
        Ok(AuditNight { run, lapsed })
    }

    /// Audits a period because somebody of the agency asks for it.
    ///
    /// # Errors
    /// [`Error::Denied`] to others; what [`App::audit_service`] refuses.
    pub async fn run_audit(&self, officer: &Officer, ask: &ScanAsk) -> Result<ServiceRun, Error> {
        officer.is_agency()?;
        self.audit_service(&officer.actor, ask).await
    }

    /// Runs of the audit, newest first.
    ///
    /// # Errors
    /// [`Error::Denied`] to institutions; [`Error::Fault`] if the store fails.
    pub async fn audit_runs(
        &self,
        officer: &Officer,
        limit: usize,
    ) -> Result<Vec<AuditRunRow>, Error> {
        officer.is_agency()?;
        Ok(self.store.audit_runs(officer.actor.area, limit).await?)
    }
}
