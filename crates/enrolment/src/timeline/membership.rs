//! Contributions by the month: joining, stopping, going on, moving, changing.

use money::Ratio;
use policy::{FeeMonth, SchemePolicy};
use terms::{AreaCode, Category, CoverState, Date, Scheme, Word};

use super::boundary::{Boundary, Reason};
use super::event::{Dated, Event};
use super::note::Remark;
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, after, before};
use super::weave::{Done, Entry, Member, Weave, by_law, contradicts, free_from, last_day, told};
use crate::Refusal;
use crate::waiting::{BenefitStart, BreakFacts, after_break};

/// What the law makes of a contribution that begins.
enum Admission {
    Start(BenefitStart),
    /// Nothing before the gap of so many months is paid in.
    GapUnpaid(i32),
}

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

    fn check_county(&self, county: AreaCode) -> Done {
        let law = self.law;
        let known = county == law.code || law.counties.is_empty();
        if known || law.counties.contains_key(&county) {
            return Ok(());
        }
        Err(contradicts("参保县（市、区）不属于本统筹区"))
    }

    fn join(&mut self, dated: &Dated, member: Member, law: &'a SchemePolicy) -> Done {
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

    /// The last month covered by another scheme, where the law counts it like a contribution.
    fn switched(&self, scheme: Scheme, on: Date, law: &SchemePolicy) -> Option<FeeMonth> {
        let (rule, _) = rules::switching(law, on)?;
        let (double, _) = rules::double_cover(law, on)?;
        let others = self.tracks.iter();
        let others = others.filter(|(other, _)| **other != scheme && double.order.contains(other));
        let last = others
            .filter_map(|(_, track)| track.strip.last_counted(on))
            .max()?;
        let since = self.covered_since(last)?;
        let month = FeeMonth::of(last).min(FeeMonth::of(on).later(-1));
        let missed = FeeMonth::of(on).months_since(month) - 1;
        let covered = FeeMonth::of(after(last)).months_since(FeeMonth::of(since));
        (missed <= rule.months && covered >= rule.covered_months).then_some(month)
    }

    /// Lets contributions run from the day of the event.
    fn begin(
        &mut self,
        dated: &Dated,
        member: Member,
        last: Option<FeeMonth>,
        law: &'a SchemePolicy,
    ) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let mut entry = Entry {
            on,
            before: last.map(|last| last.min(FeeMonth::of(on).later(-1))),
            start: None,
            ended: None,
        };
        let repaid = self.is_repaid(scheme, &entry).then_some(on);
        let name = dated.event.zh();
        match self.admit(&member, &entry, repaid, law)? {
            Admission::GapUnpaid(months) => {
                let begins = Boundary::plain(Reason::GapUnpaid { months }, no);
                let period = cover(scheme, &member, Days::from(on), begins);
                let state = CoverState::Suspended;
                self.track(scheme)
                    .strip
                    .paint(CoverPeriod { state, ..period });
            }
            Admission::Start(start) => {
                let first = free_from(&self.track(scheme).strip, start.start, on);
                entry.start = Some(first);
                let gap = self.lay_start(dated, &member, (first, &start), name);
                self.note_reopened(dated, gap.unwrap_or(first), None);
            }
        }
        let track = self.track(scheme);
        track.member = Some(member);
        track.entry = Some(entry);
        Ok(())
    }

    /// Lays the wait, the benefits and a re-opened gap; says where the gap begins.
    fn lay_start(
        &mut self,
        dated: &Dated,
        member: &Member,
        (first, start): (Date, &BenefitStart),
        event: &'static str,
    ) -> Option<Date> {
        let Dated { on, scheme, no, .. } = *dated;
        let (law, basis) = told(&start.trace);
        let begins = by_law(Reason::Begins { event, law }, no, basis.clone());
        let strip = &mut self.track(scheme).strip;
        let gap = start.retroactive_from.map(|gap| free_from(strip, gap, on));
        let mut active = begins.clone();
        if first > on {
            active = by_law(Reason::WaitOver, no, basis.clone());
            let wait = cover(scheme, member, Days::between(on, before(first)), begins);
            strip.paint(CoverPeriod {
                state: CoverState::Waiting,
                share_while_waiting: start.share_while_waiting,
                ends: Some(active.clone()),
                ..wait
            });
        }
        strip.paint(cover(scheme, member, Days::from(first), active.clone()));
        let gap = gap?;
        if gap < first {
            let begins = by_law(Reason::Reopened { event }, no, basis);
            let period = cover(scheme, member, Days::between(gap, before(first)), begins);
            strip.paint(CoverPeriod {
                ends: Some(active),
                ..period
            });
        }
        Some(gap)
    }

    /// Asks the law when benefits begin.
    fn admit(
        &self,
        member: &Member,
        entry: &Entry,
        repaid: Option<Date>,
        law: &SchemePolicy,
    ) -> Result<Admission, Refusal> {
        let facts = BreakFacts {
            person: self.person(member.category, member.county, entry.on),
            last_paid: entry.before,
            paid: entry.on,
            repaid: repaid.is_some(),
            repaid_on: repaid,
        };
        match (after_break(&facts, law), entry.before) {
            (Err(Refusal::NotProvided { .. }), Some(last)) if repaid.is_none() => {
                let missed = FeeMonth::of(entry.on).months_since(last) - 1;
                Ok(Admission::GapUnpaid(missed))
            }
            (admitted, _) => admitted.map(Admission::Start),
        }
    }

    /// Whether every month between two runs of contributions was paid in.
    fn is_repaid(&self, scheme: Scheme, entry: &Entry) -> bool {
        let Some(last) = entry.before else {
            return false;
        };
        let repaid = self
            .tracks
            .get(&scheme)
            .map(|track| track.repaid.as_slice());
        let paid = |month: FeeMonth| {
            let mut spans = repaid.unwrap_or_default().iter();
            spans.any(|(from, to)| (*from..=*to).contains(&month))
        };
        let missed = FeeMonth::of(entry.on).months_since(last) - 1;
        missed > 0 && (1..=missed).all(|nth| paid(last.later(nth)))
    }

    /// Asks the law again after a gap was paid in or a record arrived; nothing is ever taken away.
    pub(super) fn admit_again(&mut self, dated: &Dated, law: &'a SchemePolicy) -> Done {
        let Dated { on, scheme, .. } = *dated;
        let track = self.track(scheme);
        let Some(entry) = track.entry.clone() else {
            return Ok(());
        };
        let at = track.strip.at(entry.on).cloned();
        let Some(at) = at.filter(|_| track.years_missing.is_none()) else {
            return Ok(());
        };
        let member = new_member(at.category, &at.employer, at.county);
        let repaid = self.is_repaid(scheme, &entry).then_some(on);
        let Admission::Start(start) = self.admit(&member, &entry, repaid, law)? else {
            return Ok(());
        };
        self.relay(dated, &member, (entry, &start));
        Ok(())
    }

    /// Gives benefits where the law now gives them: in the gap, and where they waited or rested.
    fn relay(&mut self, dated: &Dated, member: &Member, (entry, start): (Entry, &BenefitStart)) {
        let Dated { scheme, no, .. } = *dated;
        let event = dated.event.zh();
        let (law, basis) = told(&start.trace);
        let begins = by_law(Reason::Begins { event, law }, no, basis.clone());
        let anchor = entry.start.map_or(entry.on, |known| known.min(entry.on));
        let strip = &mut self.track(scheme).strip;
        let gap = start
            .retroactive_from
            .map(|gap| free_from(strip, gap, anchor));
        // A gap that is re-opened leaves no wait behind it.
        let first = match gap {
            Some(_) => anchor,
            None => free_from(strip, start.start, anchor),
        };
        if entry.start.is_some_and(|known| known <= first) && gap.is_none_or(|gap| gap >= anchor) {
            return;
        }
        let days = Days {
            first,
            last: entry.ended,
        };
        let rests =
            |one: &CoverPeriod| matches!(one.state, CoverState::Waiting | CoverState::Suspended);
        strip.alter(days, (&begins, Some(&begins)), rests, |one| {
            one.state = CoverState::Active;
            one.share_while_waiting = Ratio::ZERO;
        });
        let (from, why) = match gap {
            Some(gap) => (gap, by_law(Reason::Reopened { event }, no, basis)),
            None => (first, begins.clone()),
        };
        let filled = cover(scheme, member, Days::between(from, before(anchor)), why);
        strip.paint(CoverPeriod {
            ends: Some(begins),
            ..filled
        });
        strip.join_waits();
        self.note_reopened(dated, from, entry.ended);
        if let Some(entry) = &mut self.track(scheme).entry {
            entry.start = Some(entry.start.map_or(first, |known| known.min(first)));
        }
    }

    fn suspend(&mut self, dated: &Dated, last: Option<FeeMonth>, law: &SchemePolicy) -> Done {
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
    fn stop(&mut self, dated: &Dated, last: FeeMonth, law: &SchemePolicy) -> Done {
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

    fn transfer_in(&mut self, dated: &Dated, last: FeeMonth, law: &'a SchemePolicy) -> Done {
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

    fn transfer_out(&mut self, dated: &Dated, to: AreaCode, law: &SchemePolicy) -> Done {
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

    fn switch(
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

    fn change(
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

fn new_member(category: Category, employer: &Option<Word>, county: AreaCode) -> Member {
    Member {
        category,
        employer: employer.clone(),
        county,
        until: None,
    }
}

/// A period with benefits.
fn cover(scheme: Scheme, member: &Member, days: Days, begins: Boundary) -> CoverPeriod {
    CoverPeriod {
        scheme,
        first: days.first,
        last: days.last,
        category: member.category,
        state: CoverState::Active,
        county: member.county,
        employer: member.employer.clone(),
        share_while_waiting: Ratio::ZERO,
        begins,
        ends: None,
    }
}
