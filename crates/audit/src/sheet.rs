use crate::{Finding, Hit, Strength, Target};

/// Where kernels write what they find (疑点单).
#[derive(Debug, Default)]
pub struct Sheet {
    pub(crate) rule: u16,
    pub(crate) strength: Option<Strength>,
    pub(crate) findings: Vec<Finding>,
}

impl Sheet {
    /// Writes one hit under the rule that is being run.
    pub fn add(&mut self, target: Target, hit: Hit) {
        let strongest = self.strength.unwrap_or(Strength::Suspect);
        self.findings.push(Finding {
            rule: self.rule,
            strength: hit.strength.map_or(strongest, |said| said.min(strongest)),
            target,
            amount: hit.amount,
            knowledge: hit.knowledge,
            facts: hit.facts,
        });
    }

    /// Writes one hit about a line.
    pub fn line(&mut self, row: u32, hit: Hit) {
        self.add(Target::Line(row), hit);
    }

    /// Writes one hit about a visit.
    pub fn visit(&mut self, visit: u32, hit: Hit) {
        self.add(Target::Visit(visit), hit);
    }
}
