//! A year's premium given back.

use terms::CoverState;

use super::boundary::{Boundary, Reason};
use super::event::Dated;
use super::period::CoverPeriod;
use super::rules;
use super::strip::{Days, after, before};
use super::weave::{Done, Weave, contradicts};
use crate::Refusal;

impl Weave<'_> {
    /// Takes a year back that nothing came of yet, or that another scheme covered all along.
    pub(super) fn refund(&mut self, dated: &Dated, year: i16) -> Done {
        let Dated { on, scheme, no, .. } = *dated;
        let days = rules::days_of(year).ok_or(Refusal::BadAmount {
            fact: "参保年度"
        })?;
        let strip = &self.track(scheme).strip;
        let paid = strip
            .0
            .iter()
            .filter(|one| one.counts() && one.days().common(days).is_some());
        let paid: Vec<Days> = paid.map(CoverPeriod::days).collect();
        let Some(first) = paid.iter().map(|days| days.first).min() else {
            return Err(contradicts("该年度没有缴费，不能退费"));
        };
        let enjoyed = Days::between(first, before(on));
        let used = strip
            .0
            .iter()
            .any(|one| one.state == CoverState::Active && one.days().common(enjoyed).is_some());
        if used && !self.covered_otherwise(dated, enjoyed) {
            return Err(contradicts("该年度已经享受待遇，不能退费"));
        }
        let refunded = Boundary::plain(Reason::Refunded { year }, no);
        let last = paid.iter().filter_map(|days| days.last).max();
        let from = first.max(on);
        self.track(scheme)
            .strip
            .cut(Days { first: from, last }, &refunded, &refunded);
        Ok(())
    }

    /// Whether another scheme gives benefits on every one of some days.
    fn covered_otherwise(&self, dated: &Dated, days: Days) -> bool {
        let others = self
            .tracks
            .iter()
            .filter(|(scheme, _)| **scheme != dated.scheme);
        let mut day = days.first;
        let last = days.last.unwrap_or(day);
        let strips: Vec<_> = others.map(|(_, track)| &track.strip).collect();
        while day <= last {
            let mut found = strips.iter().filter_map(|strip| strip.at(day));
            let Some(cover) = found.find(|one| one.state == CoverState::Active) else {
                return false;
            };
            match cover.last {
                Some(known) if known < last => day = after(known),
                _ => return true,
            }
        }
        true
    }
}
