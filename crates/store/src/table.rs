use std::fmt::Write as _;

/// What a column holds; decides how it is bound, cast and read on each engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Bool,
    Text,
    Date,
    Time,
    Json,
    Bytes,
}

/// Where the rows of a table live when the database is spread over several nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// With their person: distributed by person, co-located with all else of the person.
    Person,
    /// By a column of their own; on a cluster never written in one transaction with a settlement.
    Column(&'static str),
    /// A copy on every node.
    Everywhere,
}

/// A table as the code sees it: name, home, columns in the order they are written and read.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) home: Home,
    pub(crate) columns: &'static [(&'static str, Kind)],
}

/// An insert of many rows with what happens when a row meets one of its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Insert {
    pub(crate) table: &'static Table,
    /// The `ON CONFLICT` clause, or nothing: then a meeting is a failure.
    pub(crate) meeting: &'static str,
    /// The `RETURNING` clause, or nothing.
    pub(crate) returning: &'static str,
}

impl Insert {
    /// An insert that must not meet anything.
    pub(crate) const fn into(table: &'static Table) -> Self {
        Self {
            table,
            meeting: "",
            returning: "",
        }
    }

    /// An insert with an `ON CONFLICT` clause.
    pub(crate) const fn or(table: &'static Table, meeting: &'static str) -> Self {
        Self {
            table,
            meeting,
            returning: "",
        }
    }
}

/// The engine that SQL is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// How a parameter of this kind is written.
    pub(crate) fn parameter(self, place: usize, kind: Kind) -> String {
        match (self, kind) {
            (Self::Postgres, Kind::Date) => format!("CAST(${place} AS date)"),
            (Self::Postgres, Kind::Time) => format!("CAST(${place} AS timestamp)"),
            (Self::Postgres, Kind::Json) => format!("CAST(${place} AS jsonb)"),
            _ => format!("${place}"),
        }
    }

    /// How a column is read so that the driver sees a plain integer, text or byte string.
    pub(crate) fn column(self, name: &str, kind: Kind) -> String {
        match (self, kind) {
            (Self::Postgres, Kind::Int) => format!("CAST({name} AS bigint)"),
            (Self::Postgres, Kind::Date | Kind::Time | Kind::Json) => {
                format!("CAST({name} AS text)")
            }
            _ => name.to_owned(),
        }
    }

    /// All columns of a table, as read.
    pub(crate) fn columns(self, table: &Table) -> String {
        let mut list = String::new();
        for (place, (name, kind)) in table.columns.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            let _ = write!(list, "{comma}{}", self.column(name, *kind));
        }
        list
    }

    /// A sub-select that yields a JSON array with one array of columns per row.
    pub(crate) fn rows_as_json(self, table: &Table, condition: &str) -> String {
        let columns = self.columns(table);
        let name = table.name;
        match self {
            Self::Sqlite => format!(
                "(SELECT json_group_array(json_array({columns})) FROM {name} WHERE {condition})"
            ),
            Self::Postgres => format!(
                "(SELECT CAST(COALESCE(json_agg(json_build_array({columns})), '[]') AS text) \
                 FROM {name} WHERE {condition})"
            ),
        }
    }
}

/// The text of a multi-row insert for SQLite: `VALUES` with as many groups as rows.
pub(crate) fn sqlite_insert(insert: &Insert, rows: usize) -> String {
    let width = insert.table.columns.len();
    let mut sql = head(insert);
    sql.push_str("VALUES ");
    let group = format!("({})", vec!["?"; width].join(","));
    sql.push_str(&vec![group.as_str(); rows].join(","));
    tail(sql, insert)
}

/// The constant text of a multi-row insert for PostgreSQL: one array per column.
pub(crate) fn postgres_insert(insert: &Insert) -> String {
    let mut sql = head(insert);
    let (mut reads, mut arrays, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (_, kind)) in insert.table.columns.iter().enumerate() {
        let (cast, array) = match kind {
            Kind::Int => ("", "bigint[]"),
            Kind::Bool => ("", "boolean[]"),
            Kind::Bytes => ("", "bytea[]"),
            Kind::Text => ("", "text[]"),
            Kind::Date => ("date", "text[]"),
            Kind::Time => ("timestamp", "text[]"),
            Kind::Json => ("jsonb", "text[]"),
        };
        let name = format!("u.c{place}");
        reads.push(match cast {
            "" => name,
            _ => format!("CAST({name} AS {cast})"),
        });
        arrays.push(format!("${}::{array}", place + 1));
        names.push(format!("c{place}"));
    }
    let _ = write!(
        sql,
        "SELECT {} FROM UNNEST({}) AS u({})",
        reads.join(","),
        arrays.join(","),
        names.join(",")
    );
    tail(sql, insert)
}

fn head(insert: &Insert) -> String {
    let names: Vec<_> = insert.table.columns.iter().map(|(name, _)| *name).collect();
    format!("INSERT INTO {} ({}) ", insert.table.name, names.join(","))
}

fn tail(mut sql: String, insert: &Insert) -> String {
    for clause in [insert.meeting, insert.returning] {
        if !clause.is_empty() {
            sql.push(' ');
            sql.push_str(clause);
        }
    }
    sql
}
