use std::fmt;

use money::Fen;
use zerocopy::FromZeros;

use crate::{Moment, NONE};

/// The number of a line as its file says it (明细流水号).
///
/// A plain number stays a number; any other text is kept in a dictionary and marked by the top bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, FromZeros)]
pub struct LineId(pub u64);

impl LineId {
    const TEXT: u64 = 1 << 63;

    /// The number of a text that is a plain number without leading zeros.
    pub fn plain(text: &str) -> Option<Self> {
        let canonical = !text.is_empty() && (text == "0" || !text.starts_with('0'));
        let digits = canonical && text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().map(Self)).flatten()
    }

    /// The identity of a text that is not a plain number, by its place in the dictionary.
    pub fn text(number: u32) -> Self {
        Self(Self::TEXT | u64::from(number))
    }

    /// The place in the dictionary, when this is a text.
    pub fn text_number(self) -> Option<u32> {
        (self.0 & Self::TEXT != 0)
            .then(|| u32::try_from(self.0 & !Self::TEXT).expect("only 32 bits were set"))
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Claim lines, one column per field, all of one length (费用明细).
///
/// Columns that a file does not have are empty; read those through the accessors. Counts are
/// thousandths, prices 1/10 000 yuan, amounts fen.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Line ids.
    pub id: Vec<LineId>,
    /// The visit of each line.
    pub visit: Vec<u32>,
    /// The item of each line.
    pub item: Vec<u32>,
    /// When the fee arose.
    pub time: Vec<Moment>,
    /// Quantity in thousandths; negative on reversals.
    pub count: Vec<i32>,
    /// Unit price in 1/10 000 yuan; may be empty.
    pub price: Vec<i64>,
    /// Total amount.
    pub amount: Vec<Fen>,
    /// The part inside the scope of payment; empty when files do not say.
    pub in_scope: Vec<Fen>,
    /// Ordering department; may be empty.
    pub department: Vec<u16>,
    /// Ordering doctor; may be empty.
    pub doctor: Vec<u32>,
    /// Prescription; may be empty.
    pub prescription: Vec<u32>,
    /// Days of supply, 0 unknown; may be empty.
    pub supply_days: Vec<u16>,
    /// Single dose in thousandths of its unit, 0 unknown; may be empty.
    pub dose: Vec<i32>,
    /// Charge level and marks; may be empty. See the accessors.
    pub flags: Vec<u8>,
}

impl Lines {
    /// Flag: the charge level is 03, outside the catalogue (丙类、自费).
    pub const OUTSIDE_CATALOGUE: u8 = 1;
    /// Flag: take-home drug (出院带药).
    pub const TAKE_HOME: u8 = 2;
    /// Flag: split pack (拆零).
    pub const SPLIT: u8 = 4;
    /// Flag: a trace code was uploaded with the line (已上传追溯码).
    pub const TRACED: u8 = 8;

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// What lies inside the scope of payment; the whole amount when files do not say.
    pub fn in_scope(&self, row: u32) -> Fen {
        let row = row as usize;
        self.in_scope.get(row).copied().unwrap_or(self.amount[row])
    }

    /// Unit price in 1/10 000 yuan.
    pub fn price(&self, row: u32) -> Option<i64> {
        self.price.get(row as usize).copied()
    }

    /// The doctor, [`NONE`] when unknown.
    pub fn doctor(&self, row: u32) -> u32 {
        self.doctor.get(row as usize).copied().unwrap_or(NONE)
    }

    /// The department.
    pub fn department(&self, row: u32) -> Option<u16> {
        let known = self.department.get(row as usize).copied();
        known.filter(|&department| department != u16::MAX)
    }

    /// The prescription, [`NONE`] when unknown.
    pub fn prescription(&self, row: u32) -> u32 {
        self.prescription.get(row as usize).copied().unwrap_or(NONE)
    }

    /// Days of supply.
    pub fn supply_days(&self, row: u32) -> Option<i32> {
        let days = self.supply_days.get(row as usize).copied();
        days.filter(|&days| days > 0).map(i32::from)
    }

    /// Single dose in thousandths of its unit.
    pub fn dose(&self, row: u32) -> Option<i64> {
        let dose = self.dose.get(row as usize).copied();
        dose.filter(|&dose| dose > 0).map(i64::from)
    }

    /// Whether a flag is set; no when files do not say.
    pub fn has(&self, row: u32, flag: u8) -> bool {
        self.flags
            .get(row as usize)
            .is_some_and(|flags| flags & flag != 0)
    }

    /// The same lines without these rows, given ascending.
    #[must_use]
    pub fn without(self, rows: &[usize]) -> Self {
        if rows.is_empty() {
            return self;
        }
        let mut out = rows.iter().peekable();
        let all = (0_u32..).take(self.len());
        let kept = all.filter(|&row| out.next_if(|&&one| one == row as usize).is_none());
        self.picked(&kept.collect::<Vec<_>>())
    }

    /// The lines at these rows, in this order.
    pub(crate) fn picked(&self, rows: &[u32]) -> Self {
        fn pick<T: Copy>(column: &[T], rows: &[u32]) -> Vec<T> {
            if column.is_empty() {
                return Vec::new();
            }
            rows.iter().map(|&row| column[row as usize]).collect()
        }
        Self {
            id: pick(&self.id, rows),
            visit: pick(&self.visit, rows),
            item: pick(&self.item, rows),
            time: pick(&self.time, rows),
            count: pick(&self.count, rows),
            price: pick(&self.price, rows),
            amount: pick(&self.amount, rows),
            in_scope: pick(&self.in_scope, rows),
            department: pick(&self.department, rows),
            doctor: pick(&self.doctor, rows),
            prescription: pick(&self.prescription, rows),
            supply_days: pick(&self.supply_days, rows),
            dose: pick(&self.dose, rows),
            flags: pick(&self.flags, rows),
        }
    }
}
