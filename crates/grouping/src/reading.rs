use serde::Serialize;

use crate::discharge::Discharge;
use crate::formula::{Part, Severity, Side};
use crate::lists::{Book, Code, ListId, Marks};
use crate::output::Note;

/// Notes about single codes are kept up to this many; a bill of a million codes stays readable.
const NOTED_CODES: usize = 8;

/// A discharge with its codes looked up and marked: what rules are held against.
#[derive(Debug)]
pub(crate) struct Reading<'a, 'd> {
    pub discharge: &'d Discharge<'a>,
    pub diagnoses: &'a Book,
    pub procedures: &'a Book,
    pub principal: Option<Code<'a>>,
    pub others: Vec<Code<'a>>,
    pub done: Vec<Code<'a>>,
    pub marks: Marks,
    pub has_mcc: bool,
    pub has_cc: bool,
    pub comorbidity_points: i64,
    pub notes: Vec<Note<'a>>,
}

/// A code that made a test of a rule hold (命中的编码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hit<'a> {
    /// Which part of the discharge.
    pub part: Part,
    /// The code as the scheme reads it.
    pub code: &'a str,
    /// What the list is called.
    pub list: &'a str,
}

impl<'a, 'd> Reading<'a, 'd> {
    /// Looks up and marks every code once.
    pub fn new(discharge: &'d Discharge<'a>, diagnoses: &'a Book, procedures: &'a Book) -> Self {
        let mut marks = Marks::new(diagnoses, procedures);
        let mut taken = Taken::default();
        let principal = discharge.principal.filter(|text| !text.trim().is_empty());
        let principal = principal.map(|text| {
            let code = diagnoses.read(text);
            taken.note(Side::Diagnosis, &code);
            marks.add(diagnoses, Part::Principal, &code);
            code
        });
        let mut read = |book: &'a Book, first: Part, rest: Part, texts: &[&'a str]| {
            let mut codes = Vec::with_capacity(texts.len());
            for text in texts {
                let code = book.read(text);
                if code.text.is_empty() {
                    continue;
                }
                let part = if codes.is_empty() { first } else { rest };
                taken.note(book.side(), &code);
                marks.add(book, part, &code);
                codes.push(code);
            }
            codes
        };
        let others = read(diagnoses, Part::Other, Part::Other, &discharge.others);
        let done = read(
            procedures,
            Part::Main,
            Part::OtherProcedure,
            &discharge.procedures,
        );
        Self {
            discharge,
            diagnoses,
            procedures,
            principal,
            others,
            done,
            marks,
            has_mcc: false,
            has_cc: false,
            comorbidity_points: 0,
            notes: taken.into_notes(),
        }
    }

    /// The level that the flags say.
    pub fn severity(&self) -> Severity {
        match (self.has_mcc, self.has_cc) {
            (true, _) => Severity::Mcc,
            (false, true) => Severity::Cc,
            (false, false) => Severity::None,
        }
    }

    /// The book that holds the lists of a part.
    pub fn book(&self, part: Part) -> &'a Book {
        match part.side() {
            Side::Diagnosis => self.diagnoses,
            Side::Procedure => self.procedures,
        }
    }

    /// The codes of a part.
    pub fn codes(&self, part: Part) -> impl Iterator<Item = &Code<'a>> {
        let (first, rest): (&[Code<'a>], &[Code<'a>]) = match part {
            Part::Principal => (self.principal.as_slice(), &[]),
            Part::Other => (&[], &self.others),
            Part::AnyDiagnosis => (self.principal.as_slice(), &self.others),
            Part::Main => (self.done.get(..1).unwrap_or_default(), &[]),
            Part::OtherProcedure => (&[], self.done.get(1..).unwrap_or_default()),
            Part::AnyProcedure => (&self.done, &[]),
        };
        first.iter().chain(rest)
    }

    /// How many different codes of the part are in the list.
    pub fn count(&self, part: Part, list: ListId) -> i64 {
        if !self.marks.has(part, list) {
            return 0;
        }
        let book = self.book(part);
        let found = self.codes(part).filter(|code| book.is_in(code, list));
        let mut texts: Vec<&str> = found.map(|code| code.text).collect();
        texts.sort_unstable();
        texts.dedup();
        i64::try_from(texts.len()).unwrap_or(i64::MAX)
    }

    /// The first code of the part that is in the list.
    pub fn hit(&self, part: Part, list: ListId) -> Option<Hit<'a>> {
        let book = self.book(part);
        let code = self.codes(part).find(|code| book.is_in(code, list))?;
        Some(Hit {
            part,
            code: code.text,
            list: book.label(list),
        })
    }
}

/// Notes about codes while they are taken in.
#[derive(Default)]
struct Taken<'a> {
    notes: Vec<Note<'a>>,
    unnoted: usize,
}

impl<'a> Taken<'a> {
    fn note(&mut self, side: Side, code: &Code<'a>) {
        let (written, read) = (code.written, code.text);
        if code.mapped {
            self.add(Note::Mapped {
                side,
                written,
                read,
            });
        } else if written != read {
            self.add(Note::Respelt {
                side,
                written,
                read,
            });
        }
        if code.unknown {
            self.add(Note::UnknownCode { side, code: read });
        }
        if code.gray {
            self.add(Note::GrayCode { side, code: read });
        }
    }

    fn add(&mut self, note: Note<'a>) {
        if self.notes.len() < NOTED_CODES {
            self.notes.push(note);
        } else {
            self.unnoted += 1;
        }
    }

    fn into_notes(mut self) -> Vec<Note<'a>> {
        if self.unnoted > 0 {
            self.notes.push(Note::MoreCodes {
                count: self.unnoted,
            });
        }
        self.notes
    }
}
