use ledger::Transfer;
use terms::AreaCode;

use super::read::asked;
use super::rows;
use crate::tables::bill::take_transfer;
use crate::{Fault, Store};

impl Store {
    /// What the books hold of a statement of an institution, by batch and place.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn statement_transfers(
        &self,
        area: AreaCode,
        institution: &str,
        statement: &str,
    ) -> Result<Vec<Transfer>, Fault> {
        let pairs = [("owner", institution), ("reference", statement)];
        let (sql, cells) = asked(area, &pairs);
        let rest = format!("{sql} ORDER BY batch_id, sequence");
        self.rows(&rows::TRANSFERS, &rest, cells, take_transfer)
            .await
    }
}
