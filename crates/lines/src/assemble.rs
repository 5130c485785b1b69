//! 排序：明细按就诊聚拢，就诊按人、按机构排好，追溯码接上明细。

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::intake::Intake;
use crate::link::link;
use crate::{Data, LineId, Lines, NONE, Register};

/// Lines that one thread looks at in one go.
const PART: usize = 1 << 16;

impl Intake {
    /// Puts everything in order and counts what is wrong.
    pub fn assemble(mut self) -> Data {
        self.rank_line_texts();
        self.place_diagnoses();
        self.drop_duplicates();
        let mut data = self.data;
        gather(&mut data);
        let people = data.people.len();
        let providers = data.providers.len();
        let (of_person, of_provider) = rayon::join(
            || grouped(&data, &data.visits.person, people),
            || grouped(&data, &data.visits.provider, providers),
        );
        (data.of_person, data.person_begin) = of_person;
        (data.of_provider, data.provider_begin) = of_provider;
        if self.has_scans || data.trace.is_some() {
            link(&mut data, self.scans, &self.scan_lines, self.has_scans);
        }
        count_troubles(&mut data);
        data
    }

    /// Numbers text ids by the order of their texts, so that orders do not depend on files.
    fn rank_line_texts(&mut self) {
        if self.id_texts.is_empty() {
            return;
        }
        let mut order: Vec<u32> = (0..).take(self.id_texts.len()).collect();
        order.sort_unstable_by_key(|&number| self.id_texts.text(number));
        let mut rank = vec![0; order.len()];
        for (place, &number) in (0_u32..).zip(&order) {
            rank[number as usize] = place;
        }
        let ranked = |id: LineId| match id.text_number() {
            Some(number) => LineId::text(rank[number as usize]),
            None => id,
        };
        for id in &mut self.data.lines.id {
            *id = ranked(*id);
        }
        for line in &mut self.scan_lines {
            *line = line.map(ranked);
        }
        let texts = order
            .iter()
            .map(|&number| self.id_texts.text(number).into());
        self.data.line_texts = texts.collect();
    }

    fn place_diagnoses(&mut self) {
        // Stable, so that the diagnoses of one visit keep their order.
        self.visit_diagnoses.sort_by_key(|&(visit, _)| visit);
        let visits = &mut self.data.visits;
        let mut at = 0;
        visits.diagnosis_at = Vec::with_capacity(visits.len() + 1);
        for visit in (0_u32..).take(visits.len()) {
            visits
                .diagnosis_at
                .push(u32::try_from(at).expect("fewer than 2^32 diagnoses"));
            let rest = &self.visit_diagnoses[at..];
            at += rest
                .iter()
                .take_while(|&&(owner, _)| owner == visit)
                .count();
        }
        visits
            .diagnosis_at
            .push(u32::try_from(at).expect("fewer than 2^32 diagnoses"));
        let numbers = self.visit_diagnoses.iter().map(|&(_, number)| number);
        visits.diagnosis = numbers.collect();
    }

    /// Of several lines with one id the smallest by content stays, of equals the first; the others
    /// are counted.
    fn drop_duplicates(&mut self) {
        let lines = &self.data.lines;
        if lines.id.is_sorted_by(|a, b| a < b) {
            return;
        }
        let content = |row: u32| {
            let at = row as usize;
            let visit = self.data.visits.ids.text(lines.visit[at]);
            let item = self.data.items.code(lines.item[at]);
            (
                lines.id[at],
                visit,
                lines.time[at],
                item,
                lines.count[at],
                lines.amount[at],
                row,
            )
        };
        let mut order: Vec<u32> = (0..).take(lines.len()).collect();
        order.sort_unstable_by_key(|&row| lines.id[row as usize]);
        let mut dropped = Vec::new();
        for same in order.chunk_by_mut(|&a, &b| lines.id[a as usize] == lines.id[b as usize]) {
            if same.len() > 1 {
                same.sort_unstable_by(|&a, &b| content(a).cmp(&content(b)));
                dropped.extend_from_slice(&same[1..]);
            }
        }
        for &row in &dropped {
            let id = self.data.line_id(row);
            self.data.quality.note("明细流水号重复", id);
        }
        for row in dropped {
            self.data.lines.visit[row as usize] = NONE;
        }
    }
}

/// Lets the lines of each visit stand together; rows marked [`NONE`] are left behind.
fn gather(data: &mut Data) {
    let visits = data.visits.len();
    data.line_begin = vec![0; visits];
    data.line_end = vec![0; visits];
    if !stand_together(data) {
        let order = by_owner(&data.lines.visit, visits);
        data.lines = data.lines.picked(&order);
        let together = stand_together(data);
        debug_assert!(together, "sorted by visit");
    }
}

