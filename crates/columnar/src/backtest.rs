//! 回测：同一批数据按现用和待上线的两套知识、参数各审一遍，逐条规则比较。

use std::collections::{BTreeMap, BTreeSet};

use audit::{Finding, Rule, Target, all_rules};
use lines::Data;
use money::Fen;

use crate::{Fault, Job, Outcome, run_job};

/// Two audits of the same data (回测任务).
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// As it is done now.
    pub before: Job,
    /// As it shall be done.
    pub after: Job,
    /// Rules that are not run now.
    pub new_rules: Vec<String>,
}

/// What reviewers once decided about a finding (历史结论).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// 规则编号.
    pub rule: String,
    /// Kind of the target.
    pub kind: String,
    /// The target.
    pub target: String,
    /// Whether it was confirmed.
    pub confirmed: bool,
}

/// Both audits rule by rule (回测结果).
#[derive(Debug, Clone, Default)]
pub struct Compared {
    /// Lines read.
    pub lines: usize,
    /// Visits read.
    pub bills: usize,
    /// Every rule that worked in one of the audits, in their order.
    pub rules: Vec<RuleChange>,
    /// Rules that waited for data, before and after.
    pub waiting: (Vec<String>, Vec<String>),
}

/// What changes for one rule (规则变化).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleChange {
    /// 规则编号.
    pub rule: String,
    /// 规则名称.
    pub name: String,
    /// Findings before.
    pub before: u64,
    /// Findings after.
    pub after: u64,
    /// Targets found only after.
    pub newly_found: u64,
    /// Targets found only before.
    pub no_longer_found: u64,
    /// Amounts before and after.
    pub amount: (Fen, Fen),
    /// Lines found after.
    pub lines: u64,
    /// Of a million lines.
    pub lines_ppm: u64,
    /// Visits touched after.
    pub bills: u64,
    /// Of a million visits.
    pub bills_ppm: u64,
    /// Findings after that reviewers once confirmed.
    pub confirmed: u64,
    /// Findings after that reviewers once dismissed.
    pub dismissed: u64,
    /// Confirmed of a million decided; none where nothing was decided.
    pub precision_ppm: Option<u64>,
    /// Institutions with the largest amounts after: code, findings, amount.
    pub hospitals: Vec<(String, u64, Fen)>,
    /// Some targets found only after, and only before.
    pub examples: (Vec<String>, Vec<String>),
}

/// Institutions and examples told of each rule.
const TOLD: usize = 10;

type Name = (&'static str, String);

/// What one audit found by one rule.
#[derive(Debug, Default)]
struct Side {
    targets: BTreeMap<Name, Fen>,
    lines: u64,
    visits: BTreeSet<u32>,
    hospitals: BTreeMap<String, (u64, Fen)>,
}

/// One audit: what it found by rule, and what waited.
struct Audited {
    sides: BTreeMap<&'static str, Side>,
    waiting: Vec<String>,
    size: (usize, usize),
}

/// Audits the data twice and compares rule by rule (回测).
///
/// # Errors
/// [`Fault`] when files cannot be read or a rule is not known.
pub fn backtest(trial: &Trial, decisions: &[Decision]) -> Result<Compared, Fault> {
    // One after the other: only one batch is in memory at a time.
    let mut before = audited(&trial.before)?;
    for rule in &trial.new_rules {
        before.sides.remove(rule.as_str());
    }
    let after = audited(&trial.after)?;
    let mut decided: BTreeMap<(&str, &str, &str), bool> = BTreeMap::new();
    for one in decisions {
        decided.insert((&one.rule, &one.kind, &one.target), one.confirmed);
    }
    let nothing = Side::default();
    let rules = all_rules();
    let seen = |rule: &&&'static Rule| {
        before.sides.contains_key(rule.id) || after.sides.contains_key(rule.id)
    };
    let change = |rule: &&'static Rule| {
        let side = |of: &'_ Audited| of.sides.contains_key(rule.id);
        let old = if side(&before) {
            &before.sides[rule.id]
        } else {
            &nothing
        };
        let new = if side(&after) {
            &after.sides[rule.id]
        } else {
            &nothing
        };
        compare(rule, (old, new), after.size, &decided)
    };
    Ok(Compared {
        lines: after.size.0,
        bills: after.size.1,
        rules: rules.iter().filter(seen).map(change).collect(),
        waiting: (before.waiting, after.waiting),
    })
}

