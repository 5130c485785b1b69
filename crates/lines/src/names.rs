use foldhash::fast::FixedState;
use indexmap::IndexMap;

use compact_str::CompactString;

/// Texts numbered as they are given, one after the other in one piece (名单).
///
/// ```
/// let mut names = lines::Names::default();
/// assert_eq!((names.push("A"), names.push("A")), (0, 1));
/// assert_eq!((names.number("B"), names.number("B")), (2, 2));
/// assert_eq!(names.texts().collect::<Vec<_>>(), ["A", "A", "B"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
    known: IndexMap<CompactString, u32, FixedState>,
}

impl Names {
    /// The next number, for a text that nobody looks up: where it may come twice, see
    /// [`Self::number`].
    ///
    /// # Panics
    /// Beyond 2³² − 1 texts.
    pub fn push(&mut self, text: &str) -> u32 {
        let number = u32::try_from(self.ends.len()).expect("fewer than 2^32 texts");
        self.text.push_str(text);
        self.ends.push(self.text.len());
        number
    }

    /// The number under which this method gave out a text before, else the next.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.known.get(text) {
            return number;
        }
        let number = self.push(text);
        self.known.insert(CompactString::from(text), number);
        number
    }

    /// The number of a text; [`crate::NONE`] for an empty text.
    pub fn number_or_none(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            crate::NONE
        } else {
            self.number(text)
        }
    }

    /// All texts by number.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut begin = 0;
        self.ends
            .iter()
            .map(move |&end| &self.text[std::mem::replace(&mut begin, end)..end])
    }
}