/// Fills the ranges when each visit's lines are one run; otherwise says no.
fn stand_together(data: &mut Data) -> bool {
    data.line_end.fill(0);
    let mut row = 0_u32;
    for run in data.lines.visit.chunk_by(|a, b| a == b) {
        let end = row + u32::try_from(run.len()).expect("fewer than 2^32 lines");
        let visit = run[0];
        if visit == NONE || data.line_end[visit as usize] != 0 {
            return false;
        }
        data.line_begin[visit as usize] = row;
        data.line_end[visit as usize] = end;
        row = end;
    }
    true
}

/// Rows by owner, a counting sort; rows without owner are left out.
fn by_owner(owners: &[u32], count: usize) -> Vec<u32> {
    let mut next = begins(owners, count);
    let mut order = vec![0; *next.last().expect("one more than owners") as usize];
    for (row, &owner) in (0_u32..).zip(owners) {
        if owner != NONE {
            let place = &mut next[owner as usize];
            order[*place as usize] = row;
            *place += 1;
        }
    }
    order
}

fn begins(owners: &[u32], count: usize) -> Vec<u32> {
    let mut begin = vec![0_u32; count + 1];
    for &owner in owners.iter().filter(|&&owner| owner != NONE) {
        begin[owner as usize + 1] += 1;
    }
    for at in 1..begin.len() {
        begin[at] += begin[at - 1];
    }
    begin
}

/// Visits by owner, each owner's by begin and visit number.
fn grouped(data: &Data, owners: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut order = by_owner(owners, count);
    let begin = begins(owners, count);
    let (mut rest, mut several) = (&mut order[..], Vec::new());
    for window in begin.windows(2) {
        let (own, behind) = rest.split_at_mut((window[1] - window[0]) as usize);
        rest = behind;
        if own.len() > 1 {
            several.push(own);
        }
    }
    let sort = |own: &mut [u32]| own.sort_unstable_by(|&a, &b| data.visit_order(a, b));
    several.into_par_iter().for_each(sort);
    (order, begin)
}

type Troubles = BTreeMap<&'static str, Troubled>;

/// Counts troubles that only show when everything is in.
fn count_troubles(data: &mut Data) {
    let catalogue = data.register(Register::Catalogue);
    let listed = |item| catalogue.is_none_or(|rows| !rows.of(item).is_empty());
    let known: Vec<bool> = (0..).take(data.items.len()).map(listed).collect();
    let parts = data.lines.visit.par_chunks(PART).enumerate();
    let parts = parts.map(|(part, visits)| troubles_of(data, &known, part * PART, visits));
    let found = parts.reduce(Troubles::new, |mut all, part| {
        for (name, troubled) in part {
            all.entry(name).or_default().join(&data.lines, troubled);
        }
        all
    });
    for (name, troubled) in found {
        let rest = troubled.count - troubled.first.len() as u64;
        for row in troubled.first {
            let example = data.line_id(row);
            data.quality.note(name, example);
        }
        data.quality.count(name, rest);
    }
}

/// Troubles of some rows, the first of which is `begin`.
fn troubles_of(data: &Data, known: &[bool], begin: usize, visits: &[u32]) -> Troubles {
    let mut found = Troubles::new();
    let first = u32::try_from(begin).expect("fewer than 2^32 lines");
    for (row, &visit) in (first..).zip(visits) {
        let mut trouble = |name| found.entry(name).or_default().add(&data.lines, row);
        let at = visit as usize;
        if data.visits.person[at] == NONE {
            trouble("明细无对应就诊");
            continue;
        }
        let time = data.lines.time[row as usize];
        let (begin, end) = (data.visits.begin[at], data.visits.end[at]);
        if begin.since_as_written(time) > 0 || (end >= begin && time.since_as_written(end) > 0) {
            trouble("费用时间在就诊起止之外");
        }
        if data.lines.count[row as usize] < 0 {
            trouble("数量为负（冲销）");
        }
        if !known[data.lines.item[row as usize] as usize] {
            trouble("目录编码不认识");
        }
    }
    found
}

/// Rows with one kind of trouble: how many, and the first three by line id, so that any order of
/// the files names the same.
#[derive(Default)]
struct Troubled {
    count: u64,
    first: Vec<u32>,
}

impl Troubled {
    fn add(&mut self, lines: &Lines, row: u32) {
        self.count += 1;
        self.keep(lines, row);
    }

    fn join(&mut self, lines: &Lines, other: Self) {
        self.count += other.count;
        for row in other.first {
            self.keep(lines, row);
        }
    }

    fn keep(&mut self, lines: &Lines, row: u32) {
        let id = |row: u32| lines.id[row as usize];
        let place = self.first.partition_point(|&one| id(one) < id(row));
        if place < 3 {
            self.first.insert(place, row);
            self.first.truncate(3);
        }
    }
}