fn audited(job: &Job) -> Result<Audited, Fault> {
    let outcome = run_job(job, &|_, _| ())?;
    let mut sides: BTreeMap<&'static str, Side> = BTreeMap::new();
    let mut waiting = Vec::new();
    for (rule, waits) in outcome.plan.states() {
        match waits {
            None => {
                sides.insert(rule.id, Side::default());
            }
            Some(_) => waiting.push(rule.id.to_owned()),
        }
    }
    for finding in &outcome.findings {
        let rule = outcome.plan.rule(finding.rule).id;
        note(sides.entry(rule).or_default(), &outcome, finding);
    }
    Ok(Audited {
        sides,
        waiting,
        size: (outcome.data.lines.len(), outcome.data.visits.len()),
    })
}

fn note(side: &mut Side, outcome: &Outcome, finding: &Finding) {
    let data = &outcome.data;
    let amount = side
        .targets
        .entry(outcome.plan.target(data, &finding.target))
        .or_insert(Fen::ZERO);
    *amount += finding.amount;
    let visits: Vec<u32> = match &finding.target {
        Target::Line(row) => {
            side.lines += 1;
            vec![data.lines.visit[*row as usize]]
        }
        Target::Visit(visit) | Target::VisitItem(visit, _) => vec![*visit],
        Target::Visits(visits) => visits.to_vec(),
        _ => Vec::new(),
    };
    if let Some(provider) = provider_of(data, finding, &visits) {
        let sums = side.hospitals.entry(provider).or_default();
        *sums = (sums.0 + 1, sums.1 + finding.amount);
    }
    side.visits.extend(visits);
}

fn provider_of(data: &Data, finding: &Finding, visits: &[u32]) -> Option<String> {
    let provider = match &finding.target {
        Target::ProviderDay(at, _)
        | Target::ProviderMonth(at, _)
        | Target::ProviderItemMonth(at, _, _) => *at,
        _ => data.visits.provider[*visits.first()? as usize],
    };
    Some(data.providers.ids.text(provider).to_owned())
}

fn compare(
    rule: &Rule,
    (old, new): (&Side, &Side),
    (lines, bills): (usize, usize),
    decided: &BTreeMap<(&str, &str, &str), bool>,
) -> RuleChange {
    let only = |a: &Side, b: &Side| -> (u64, Vec<String>) {
        let lone = a
            .targets
            .keys()
            .filter(|name| !b.targets.contains_key(*name));
        let names: Vec<String> = lone.map(|(kind, id)| format!("{kind} {id}")).collect();
        (count(names.len()), names.into_iter().take(TOLD).collect())
    };
    let ((newly_found, fresh), (no_longer_found, gone)) = (only(new, old), only(old, new));
    let said = |name: &Name| decided.get(&(rule.id, name.0, name.1.as_str())).copied();
    let verdicts: Vec<bool> = new.targets.keys().filter_map(said).collect();
    let confirmed = count(verdicts.iter().filter(|one| **one).count());
    let dismissed = count(verdicts.len()) - confirmed;
    let mut hospitals: Vec<(String, u64, Fen)> = new
        .hospitals
        .iter()
        .map(|(code, (findings, amount))| (code.clone(), *findings, *amount))
        .collect();
    hospitals.sort_by_key(|(_, findings, amount)| std::cmp::Reverse((*amount, *findings)));
    hospitals.truncate(TOLD);
    let touched = count(new.visits.len());
    RuleChange {
        rule: rule.id.to_owned(),
        name: rule.name.to_owned(),
        before: count(old.targets.len()),
        after: count(new.targets.len()),
        newly_found,
        no_longer_found,
        amount: (sum_of(old), sum_of(new)),
        lines: new.lines,
        lines_ppm: ppm(new.lines, lines).unwrap_or(0),
        bills: touched,
        bills_ppm: ppm(touched, bills).unwrap_or(0),
        confirmed,
        dismissed,
        precision_ppm: ppm(confirmed, verdicts.len()),
        hospitals,
        examples: (fresh, gone),
    }
}

fn sum_of(side: &Side) -> Fen {
    side.targets.values().copied().sum()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// Parts of a million; none of nothing.
fn ppm(part: u64, whole: usize) -> Option<u64> {
    (part * 1_000_000).checked_div(count(whole))
}
