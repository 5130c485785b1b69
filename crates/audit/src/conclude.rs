use lines::Data;
use rayon::prelude::*;

use crate::{Finding, Plan, Sheet, Target};

impl Plan {
    /// Joins what was found, one finding per rule and target, in the order of rules and ids.
    ///
    /// The order, and which of several hits on one target stays (the larger amount, then the
    /// stronger, then the text), depend on ids and texts alone: any cut of the batch and any order
    /// of its files give the same.
    pub fn conclude(&self, data: &Data, sheets: Vec<Sheet>) -> Vec<Finding> {
        // Millions of findings: room for all at once, not by doubling.
        let count = sheets.iter().map(|sheet| sheet.findings.len()).sum();
        let mut findings: Vec<Finding> = Vec::with_capacity(count);
        for sheet in sheets {
            findings.extend(sheet.findings);
        }
        self.weaken_trials(data, &mut findings);
        findings.par_sort_unstable_by_key(|finding| (finding.rule, is_line(&finding.target)));
        let alike = findings
            .chunk_by_mut(|a, b| a.rule == b.rule && is_line(&a.target) == is_line(&b.target));
        let alike: Vec<&mut [Finding]> = alike.collect();
        alike.into_par_iter().for_each(|same| match same[0].target {
            Target::Line(_) => same.par_sort_unstable_by(|a, b| self.line_order(data, a, b)),
            _ => same.par_sort_by_cached_key(|finding| {
                let (kind, id) = self.target(data, &finding.target);
                let evidence = self.evidence(data, finding);
                let weight = (-finding.amount.get(), std::cmp::Reverse(finding.strength));
                (kind, id, weight, evidence)
            }),
        });
        findings.dedup_by(|later, first| later.rule == first.rule && later.target == first.target);
        findings
    }

    fn line_order(&self, data: &Data, a: &Finding, b: &Finding) -> std::cmp::Ordering {
        let id = |finding: &Finding| match finding.target {
            Target::Line(row) => data.lines.id[row as usize].0,
            _ => u64::MAX,
        };
        let weight = |finding: &Finding| (-finding.amount.get(), finding.strength);
        id(a).cmp(&id(b)).then_with(|| {
            let ((x, s), (y, t)) = (weight(a), weight(b));
            let text = |finding: &Finding| (self.cited(finding), self.evidence(data, finding));
            x.cmp(&y)
                .then(t.cmp(&s))
                .then_with(|| text(a).cmp(&text(b)))
        })
    }
}

fn is_line(target: &Target) -> bool {
    matches!(target, Target::Line(_))
}
