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
#[derive(Debug, Clone)]
pub struct Dictionary(Texts);

/// Numbers of visits mostly ascend in their files: then a text is found by halving, and nothing
/// but the texts is kept. The first that does not ascend moves all into a table of hashes.
#[derive(Debug, Clone)]
enum Texts {
    Ascending(Ascending),
    Hashed(IndexSet<CompactString, FixedState>),
}

impl Default for Dictionary {
    fn default() -> Self {
        Self(Texts::Ascending(Ascending::default()))
    }
}

impl Dictionary {
    /// The number of a text, given out now if it is new.
    ///
    /// # Panics
    /// Beyond 2³² − 2 different texts.
    pub fn number(&mut self, text: &str) -> u32 {
        let index = match &mut self.0 {
            Texts::Ascending(texts) if texts.last().is_none_or(|last| last < text) => {
                texts.push(text)
            }
            Texts::Ascending(texts) => match texts.place(text) {
                Some(place) => place,
                None => {
                    let mut hashed: IndexSet<CompactString, FixedState> =
                        texts.iter().map(CompactString::from).collect();
                    let index = hashed.insert_full(CompactString::from(text)).0;
                    self.0 = Texts::Hashed(hashed);
                    index
                }
            },
            Texts::Hashed(texts) => {
                // A short text is copied without memory of its own: one look-up says whether it
                // is new.
                let known = if text.len() <= SHORT {
                    None
                } else {
                    texts.get_index_of(text)
                };
                known.unwrap_or_else(|| texts.insert_full(CompactString::from(text)).0)
            }
        };
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
        match &mut self.0 {
            Texts::Ascending(texts) => texts.ends.reserve(more),
            Texts::Hashed(texts) => texts.reserve(more),
        }
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
        let index = match &self.0 {
            Texts::Ascending(texts) => texts.place(text),
            Texts::Hashed(texts) => texts.get_index_of(text),
        };
        index.and_then(|index| u32::try_from(index).ok())
    }

    /// The text of a number; empty for [`NONE`] and numbers never given out.
    pub fn text(&self, number: u32) -> &str {
        match &self.0 {
            Texts::Ascending(texts) => texts.text(number as usize),
            Texts::Hashed(texts) => {
                let text = texts.get_index(number as usize);
                text.map_or("", CompactString::as_str)
            }
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Texts::Ascending(texts) => texts.ends.len(),
            Texts::Hashed(texts) => texts.len(),
        }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All texts by number.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        let count = u32::try_from(self.len()).expect("fewer than 2^32 texts");
        (0..count).map(|number| self.text(number))
    }
}

/// Texts in ascending order, one after the other in one piece.
#[derive(Debug, Clone, Default)]
struct Ascending {
    text: String,
    ends: Vec<usize>,
}

impl Ascending {
    fn push(&mut self, text: &str) -> usize {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.ends.len() - 1
    }

    fn text(&self, place: usize) -> &str {
        let Some(&end) = self.ends.get(place) else {
            return "";
        };
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin..end]
    }

    fn last(&self) -> Option<&str> {
        let place = self.ends.len().checked_sub(1)?;
        Some(self.text(place))
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|place| self.text(place))
    }

    fn place(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.text(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.ends.len() && self.text(low) == text).then_some(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_when_texts_stop_ascending() {
        let mut dictionary = Dictionary::default();
        let given: Vec<u32> = ["A", "C", "C", "E", "B", "A", "F", "", "E"]
            .into_iter()
            .map(|text| dictionary.number(text))
            .collect();
        assert_eq!(given, [0, 1, 1, 2, 3, 0, 4, 5, 2]);
        assert_eq!(
            dictionary.texts().collect::<Vec<_>>(),
            ["A", "C", "E", "B", "F", ""]
        );
        assert_eq!(
            (dictionary.find("E"), dictionary.find("D")),
            (Some(2), None)
        );
    }

    #[test]
    fn ascending_texts_are_found_by_halving() {
        let mut dictionary = Dictionary::default();
        for number in (0..1_000_u32).step_by(2) {
            assert_eq!(dictionary.number(&format!("V{number:04}")), number / 2);
        }
        for number in 0..1_000_u32 {
            let found = dictionary.find(&format!("V{number:04}"));
            assert_eq!(found, (number % 2 == 0).then_some(number / 2));
        }
        assert_eq!(
            (
                dictionary.text(499),
                dictionary.text(500),
                dictionary.text(NONE)
            ),
            ("V0998", "", "")
        );
    }
}
