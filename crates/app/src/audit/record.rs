use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::store::{Answer, AuditCommit, AuditFindingRow, AuditRunRow, AuditScanRow, DoubtRow};
use jiff::civil::DateTime;

use super::finding::{NewFinding, RuleHeader, ScanHeader, ScanPage};
use super::officer::Officer;
use super::opening::{Counts, counted, finding_row};
use super::shares::Shares;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// What a scan read and did (审核批次计数).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScanCounts {
    /// People read.
    pub people: i64,
    /// Settlements read.
    pub bills: i64,
    /// Lines read.
    pub lines: i64,
    /// Findings that hold.
    pub found: i64,
    /// Of these never seen before.
    pub fresh: i64,
    /// Earlier findings that no longer hold.
    pub gone: i64,
}

/// Everything kept of the owners of a page.
struct Known {
    findings: HashMap<String, AuditFindingRow>,
    doubts: HashMap<String, DoubtRow>,
    shares: Shares,
    versions: Vec<(String, i64)>,
}

impl App {
    /// Records a whole scan, page by page, and the scan itself (审核入库).
    ///
    /// Recorded again it changes nothing but the number of the last scan: a finding is known by
    /// rule, version and target. A finding of these owners and days that this scan's rules no
    /// longer make is let go, and its doubt withdrawn unless the institution was notified.
    ///
    /// # Errors
    /// [`Error::Fault`] where the store fails; pages recorded before stay, and recording again
    /// completes the rest.
    pub async fn record_scan(
        &self,
        actor: &Actor,
        header: &ScanHeader,
        pages: &[ScanPage],
    ) -> Result<ScanCounts, Error> {
        let mut sum = ScanCounts::default();
        for page in pages {
            sum = added(sum, self.record_page(actor, header, page).await?);
        }
        self.end_scan(actor, header, sum, actor.at, "{}").await?;
        Ok(sum)
    }

    /// Records some owners of a scan; all of them or nobody.
    ///
    /// # Errors
    /// [`Error::Fault`] where the store fails, [`Error::Busy`] where others keep changing the same
    /// owners.
    pub async fn record_page(
        &self,
        actor: &Actor,
        header: &ScanHeader,
        page: &ScanPage,
    ) -> Result<ScanCounts, Error> {
        let mut sum = ScanCounts {
            people: count(page.people.len()),
            bills: page.bills,
            lines: page.lines,
            ..ScanCounts::default()
        };
        for _ in 0..ATTEMPTS {
            let (commit, counts) = self.compared(actor, header, page).await?;
            if self.store.record_audit(&commit).await? == Answer::Done {
                (sum.found, sum.fresh, sum.gone) = (counts.found, counts.fresh, counts.gone);
                return Ok(sum);
            }
        }
        Err(Error::Busy)
    }

