//! 就地填列：整批明细的列先备好，各段由各线程填。

use std::collections::BTreeSet;

use money::Fen;
use zerocopy::FromZeros;

use crate::{LineId, Lines, Moment, NONE};

/// A column of lines that a file need not have (可缺列).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineColumn {
    /// Unit price.
    Price,
    /// Inside the scope of payment.
    InScope,
    /// Ordering department.
    Department,
    /// Ordering doctor.
    Doctor,
    /// Prescription.
    Prescription,
    /// Days of supply.
    SupplyDays,
    /// Single dose.
    Dose,
    /// Charge level and marks.
    Flags,
}

impl LineColumn {
    /// The column that a file's column goes into, by its name of the house.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "price" => Self::Price,
            "in_scope" => Self::InScope,
            "department" => Self::Department,
            "doctor" => Self::Doctor,
            "prescription" => Self::Prescription,
            "supply_days" => Self::SupplyDays,
            "dose" => Self::Dose,
            "charge_level" | "take_home" | "split" | "trace_code" => Self::Flags,
            _ => return None,
        })
    }
}

/// Room for some lines in the columns of a batch, to be filled by one thread (明细段).
///
/// All of one length. Where the batch has a column and the file of these lines has not,
/// [`Self::leave_out`] says so.
#[derive(Debug)]
#[expect(
    missing_docs,
    reason = "the columns of `Lines`, which says what they are"
)]
pub struct LineSlots<'l> {
    pub id: &'l mut [LineId],
    pub visit: &'l mut [u32],
    pub item: &'l mut [u32],
    pub time: &'l mut [Moment],
    pub count: &'l mut [i32],
    pub amount: &'l mut [Fen],
    pub price: Option<&'l mut [i64]>,
    pub in_scope: Option<&'l mut [Fen]>,
    pub department: Option<&'l mut [u16]>,
    pub doctor: Option<&'l mut [u32]>,
    pub prescription: Option<&'l mut [u32]>,
    pub supply_days: Option<&'l mut [u16]>,
    pub dose: Option<&'l mut [i32]>,
    pub flags: Option<&'l mut [u8]>,
}

impl LineSlots<'_> {
    /// Fills a column that the file of these lines does not have; where it does not say what is in
    /// scope, the whole amount is.
    pub fn leave_out(&mut self, column: LineColumn) {
        match column {
            LineColumn::InScope => {
                if let Some(in_scope) = &mut self.in_scope {
                    in_scope.copy_from_slice(self.amount);
                }
            }
            LineColumn::Department => fill(&mut self.department, u16::MAX),
            LineColumn::Doctor => fill(&mut self.doctor, NONE),
            LineColumn::Prescription => fill(&mut self.prescription, NONE),
            LineColumn::Price => fill(&mut self.price, 0),
            LineColumn::SupplyDays => fill(&mut self.supply_days, 0),
            LineColumn::Dose => fill(&mut self.dose, 0),
            LineColumn::Flags => fill(&mut self.flags, 0),
        }
    }
}

fn fill<T: Copy>(column: &mut Option<&mut [T]>, value: T) {
    if let Some(column) = column {
        column.fill(value);
    }
}

impl Lines {
    /// Room for so many lines, with these of the columns that need not be there.
    ///
    /// The room is the system's empty memory: nothing is written until a line is.
    pub fn sized(rows: usize, given: &BTreeSet<LineColumn>) -> Self {
        let rows_of = |column: LineColumn| if given.contains(&column) { rows } else { 0 };
        Self {
            id: zeros(rows),
            visit: zeros(rows),
            item: zeros(rows),
            time: zeros(rows),
            count: zeros(rows),
            amount: zeros(rows),
            price: zeros(rows_of(LineColumn::Price)),
            in_scope: zeros(rows_of(LineColumn::InScope)),
            department: zeros(rows_of(LineColumn::Department)),
            doctor: zeros(rows_of(LineColumn::Doctor)),
            prescription: zeros(rows_of(LineColumn::Prescription)),
            supply_days: zeros(rows_of(LineColumn::SupplyDays)),
            dose: zeros(rows_of(LineColumn::Dose)),
            flags: zeros(rows_of(LineColumn::Flags)),
        }
    }

    /// Cuts the columns into pieces of these lengths, which add up to all lines.
    pub fn cut(&mut self, sizes: &[usize]) -> Vec<LineSlots<'_>> {
        let mut id = pieces(&mut self.id, sizes);
        let mut visit = pieces(&mut self.visit, sizes);
        let mut item = pieces(&mut self.item, sizes);
        let mut time = pieces(&mut self.time, sizes);
        let mut count = pieces(&mut self.count, sizes);
        let mut amount = pieces(&mut self.amount, sizes);
        let mut price = some_pieces(&mut self.price, sizes);
        let mut in_scope = some_pieces(&mut self.in_scope, sizes);
        let mut department = some_pieces(&mut self.department, sizes);
        let mut doctor = some_pieces(&mut self.doctor, sizes);
        let mut prescription = some_pieces(&mut self.prescription, sizes);
        let mut supply_days = some_pieces(&mut self.supply_days, sizes);
        let mut dose = some_pieces(&mut self.dose, sizes);
        let mut flags = some_pieces(&mut self.flags, sizes);
        let one = |_| LineSlots {
            id: id(),
            visit: visit(),
            item: item(),
            time: time(),
            count: count(),
            amount: amount(),
            price: price(),
            in_scope: in_scope(),
            department: department(),
            doctor: doctor(),
            prescription: prescription(),
            supply_days: supply_days(),
            dose: dose(),
            flags: flags(),
        };
        sizes.iter().map(one).collect()
    }

    /// All columns as one piece.
    pub fn whole(&mut self) -> LineSlots<'_> {
        let rows = self.len();
        let pieces = self.cut(&[rows]).pop();
        pieces.expect("one length gives one piece")
    }
}

fn zeros<T: FromZeros>(rows: usize) -> Vec<T> {
    // The only error is a length beyond the address space, where `vec!` would end the same way.
    T::new_vec_zeroed(rows).unwrap_or_else(|_| panic!("no memory holds {rows} lines"))
}

/// Gives one piece of a column after the other.
fn pieces<'l, T>(column: &'l mut [T], sizes: &[usize]) -> impl FnMut() -> &'l mut [T] {
    let (mut rest, mut sizes) = (column, sizes.iter().copied());
    move || {
        let size = sizes.next().unwrap_or(0);
        let (piece, behind) = std::mem::take(&mut rest).split_at_mut(size);
        rest = behind;
        piece
    }
}

/// As [`pieces`], of a column that may not be there.
fn some_pieces<'l, T>(column: &'l mut [T], sizes: &[usize]) -> impl FnMut() -> Option<&'l mut [T]> {
    let there = !column.is_empty();
    let mut next = pieces(column, if there { sizes } else { &[] });
    move || there.then(&mut next)
}
