use std::fmt;
use std::sync::Arc;

use money::Fen;
use policy::Provenance;
use serde::Serialize;
use terms::Date;

/// What a step had in hand or left: money, months of waiting, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 金额.
    Money(Fen),
    /// 月数.
    Months(i32),
    /// 日期.
    Day(Date),
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(amount) => write!(f, "{amount}元"),
            Self::Months(months) => write!(f, "{months}个月"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// One step of the explanation: what was done, by which law, before and after (计算步骤).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The step's 中文 name.
    pub name: &'static str,
    /// The step as a sentence a clerk can read out.
    pub sentence: String,
    /// What was in hand before.
    pub before: Measure,
    /// What was left after.
    pub after: Measure,
    /// The law behind it.
    pub basis: Option<Arc<Provenance>>,
}

/// Steps in the order in which they were taken, while they are being taken.
#[derive(Debug, Default)]
pub(crate) struct Trace(pub Vec<Step>);

impl Trace {
    pub fn money(
        &mut self,
        name: &'static str,
        (before, after): (Fen, Fen),
        basis: &Arc<Provenance>,
        sentence: String,
    ) {
        let span = (Measure::Money(before), Measure::Money(after));
        self.add(name, span, Some(basis), sentence);
    }

    pub fn months(
        &mut self,
        name: &'static str,
        (before, after): (i32, i32),
        basis: &Arc<Provenance>,
        sentence: String,
    ) {
        let span = (Measure::Months(before), Measure::Months(after));
        self.add(name, span, Some(basis), sentence);
    }

    pub fn days(
        &mut self,
        name: &'static str,
        (before, after): (Date, Date),
        basis: &Arc<Provenance>,
        sentence: String,
    ) {
        let span = (Measure::Day(before), Measure::Day(after));
        self.add(name, span, Some(basis), sentence);
    }

    pub fn add(
        &mut self,
        name: &'static str,
        (before, after): (Measure, Measure),
        basis: Option<&Arc<Provenance>>,
        sentence: String,
    ) {
        self.0.push(Step {
            name,
            sentence,
            before,
            after,
            basis: basis.cloned(),
        });
    }
}
