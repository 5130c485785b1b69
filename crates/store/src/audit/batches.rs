use terms::AreaCode;

use super::read::keys;
use super::rows::{self, DoubtBatchRow};
use crate::{Fault, Store};

impl Store {
    /// Samples (`sample`) or work on many doubts (`bulk`), newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn doubt_batches(
        &self,
        area: AreaCode,
        kind: &str,
        limit: usize,
    ) -> Result<Vec<DoubtBatchRow>, Fault> {
        let newest = "ORDER BY made_at DESC, batch_id DESC";
        let rest = format!("WHERE area = $1 AND kind = $2 {newest} LIMIT {limit}");
        let cells = keys(area, &[kind]);
        self.rows(&rows::BATCHES, &rest, cells, DoubtBatchRow::take)
            .await
    }
}
