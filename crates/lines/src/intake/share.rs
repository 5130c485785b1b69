use super::Intake;
use crate::{Data, ItemKind, Lines, NONE, Quality, Visits};

/// Whose a visit is (就诊归属), in the words of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitOwner<'d> {
    /// Visit number.
    pub visit: &'d str,
    /// Person number.
    pub person: &'d str,
    /// Institution code.
    pub provider: &'d str,
}

impl Intake {
    /// The visits taken so far, in the order they came.
    pub fn visit_owners(&self) -> impl Iterator<Item = VisitOwner<'_>> {
        (0_u32..)
            .zip(&self.known_visits)
            .filter(|(_, known)| **known)
            .map(|(number, _)| self.owner_of(number))
    }

    /// Whose a visit is; `None` when no file of visits has it.
    pub fn visit_owner(&self, visit: &str) -> Option<VisitOwner<'_>> {
        let number = self.data.visits.ids.find(visit)?;
        let known = self.known_visits.get(number as usize).copied();
        known.unwrap_or_default().then(|| self.owner_of(number))
    }

    fn owner_of(&self, number: u32) -> VisitOwner<'_> {
        let (visits, at) = (&self.data.visits, number as usize);
        VisitOwner {
            visit: visits.ids.text(number),
            person: self.data.people.ids.text(visits.person[at]),
            provider: self.data.providers.ids.text(visits.provider[at]),
        }
    }

    /// Codes of all institutions known so far.
    pub fn provider_ids(&self) -> impl Iterator<Item = &str> {
        self.data.providers.ids.texts()
    }

    /// Makes an item known, with the name and the kind that all lines together give it.
    pub fn know_item(&mut self, code: &str, name: &str, kind: ItemKind) {
        let number = self.data.items.number(code);
        self.data.items.name_it(number, name);
        self.data.items.kind_it(number, kind);
    }

    /// What was wrong so far.
    pub fn quality(&self) -> &Quality {
        &self.data.quality
    }

    /// A part of the batch to be judged elsewhere: all tables but lines and visits as they are, and
    /// of the visits those named; what is wrong with the tables stays here (份额).
    ///
    /// Lines of the part are appended by the caller.
    pub fn share<'v>(&self, visits: impl Iterator<Item = &'v str>) -> Self {
        let known = &self.data.visits;
        let data = Data {
            lines: Lines::default(),
            visits: Visits {
                diagnoses: known.diagnoses.clone(),
                terminals: known.terminals.clone(),
                // What the source keeps must not depend on which visits came here.
                kept: known.flags.iter().fold(known.kept, |all, mark| all | mark),
                ..Visits::default()
            },
            people: self.data.people.clone(),
            providers: self.data.providers.clone(),
            items: self.data.items.clone(),
            departments: self.data.departments.clone(),
            doctors: self.data.doctors.clone(),
            prescriptions: self.data.prescriptions.clone(),
            keys: self.data.keys.clone(),
            registers: self.data.registers.clone(),
            trace: self.data.trace.clone(),
            stock: self.data.stock.clone(),
            tables: self.data.tables.clone(),
            ..Data::default()
        };
        let mut part = Self {
            data,
            id_texts: self.id_texts.clone(),
            scans: self.scans.clone(),
            scan_lines: self.scan_lines.clone(),
            has_scans: self.has_scans,
            ..Self::default()
        };
        let diagnosed = Diagnosed::of(&self.visit_diagnoses, known.len());
        for visit in visits {
            if let Some(number) = known.ids.find(visit) {
                part.copy_visit(known, number, &diagnosed);
            }
        }
        part
    }

    /// Numbers of people, providers, departments, keys, terminals and diagnoses hold here too;
    /// invoices and settlements, nearly one to a visit, are numbered anew.
    fn copy_visit(&mut self, from: &Visits, number: u32, diagnosed: &Diagnosed) {
        let at = number as usize;
        let copy = self.visit_number(from.ids.text(number), NONE);
        let to = copy as usize;
        self.known_visits[to] = true;
        let numbers = diagnosed.of_visit(number);
        self.visit_diagnoses
            .extend(numbers.iter().map(|&diagnosis| (copy, diagnosis)));
        let visits = &mut self.data.visits;
        visits.person[to] = from.person[at];
        visits.provider[to] = from.provider[at];
        visits.care[to] = from.care[at];
        (visits.begin[to], visits.end[to]) = (from.begin[at], from.end[at]);
        visits.settled[to] = from.settled[at];
        visits.department[to] = from.department[at];
        visits.terminal[to] = from.terminal[at];
        visits.disease[to] = from.disease[at];
        let invoice = from.invoices.text(from.invoice[at]);
        visits.invoice[to] = visits.invoices.number_or_none(invoice);
        let settlement = from.settlements.text(from.settlement[at]);
        visits.settlement[to] = visits.settlements.number_or_none(settlement);
        visits.level[to] = from.level[at];
        visits.flags[to] = from.flags[at];
        visits.insurance[to] = from.insurance[at];
    }

    /// Forgets scans that name no line taken so far: they belong to other parts. That a file of
    /// scans was read stays known.
    pub fn keep_own_scans(&mut self) {
        let mut own = self.data.lines.id.clone();
        own.sort_unstable();
        let kept = |line: &Option<_>| line.is_some_and(|id| own.binary_search(&id).is_ok());
        let scans = std::mem::take(&mut self.scans).into_iter();
        let both = scans.zip(std::mem::take(&mut self.scan_lines));
        (self.scans, self.scan_lines) = both.filter(|(_, line)| kept(line)).unzip();
    }
}

/// Diagnoses by visit, each visit's in the order they came.
struct Diagnosed {
    begin: Vec<usize>,
    numbers: Vec<u32>,
}

impl Diagnosed {
    fn of(pairs: &[(u32, u32)], visits: usize) -> Self {
        let mut begin = vec![0; visits + 1];
        for &(visit, _) in pairs {
            begin[visit as usize + 1] += 1;
        }
        for at in 1..begin.len() {
            begin[at] += begin[at - 1];
        }
        let (mut next, mut numbers) = (begin.clone(), vec![NONE; pairs.len()]);
        for &(visit, number) in pairs {
            numbers[next[visit as usize]] = number;
            next[visit as usize] += 1;
        }
        Self { begin, numbers }
    }

    fn of_visit(&self, visit: u32) -> &[u32] {
        let at = visit as usize;
        &self.numbers[self.begin[at]..self.begin[at + 1]]
    }
}
