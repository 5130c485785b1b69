use std::path::Path;

use crate::engine::Engine;
use crate::{Fault, Store};

impl Store {
    /// Copies an embedded database into a new file at one moment, while it is in use (备份).
    ///
    /// # Errors
    /// [`Fault`] if the file exists or cannot be written, and for PostgreSQL, which has its own
    /// tools for this.
    pub async fn backup(&self, to: &Path) -> Result<(), Fault> {
        let Engine::Sqlite { read, .. } = &self.engine else {
            return Err(Fault::found("back up a PostgreSQL database (use pg_dump)"));
        };
        let failed = |cause| Fault::database(format!("back up to {}", to.display()), cause);
        let mut connection = read.acquire().await.map_err(failed)?;
        // A reading connection may not write its own file; the copy is another one.
        sqlx::query("PRAGMA query_only = off")
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
        let target = to.to_string_lossy().into_owned();
        let copied = sqlx::query("VACUUM INTO ?1")
            .bind(target)
            .execute(&mut *connection)
            .await;
        sqlx::query("PRAGMA query_only = on")
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
        copied.map(|_| ()).map_err(failed)
    }
}
