use money::Fen;

use super::Intake;
use crate::{Dictionary, Items, LineId, LineSlots, Lines, NONE, Names, Quality};

/// A part of the lines read on its own, with dictionaries of its own (明细块).
///
/// Readers fill blocks side by side, into columns of their own or into [`LineSlots`] of the batch;
/// the intake joins them in the order of the file.
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

/// The numbers of a batch for those of one block (重新编号).
#[derive(Debug)]
pub struct Renumbering {
    visits: Vec<u32>,
    items: Vec<u32>,
    departments: Vec<u32>,
    doctors: Vec<u32>,
    prescriptions: Vec<u32>,
    id_texts: Vec<u32>,
}

impl Renumbering {
    /// Puts the numbers of the batch into lines that have those of the block.
    pub fn apply(&self, slots: &mut LineSlots<'_>) {
        renumber(slots.visit, &self.visits);
        renumber(slots.item, &self.items);
        for (column, numbers) in [
            (&mut slots.doctor, &self.doctors),
            (&mut slots.prescription, &self.prescriptions),
        ] {
            if let Some(column) = column {
                renumber(column, numbers);
            }
        }
        for department in slots
            .department
            .iter_mut()
            .flat_map(|column| column.iter_mut())
        {
            *department = short(*department, &self.departments);
        }
        if !self.id_texts.is_empty() {
            for id in slots.id.iter_mut() {
                if let Some(number) = id.text_number() {
                    *id = LineId::text(self.id_texts[number as usize]);
                }
            }
        }
    }
}

impl Intake {
    /// Appends a block of lines.
    pub fn append(&mut self, mut block: LineBlock) {
        let mut lines = std::mem::take(&mut block.lines);
        self.renumbering(block).apply(&mut lines.whole());
        self.adopt(lines);
    }

    /// Takes the texts of a block and what was wrong with it; its lines are another's affair.
    pub fn renumbering(&mut self, block: LineBlock) -> Renumbering {
        self.data.quality.merge(block.quality);
        let mut likely = 0;
        let visits = named(&block.visits, |text| {
            let number = self.visit_number(text, likely);
            likely = number + 1;
            number
        });
        let id_texts = block.id_texts.texts();
        Renumbering {
            visits,
            items: self.merge_items(&block.items),
            departments: named(&block.departments, |text| {
                self.data.departments.number(text)
            }),
            doctors: named(&block.doctors, |text| self.data.doctors.number(text)),
            prescriptions: named(&block.prescriptions, |text| {
                self.data.prescriptions.number(text)
            }),
            id_texts: id_texts.map(|text| self.id_texts.number(text)).collect(),
        }
    }

    /// Appends lines that have the numbers of the batch.
    pub fn adopt(&mut self, part: Lines) {
        let whole = &mut self.data.lines;
        if whole.is_empty() {
            *whole = part;
            return;
        }
        let span = (whole.len(), whole.len() + part.len());
        whole.id.extend(part.id);
        whole.visit.extend(part.visit);
        whole.item.extend(part.item);
        whole.time.extend(part.time);
        whole.count.extend(part.count);
        optional(&mut whole.price, part.price, span, 0);
        let scope = (!part.in_scope.is_empty()).then_some(part.in_scope);
        join_scope(whole, scope, &part.amount);
        whole.amount.extend(part.amount);
        optional(&mut whole.department, part.department, span, u16::MAX);
        optional(&mut whole.doctor, part.doctor, span, NONE);
        optional(&mut whole.prescription, part.prescription, span, NONE);
        optional(&mut whole.supply_days, part.supply_days, span, 0);
        optional(&mut whole.dose, part.dose, span, 0);
        optional(&mut whole.flags, part.flags, span, 0);
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

/// Numbers that were never given out stand for nothing known.
fn renumber(column: &mut [u32], numbers: &[u32]) {
    for number in column {
        *number = numbers.get(*number as usize).copied().unwrap_or(NONE);
    }
}

/// Departments beyond 16 bits are read as unknown: no register of an area has so many.
fn short(number: u16, numbers: &[u32]) -> u16 {
    let known = numbers.get(usize::from(number)).copied().unwrap_or(NONE);
    u16::try_from(known).unwrap_or(u16::MAX)
}

/// Joins a column that one of the sides may not have.
fn optional<T: Clone>(whole: &mut Vec<T>, part: Vec<T>, (before, after): (usize, usize), none: T) {
    if whole.is_empty() && part.is_empty() {
        return;
    }
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
        whole.in_scope.extend_from_slice(&whole.amount);
    }
    whole
        .in_scope
        .extend(part.unwrap_or_else(|| amounts.to_vec()));
}
