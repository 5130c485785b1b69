use sqlx::AssertSqlSafe;

use crate::engine::Engine;
use crate::table::Home;
use crate::tables;
use crate::{Fault, Store};

/// The statements that spread the tables over the nodes of a Citus cluster.
///
/// Everything of a person lies together, distributed by `person_no`; what is looked up without a
/// person is distributed by its own key; small tables are copied to every node. Message numbers
/// (`request_claims`) lie apart from persons, because a number must be unique whoever it is used
/// for: the writer claims it in a transaction of its own before the settlement's transaction,
/// which then touches one person's node only.
pub fn distribution_statements() -> Vec<String> {
    // The triggers only refuse; they read and write nothing, so they are safe on every node.
    let mut statements = vec!["SET citus.enable_unsafe_triggers TO on".to_owned()];
    for table in tables::ALL {
        let name = table.name;
        statements.push(match table.home {
            Home::Everywhere => format!("SELECT create_reference_table('{name}')"),
            Home::Person if name == tables::person::PERSONS.name => {
                format!("SELECT create_distributed_table('{name}', 'person_no')")
            }
            Home::Person => format!(
                "SELECT create_distributed_table('{name}', 'person_no', \
                 colocate_with => '{}')",
                tables::person::PERSONS.name
            ),
            Home::Column(column) => format!(
                "SELECT create_distributed_table('{name}', '{column}', \
                 colocate_with => 'none')"
            ),
        });
    }
    statements
}

impl Store {
    /// Spreads the tables over the nodes of a cluster; open the store again afterwards.
    ///
    /// # Errors
    /// [`Fault`] on SQLite, and if the server is not a Citus coordinator.
    pub async fn distribute(&self) -> Result<(), Fault> {
        let Engine::Postgres { pool } = &self.engine else {
            return Err(Fault::found("only a PostgreSQL cluster can be distributed"));
        };
        let failed = |cause| Fault::database("distribute the tables", cause);
        let mut connection = pool.acquire().await.map_err(failed)?;
        for statement in distribution_statements() {
            sqlx::query(AssertSqlSafe(statement))
                .execute(&mut *connection)
                .await
                .map_err(failed)?;
        }
        Ok(())
    }
}
