use super::book::{Book, Code};
use super::draft::ListId;
use crate::formula::Part;

/// Which lists each part of one discharge is in, as bits.
#[derive(Debug)]
pub(crate) struct Marks {
    bits: Vec<u64>,
    diagnosis_words: usize,
    procedure_words: usize,
}

impl Marks {
    /// Nothing marked.
    pub fn new(diagnoses: &Book, procedures: &Book) -> Self {
        let diagnosis_words = diagnoses.lists().div_ceil(64);
        let procedure_words = procedures.lists().div_ceil(64);
        Self {
            bits: vec![0; 2 * (diagnosis_words + procedure_words)],
            diagnosis_words,
            procedure_words,
        }
    }

    /// Marks the lists of a code of one of the four single parts.
    pub fn add(&mut self, book: &Book, part: Part, code: &Code<'_>) {
        let from = self.offset(part);
        book.each_list(code, |list| {
            if let Some(word) = self.bits.get_mut(from + (list / 64) as usize) {
                *word |= 1 << (list % 64);
            }
        });
    }

    /// Whether a code of the part is in the list.
    pub fn has(&self, part: Part, list: ListId) -> bool {
        match part {
            Part::AnyDiagnosis => self.has(Part::Principal, list) || self.has(Part::Other, list),
            Part::AnyProcedure => {
                self.has(Part::Main, list) || self.has(Part::OtherProcedure, list)
            }
            single => {
                let word = self.bits.get(self.offset(single) + (list / 64) as usize);
                word.is_some_and(|word| word >> (list % 64) & 1 == 1)
            }
        }
    }

    fn offset(&self, part: Part) -> usize {
        match part {
            Part::Principal | Part::AnyDiagnosis => 0,
            Part::Other => self.diagnosis_words,
            Part::Main | Part::AnyProcedure => 2 * self.diagnosis_words,
            Part::OtherProcedure => 2 * self.diagnosis_words + self.procedure_words,
        }
    }
}
