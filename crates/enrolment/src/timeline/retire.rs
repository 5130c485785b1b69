//! Retiring, and the years that may be missing.

use policy::{MissingYears, SchemePolicy};
use terms::{Category, CoverState};

use super::boundary::{Boundary, Reason};
use super::event::Dated;
use super::period::CoverPeriod;
use super::rules;
use super::strip::Days;
use super::weave::{Done, Weave, contradicts};
use crate::Refusal;
use crate::waiting::day_of;

impl<'a> Weave<'a> {
    pub(super) fn retire(
        &mut self,
        dated: &Dated,
        missing_months: i32,
        law: &'a SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let track = self.track(scheme);
        let member = track
            .member
            .as_mut()
            .ok_or(contradicts("没有在缴费，不能登记退休"))?;
        if member.category == Category::Retired || track.years_missing.is_some() {
            return Err(contradicts("已经登记退休"));
        }
        if !(0..=720).contains(&missing_months) {
            return Err(Refusal::BadAmount {
                fact: "所差缴费月数",
            });
        }
        let (rule, basis) = rules::retirement(law, on)?;
        let from = Days::from(day_of(rule.from, None, on)?.max(on));
        let months = missing_months;
        track.years_missing = (months > 0).then_some(months);
        if months > 0 && rule.missing == MissingYears::KeepContributing {
            return Ok(());
        }
        member.category = Category::Retired;
        member.employer = None;
        let (reason, state) = match months {
            0 => (Reason::Retired, None),
            months => (Reason::YearsMissing { months }, Some(CoverState::Suspended)),
        };
        let begins = Boundary::lawful(reason, no, basis);
        track.strip.alter(
            from,
            (&begins, None),
            |_| true,
            |one| {
                become_retired(one, state);
            },
        );
        Ok(())
    }

    pub(super) fn pay_years(&mut self, dated: &Dated, law: &'a SchemePolicy) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let (rule, basis) = rules::retirement(law, on)?;
        let track = self.track(scheme);
        if track.years_missing.is_none() {
            return Err(contradicts("没有待补缴的缴费年限"));
        }
        let from = Days::from(day_of(rule.restored, None, on)?.max(on));
        track.years_missing = None;
        if let Some(member) = &mut track.member {
            member.category = Category::Retired;
            member.employer = None;
        }
        let begins = Boundary::lawful(Reason::YearsPaid, no, basis);
        track.strip.alter(
            from,
            (&begins, None),
            |_| true,
            |one| {
                become_retired(one, Some(CoverState::Active));
            },
        );
        Ok(())
    }
}

fn become_retired(period: &mut CoverPeriod, state: Option<CoverState>) {
    period.category = Category::Retired;
    period.employer = None;
    if let Some(state) = state {
        period.state = state;
        period.share_while_waiting = money::Ratio::ZERO;
    }
}
