//! The rules about people, page by page over those whose record moved.

use std::sync::Arc;

use ::audit::Rule;
use ::store::{AuditDue, AuditWindow};
use jiff::civil::Date;

use super::charge::Charge;
use super::{Running, ScanAsk, around, judge};
use crate::audit::record::{ScanCounts, added};
use crate::audit::{NewFinding, ScanHeader, ScanPage};
use crate::{App, Error};

/// People read and judged at once: bounds the memory of a run.
const PAGE: usize = 2_000;

impl App {
    /// Judges people by rules that look at one after another, and records what was found.
    pub(super) async fn audit_people(
        &self,
        running: &mut Running<'_>,
        rules: &[&'static Rule],
    ) -> Result<ScanCounts, Error> {
        let period = (running.ask.from, running.ask.to);
        let header = running.header(rules, period);
        let edition = format!("{}-{}", header.rules_edition, header.knowledge_edition);
        let (area, mut after) = (running.actor.area, String::new());
        let mut sum = ScanCounts::default();
        loop {
            let page = self.store.audit_due(area, period, &after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(sum);
            };
            after.clone_from(&last.person_no);
            let due = page
                .into_iter()
                .filter(|due| running.ask.full || !looked_at(due, running.ask, &edition));
            let due: Vec<String> = due.map(|due| due.person_no).collect();
            if !due.is_empty() {
                let counts = self.audit_page(running, (&header, rules), &due).await?;
                sum = added(sum, counts);
            }
        }
    }

    async fn audit_page(
        &self,
        running: &mut Running<'_>,
        (header, rules): (&ScanHeader, &[&'static Rule]),
        people: &[String],
    ) -> Result<ScanCounts, Error> {
        let (from, to) = around((header.from, header.to));
        let window = AuditWindow {
            from,
            to,
            unsettled: false,
        };
        let area = running.actor.area;
        let records = self.store.audit_records(area, people, window).await?;
        let mut page = ScanPage::default();
        let mut charge = Charge::new(self);
        for record in &records {
            let (bills, lines) = charge.push(record, (header.from, header.to));
            page.bills += bills;
            page.lines += lines;
            let number = record.person.person_no.clone();
            page.people.push((number, record.version));
        }
        drop(records);
        let (book, rules) = (Arc::clone(&running.book), rules.to_vec());
        let (charged, threads) = (charge.finish(), running.ask.threads);
        let judging = move || judge::judge_people(&book, &rules, charged, threads);
        let judged = tokio::task::spawn_blocking(judging).await;
        let judged = judged.map_err(|cause| Error::Bug(format!("judging people: {cause}")))??;
        running.quality.merge(judged.quality);
        page.findings = judged.findings;
        let (header, findings) = worked(header, &judged.worked, page.findings);
        page.findings = findings;
        self.record_page(running.actor, &header, &page).await
    }
}

/// Only the rules that worked say something of earlier findings.
pub(super) fn worked(
    header: &ScanHeader,
    worked: &[bool],
    mut findings: Vec<NewFinding>,
) -> (ScanHeader, Vec<NewFinding>) {
    let mut places = Vec::with_capacity(worked.len());
    let mut rules = Vec::with_capacity(worked.len());
    for (rule, works) in header.rules.iter().zip(worked) {
        places.push(rules.len());
        if *works {
            rules.push(rule.clone());
        }
    }
    for finding in &mut findings {
        finding.rule = places[finding.rule];
    }
    let header = ScanHeader {
        rules,
        ..header.clone()
    };
    (header, findings)
}

/// Whether the person was looked at as they are now, by these rules, over these days. A look up to
/// its own day holds for later days too: a new bill would have moved the record.
fn looked_at(due: &AuditDue, ask: &ScanAsk, edition: &str) -> bool {
    let Some(scan) = &due.scan else {
        return false;
    };
    let open: Date = scan.scanned_at.date();
    let until = scan.to >= ask.to || scan.to >= open;
    scan.version == due.version && scan.edition == edition && scan.from <= ask.from && until
}