    /// Notes that a scan ended, with what it read.
    ///
    /// # Errors
    /// [`Error::Fault`] where the store fails.
    pub async fn end_scan(
        &self,
        actor: &Actor,
        header: &ScanHeader,
        sum: ScanCounts,
        ended_at: DateTime,
        quality: &str,
    ) -> Result<(), Error> {
        let mut commit = AuditCommit::new(actor.area);
        commit.runs.push(AuditRunRow {
            run: header.run.clone(),
            moment: "after".to_owned(),
            from: header.from,
            to: header.to,
            started_at: actor.at,
            ended_at,
            run_by: actor.name.clone(),
            edition: self.law.book.edition.as_str().to_owned(),
            rules_edition: header.rules_edition.clone(),
            knowledge_edition: header.knowledge_edition.clone(),
            rules: count(header.rules.len()),
            people: sum.people,
            bills: sum.bills,
            lines: sum.lines,
            found: sum.found,
            fresh: sum.fresh,
            gone: sum.gone,
            quality: quality.to_owned(),
        });
        let access = actor.access(self, "audit_scan", &header.run, "done");
        commit.access.push((String::new(), access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(()),
            _ => {
                let message = format!("审核批次{}已经记过", header.run);
                Err(Error::refused("scan_recorded", message))
            }
        }
    }

    async fn kept_of(&self, actor: &Actor, page: &ScanPage) -> Result<Known, Error> {
        let people = page.people.iter().map(|(person, _)| person);
        let found = page
            .findings
            .iter()
            .map(|finding| finding.owner().to_owned());
        let owners: BTreeSet<String> = people
            .chain(&page.institutions)
            .chain(&page.beside)
            .cloned()
            .chain(found)
            .collect();
        let owners: Vec<String> = owners.into_iter().collect();
        let area = actor.area;
        let versions = self.store.audit_versions(area, &owners).await?;
        let findings = self.store.audit_findings_of(area, &owners).await?;
        let doubts = self.store.doubts_of(area, &owners).await?;
        let concerned = page
            .findings
            .iter()
            .map(|finding| finding.person_no.clone());
        let concerned: BTreeSet<String> = concerned.filter(|person| !person.is_empty()).collect();
        let concerned: Vec<String> = concerned.into_iter().collect();
        Ok(Known {
            findings: keyed(findings, |row| row.finding.clone()),
            doubts: keyed(doubts, |row| row.finding.clone()),
            shares: self.shares(area, &concerned).await?,
            versions,
        })
    }

    async fn compared(
        &self,
        actor: &Actor,
        header: &ScanHeader,
        page: &ScanPage,
    ) -> Result<(AuditCommit, Counts), Error> {
        let officer = Officer::system(actor.clone());
        let known = self.kept_of(actor, page).await?;
        let standings = self.standings(actor.area, actor.at.date()).await?;
        let mut commit = AuditCommit::new(actor.area);
        let mut counts = Counts::default();
        let mut held = BTreeSet::new();
        for (id, finding) in by_id(header, page) {
            if !concerns(header, finding, known.findings.get(&id)) {
                continue;
            }
            let rule = &header.rules[finding.rule];
            let row = finding_row(finding, rule, (&header.run, actor.at), &known.shares)?;
            let standing = standings.get(&rule.id).map(String::as_str);
            let strength = counted(finding.strength, rule, standing)?;
            let before = (known.findings.get(&id), known.doubts.get(&id));
            let how = (strength, &known.shares);
            let fresh = self.keep(&mut commit, &officer, row, before, how).await?;
            counts.found += 1;
            counts.fresh += i64::from(fresh);
            held.insert(id);
        }
        let scanned = owners_scanned(page);
        for row in known.findings.values() {
            if held.contains(&row.finding) || !scanned.contains(row.owner.as_str()) {
                continue;
            }
            let Some(reason) = gone(header, row) else {
                continue;
            };
            let before = (row, known.doubts.get(&row.finding));
            let why = (header.run.as_str(), reason.as_str());
            self.let_go(&mut commit, &officer, before, why).await?;
            counts.gone += 1;
        }
        commit.owners = known.versions;
        commit.scans = scans(actor, header, page);
        Ok((commit, counts))
    }
}

/// Whether a finding is this scan's to keep: of its days, or known of one of its days and moved by
/// bills that came later. Others are kept by the scans of their own days.
fn concerns(header: &ScanHeader, finding: &NewFinding, known: Option<&AuditFindingRow>) -> bool {
    let inside = |day| (header.from..=header.to).contains(&day);
    inside(finding.day) || known.is_some_and(|row| inside(row.day))
}

/// Findings by their id; of two with one id the larger, so that no order of a scan matters.
fn by_id<'p>(header: &ScanHeader, page: &'p ScanPage) -> BTreeMap<String, &'p NewFinding> {
    let mut found: BTreeMap<String, &NewFinding> = BTreeMap::new();
    for finding in &page.findings {
        let id = finding.id(&header.rules[finding.rule]);
        let kept = found.entry(id).or_insert(finding);
        if (finding.amount, &finding.says) > (kept.amount, &kept.says) {
            *kept = finding;
        }
    }
    found
}

fn owners_scanned(page: &ScanPage) -> BTreeSet<&str> {
    let people = page.people.iter().map(|(person, _)| person.as_str());
    people
        .chain(page.institutions.iter().map(String::as_str))
        .chain(page.beside.iter().map(String::as_str))
        .collect()
}

/// Why an earlier finding that was not made again is gone; nothing where this scan says nothing
/// about it: another day, a rule that did not work, gone before, found by others than such scans.
fn gone(header: &ScanHeader, row: &AuditFindingRow) -> Option<String> {
    let judged = (header.from..=header.to).contains(&row.day) && row.gone_at.is_none();
    let judged = judged && series(&header.run) == series(&row.last_run);
    let same = |rule: &&RuleHeader| rule.id == row.rule;
    let rule = header.rules.iter().find(same).filter(|_| judged)?;
    Some(match rule.version == row.rule_version {
        true => "再次审核不再命中".to_owned(),
        false => format!("规则{}已改为第{}版", rule.id, rule.version),
    })
}

/// Who numbers a run: its letters.
fn series(run: &str) -> &str {
    run.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn scans(actor: &Actor, header: &ScanHeader, page: &ScanPage) -> Vec<AuditScanRow> {
    let scan = |(person, version): &(String, i64)| AuditScanRow {
        person_no: person.clone(),
        version: *version,
        edition: format!("{}-{}", header.rules_edition, header.knowledge_edition),
        scanned_at: actor.at,
        from: header.from,
        to: header.to,
    };
    page.people.iter().map(scan).collect()
}

fn keyed<T>(rows: Vec<T>, key: fn(&T) -> String) -> HashMap<String, T> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

/// How many, as columns count.
pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn added(a: ScanCounts, b: ScanCounts) -> ScanCounts {
    ScanCounts {
        people: a.people + b.people,
        bills: a.bills + b.bills,
        lines: a.lines + b.lines,
        found: a.found + b.found,
        fresh: a.fresh + b.fresh,
        gone: a.gone + b.gone,
    }
}
