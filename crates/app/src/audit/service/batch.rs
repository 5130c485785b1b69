//! The rules about institutions and the whole batch, over everybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::audit::Rule;
use ::store::AuditWindow;
use jiff::ToSpan;
use jiff::civil::Date;

use super::charge::Charge;
use super::people::worked;
use super::{AROUND, Running, judge};
use crate::audit::record::{ScanCounts, added};
use crate::audit::{NewFinding, ScanHeader, ScanPage};
use crate::{App, Error};

/// People read at once; only their columns stay.
const PAGE: usize = 2_000;
/// Owners recorded at once.
const OWNERS: usize = 500;

impl App {
    /// Judges the months of the period by the other rules; the rules that worked come along.
    pub(super) async fn audit_batch(
        &self,
        running: &mut Running<'_>,
        rules: &[&'static Rule],
    ) -> Result<(ScanCounts, Vec<&'static Rule>), Error> {
        let months = whole_months(running.ask.from, running.ask.to);
        let header = running.header(rules, months);
        let charge = self.everybody(running, months).await?;
        let (book, asked) = (Arc::clone(&running.book), rules.to_vec());
        let (charged, threads) = (charge.finish(), running.ask.threads);
        let judging = move || judge::judge_batch(&book, &asked, charged, threads);
        let judged = tokio::task::spawn_blocking(judging).await;
        let judged =
            judged.map_err(|cause| Error::Bug(format!("judging the batch: {cause}")))??;
        running.waiting.extend(judged.waiting);
        running.quality.merge(judged.quality);
        let at_work = rules.iter().zip(&judged.worked);
        let at_work: Vec<&'static Rule> = at_work
            .filter(|(_, works)| **works)
            .map(|(rule, _)| *rule)
            .collect();
        let (header, findings) = worked(&header, &judged.worked, judged.findings);
        let counts = self.record_batch(running, &header, findings).await?;
        Ok((counts, at_work))
    }

    /// The columns of everybody with a bill in the months or the year before.
    async fn everybody(
        &self,
        running: &mut Running<'_>,
        (from, to): (Date, Date),
    ) -> Result<Charge, Error> {
        let window = AuditWindow {
            from: from.saturating_sub(AROUND.days()),
            to,
            unsettled: false,
        };
        let (area, mut after) = (running.actor.area, String::new());
        let mut charge = Charge::new(self);
        loop {
            let span = (window.from, window.to);
            let page = self.store.audit_due(area, span, &after, PAGE).await?;
            let Some(last) = page.last() else {
                charge.take_feeds(self, area, (from, to)).await?;
                return Ok(charge);
            };
            after.clone_from(&last.person_no);
            let people: Vec<String> = page.into_iter().map(|due| due.person_no).collect();
            for record in self.store.audit_records(area, &people, window).await? {
                charge.push(&record, (from, to));
            }
        }
    }

    async fn record_batch(
        &self,
        running: &Running<'_>,
        header: &ScanHeader,
        mut findings: Vec<NewFinding>,
    ) -> Result<ScanCounts, Error> {
        let rules: Vec<String> = header.rules.iter().map(|rule| rule.id.clone()).collect();
        let days = (header.from, header.to);
        let area = running.actor.area;
        let before = self.store.audit_finding_owners(area, &rules, days).await?;
        let found = findings.iter().map(|finding| finding.owner().to_owned());
        let owners: BTreeSet<String> = before.into_iter().chain(found).collect();
        let owners: Vec<String> = owners.into_iter().collect();
        findings.sort_by(|a, b| a.owner().cmp(b.owner()));
        let mut sum = ScanCounts::default();
        for some in owners.chunks(OWNERS) {
            let (first, last) = (&some[0], &some[some.len() - 1]);
            let begin = findings.partition_point(|one| one.owner() < first.as_str());
            let end = findings.partition_point(|one| one.owner() <= last.as_str());
            let page = ScanPage {
                beside: some.to_vec(),
                findings: findings[begin..end].to_vec(),
                ..ScanPage::default()
            };
            let counts = self.record_page(running.actor, header, &page).await?;
            sum = added(sum, counts);
        }
        Ok(sum)
    }
}

/// The whole months that a period touches: institutions are judged by the month.
fn whole_months(from: Date, to: Date) -> (Date, Date) {
    (from.first_of_month(), to.last_of_month())
}
