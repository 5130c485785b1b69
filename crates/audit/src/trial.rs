//! 试行的知识行：只作可疑，不直接扣款。

use std::collections::BTreeSet;

use lines::Data;

use crate::library::RowStatus;
use crate::{Finding, Plan, Strength};

impl Plan {
    /// Lets knowledge on trial suspect at most, and be silent where knowledge in use finds the same
    /// (试行不扣款).
    ///
    /// Source: house rule, decision 0021.
    pub(crate) fn weaken_trials(&self, data: &Data, findings: &mut Vec<Finding>) {
        if !self.citations.has_trials() {
            return;
        }
        let on_trial = |finding: &Finding| self.citations.is_on_trial(finding.knowledge);
        let rules: BTreeSet<u16> = findings
            .iter()
            .filter(|finding| on_trial(finding))
            .map(|finding| finding.rule)
            .collect();
        let target = |finding: &Finding| (finding.rule, self.target(data, &finding.target));
        let certain: BTreeSet<_> = findings
            .iter()
            .filter(|finding| rules.contains(&finding.rule) && !on_trial(finding))
            .map(target)
            .collect();
        findings.retain(|finding| !on_trial(finding) || !certain.contains(&target(finding)));
        for finding in findings.iter_mut().filter(|finding| on_trial(finding)) {
            finding.strength = finding.strength.min(Strength::Suspect);
        }
    }
}

/// Whether a row of a table is on trial.
pub(crate) fn is_trial(row: lines::Row<'_>) -> bool {
    row.text("status") == RowStatus::Trial.word()
}
