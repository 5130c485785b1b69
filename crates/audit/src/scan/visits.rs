use std::ops::Range;

use lines::{Data, NONE, Visits};

use super::buckets::Buckets;
use crate::kernel::{JudgeLine, JudgeVisit, Kernel};
use crate::kernels::cancelled;
use crate::{Plan, Planned, Sheet, Spot};

/// The judges of single lines, and of whole visits, by the places of their rules.
struct Judges<'p> {
    /// The judge of the rule at each place that takes line by line the items it asked for.
    each: Vec<Option<&'p JudgeLine>>,
    /// Judges of all lines.
    every: Vec<(usize, &'p JudgeLine)>,
    /// Judges of visits.
    visits: Vec<(usize, &'p JudgeVisit)>,
}

impl<'p> Judges<'p> {
    fn of(rules: &'p [Planned]) -> Self {
        let mut judges = Self {
            each: vec![None; rules.len()],
            every: Vec::new(),
            visits: Vec::new(),
        };
        for (place, planned) in rules.iter().enumerate() {
            match &planned.kernel {
                Ok(Kernel::EachLine(_, judge)) => judges.each[place] = Some(&**judge),
                Ok(Kernel::EveryLine(judge)) => judges.every.push((place, &**judge)),
                Ok(Kernel::Visits(judge)) => judges.visits.push((place, &**judge)),
                _ => {}
            }
        }
        judges
    }
}

/// One pass over a range of visits.
struct Pass<'p> {
    plan: &'p Plan,
    data: &'p Data,
    judges: Judges<'p>,
    buckets: Buckets,
    sheet: Sheet,
    /// Rows that rules want in a person's order.
    cared: Vec<u32>,
}

impl Plan {
    /// Judges visits and lines that can be judged by themselves; the rows of other lines that rules
    /// asked for are given back.
    pub(super) fn scan_visits(&self, data: &Data, visits: Range<u32>) -> (Sheet, Vec<u32>) {
        let mut pass = Pass {
            plan: self,
            data,
            judges: Judges::of(&self.rules),
            buckets: Buckets::of(&self.rules),
            sheet: Sheet::default(),
            cared: Vec::new(),
        };
        // A bill that was refunded has no line left to judge.
        for visit in visits.filter(|&visit| !data.visits.has(visit, Visits::REVERSED)) {
            let person = data.visits.person[visit as usize];
            if person != NONE {
                pass.judge_lines(person, visit);
                pass.judge_visit(visit);
            }
        }
        (pass.sheet, pass.cared)
    }
}

impl Pass<'_> {
    fn judge_visit(&mut self, visit: u32) {
        for &(place, judge) in &self.judges.visits {
            self.plan.begin(&mut self.sheet, place);
            judge(self.data, visit, &mut self.sheet);
        }
    }

    /// Judges the lines of a visit; in a visit with reversals those that may be reversed are
    /// looked at together.
    fn judge_lines(&mut self, person: u32, visit: u32) {
        let (plan, data, sheet) = (self.plan, self.data, &mut self.sheet);
        let lines = &data.lines;
        let range = data.lines_of(visit);
        let span = range.start as usize..range.end as usize;
        let reversals = lines.count[span.clone()].iter().any(|&count| count <= 0);
        for (row, &item) in range.zip(&lines.item[span]) {
            let spot = Spot {
                data,
                row,
                visit,
                person,
            };
            let mut in_order = false;
            for &slot in plan.slots.of_item(item) {
                match self.judges.each[usize::from(slot)] {
                    None => in_order = true,
                    Some(_) if reversals => self.buckets.hand(slot, row),
                    Some(judge) => {
                        plan.begin(sheet, usize::from(slot));
                        judge(&spot, sheet);
                    }
                }
            }
            for &(place, judge) in &self.judges.every {
                plan.begin(sheet, place);
                judge(&spot, sheet);
            }
            if in_order {
                self.cared.push(row);
            }
        }
        if reversals {
            self.judge_standing();
        }
    }

    /// Judges the lines handed out that are not reversed.
    fn judge_standing(&mut self) {
        let (plan, data, sheet) = (self.plan, self.data, &mut self.sheet);
        self.buckets.drain(|place, bucket| {
            let Some(judge) = self.judges.each[place] else {
                return;
            };
            plan.begin(sheet, place);
            let gone = cancelled(data, bucket);
            for &row in bucket.iter().filter(|row| !gone.contains(row)) {
                judge(&Spot::of(data, row), sheet);
            }
        });
    }
}
