use std::collections::BTreeMap;

use ::store::{
    AdjustmentRow, Answer, AuditCommit, AuditDeductionRow, AuditFindingRow, DoubtRow, FundRow,
    LineRow, SettlementRow,
};
use bookkeeping::{benefit_class, book_of};
use money::{Fen, share_by_weight};
use policy::FeeMonth;
use terms::{AdjustmentKind, AreaCode, BenefitClass, CareType, FundType};
use workflow::doubt::{Covered, Verb, take};

use super::desk::{moved, state_of};
use super::finding::FindingLine;
use super::officer::Officer;
use super::step::{Said, step_row};
use crate::clearing::NewAdjustment;
use crate::facts::word;
use crate::perform::ATTEMPTS;
use crate::{App, Error};

/// A doubt whose money is on its way to the institution's statement (疑点扣减).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deducted {
    /// The doubt as it stands now.
    pub doubt: DoubtRow,
    /// The adjustments that statements take, one per book and class; none where other doubts took
    /// the same lines before.
    pub adjustments: Vec<AdjustmentRow>,
}

/// Rules whose confirmed doubts change the group of a stay: its case is grouped again by hand
/// (supervision.md §1).
const REGROUPED: [&str; 2] = ["F001", "F012"];

/// What is taken of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub settlement: String,
    pub line: String,
    pub amount: Fen,
}

impl App {
    /// Puts a confirmed doubt into the institution's month (列入清算扣减): the fund's part of its
    /// lines, less what other doubts took of them, as adjustments that the next statement takes.
    ///
    /// # Errors
    /// [`Error::Missing`]; what `workflow` refuses; `settlement_reversed` where the bill was taken
    /// back meanwhile.
    pub async fn deduct_doubt(&self, officer: &Officer, doubt: &str) -> Result<Deducted, Error> {
        for _ in 0..ATTEMPTS {
            let row = self.doubt_seen(officer, doubt).await?;
            let mover = officer.mover(&Verb::Deduct, state_of(&row)?)?;
            let on = officer.actor.at.date();
            let area = officer.actor.area;
            let next = self.next_of(area, &row, &Verb::Deduct, &mover, on)?;
            let mut commit = AuditCommit::new(area);
            let owners = [row.owner.clone()];
            commit.owners = self.store.audit_versions(area, &owners).await?;
            let parts = self.parts(officer, &row).await?;
            let sum: Fen = parts.iter().map(|part| part.amount).sum();
            let mut to = moved(&row, &Verb::Deduct, &mover, next, on);
            (to.deducted, to.changed_at) = (sum, officer.actor.at);
            let said = Said {
                text: &remark(&row, sum),
                detail: &serde_json::json!({}),
            };
            let mut step = step_row(officer, &mover, (&row, &to), &Verb::Deduct, said);
            step.amount = sum;
            commit.steps.push(step);
            let kind = AdjustmentKind::AuditDeduction;
            self.take_back(&mut commit, officer, &to, (kind, &parts))
                .await?;
            commit.doubts.push(to.clone());
            let access = officer.actor.access(self, "deduct_doubt", doubt, "done");
            commit.access.push((row.person_no.clone(), access));
            let adjustments = commit.adjustments.clone();
            if self.store.record_audit(&commit).await? == Answer::Done {
                return Ok(Deducted {
                    doubt: to,
                    adjustments,
                });
            }
        }
        Err(Error::Busy)
    }

