use std::collections::BTreeMap;

use ::store::{Answer, AuditCommit, AuditCoverage, AuditStandingRow, RuleTally};
use jiff::ToSpan;
use jiff::civil::Date;
use money::Ratio;
use policy::{DoubtRule, FeeMonth};
use terms::AreaCode;
use workflow::doubt::{Record, Strength, standing};

use super::desk::strength_of;
use super::finding::RuleHeader;
use super::officer::Officer;
use crate::perform::ATTEMPTS;
use crate::register::Actor;
use crate::{App, Error};

/// What a rule is worth (规则质量).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleQuality {
    /// Counts over the months that count.
    pub tally: RuleTally,
    /// 确认率; none where nothing was decided.
    pub share: Option<Ratio>,
    /// Whether enough was decided for the share to say anything.
    pub enough: bool,
    /// What the rule says of itself, and what counts now; none where no scan has run it yet.
    pub standing: Option<AuditStandingRow>,
    /// What was decided month by month, oldest first.
    pub months: Vec<MonthRecord>,
    /// The law that weighs it: floors, and how many decisions it takes.
    pub law: DoubtRule,
}

/// What was decided about a rule's doubts in a month (月办结).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRecord {
    /// 年月.
    pub month: FeeMonth,
    /// 确认.
    pub confirmed: i64,
    /// 不成立.
    pub dismissed: i64,
}

/// How many months the board looks back.
const TREND: i32 = 6;

/// Coverage of the audit in a period (审核覆盖).
pub type Coverage = AuditCoverage;

/// Rules of handling are those of the employees' scheme where a rule audits every scheme.
const SCHEME: &str = "employee";

impl App {
    /// What every rule is worth, by rule (规则质量看板).
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn rule_board(&self, officer: &Officer) -> Result<Vec<RuleQuality>, Error> {
        officer.is_agency()?;
        let (area, today) = (officer.actor.area, officer.actor.at.date());
        let rule = self.doubt_rule(area, SCHEME, today)?;
        let standings = self.store.audit_standings(area).await?;
        let mut standings: BTreeMap<String, AuditStandingRow> = standings
            .into_iter()
            .map(|row| (row.rule.clone(), row))
            .collect();
        let tallies = self
            .store
            .count_rules(area, counted_from(rule, today))
            .await?;
        let mut months = self.months(area, today).await?;
        let quality = |tally: RuleTally| {
            let record = record_of(&tally);
            RuleQuality {
                share: record.share(),
                enough: record.decided() >= rule.precision_decisions,
                standing: standings.remove(&tally.rule),
                law: rule.clone(),
                months: months.remove(&tally.rule).unwrap_or_default(),
                tally,
            }
        };
        Ok(tallies.into_iter().map(quality).collect())
    }

    /// What was decided of each rule in the latest months: counted since each month's beginning,
    /// less what was counted since the beginning of the next.
    async fn months(
        &self,
        area: AreaCode,
        today: Date,
    ) -> Result<BTreeMap<String, Vec<MonthRecord>>, Error> {
        let mut found: BTreeMap<String, Vec<MonthRecord>> = BTreeMap::new();
        let mut after: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        for back in 0..TREND {
            let month = FeeMonth::of(today).later(-back);
            for tally in self.store.count_rules(area, month.first_day()).await? {
                let later = after.get(&tally.rule).copied().unwrap_or_default();
                found.entry(tally.rule.clone()).or_default().insert(
                    0,
                    MonthRecord {
                        month,
                        confirmed: tally.confirmed - later.0,
                        dismissed: tally.dismissed - later.1,
                    },
                );
                after.insert(tally.rule, (tally.confirmed, tally.dismissed));
            }
        }
        Ok(found)
    }

    /// What the audit covered in a period, as annual reports print it.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn audit_coverage(
        &self,
        officer: &Officer,
        period: (Date, Date),
    ) -> Result<Coverage, Error> {
        officer.is_agency()?;
        Ok(self
            .store
            .audit_coverage(officer.actor.area, period)
            .await?)
    }

    /// Decides what the rules of a scan are worth before it runs (规则降级与恢复): a deducting rule
    /// below its floor only suspects, until its share is high enough again.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn weigh_rules(
        &self,
        actor: &Actor,
        rules: &[RuleHeader],
    ) -> Result<Vec<AuditStandingRow>, Error> {
        for _ in 0..ATTEMPTS {
            let changed = self.weighed(actor, rules).await?;
            let mut commit = AuditCommit::new(actor.area);
            commit.standings.clone_from(&changed);
            if changed.is_empty() || self.store.record_audit(&commit).await? == Answer::Done {
                return Ok(changed);
            }
        }
        Err(Error::Busy)
    }

    async fn weighed(
        &self,
        actor: &Actor,
        rules: &[RuleHeader],
    ) -> Result<Vec<AuditStandingRow>, Error> {
        let (area, today) = (actor.area, actor.at.date());
        let law = self.doubt_rule(area, SCHEME, today)?;
        let known = self.store.audit_standings(area).await?;
        let tallies = self
            .store
            .count_rules(area, counted_from(law, today))
            .await?;
        let mut changed = Vec::new();
        for rule in rules {
            let before = known.iter().find(|row| row.rule == rule.id);
            let tally = tallies.iter().find(|tally| tally.rule == rule.id);
            let record = tally.map(record_of).unwrap_or_default();
            // A rule that says something new of itself begins anew.
            let same = before.filter(|row| row.declared == rule.strength.word());
            let was = same.map_or(Ok(rule.strength), |row| strength_of(&row.strength))?;
            let now = standing(rule.strength, was, record, law);
            if same.is_some_and(|row| row.strength == now.word()) {
                continue;
            }
            changed.push(AuditStandingRow {
                rule: rule.id.clone(),
                sequence: before.map_or(1, |row| row.sequence + 1),
                rule_version: rule.version,
                declared: rule.strength.word().to_owned(),
                strength: now.word().to_owned(),
                confirmed: i64::from(record.confirmed),
                dismissed: i64::from(record.dismissed),
                since: actor.at,
                decided_by: actor.name.clone(),
            });
        }
        Ok(changed)
    }

    /// How strong each rule counts on a day: as reviewers have made it, and one on trial suspects
    /// at most until the area releases it.
    pub(super) async fn standings(
        &self,
        area: AreaCode,
        day: Date,
    ) -> Result<BTreeMap<String, String>, Error> {
        let rows = self.store.audit_standings(area).await?;
        let mut standings: BTreeMap<String, String> = rows
            .into_iter()
            .map(|row| (row.rule, row.strength))
            .collect();
        let law = self.doubt_rule(area, SCHEME, day);
        let trials = law.map_or(&[][..], |law| &law.trial_rules[..]);
        for rule in trials {
            let standing = standings.entry(rule.as_str().to_owned()).or_default();
            if standing != Strength::Remind.word() {
                Strength::Suspect.word().clone_into(standing);
            }
        }
        Ok(standings)
    }
}

fn record_of(tally: &RuleTally) -> Record {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Record {
        confirmed: number(tally.confirmed),
        dismissed: number(tally.dismissed),
    }
}

/// The first day whose decisions count.
fn counted_from(rule: &DoubtRule, today: Date) -> Date {
    today.saturating_sub(i64::from(rule.precision_months).months())
}
