//! Contributions by the month: joining, stopping, going on, moving, changing.

use money::Ratio;
use policy::{FeeMonth, SchemePolicy};
use terms::{AreaCode, Category, CoverState, Word};

use super::admit::new_member;
use super::boundary::{Boundary, Reason};
use super::event::{Dated, Event};
use super::note::Remark;
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, after, before};
use super::track::Member;
use super::weave::{Done, Weave, contradicts, last_day};
use crate::Refusal;

impl<'a> Weave<'a> {
    pub(super) fn take_membership(&mut self, dated: &Dated, law: &'a SchemePolicy) -> Done {
        match &dated.event {
            Event::Join {
                category,
                employer,
                county,
            } => {
                self.check_county(*county)?;
                self.join(dated, new_member(*category, employer, *county), law)
            }
            Event::Suspend { last_month } => self.suspend(dated, *last_month, law),
            Event::Resume {
                category,
                employer,
                county,
            } => self.resume(dated, (*category, employer.as_ref(), *county), law),
            Event::TransferIn { from, .. } if *from == self.law.code => {
                Err(contradicts("转出地就是本统筹区"))
            }
            Event::TransferIn { last_month, .. } => self.transfer_in(dated, *last_month, law),
            Event::TransferOut { to } => self.transfer_out(dated, *to, law),
            Event::Switch {
                to,
                category,
                employer,
            } => self.switch(dated, (*to, *category, employer.as_ref()), law),
            Event::Change {
                category,
                employer,
                county,
            } => self.change(dated, (*category, employer.as_ref(), *county)),
            _ => self.end(dated),
        }
    }

    pub(super) fn check_county(&self, county: AreaCode) -> Done {
        let law = self.law;
        let known = county == law.code || law.counties.is_empty();
        if known || law.counties.contains_key(&county) {
            return Ok(());
        }
        Err(contradicts("参保县（市、区）不属于本统筹区"))
    }

    pub(super) fn join(&mut self, dated: &Dated, member: Member, law: &'a SchemePolicy) -> Done {
        let Dated { on, scheme, .. } = *dated;
        if rules::season_rule(law, on).is_some() {
            return Err(contradicts("本险种按年度缴费参保，不办理参保登记"));
        }
        let switched = self.switched(scheme, on, law);
        let track = self.track(scheme);
        if track.member.is_some() {
            return Err(contradicts("已经参保，不能重复参保登记"));
        }
        let own = track.last_paid.filter(|last| *last <= FeeMonth::of(on));
        let before = own.max(switched);
        self.begin(dated, member, before, law)
    }

    pub(super) fn suspend(
        &mut self,
        dated: &Dated,
        last: Option<FeeMonth>,
        law: &SchemePolicy,
    ) -> Done {
        let last = last.unwrap_or(FeeMonth::of(dated.on));
        let track = self.track(dated.scheme);
        let member = track
            .member
            .as_ref()
            .ok_or(contradicts("没有在缴费，不能停保"))?;
        if member.category == Category::Retired {
            return Err(contradicts("已经退休，不能停保"));
        }
        self.stop(dated, last, law)?;
        let ended = last_day(law, last, dated.on);
        let begins = Boundary::plain(Reason::Stopped { last }, dated.no);
        let track = self.track(dated.scheme);
        let rest = track.strip.at(ended).cloned();
        if let Some(rest) = rest {
            track.strip.paint(CoverPeriod {
                state: CoverState::Suspended,
                share_while_waiting: Ratio::ZERO,
                first: after(ended),
                last: None,
                begins,
                ends: None,
                ..rest
            });
        }
        Ok(())
    }

    /// Ends contributions with a fee month; what follows is for the caller to lay.
    pub(super) fn stop(&mut self, dated: &Dated, last: FeeMonth, law: &SchemePolicy) -> Done {
        let on = dated.on;
        let ended = last_day(law, last, on);
        let track = self.track(dated.scheme);
        let began = track.entry.as_ref().map_or(on, |entry| entry.on);
        if ended < began {
            return Err(Refusal::BadDates {
                first: "参保日期",
                later: "末次缴费月",
            });
        }
        if last > FeeMonth::of(on).later(1) {
            return Err(contradicts("末次缴费月晚于停保次月"));
        }
        track.last_paid = Some(last);
        track.leave(ended);
        let rest = after(ended);
        if rest < on && track.strip.counted(Days::between(rest, before(on))) {
            let days = Days::between(rest, before(on));
            self.note(dated.scheme, days, dated.no, Remark::Withdrawn);
        }
        Ok(())
    }

    fn resume(
        &mut self,
        dated: &Dated,
        (category, employer, county): (Option<Category>, Option<&Word>, Option<AreaCode>),
        law: &'a SchemePolicy,
    ) -> Done {
        let track = self.track(dated.scheme);
        if track.member.is_some() {
            return Err(contradicts("没有停保，不能续保"));
        }
        let was = track.strip.at(before(dated.on)).cloned();
        let (Some(was), Some(last)) = (was, track.last_paid) else {
            return Err(contradicts("没有停保记录，不能续保"));
        };
        let county = county.unwrap_or(was.county);
        self.check_county(county)?;
        let member = Member {
            category: category.unwrap_or(was.category),
            employer: employer.cloned().or(was.employer),
            county,
            until: None,
        };
        self.begin(dated, member, Some(last), law)
    }

    fn end(&mut self, dated: &Dated) -> Done {
        let Dated { on, scheme, .. } = *dated;
        let track = self.track(scheme);
        if track.strip.at(on).is_none() && track.member.is_none() {
            return Err(contradicts("当日没有参保，不能终止"));
        }
        let ended = Boundary::plain(Reason::Ended, dated.no);
        track.strip.cut(Days::from(on), &ended, &ended);
        track.last_paid = Some(FeeMonth::of(before(on)));
        track.leave(before(on));
        Ok(())
    }
}