    /// What the doubt takes of each line, after what others took.
    async fn parts(&self, officer: &Officer, row: &DoubtRow) -> Result<Vec<Part>, Error> {
        let area = officer.actor.area;
        let finding = self
            .store
            .audit_finding(area, &row.owner, &row.finding)
            .await?;
        let missing = || Error::Bug(format!("doubt {} without finding", row.doubt));
        let mut lines = lines_of(&finding.ok_or_else(missing)?)?;
        let whole = lines.is_empty();
        if whole {
            lines = self.bill_lines(area, row).await?;
        }
        let shares = self
            .shares(area, std::slice::from_ref(&row.person_no))
            .await?;
        let taken = self.store.audit_deductions(area, &row.owner, None).await?;
        let mut rest = row.confirmed;
        let mut parts = Vec::new();
        for (settlement, of_bill) in by_bill(row, lines) {
            let bill = shares.of(&row.person_no, &settlement);
            if bill.is_some_and(|bill| !bill.reversed_by.is_empty()) {
                let message = format!("结算{settlement}已撤销，不能再扣减");
                return Err(Error::refused("settlement_reversed", message));
            }
            let gone: Fen = sum_of(&taken, &settlement, None);
            let paid = bill.map_or(Fen::ZERO, |bill| bill.fund);
            let lines_share: Vec<Fen> = match whole {
                true => divided(row.confirmed, &of_bill),
                false => of_bill
                    .iter()
                    .map(|(_, amount)| shares.estimate(&row.person_no, &settlement, *amount))
                    .collect(),
            };
            let covered: Vec<Covered> = of_bill
                .iter()
                .zip(lines_share)
                .map(|((line, _), share)| Covered {
                    share,
                    taken: sum_of(&taken, &settlement, Some(line)),
                })
                .collect();
            let amounts = take(rest, &covered, paid - gone);
            rest = rest.minus_to_zero(covered.iter().map(|line| line.share).sum());
            parts.extend(
                of_bill
                    .into_iter()
                    .zip(amounts)
                    .map(|((line, _), amount)| Part {
                        settlement: settlement.clone(),
                        line,
                        amount,
                    }),
            );
        }
        parts.retain(|part| !part.amount.is_zero());
        Ok(parts)
    }

    /// The lines of a doubt's settlement that are in scope: a doubt that names none stands for all.
    async fn bill_lines(&self, area: AreaCode, row: &DoubtRow) -> Result<Vec<FindingLine>, Error> {
        if row.settlement.is_empty() {
            return Ok(Vec::new());
        }
        let lines = self.store.visit_lines(area, &row.person_no, &row.visit_id);
        let lines = lines.await?.into_iter();
        let own = lines.filter(|line| is_of_bill(line, row));
        Ok(own
            .map(|line| FindingLine {
                settlement: line.settlement_id,
                visit: line.visit_id,
                line: line.line_no,
                in_scope: line.amounts.in_scope,
            })
            .collect())
    }

    /// Adds deductions and adjustments of these parts to a commit: taken, or given back.
    pub(super) async fn take_back(
        &self,
        commit: &mut AuditCommit,
        officer: &Officer,
        to: &DoubtRow,
        (kind, parts): (AdjustmentKind, &[Part]),
    ) -> Result<(), Error> {
        let back = kind == AdjustmentKind::AuditRelease;
        let mut amounts: BTreeMap<Place, Fen> = BTreeMap::new();
        for part in parts {
            let area = officer.actor.area;
            let found = self
                .store
                .settlement(area, Some(&to.person_no), &part.settlement);
            let missing = || Error::missing("结算", &part.settlement);
            let bill = found.await?.ok_or_else(missing)?;
            for (place, amount) in by_book(&bill, part.amount)? {
                *amounts.entry(place).or_default() += amount;
            }
            commit.deductions.push(AuditDeductionRow {
                owner: to.owner.clone(),
                doubt: to.doubt.clone(),
                sequence: to.version,
                line: part.line.clone(),
                settlement: part.settlement.clone(),
                amount: if back { -part.amount } else { part.amount },
                adjustment: String::new(),
                deducted_at: officer.actor.at,
            });
        }
        amounts.retain(|_, amount| !amount.is_zero());
        for ((book, class), amount) in amounts {
            let new = NewAdjustment {
                adjustment: format!(
                    "{}-{}-{book}-{class}",
                    to.doubt,
                    to.version,
                    class = class.word()
                ),
                institution: to.institution.clone(),
                book: book.to_owned(),
                class,
                kind,
                amount: if back { amount } else { -amount },
                // A month is cleared in the next: its statement is the first that can take this.
                first_month: FeeMonth::of(officer.actor.at.date()).later(-1),
                document: document(to),
                text: format!("{kind}：{}{}，{}", to.rule, to.rule_name, to.says),
            };
            commit
                .adjustments
                .push(self.checked_adjustment(&officer.actor, &new)?);
        }
        let named: Vec<&str> = commit
            .adjustments
            .iter()
            .map(|row| row.adjustment.as_str())
            .collect();
        let named = named.join(" ");
        for row in &mut commit.deductions {
            row.adjustment.clone_from(&named);
        }
        Ok(())
    }
}

