use foldhash::fast::FixedState;
use indexmap::IndexMap;

/// Values by the beginning of a code.
#[derive(Debug, Clone)]
pub(crate) struct PrefixMap<V> {
    values: IndexMap<Box<str>, V, FixedState>,
    /// Lengths of the beginnings in bytes, rising.
    lengths: Vec<usize>,
}

impl<V> Default for PrefixMap<V> {
    fn default() -> Self {
        Self {
            values: IndexMap::default(),
            lengths: Vec::new(),
        }
    }
}

impl<V: Default> PrefixMap<V> {
    /// The value of a beginning, made when there is none.
    pub fn entry(&mut self, prefix: &str) -> &mut V {
        if let Err(at) = self.lengths.binary_search(&prefix.len()) {
            self.lengths.insert(at, prefix.len());
        }
        self.values.entry(prefix.into()).or_default()
    }
}

impl<V> PrefixMap<V> {
    /// The values of everything the code begins with, shortest first.
    pub fn all<'m>(&'m self, code: &'m str) -> impl DoubleEndedIterator<Item = &'m V> {
        let heads = self.lengths.iter().filter_map(|length| code.get(..*length));
        heads.filter_map(|head| self.values.get(head))
    }

    /// The value of the longest beginning.
    pub fn longest(&self, code: &str) -> Option<&V> {
        let mut heads = self.lengths.iter().rev();
        heads.find_map(|length| self.values.get(code.get(..*length)?))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
