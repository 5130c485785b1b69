//! 事后审核：对本系统的结算单运行规则，增量、可重复。
//!
//! Rules that judge people run page by page over those whose record moved since they were last
//! looked at; each is read a year around the period, so windows that cross a month still close.
//! Rules about institutions and the whole batch run once over everybody of the period's months and
//! the year before. A finding belongs to the day its bill was settled.

mod batch;
mod charge;
mod judge;
mod people;
mod place;
mod run;

pub use run::AuditNight;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::audit::{Knowledge, Params, Rule};
use jiff::ToSpan;
use jiff::civil::Date;
use lines::Quality;

use super::finding::{RuleHeader, ScanHeader};
use super::record::{ScanCounts, added};
use crate::register::Actor;
use crate::{App, AuditBook, Error};

/// Days around a period that windows of rules may reach into.
const AROUND: i64 = 366;

/// What is to be audited (事后审核).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanAsk {
    /// First day of settlement.
    pub from: Date,
    /// Last day of settlement.
    pub to: Date,
    /// Everybody, and not only those whose record moved since.
    pub full: bool,
    /// Threads that judge; at least one.
    pub threads: usize,
}

/// What an audit of the service's own bills did (事后审核批次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRun {
    /// 批次编号.
    pub run: String,
    /// What it read and found.
    pub counts: ScanCounts,
    /// Rules that worked, by id.
    pub rules: Vec<String>,
    /// Rules that wait, and for what.
    pub waiting: Vec<(String, String)>,
    /// What was wrong with the data, and how often.
    pub problems: BTreeMap<String, u64>,
}

/// A run at work.
struct Running<'r> {
    actor: &'r Actor,
    ask: &'r ScanAsk,
    book: Arc<AuditBook>,
    run: String,
    quality: Quality,
    waiting: BTreeMap<&'static str, String>,
}

impl Running<'_> {
    /// The header for some rules and days of this run.
    fn header(&self, rules: &[&'static Rule], (from, to): (Date, Date)) -> ScanHeader {
        let (rules_edition, knowledge_edition) = editions(&self.book);
        ScanHeader {
            run: self.run.clone(),
            from,
            to,
            rules: rules.iter().map(|rule| rule_header(rule)).collect(),
            rules_edition,
            knowledge_edition,
        }
    }
}

impl App {
    /// Audits bills settled between two days (事后审核); run again it changes nothing.
    ///
    /// # Errors
    /// A refusal where the period is upside down; [`Error::Fault`] if the store fails: what was
    /// recorded before stays, and running again completes the rest.
    pub async fn audit_service(&self, actor: &Actor, ask: &ScanAsk) -> Result<ServiceRun, Error> {
        if ask.from > ask.to {
            let message = format!("审核期间{}至{}前后颠倒", ask.from, ask.to);
            return Err(Error::refused("audit_period", message));
        }
        let running =
            || Error::refused("audit_running", "已有一次审核在进行，请稍后再试".to_owned());
        let _alone = self.auditing.try_lock().map_err(|_| running())?;
        let mut running = Running {
            actor,
            ask,
            book: self.latest_book().await?,
            run: self.numbers.named("SH"),
            quality: Quality::default(),
            waiting: BTreeMap::new(),
        };
        let (judging, others) = self.rules_at_work(&mut running).await?;
        let all: Vec<&'static Rule> = judging.iter().chain(&others).copied().collect();
        let whole = running.header(&all, (ask.from, ask.to));
        self.weigh_rules(actor, &whole.rules).await?;
        let people = self.audit_people(&mut running, &judging).await?;
        let (batch, worked) = self.audit_batch(&mut running, &others).await?;
        let rules: Vec<&'static Rule> = judging.into_iter().chain(worked).collect();
        let header = running.header(&rules, (ask.from, ask.to));
        let counts = added(people, batch);
        let problems: BTreeMap<String, u64> = running
            .quality
            .problems()
            .map(|(name, problem)| (name.to_owned(), problem.count))
            .collect();
        let quality = serde_json::json!({ "problems": problems, "waiting": running.waiting });
        let ended = self.clock.now().max(actor.at);
        self.end_scan(actor, &header, counts, ended, &quality.to_string())
            .await?;
        Ok(ServiceRun {
            run: running.run,
            counts,
            rules: header.rules.into_iter().map(|rule| rule.id).collect(),
            waiting: running
                .waiting
                .into_iter()
                .map(|(rule, why)| (rule.to_owned(), why))
                .collect(),
            problems,
        })
    }

    /// The rules that judge people, and the others, among them those that wait for what a page of
    /// people does not have.
    async fn rules_at_work(
        &self,
        running: &mut Running<'_>,
    ) -> Result<(Vec<&'static Rule>, Vec<&'static Rule>), Error> {
        let (book, probe) = (Arc::clone(&running.book), charge::probe(self));
        let found = tokio::task::spawn_blocking(move || judge::sort_rules(&book, probe)).await;
        let sorted = found.map_err(|cause| Error::Bug(format!("sorting rules: {cause}")))?;
        running.quality.merge(sorted.quality);
        Ok((sorted.people, sorted.others))
    }
}

/// Every rule, as it is stored with findings.
fn rule_header(rule: &Rule) -> RuleHeader {
    RuleHeader {
        id: rule.id.to_owned(),
        version: i64::from(rule.version),
        name: rule.name.to_owned(),
        category: rule.category.name().to_owned(),
        strength: place::strength_of(rule.strength),
    }
}

/// The editions of rules and knowledge; a book that names none is known by the rules themselves.
fn editions(book: &AuditBook) -> (String, String) {
    let rules = match book.rules_edition.is_empty() {
        false => book.rules_edition.clone(),
        true => AuditBook::new(Knowledge::default(), Params::default()).rules_edition,
    };
    (rules, book.knowledge_edition.clone())
}

/// A period with the days around it that rules may look into.
fn around((from, to): (Date, Date)) -> (Date, Date) {
    let before = from.saturating_sub(AROUND.days());
    (before, to.saturating_add(AROUND.days()))
}