/// What the notice of a doubt is called on a statement.
fn document(row: &DoubtRow) -> String {
    match row.notice.is_empty() {
        true => format!("审核疑点{}", row.doubt),
        false => format!("审核疑点{}（通知{}）", row.doubt, row.notice),
    }
}

fn remark(row: &DoubtRow, sum: Fen) -> String {
    let mut text = match sum < row.confirmed {
        true => format!(
            "确认{}元，同一明细的其他疑点已扣，本次扣{sum}元",
            row.confirmed
        ),
        false => format!("扣{sum}元"),
    };
    if REGROUPED.contains(&row.rule.as_str()) {
        text.push_str("；该次住院须重新入组");
    }
    text
}

/// Whether a line is settled on the bill of a doubt and may be taken of.
pub(super) fn is_of_bill(line: &LineRow, row: &DoubtRow) -> bool {
    line.settlement_id == row.settlement && line.amounts.in_scope > Fen::ZERO
}

/// The lines a finding covers.
pub(super) fn lines_of(row: &AuditFindingRow) -> Result<Vec<FindingLine>, Error> {
    serde_json::from_str(&row.lines)
        .map_err(|cause| Error::Bug(format!("finding {}: {cause}", row.finding)))
}

/// Lines with their in-scope amounts.
type Lines = Vec<(String, Fen)>;

/// What is confirmed of a bill as a whole, divided over its lines by their in-scope amounts.
fn divided(confirmed: Fen, lines: &Lines) -> Vec<Fen> {
    let weights: Vec<i64> = lines.iter().map(|(_, in_scope)| in_scope.get()).collect();
    share_by_weight(confirmed, &weights)
}

/// Lines by settlement; those of a bill without lines in scope stand as one without number.
fn by_bill(row: &DoubtRow, lines: Vec<FindingLine>) -> Vec<(String, Lines)> {
    if lines.is_empty() {
        return match row.settlement.is_empty() {
            true => Vec::new(),
            false => vec![(row.settlement.clone(), vec![(String::new(), row.confirmed)])],
        };
    }
    let mut bills: Vec<(String, Lines)> = Vec::new();
    for line in lines {
        let entry = (line.key(), line.in_scope);
        match bills.iter_mut().find(|(bill, _)| *bill == line.settlement) {
            Some((_, of_bill)) => of_bill.push(entry),
            None => bills.push((line.settlement, vec![entry])),
        }
    }
    bills
}

fn sum_of(taken: &[AuditDeductionRow], settlement: &str, line: Option<&str>) -> Fen {
    let fits = |row: &&AuditDeductionRow| {
        row.settlement == settlement && line.is_none_or(|line| row.line == line)
    };
    taken.iter().filter(fits).map(|row| row.amount).sum()
}

/// A book and what it spends the money on.
type Place = (&'static str, BenefitClass);

/// An amount shared by the funds that paid the bill, by book and class.
fn by_book(bill: &SettlementRow, amount: Fen) -> Result<Vec<(Place, Fen)>, Error> {
    let care: CareType = word(&bill.care_type)?;
    let paid: Vec<&FundRow> = bill
        .funds
        .iter()
        .filter(|fund| !fund.amount.is_negative())
        .collect();
    let weights: Vec<i64> = paid.iter().map(|fund| fund.amount.get()).collect();
    let parts = share_by_weight(amount, &weights);
    let place = |(fund, part): (&&FundRow, Fen)| {
        let kind: FundType = word(&fund.fund)?;
        let book = book_of(kind);
        Ok(((book, benefit_class(book, care)), part))
    };
    paid.iter().zip(parts).map(place).collect()
}
