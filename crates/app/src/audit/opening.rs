//! One finding against what is kept: a new doubt, a changed one, one that comes back or goes.

use ::store::{AuditCommit, AuditFindingRow, DoubtRow};
use jiff::civil::DateTime;
use money::Fen;
use workflow::doubt::{State, Strength, Verb};

use super::desk::{state_of, strength_of};
use super::finding::{NewFinding, RuleHeader};
use super::officer::Officer;
use super::shares::Shares;
use super::step::{Said, opening_step};
use crate::{App, Error};

/// What a page of a scan did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub found: i64,
    pub fresh: i64,
    pub gone: i64,
}

/// The row of a finding as this scan sees it.
pub(super) fn finding_row(
    finding: &NewFinding,
    rule: &RuleHeader,
    (run, at): (&str, DateTime),
    shares: &Shares,
) -> Result<AuditFindingRow, Error> {
    let broken = |cause| Error::Bug(format!("a finding of {}: {cause}", rule.id));
    let (person, settlement) = (&finding.person_no, &finding.settlement);
    Ok(AuditFindingRow {
        owner: finding.owner().to_owned(),
        finding: finding.id(rule),
        rule: rule.id.clone(),
        rule_version: rule.version,
        rule_name: rule.name.clone(),
        category: rule.category.clone(),
        strength: finding.strength.word().to_owned(),
        target_kind: finding.target_kind.clone(),
        target: finding.target.clone(),
        person_no: person.clone(),
        visit_id: finding.visit_id.clone(),
        settlement: settlement.clone(),
        institution: finding.institution.clone(),
        day: finding.day,
        amount: finding.amount,
        fund: shares.doubted(person, settlement, finding.amount, &finding.lines),
        knowledge: finding.knowledge.clone(),
        says: finding.says.clone(),
        evidence: finding.evidence.to_string(),
        lines: serde_json::to_string(&finding.lines).map_err(broken)?,
        first_run: run.to_owned(),
        last_run: run.to_owned(),
        found_at: at,
        gone_at: None,
        gone_reason: String::new(),
    })
}

impl App {
    /// Keeps a finding: its doubt is opened, brought up to date while nobody outside has seen it,
    /// or comes back.
    pub(super) async fn keep(
        &self,
        commit: &mut AuditCommit,
        officer: &Officer,
        mut row: AuditFindingRow,
        (known, doubt): (Option<&AuditFindingRow>, Option<&DoubtRow>),
        (strength, shares): (Strength, &Shares),
    ) -> Result<bool, Error> {
        if let Some(known) = known {
            row.first_run.clone_from(&known.first_run);
            row.found_at = known.found_at;
        }
        let fresh = doubt.is_none();
        match doubt {
            None => {
                let opened = self.opened(officer, &row, strength, shares)?;
                commit
                    .steps
                    .push(opening_step(officer, &opened, &row.last_run));
                commit.doubts.push(opened);
            }
            Some(doubt) => {
                self.renew(commit, officer, &row, doubt, (strength, shares))
                    .await?
            }
        }
        commit.findings.push(row);
        Ok(fresh)
    }

    fn opened(
        &self,
        officer: &Officer,
        row: &AuditFindingRow,
        strength: Strength,
        shares: &Shares,
    ) -> Result<DoubtRow, Error> {
        let actor = &officer.actor;
        let bill = shares.of(&row.person_no, &row.settlement);
        let scheme = bill.map_or("employee", |bill| bill.scheme.as_str());
        let state = strength.first_state();
        Ok(DoubtRow {
            owner: row.owner.clone(),
            doubt: self.numbers.named("YD"),
            version: 1,
            finding: row.finding.clone(),
            rule: row.rule.clone(),
            rule_version: row.rule_version,
            rule_name: row.rule_name.clone(),
            category: row.category.clone(),
            strength: strength.word().to_owned(),
            state: state.word().to_owned(),
            outcome: String::new(),
            scheme: scheme.to_owned(),
            person_no: row.person_no.clone(),
            person_name: bill.map_or(String::new(), |bill| bill.person_name.clone()),
            visit_id: row.visit_id.clone(),
            settlement: row.settlement.clone(),
            institution: row.institution.clone(),
            day: row.day,
            in_scope: row.amount,
            amount: row.fund,
            confirmed: Fen::ZERO,
            deducted: Fen::ZERO,
            released: Fen::ZERO,
            says: row.says.clone(),
            due: self.first_due(actor.area, scheme, state, actor.at.date())?,
            extended: false,
            first_reviewer: String::new(),
            dismissed_by: String::new(),
            panel_before: false,
            published_on: None,
            appealed_on: None,
            decided_on: None,
            notice: String::new(),
            opened_at: actor.at,
            changed_at: actor.at,
        })
    }

