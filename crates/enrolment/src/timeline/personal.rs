//! What happens to the person whatever the scheme: school, service, prison, other areas, death.

use policy::{Absence, Transition};
use terms::{AreaCode, Date, Scheme};

use super::double::Away;
use super::event::{Dated, Event};
use super::overlay::Leave;
use super::strip::{Days, before};
use super::weave::{Done, Weave, contradicts};

impl Weave<'_> {
    pub(super) fn take_personal(&mut self, event: &Event, on: Date, no: i64) -> Done {
        match event {
            Event::EnterSchool => self.passed(Transition::EnteredSchool, on),
            Event::Graduate => self.passed(Transition::Graduated, on),
            Event::Enlist => self.go(Absence::MilitaryService, on, no),
            Event::Imprison => self.go(Absence::Imprisonment, on, no),
            Event::Discharge => self.come_back(Absence::MilitaryService, on, no),
            Event::Release => self.come_back(Absence::Imprisonment, on, no),
            _ => {
                if self.death.is_some() {
                    return Err(contradicts("已经登记死亡"));
                }
                self.death = Some((on, no));
                Ok(())
            }
        }
    }

    fn passed(&mut self, what: Transition, on: Date) -> Done {
        self.transitions.push((what, on));
        Ok(())
    }

    fn go(&mut self, absence: Absence, on: Date, no: i64) -> Done {
        if self.leaves.iter().any(|leave| leave.days.last.is_none()) {
            return Err(contradicts("已在服役或服刑期间"));
        }
        self.leaves.push(Leave {
            absence,
            days: Days::from(on),
            gone: no,
            back: None,
        });
        Ok(())
    }

    fn come_back(&mut self, absence: Absence, on: Date, no: i64) -> Done {
        let mut leaves = self.leaves.iter_mut();
        let leave = leaves.find(|leave| leave.absence == absence && leave.days.last.is_none());
        let (missing, what) = match absence {
            Absence::MilitaryService => ("没有入伍记录，不能退役", Transition::Discharged),
            Absence::Imprisonment => ("没有服刑记录，不能释放", Transition::Released),
        };
        let leave = leave.ok_or(contradicts(missing))?;
        leave.days.last = Some(before(on));
        leave.back = Some(no);
        self.passed(what, on)
    }

    pub(super) fn cover_elsewhere(&mut self, dated: &Dated, area: AreaCode) -> Done {
        if area == self.law.code || self.law.counties.contains_key(&area) {
            return Err(contradicts("异地参保的地区就是本统筹区"));
        }
        if self.open_away(dated.scheme, area).is_some() {
            return Err(contradicts("该地的参保已经登记"));
        }
        self.aways.push(Away {
            scheme: dated.scheme,
            area,
            days: Days::from(dated.on),
            event: dated.no,
            over: None,
        });
        Ok(())
    }

    pub(super) fn end_elsewhere(&mut self, dated: &Dated, area: AreaCode) -> Done {
        let away = self.open_away(dated.scheme, area);
        let away = away.ok_or(contradicts("没有该地的参保登记"))?;
        away.days.last = Some(before(dated.on));
        away.over = Some(dated.no);
        Ok(())
    }

    fn open_away(&mut self, scheme: Scheme, area: AreaCode) -> Option<&mut Away> {
        let mut aways = self.aways.iter_mut();
        aways.find(|away| away.scheme == scheme && away.area == area && away.days.last.is_none())
    }

    /// What happened to the person before, leaving an employer among it.
    pub(super) fn transitions_of(&self) -> Vec<(Transition, Date)> {
        let employee = self.tracks.get(&Scheme::Employee);
        let entry = employee.and_then(|track| track.entry.as_ref());
        let left = entry.and_then(|entry| entry.ended);
        let left = left.map(|day| (Transition::LeftEmployee, day));
        self.transitions.iter().copied().chain(left).collect()
    }
}
