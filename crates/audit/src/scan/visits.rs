use std::ops::Range;

use lines::{Data, NONE};

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

impl Plan {
    /// Judges visits and lines that can be judged by themselves; the rows of other lines that rules
    /// asked for are given back.
    pub(super) fn scan_visits(&self, data: &Data, visits: Range<u32>) -> (Sheet, Vec<u32>) {
        let (mut sheet, mut cared) = (Sheet::default(), Vec::new());
        let (judges, mut buckets) = (Judges::of(&self.rules), Buckets::of(&self.rules));
        for visit in visits {
            let person = data.visits.person[visit as usize];
            if person == NONE {
                continue;
            }
            self.judge_lines(
                data,
                (person, visit),
                &judges,
                &mut buckets,
                &mut sheet,
                &mut cared,
            );
            for &(place, judge) in &judges.visits {
                self.begin(&mut sheet, place);
                judge(data, visit, &mut sheet);
            }
        }
        (sheet, cared)
    }

    /// Judges the lines of a visit; in a visit with reversals those that may be reversed are
    /// looked at together.
    fn judge_lines(
        &self,
        data: &Data,
        (person, visit): (u32, u32),
        judges: &Judges<'_>,
        buckets: &mut Buckets,
        sheet: &mut Sheet,
        cared: &mut Vec<u32>,
    ) {
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
            for &slot in self.slots.of_item(item) {
                match judges.each[usize::from(slot)] {
                    None => in_order = true,
                    Some(_) if reversals => buckets.hand(slot, row),
                    Some(judge) => {
                        self.begin(sheet, usize::from(slot));
                        judge(&spot, sheet);
                    }
                }
            }
            for &(place, judge) in &judges.every {
                self.begin(sheet, place);
                judge(&spot, sheet);
            }
            if in_order {
                cared.push(row);
            }
        }
        buckets.drain(|place, bucket| {
            let Some(judge) = judges.each[place] else {
                return;
            };
            self.begin(sheet, place);
            let gone = cancelled(data, bucket);
            for &row in bucket.iter().filter(|row| !gone.contains(row)) {
                judge(&Spot::of(data, row), sheet);
            }
        });
    }
}
