use compact_str::CompactString;
use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::NONE;

/// Bytes that a text keeps in place.
const SHORT: usize = std::mem::size_of::<CompactString>();

/// Texts numbered in the order of their first appearance (字典).
///
/// ```
/// let mut codes = lines::Dictionary::default();
/// assert_eq!((codes.number("A"), codes.number("B"), codes.number("A")), (0, 1, 0));
/// assert_eq!(codes.text(1), "B");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Dictionary(IndexSet<CompactString, FixedState>);

impl Dictionary {
    /// The number of a text, given out now if it is new.
    ///
    /// # Panics
    /// Beyond 2³² − 2 different texts.
    pub fn number(&mut self, text: &str) -> u32 {
        // A short text is copied without memory of its own: one look-up says whether it is new.
        let known = if text.len() <= SHORT {
            None
        } else {
            self.0.get_index_of(text)
        };
        let index = known.unwrap_or_else(|| self.0.insert_full(CompactString::from(text)).0);
        u32::try_from(index).expect("fewer than 2^32 texts")
    }

    /// As [`Self::number`], after a look at one number: files that belong together mostly name
    /// things in the same order.
    pub fn number_likely(&mut self, text: &str, likely: u32) -> u32 {
        if self.text(likely) == text && !text.is_empty() {
            likely
        } else {
            self.number(text)
        }
    }

    /// Makes room for so many more texts.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// The number of a text; [`NONE`] for an empty text.
    pub fn number_or_none(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            NONE
        } else {
            self.number(text)
        }
    }

    /// The number of a text seen before.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.0
            .get_index_of(text)
            .and_then(|index| u32::try_from(index).ok())
    }

    /// The text of a number; empty for [`NONE`] and numbers never given out.
    pub fn text(&self, number: u32) -> &str {
        self.0
            .get_index(number as usize)
            .map_or("", CompactString::as_str)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All texts by number.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(CompactString::as_str)
    }
}
