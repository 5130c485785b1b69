use std::ops::Range;

use lines::Data;

use super::buckets::Buckets;
use crate::kernel::{Kernel, Person};
use crate::{Plan, Sheet};

/// One line in a person's order.
type Place = (u32, u64, u32);

/// The rows that rules want in a person's order, by person (待排明细).
#[derive(Debug)]
pub(super) struct Cared {
    begin: Vec<u32>,
    rows: Vec<u32>,
}

impl Cared {
    pub(super) fn of(data: &Data, parts: &[Vec<u32>]) -> Self {
        let whose = |row: u32| data.visits.person[data.lines.visit[row as usize] as usize] as usize;
        let all = || parts.iter().flatten().copied();
        let mut begin = vec![0_u32; data.people.len() + 1];
        for row in all() {
            begin[whose(row) + 1] += 1;
        }
        for at in 1..begin.len() {
            begin[at] += begin[at - 1];
        }
        let (mut next, mut rows) = (begin.clone(), vec![0; parts.iter().map(Vec::len).sum()]);
        for row in all() {
            let place = &mut next[whose(row)];
            rows[*place as usize] = row;
            *place += 1;
        }
        Self { begin, rows }
    }

    fn of_person(&self, person: u32) -> &[u32] {
        let at = person as usize;
        &self.rows[self.begin[at] as usize..self.begin[at + 1] as usize]
    }
}

impl Plan {
    /// Judges a range of people.
    pub(super) fn scan_people(&self, data: &Data, cared: &Cared, people: Range<u32>) -> Sheet {
        let mut sheet = Sheet::default();
        let mut buckets = Buckets::of(&self.rules);
        let whole = self.rules.iter().enumerate();
        let whole = whole.filter_map(|(place, planned)| match &planned.kernel {
            Ok(Kernel::People(judge)) => Some((place, judge)),
            _ => None,
        });
        let whole: Vec<_> = whole.collect();
        let mut order: Vec<Place> = Vec::new();
        for number in people {
            let person = Person {
                data,
                person: number,
                visits: data.visits_of(number),
            };
            let rows = cared.of_person(number);
            if !rows.is_empty() {
                self.judge_items(&person, rows, &mut order, &mut buckets, &mut sheet);
            }
            for (place, judge) in whole.iter().filter(|_| !person.visits.is_empty()) {
                self.begin(&mut sheet, *place);
                judge(&person, &mut sheet);
            }
        }
        sheet
    }

    /// Hands rows of a person, in the order of time and line id, to the rules that asked for their
    /// items.
    fn judge_items(
        &self,
        person: &Person<'_>,
        rows: &[u32],
        order: &mut Vec<Place>,
        buckets: &mut Buckets,
        sheet: &mut Sheet,
    ) {
        let lines = &person.data.lines;
        let place = |&row: &u32| {
            let at = row as usize;
            (lines.time[at].0, lines.id[at].0, row)
        };
        order.clear();
        order.extend(rows.iter().map(place));
        order.sort_unstable();
        for &(_, _, row) in &*order {
            for &slot in self.slots.of_item(lines.item[row as usize]) {
                if matches!(self.rules[usize::from(slot)].kernel, Ok(Kernel::Items(..))) {
                    buckets.hand(slot, row);
                }
            }
        }
        buckets.drain(|place, bucket| {
            if let Ok(Kernel::Items(_, judge)) = &self.rules[place].kernel {
                self.begin(sheet, place);
                judge(person, bucket, sheet);
            }
        });
    }
}
