//! Moving between areas and schemes, and changing without a break.

use policy::{FeeMonth, SchemePolicy};
use terms::{AreaCode, Category, Scheme, Word};

use super::admit::new_member;
use super::boundary::{Boundary, Reason};
use super::event::Dated;
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, after, before};
use super::track::Member;
use super::weave::{Done, Weave, contradicts, last_day};
use crate::Refusal;

impl<'a> Weave<'a> {
    pub(super) fn transfer_in(
        &mut self,
        dated: &Dated,
        last: FeeMonth,
        law: &'a SchemePolicy,
    ) -> Done {
        if last > FeeMonth::of(dated.on) {
            return Err(Refusal::BadDates {
                first: "转出地末次缴费月",
                later: "转入日期",
            });
        }
        let track = self.track(dated.scheme);
        let runs = track.member.is_some();
        match track.entry.as_mut().filter(|_| runs) {
            Some(entry) => {
                let last = last.min(FeeMonth::of(entry.on).later(-1));
                let known = entry.before;
                if known.is_none_or(|known| known < last) {
                    entry.before = Some(last);
                    let done = self.admit_again(dated, law);
                    if done.is_err()
                        && let Some(entry) = &mut self.track(dated.scheme).entry
                    {
                        entry.before = known;
                    }
                    return done;
                }
            }
            None => track.last_paid = track.last_paid.max(Some(last)),
        }
        Ok(())
    }

    pub(super) fn transfer_out(&mut self, dated: &Dated, to: AreaCode, law: &SchemePolicy) -> Done {
        let Dated { on, scheme, .. } = *dated;
        if to == self.law.code {
            return Err(contradicts("转入地就是本统筹区"));
        }
        let track = self.track(scheme);
        if track.member.is_none() && track.last_paid.is_none() {
            return Err(contradicts("没有参保关系可以转出"));
        }
        let mut rest = on;
        if track.member.is_some() {
            let last = FeeMonth::of(on);
            self.stop(dated, last, law)?;
            rest = after(last_day(law, last, on));
        }
        let left = Boundary::plain(Reason::TransferredOut { to }, dated.no);
        let track = self.track(scheme);
        track.strip.cut(Days::from(rest), &left, &left);
        track.last_paid = None;
        Ok(())
    }

    pub(super) fn switch(
        &mut self,
        dated: &Dated,
        (to, category, employer): (Scheme, Category, Option<&Word>),
        law: &'a SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, .. } = *dated;
        self.law_of(to, on)?;
        if to == scheme {
            return Err(contradicts("转入的险种就是原险种"));
        }
        let county = self
            .tracks
            .get(&scheme)
            .and_then(|track| track.strip.at(before(on)));
        let county = county.map_or(self.law.code, |one| one.county);
        self.settle(to, on);
        let member = new_member(category, &employer.cloned(), county);
        let (tracks, notes) = (self.tracks.clone(), self.notes.len());
        let done = self.move_over(dated, (to, member), law);
        if done.is_err() {
            self.tracks = tracks;
            self.notes.truncate(notes);
        }
        done
    }

    /// Stops contributions here with the month before and begins them there.
    fn move_over(
        &mut self,
        dated: &Dated,
        (to, member): (Scheme, Member),
        law: &'a SchemePolicy,
    ) -> Done {
        if self.track(dated.scheme).member.is_some() {
            let last = FeeMonth::of(dated.on).later(-1);
            self.suspend(dated, Some(last), law)?;
        }
        let other = self.law_of(to, dated.on)?;
        if rules::season_rule(other, dated.on).is_some() {
            return Ok(());
        }
        let there = Dated {
            scheme: to,
            ..dated.clone()
        };
        self.join(&there, member, other)
    }

    pub(super) fn change(
        &mut self,
        dated: &Dated,
        (category, employer, county): (Option<Category>, Option<&Word>, Option<AreaCode>),
    ) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        if let Some(county) = county {
            self.check_county(county)?;
        }
        let track = self.track(scheme);
        let now = track.strip.at(on).cloned();
        let now = now.ok_or(contradicts("当日没有参保，不能变更"))?;
        if category == Some(Category::Retired) && now.category != Category::Retired {
            return Err(contradicts("退休应登记退休事件"));
        }
        let begins = Boundary::plain(Reason::Changed, no);
        let apply = |one: &mut CoverPeriod| {
            one.category = category.unwrap_or(one.category);
            one.county = county.unwrap_or(one.county);
            one.employer = employer.cloned().or_else(|| one.employer.clone());
        };
        track
            .strip
            .alter(Days::from(on), (&begins, None), |_| true, apply);
        if let Some(member) = &mut track.member {
            member.category = category.unwrap_or(member.category);
            member.county = county.unwrap_or(member.county);
            member.employer = employer.cloned().or_else(|| member.employer.clone());
        }
        Ok(())
    }
}
