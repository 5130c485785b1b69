use crate::Planned;

/// Rows handed out to rules, by the places of the rules.
pub(super) struct Buckets {
    rows: Vec<Vec<u32>>,
    touched: Vec<u16>,
}

impl Buckets {
    pub(super) fn of(rules: &[Planned]) -> Self {
        Self {
            rows: vec![Vec::new(); rules.len()],
            touched: Vec::new(),
        }
    }

    pub(super) fn hand(&mut self, slot: u16, row: u32) {
        let bucket = &mut self.rows[usize::from(slot)];
        if bucket.is_empty() {
            self.touched.push(slot);
        }
        bucket.push(row);
    }

    /// Gives each bucket that holds anything to `take`, with its place, and empties it.
    pub(super) fn drain(&mut self, mut take: impl FnMut(usize, &[u32])) {
        for slot in self.touched.drain(..) {
            let bucket = &mut self.rows[usize::from(slot)];
            take(usize::from(slot), bucket);
            bucket.clear();
        }
    }
}
