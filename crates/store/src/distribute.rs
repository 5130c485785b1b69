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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::table::Table;

    /// All migrations of an engine, oldest first, as one text.
    fn migrations(engine: &str) -> String {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect()
    }

    /// What a migration says of a table: its columns and its unique keys.
    #[derive(Debug, Default)]
    struct Described {
        columns: Vec<String>,
        keys: Vec<Vec<String>>,
    }

    fn list(text: &str) -> Vec<String> {
        let inside = text.split_once('(').unwrap().1.rsplit_once(')').unwrap().0;
        inside
            .split(',')
            .map(|name| name.trim().to_owned())
            .collect()
    }

    fn described(sql: &str) -> BTreeMap<String, Described> {
        let mut tables: BTreeMap<String, Described> = BTreeMap::new();
        let mut current = String::new();
        for line in sql.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                current = rest.trim_end_matches(" (").to_owned();
                tables.entry(current.clone()).or_default();
            } else if let Some(rest) = line.strip_prefix("ALTER TABLE ") {
                let mut words = rest.split(' ');
                let table = words.next().unwrap();
                if rest.contains(" ADD COLUMN ") {
                    let column = words.nth(2).unwrap().to_owned();
                    tables.get_mut(table).unwrap().columns.push(column);
                }
            } else if let Some(rest) = line.strip_prefix("    PRIMARY KEY ") {
                tables.get_mut(&current).unwrap().keys.push(list(rest));
            } else if let Some(rest) = line.strip_prefix("CREATE UNIQUE INDEX ") {
                let table = rest
                    .split(" ON ")
                    .nth(1)
                    .unwrap()
                    .split(' ')
                    .next()
                    .unwrap();
                tables.get_mut(table).unwrap().keys.push(list(rest));
            } else if let Some(name) = line.strip_prefix("    ") {
                let name = name.split(' ').next().unwrap();
                let column = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                if column && !name.is_empty() {
                    tables
                        .entry(current.clone())
                        .or_default()
                        .columns
                        .push(name.to_owned());
                }
            }
        }
        tables
    }

    fn check_key(table: &Table, key: &[String]) {
        assert_eq!(key[0], "area", "{}: the area leads every key", table.name);
        match table.home {
            Home::Person => assert_eq!(key[1], "person_no", "{}: then the person", table.name),
            Home::Column(column) => {
                assert!(
                    key.iter().any(|name| name == column),
                    "{}: {key:?}",
                    table.name
                );
            }
            Home::Everywhere => {}
        }
    }

    #[test]
    fn every_key_leads_with_area_and_person() {
        for sql in ["sqlite", "postgres"].map(migrations) {
            let tables = described(&sql);
            assert_eq!(tables.len(), tables::ALL.len());
            for table in tables::ALL {
                let found = &tables[table.name];
                let columns: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
                assert_eq!(found.columns, columns, "{}", table.name);
                assert!(!found.keys.is_empty(), "{} has no key", table.name);
                found.keys.iter().for_each(|key| check_key(table, key));
            }
            let code = sql.lines().filter(|line| !line.starts_with("--"));
            let lower = code.collect::<String>().to_lowercase();
            for word in ["serial", "references", "autoincrement", "generated"] {
                assert!(!lower.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn every_table_gets_a_home() {
        let statements = distribution_statements();
        assert_eq!(statements.len(), tables::ALL.len() + 1);
        let persons = statements
            .iter()
            .position(|s| s.contains("'persons', 'person_no')"))
            .unwrap();
        for (place, statement) in statements.iter().enumerate() {
            if statement.contains("colocate_with => 'persons'") {
                assert!(place > persons, "{statement}");
            }
        }
    }
}
