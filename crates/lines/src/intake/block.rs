use money::Fen;

use super::Intake;
use crate::{Dictionary, Items, LineId, Lines, NONE, Names, Quality};

/// A part of the lines read on its own, with dictionaries of its own (明细块).
///
/// Readers fill blocks side by side; [`Intake::append`] joins them in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct LineBlock {
    /// The columns; numbers point into the dictionaries of this block.
    pub lines: Lines,
    /// Visit numbers of the file.
    pub visits: Names,
    /// Items.
    pub items: Items,
    /// Departments.
    pub departments: Names,
    /// Doctors.
    pub doctors: Names,
    /// Prescriptions.
    pub prescriptions: Names,
    /// Line ids that are no plain numbers.
    pub id_texts: Dictionary,
    /// What was wrong.
    pub quality: Quality,
}

impl Intake {
    /// Appends a block of lines.
    pub fn append(&mut self, block: LineBlock) {
        self.data.quality.merge(block.quality);
        let mut likely = 0;
        let visits = named(&block.visits, |text| {
            let number = self.visit_number(text, likely);
            likely = number + 1;
            number
        });
        let items = self.merge_items(&block.items);
        let departments = named(&block.departments, |text| {
            self.data.departments.number(text)
        });
        let doctors = named(&block.doctors, |text| self.data.doctors.number(text));
        let prescriptions = named(&block.prescriptions, |text| {
            self.data.prescriptions.number(text)
        });
        let before = self.data.lines.len();
        let after = before + block.lines.len();
        let expected = self.expected.max(after);
        self.append_ids(&block.lines.id, &block.id_texts);
        let (whole, part) = (&mut self.data.lines, block.lines);
        whole
            .visit
            .extend(part.visit.iter().map(|&number| visits[number as usize]));
        whole
            .item
            .extend(part.item.iter().map(|&number| items[number as usize]));
        whole.time.extend(part.time);
        whole.count.extend(part.count);
        let span = (before, after, expected);
        optional(&mut whole.price, part.price, span, 0);
        let scope = (!part.in_scope.is_empty()).then_some(part.in_scope);
        join_scope(whole, scope, &part.amount);
        whole.amount.extend(part.amount);
        let department = part
            .department
            .iter()
            .map(|&number| short(number, &departments));
        optional(&mut whole.department, department.collect(), span, u16::MAX);
        optional(&mut whole.doctor, far(&part.doctor, &doctors), span, NONE);
        let prescription = far(&part.prescription, &prescriptions);
        optional(&mut whole.prescription, prescription, span, NONE);
        optional(&mut whole.supply_days, part.supply_days, span, 0);
        optional(&mut whole.dose, part.dose, span, 0);
        optional(&mut whole.flags, part.flags, span, 0);
    }

    fn append_ids(&mut self, ids: &[LineId], texts: &Dictionary) {
        let mapped: Vec<u32> = texts
            .texts()
            .map(|text| self.id_texts.number(text))
            .collect();
        let map = |&id: &LineId| match id.text_number() {
            Some(number) => LineId::text(mapped[number as usize]),
            None => id,
        };
        self.data.lines.id.extend(ids.iter().map(map));
    }

    fn merge_items(&mut self, items: &Items) -> Vec<u32> {
        let whole = &mut self.data.items;
        let merge = |number: u32| {
            let merged = whole.number(items.code(number));
            whole.name_it(merged, items.name(number));
            whole.kind_it(merged, items.kind(number));
            merged
        };
        (0..u32::try_from(items.len()).expect("dictionary numbers"))
            .map(merge)
            .collect()
    }
}

fn named(names: &Names, number: impl FnMut(&str) -> u32) -> Vec<u32> {
    names.texts().map(number).collect()
}

fn far(column: &[u32], numbers: &[u32]) -> Vec<u32> {
    let map = |&number: &u32| numbers.get(number as usize).copied().unwrap_or(NONE);
    column.iter().map(map).collect()
}

/// Departments beyond 16 bits are read as unknown: no register of an area has so many.
fn short(number: u16, numbers: &[u32]) -> u16 {
    let known = numbers.get(usize::from(number)).copied().unwrap_or(NONE);
    u16::try_from(known).unwrap_or(u16::MAX)
}

/// Joins a column that one of the sides may not have.
fn optional<T: Clone>(
    whole: &mut Vec<T>,
    part: Vec<T>,
    (before, after, expected): (usize, usize, usize),
    none: T,
) {
    if whole.is_empty() && part.is_empty() {
        return;
    }
    whole.reserve_exact(expected - whole.len());
    whole.resize(before, none.clone());
    whole.extend(part);
    whole.resize(after, none);
}

/// Where one side does not say what is in scope, the whole amount is.
fn join_scope(whole: &mut Lines, part: Option<Vec<Fen>>, amounts: &[Fen]) {
    if whole.in_scope.is_empty() && part.is_none() {
        return;
    }
    if whole.in_scope.is_empty() {
        whole.in_scope.reserve_exact(whole.amount.capacity());
        whole.in_scope.extend_from_slice(&whole.amount);
    }
    whole
        .in_scope
        .extend(part.unwrap_or_else(|| amounts.to_vec()));
}
