use std::collections::BTreeSet;
use std::fmt;

use money::Quantity;

/// Why the codes of a line do not fit its quantity (T004 追溯码数量与销售数量不符).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountFault {
    /// One code stands twice in the line.
    Twice(String),
    /// Whole boxes were sold, and there is not one code for each.
    NotOneEach {
        /// Different codes.
        codes: usize,
        /// Boxes.
        boxes: Quantity,
    },
}

impl fmt::Display for CountFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(code) => write!(f, "追溯码“{code}”在同一明细中重复"),
            Self::NotOneEach { codes, boxes } => {
                write!(f, "整盒销售{boxes}盒，应有同样多的追溯码，实有{codes}个")
            }
        }
    }
}

/// Whether the codes of a line fit its quantity: one for each whole box; a split pack is free.
///
/// # Errors
/// [`CountFault`] naming what does not fit; a line without codes fits.
pub fn codes_fit(quantity: Quantity, split: bool, codes: &[String]) -> Result<(), CountFault> {
    let mut seen = BTreeSet::new();
    if let Some(twice) = codes.iter().find(|code| !seen.insert(code.as_str())) {
        return Err(CountFault::Twice(twice.clone()));
    }
    let boxes = i64::try_from(codes.len()).ok();
    let boxes = boxes.and_then(|count| count.checked_mul(Quantity::ONE.get()));
    if split || codes.is_empty() || boxes == Some(quantity.get()) {
        return Ok(());
    }
    Err(CountFault::NotOneEach {
        codes: codes.len(),
        boxes: quantity,
    })
}
