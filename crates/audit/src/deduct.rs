use std::collections::BTreeMap;

use lines::Data;
use money::Fen;

use crate::{Finding, Strength, Target};

/// What is deducted of one line, and which findings say so (明细扣款).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    /// The line, by row.
    pub row: u32,
    /// The largest amount of all findings, at most what is in scope.
    pub amount: Fen,
    /// Places of the findings, the decisive one first.
    pub reasons: Vec<usize>,
}

/// Decides each line once: several rules may hit a line, but it is deducted only once, by the
/// largest amount, capped at the in-scope amount of the line; all reasons are shown.
///
/// Of equal amounts the first in the order of the catalogue decides: policy, management, medical,
/// fraud, then rule id (house rule after the priority of the national rule library).
pub fn deduct_once(plan: &crate::Plan, data: &Data, findings: &[Finding]) -> Vec<Deduction> {
    let mut by_line: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, finding) in findings.iter().enumerate() {
        if let (Target::Line(row), Strength::Deduct) = (&finding.target, finding.strength) {
            by_line.entry(*row).or_default().push(place);
        }
    }
    let decide = |(row, mut reasons): (u32, Vec<usize>)| {
        reasons.sort_by_key(|&place| {
            let rule = plan.rule(findings[place].rule);
            (-findings[place].amount.get(), rule.category, rule.id)
        });
        let most = reasons
            .first()
            .map_or(Fen::ZERO, |&place| findings[place].amount);
        let amount = most.min(data.lines.in_scope(row)).max(Fen::ZERO);
        Deduction {
            row,
            amount,
            reasons,
        }
    };
    by_line.into_iter().map(decide).collect()
}
