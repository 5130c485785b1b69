use std::collections::BTreeMap;

use ::store::TargetRow;
use money::Fen;
use payment::Factor;
use payment::methods::global_budget::{ProgressQuestion, Warning, progress};
use policy::FeeMonth;
use terms::{AreaCode, Date};

use super::target::AGREED;
use crate::procurement::{provider_funds, refused_by};
use crate::{App, Error};

/// What spending ahead of the quotas leads to (执行提醒).
pub type Warned = Warning;

/// How an institution stands against its target in a book (预算执行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressLine {
    /// 医疗机构.
    pub institution: String,
    /// 名称.
    pub name: String,
    /// 账套.
    pub book: String,
    /// The round that counts.
    pub version: i64,
    /// 年度指标.
    pub target: Fen,
    /// 累计支付.
    pub actual: Fen,
    /// 累计限额.
    pub quota: Fen,
    /// 执行进度: actual ÷ quota, four places.
    pub progress: money::Decimal<4>,
    /// What follows.
    pub warning: Warned,
    /// The same as a sentence.
    pub sentence: String,
    /// Month by month.
    pub months: Vec<MonthUse>,
}

/// One month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthUse {
    /// The month.
    pub month: FeeMonth,
    /// 月度限额.
    pub quota: Fen,
    /// 当月发生额.
    pub actual: Fen,
}

impl ProgressLine {
    /// How much more was spent than the quotas allow; zero within them (超支额).
    pub fn over(&self) -> Fen {
        (self.actual - self.quota).max(Fen::ZERO)
    }

    /// Whether an interview or more follows (应约谈).
    pub const fn calls_for_interview(&self) -> bool {
        matches!(self.warning, Warning::Interview | Warning::SpecialReview)
    }
}

impl App {
    /// How institutions stand against the targets of a year from January to a month, the most
    /// advanced first (预算执行进度).
    ///
    /// # Errors
    /// A refusal where a book has no rules; a fault of the store.
    pub async fn budget_progress(
        &self,
        area: AreaCode,
        through: FeeMonth,
    ) -> Result<Vec<ProgressLine>, Error> {
        let first = through.later(1 - i32::from(through.month()));
        let span = (first.first_day(), through.later(1).first_day());
        let spent = self.store.provider_spending(area, span).await?;
        let mut actual: BTreeMap<(String, String), BTreeMap<String, Fen>> = BTreeMap::new();
        for one in spent {
            let months = actual.entry((one.institution, one.book)).or_default();
            months.insert(one.month, one.amount);
        }
        let targets = self.store.budget_targets(area, through.year(), "").await?;
        let mut lines = Vec::new();
        for target in newest(targets) {
            let key = (target.institution.clone(), target.book.clone());
            let months = actual.remove(&key).unwrap_or_default();
            lines.push(self.line(area, &target, (first, through), &months)?);
        }
        lines.sort_by(|a, b| {
            let order = b.progress.cmp(&a.progress);
            order.then_with(|| (&a.institution, &a.book).cmp(&(&b.institution, &b.book)))
        });
        Ok(lines)
    }

    /// The institutions an interview is due with, the most advanced first (超支约谈名单).
    ///
    /// # Errors
    /// As [`App::budget_progress`].
    pub async fn over_target(
        &self,
        area: AreaCode,
        through: FeeMonth,
    ) -> Result<Vec<ProgressLine>, Error> {
        let mut lines = self.budget_progress(area, through).await?;
        lines.retain(ProgressLine::calls_for_interview);
        Ok(lines)
    }

    fn line(
        &self,
        area: AreaCode,
        target: &TargetRow,
        (first, through): (FeeMonth, FeeMonth),
        actual: &BTreeMap<String, Fen>,
    ) -> Result<ProgressLine, Error> {
        let quotas: Vec<i64> = serde_json::from_str(&target.quotas)
            .map_err(|error| Error::Bug(format!("quotas of a target: {error}")))?;
        let mut months = Vec::new();
        for (nth, quota) in (0..).zip(quotas) {
            let month = first.later(nth);
            if month > through {
                break;
            }
            let actual = actual.get(&month.to_string()).copied();
            months.push(MonthUse {
                month,
                quota: Fen::new(quota),
                actual: actual.unwrap_or(Fen::ZERO),
            });
        }
        let (spent, quota): (Fen, Fen) = (
            months.iter().map(|month| month.actual).sum(),
            months.iter().map(|month| month.quota).sum(),
        );
        let stands = self.budget_stands(area, target, (spent, quota), through.last_day())?;
        let known = self.institution(&target.institution);
        Ok(ProgressLine {
            institution: target.institution.clone(),
            name: known.map_or_else(|_| String::new(), |known| known.name.clone()),
            book: target.book.clone(),
            version: target.version,
            target: target.amount,
            actual: spent,
            quota,
            progress: stands.progress,
            warning: stands.warning,
            sentence: stands.trace.into_iter().map(|step| step.sentence).collect(),
            months,
        })
    }

    fn budget_stands(
        &self,
        area: AreaCode,
        target: &TargetRow,
        (actual, quota): (Fen, Fen),
        on: Date,
    ) -> Result<payment::methods::global_budget::Progress, Error> {
        let rule = provider_funds(&self.law, area, &target.book, on)?.warning;
        let thresholds = (rule.notice, rule.interview, rule.review);
        let question = ProgressQuestion {
            actual,
            quota,
            thresholds: (
                Factor::new(thresholds.0),
                Factor::new(thresholds.1),
                Factor::new(thresholds.2),
            ),
        };
        progress(&question).map_err(refused_by)
    }
}

/// The highest agreed round of each institution and book.
fn newest(targets: Vec<TargetRow>) -> Vec<TargetRow> {
    let mut newest: BTreeMap<(String, String), TargetRow> = BTreeMap::new();
    for target in targets.into_iter().filter(|one| one.state == AGREED) {
        let key = (target.institution.clone(), target.book.clone());
        newest.insert(key, target);
    }
    newest.into_values().collect()
}