    async fn renew(
        &self,
        commit: &mut AuditCommit,
        officer: &Officer,
        row: &AuditFindingRow,
        doubt: &DoubtRow,
        (strength, shares): (Strength, &Shares),
    ) -> Result<(), Error> {
        let state = state_of(doubt)?;
        let withdrawn = state == State::Withdrawn;
        if !withdrawn && !state.is_before_notice() {
            return Ok(());
        }
        let current = brought_up_to_date(doubt, row, shares);
        if withdrawn {
            let said = Said {
                text: "再次审核又命中",
                detail: &serde_json::json!({ "run": row.last_run }),
            };
            let mut current = current;
            strength.word().clone_into(&mut current.strength);
            let verb = Verb::Renew(strength);
            self.step(commit, officer, &current, &verb, said).await?;
        } else if current != *doubt {
            let mut to = current;
            to.version += 1;
            to.changed_at = officer.actor.at;
            let mut step = opening_step(officer, &to, &row.last_run);
            "更新".clone_into(&mut step.verb);
            step.from_state.clone_from(&doubt.state);
            commit.steps.push(step);
            commit.doubts.push(to);
        }
        Ok(())
    }

    /// Notes that a finding no longer holds; its doubt is withdrawn unless it was notified.
    pub(super) async fn let_go(
        &self,
        commit: &mut AuditCommit,
        officer: &Officer,
        (known, doubt): (&AuditFindingRow, Option<&DoubtRow>),
        (run, reason): (&str, &str),
    ) -> Result<(), Error> {
        let mut gone = known.clone();
        gone.gone_at = Some(officer.actor.at);
        reason.clone_into(&mut gone.gone_reason);
        run.clone_into(&mut gone.last_run);
        commit.findings.push(gone);
        if let Some(doubt) = doubt
            && state_of(doubt)?.is_before_notice()
        {
            let said = Said {
                text: reason,
                detail: &serde_json::json!({ "run": run }),
            };
            self.step(commit, officer, doubt, &Verb::Withdraw, said)
                .await?;
        }
        Ok(())
    }
}

/// The doubt with what the finding says now; decided parts stay.
fn brought_up_to_date(doubt: &DoubtRow, row: &AuditFindingRow, shares: &Shares) -> DoubtRow {
    let mut to = doubt.clone();
    to.says.clone_from(&row.says);
    to.settlement.clone_from(&row.settlement);
    to.institution.clone_from(&row.institution);
    to.day = row.day;
    (to.in_scope, to.amount) = (row.amount, row.fund);
    if let Some(bill) = shares.of(&row.person_no, &row.settlement) {
        to.scheme.clone_from(&bill.scheme);
        to.person_name.clone_from(&bill.person_name);
    }
    to
}

/// As strong as a finding counts: no stronger than its hit, nor than its rule is worth now.
pub(super) fn counted(
    hit: Strength,
    rule: &RuleHeader,
    standing: Option<&str>,
) -> Result<Strength, Error> {
    let worth = standing.map_or(Ok(rule.strength), strength_of)?;
    let weakest = [Strength::Remind, Strength::Suspect, Strength::Deduct];
    let holds = |strength: &Strength| [hit, rule.strength, worth].contains(strength);
    Ok(weakest.into_iter().find(holds).unwrap_or(hit))
}
