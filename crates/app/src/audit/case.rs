use ::store::{
    AuditDeductionRow, AuditFindingRow, DoubtAttachmentRow, DoubtRow, DoubtStepRow, LineRow,
    SettlementRow, VisitRow,
};
use jiff::ToSpan;
use money::Fen;

use super::deduct::{is_of_bill, lines_of};
use super::money::DoubtMoney;
use super::officer::Officer;
use super::step::is_shown;
use crate::{App, Error};

/// Days around the fees that the person's timeline shows.
const AROUND: i64 = 183;

/// A doubt with everything it is judged by (疑点案卷).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtCase {
    /// The doubt.
    pub doubt: DoubtRow,
    /// The finding with its evidence.
    pub finding: AuditFindingRow,
    /// The bill, where there is one.
    pub settlement: Option<SettlementRow>,
    /// The lines it covers and the others of the visit.
    pub lines: Vec<CoveredLine>,
    /// What other rules find of the same bill, by rule.
    pub beside: Vec<AuditFindingRow>,
    /// The person's visits around the day, oldest first.
    pub timeline: Vec<VisitOnTimeline>,
    /// What was done, oldest first.
    pub steps: Vec<DoubtStepRow>,
    /// What was handed in.
    pub attachments: Vec<DoubtAttachmentRow>,
    /// What was deducted and given back.
    pub deductions: Vec<AuditDeductionRow>,
    /// Where that money went: statements and transfers.
    pub money: Vec<DoubtMoney>,
    /// What the person paid too much, to be given back by the institution: the confirmed amount's
    /// part that no fund paid, an estimate.
    pub person_part: Fen,
}

/// A line of the visit, and whether it is in doubt (涉及明细).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredLine {
    /// The line.
    pub row: LineRow,
    /// The finding covers it.
    pub covered: bool,
    /// 规则编号 of other findings on this line.
    pub other_rules: Vec<String>,
}

/// A visit of the person (就诊时间线).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitOnTimeline {
    /// The visit.
    pub visit: VisitRow,
    /// It is the visit of the doubt.
    pub this: bool,
}

impl App {
    /// A doubt with its evidence: the lines, the bill, the person's visits around it, and what
    /// happened so far. That the person's record was read is noted; an institution sees only its
    /// own visits of the person.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none the officer may see.
    pub async fn doubt_case(&self, officer: &Officer, doubt: &str) -> Result<DoubtCase, Error> {
        let row = self.doubt_seen(officer, doubt).await?;
        self.note_reading(officer, &row.person_no, "read_doubt", doubt)
            .await?;
        let (area, store) = (officer.actor.area, &self.store);
        let owner = row.owner.as_str();
        let finding = store.audit_finding(area, owner, &row.finding).await?;
        let broken = || Error::Bug(format!("doubt {doubt} without finding"));
        let finding = finding.ok_or_else(broken)?;
        let settlement = match row.settlement.is_empty() {
            true => None,
            false => {
                store
                    .settlement(area, Some(&row.person_no), &row.settlement)
                    .await?
            }
        };
        let beside = match row.settlement.is_empty() {
            true => Vec::new(),
            false => {
                store
                    .settlement_findings(area, owner, &row.settlement)
                    .await?
            }
        };
        let mut beside: Vec<_> = beside
            .into_iter()
            .filter(|one| one.finding != row.finding)
            .collect();
        if officer.institution.is_some() {
            let known = store
                .doubts_of(area, std::slice::from_ref(&row.owner))
                .await?;
            beside.retain(|one| told(&known, &one.finding));
        }
        let mut deductions = store.audit_deductions(area, owner, None).await?;
        deductions.retain(|one| one.doubt == row.doubt);
        Ok(DoubtCase {
            lines: self.covered(officer, &row, &finding, &beside).await?,
            timeline: self.timeline(officer, &row).await?,
            steps: store.doubt_steps(area, owner, doubt).await?,
            attachments: store.doubt_attachments(area, owner, doubt).await?,
            money: self.doubt_money(area, &deductions).await?,
            deductions,
            person_part: person_part(&row),
            beside,
            settlement,
            finding,
            doubt: row,
        })
    }

    async fn covered(
        &self,
        officer: &Officer,
        row: &DoubtRow,
        finding: &AuditFindingRow,
        beside: &[AuditFindingRow],
    ) -> Result<Vec<CoveredLine>, Error> {
        if row.visit_id.is_empty() {
            return Ok(Vec::new());
        }
        let area = officer.actor.area;
        let lines = self
            .store
            .visit_lines(area, &row.person_no, &row.visit_id)
            .await?;
        let own: Vec<String> = lines_of(finding)?.iter().map(|line| line.key()).collect();
        let mut others = Vec::new();
        for one in beside {
            let keys = lines_of(one)?;
            others.push((
                one.rule.clone(),
                keys.iter().map(|line| line.key()).collect::<Vec<_>>(),
            ));
        }
        let whole = own.is_empty() && !row.settlement.is_empty();
        let covered = |line: LineRow| {
            let key = format!("{}/{}", line.visit_id, line.line_no);
            let hits = others.iter().filter(|(_, keys)| keys.contains(&key));
            CoveredLine {
                covered: own.contains(&key) || (whole && is_of_bill(&line, row)),
                other_rules: hits.map(|(rule, _)| rule.clone()).collect(),
                row: line,
            }
        };
        Ok(lines.into_iter().map(covered).collect())
    }

    async fn timeline(
        &self,
        officer: &Officer,
        row: &DoubtRow,
    ) -> Result<Vec<VisitOnTimeline>, Error> {
        if row.person_no.is_empty() {
            return Ok(Vec::new());
        }
        let from = row.day.saturating_sub(AROUND.days()).at(0, 0, 0, 0);
        let to = row.day.saturating_add(AROUND.days()).at(23, 59, 59, 0);
        let area = officer.actor.area;
        let mut visits = self
            .store
            .person_visits(area, &row.person_no, from, to)
            .await?;
        if let Some(own) = &officer.institution {
            visits.retain(|visit| visit.institution == *own);
        }
        visits.reverse();
        let placed = |visit: VisitRow| VisitOnTimeline {
            this: visit.visit_id == row.visit_id,
            visit,
        };
        Ok(visits.into_iter().map(placed).collect())
    }
}

/// Whether the institution has been told of a finding: what is not out yet is the agency's.
fn told(doubts: &[DoubtRow], finding: &str) -> bool {
    let mut of_it = doubts.iter().filter(|doubt| doubt.finding == finding);
    of_it.any(is_shown)
}

/// The person's part of what is confirmed: as the whole to the fund's part of the doubt.
fn person_part(row: &DoubtRow) -> Fen {
    if row.amount <= Fen::ZERO || row.in_scope <= row.amount {
        return Fen::ZERO;
    }
    let ratio = money::Ratio::new((row.in_scope - row.amount).get(), row.amount.get());
    row.confirmed.times(ratio, money::Rounding::HalfUp)
}
