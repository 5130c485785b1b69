//! Unpaid months and their payment; gaps paid in.

use policy::{FeeMonth, SchemePolicy};

use super::boundary::{Boundary, Reason};
use super::event::Dated;
use super::note::Remark;
use super::overlay::Hold;
use super::rules;
use super::strip::{Days, before};
use super::track::Debt;
use super::weave::{Done, Weave, contradicts};
use crate::Refusal;
use crate::waiting::day_of;

impl<'a> Weave<'a> {
    /// Lets benefits rest once so many months are unpaid as the law says.
    pub(super) fn fall_behind(
        &mut self,
        dated: &Dated,
        since: FeeMonth,
        deferred: bool,
        law: &SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let track = self.track(scheme);
        if track.member.is_none() {
            return Err(contradicts("没有在缴费，不会欠费"));
        }
        if track.debt.is_some() {
            return Err(contradicts("已有欠费尚未补缴"));
        }
        let began = track.entry.as_ref().map_or(on, |entry| entry.on);
        if since < FeeMonth::of(began) || since > FeeMonth::of(on) {
            return Err(Refusal::BadDates {
                first: "参保月和首个欠缴月",
                later: "欠费日期",
            });
        }
        if deferred {
            let days = Days::from(since.first_day());
            track.debt = Some(Debt { since, hold: None });
            self.note(scheme, days, no, Remark::Deferred);
            return Ok(());
        }
        let (rule, basis) = rules::arrears(law, on)?;
        let track = self.track(scheme);
        let begins = Boundary::lawful(Reason::InArrears { since }, no, basis);
        track.debt = Some(Debt {
            since,
            hold: Some(track.holds.len()),
        });
        track.holds.push(Hold {
            // Nobody loses benefits for days before the arrears were established.
            days: Days::from(since.later(rule.months).first_day().max(on)),
            begins,
            ends: None,
        });
        Ok(())
    }

    /// Books months that are paid in: arrears first, then the gap before the last contribution.
    pub(super) fn pay_months(
        &mut self,
        dated: &Dated,
        (from, to): (FeeMonth, FeeMonth),
        law: &'a SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, .. } = *dated;
        if to < from || to > FeeMonth::of(on) {
            return Err(Refusal::BadDates {
                first: "补缴的首月和末月",
                later: "补缴日期",
            });
        }
        let track = self.track(scheme);
        let debt = track.debt.filter(|debt| (from..=to).contains(&debt.since));
        let entry = track.entry.as_ref();
        let gap = entry.is_some_and(|entry| {
            let missed = entry.before.is_some_and(|last| last.later(1) <= to);
            missed && from < FeeMonth::of(entry.on)
        });
        // Between two runs of contributions the next one will ask for it.
        let waits = track.member.is_none() && track.last_paid.is_some_and(|last| from > last);
        if debt.is_none() && !gap && !waits {
            return Err(contradicts("没有欠费，也没有中断，不是补缴"));
        }
        if let Some(debt) = debt {
            self.settle_debt(dated, debt, to, law)?;
        }
        self.track(scheme).repaid.push((from, to));
        if gap {
            self.admit_again(dated, law)?;
        }
        Ok(())
    }

    fn settle_debt(&mut self, dated: &Dated, debt: Debt, to: FeeMonth, law: &SchemePolicy) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let left = to.later(1);
        let now = FeeMonth::of(on);
        let cleared = left >= now;
        let Some(place) = debt.hold else {
            let rest = Debt {
                since: left,
                hold: None,
            };
            self.track(scheme).debt = (!cleared).then_some(rest);
            return Ok(());
        };
        let (rule, basis) = rules::arrears(law, on)?;
        let unpaid = now.months_since(debt.since);
        if !cleared && now.months_since(left) >= rule.months {
            self.track(scheme).debt = Some(Debt {
                since: left,
                ..debt
            });
            return Ok(());
        }
        let restored = day_of(rule.restored, None, on)?;
        let ends = Boundary::lawful(Reason::ArrearsPaid, no, basis);
        let track = self.track(scheme);
        track.debt = (!cleared).then_some(Debt {
            since: left,
            hold: None,
        });
        let Some(hold) = track.holds.get_mut(place) else {
            return Ok(());
        };
        let rested = hold.days.first;
        let retroactive = unpaid <= rule.retroactive_months;
        let last = before(if retroactive {
            rested
        } else {
            restored.max(rested)
        });
        hold.days.last = Some(hold.days.last.map_or(last, |known| known.min(last)));
        hold.ends = Some(ends);
        self.note_reopened(
            dated,
            if retroactive {
                rested
            } else {
                restored.max(rested)
            },
            None,
        );
        Ok(())
    }
}
