//! What the console counts and finds: settlements of a day by kind, of an hour by minute, people by
//! name.

use jiff::civil::DateTime;
use money::Fen;
use terms::AreaCode;

use crate::cell::Cells;
use crate::rows::PersonRow;
use crate::table::{Dialect, Kind};
use crate::tables::person;
use crate::{Fault, Store};

/// Settlements of one institution, scheme and care type, added up (结算合计).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// The institution.
    pub institution: String,
    /// The scheme.
    pub scheme: String,
    /// The care type.
    pub care_type: String,
    /// Whether these are reversals; their amounts are negative.
    pub reversals: bool,
    /// How many.
    pub count: i64,
    /// The bills.
    pub total: Fen,
    /// What funds pay.
    pub fund: Fen,
    /// What accounts pay, relatives' too.
    pub account: Fen,
    /// What is paid in cash.
    pub cash: Fen,
}

/// Settlements of one minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinuteRow {
    /// The minute, as `2024-11-15T09:31`.
    pub minute: String,
    /// How many.
    pub count: i64,
    /// The bills.
    pub total: Fen,
}

fn span(
    dialect: Dialect,
    area: AreaCode,
    from: DateTime,
    to: DateTime,
) -> (String, Cells<'static>) {
    let mut cells = Cells::default();
    cells.area(area).time(from).time(to);
    let (from, to) = (
        dialect.parameter(2, Kind::Time),
        dialect.parameter(3, Kind::Time),
    );
    (
        format!("WHERE area = $1 AND settled_at >= {from} AND settled_at < {to}"),
        cells,
    )
}

/// A sum that is a plain integer on either engine.
fn sum(what: &str) -> String {
    format!("CAST(COALESCE(SUM({what}), 0) AS bigint)")
}

impl Store {
    /// Settlements from one moment to before another, by institution, scheme and care type.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn tally_settlements(
        &self,
        area: AreaCode,
        from: DateTime,
        to: DateTime,
    ) -> Result<Vec<TallyRow>, Fault> {
        let (condition, cells) = span(self.engine.dialect(), area, from, to);
        let reversals = "CASE WHEN original_id = '' THEN 0 ELSE 1 END";
        let sql = format!(
            "SELECT institution, scheme, care_type, CAST({reversals} AS bigint), COUNT(*), \
             {}, {}, {}, {} FROM settlements {condition} \
             GROUP BY institution, scheme, care_type, {reversals} \
             ORDER BY institution, scheme, care_type, {reversals}",
            sum("total_fen"),
            sum("fund_fen"),
            sum("account_fen + family_fen"),
            sum("cash_fen"),
        );
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [text, text, text, int, int, int, int, int, int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("tally settlements", cause))?;
        rows.into_iter()
            .map(|mut row| {
                Ok(TallyRow {
                    institution: row.text()?,
                    scheme: row.text()?,
                    care_type: row.text()?,
                    reversals: row.int()? != 0,
                    count: row.int()?,
                    total: row.fen()?,
                    fund: row.fen()?,
                    account: row.fen()?,
                    cash: row.fen()?,
                })
            })
            .collect()
    }

    /// How many people had a settlement from one moment to before another.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn count_settled_persons(
        &self,
        area: AreaCode,
        from: DateTime,
        to: DateTime,
    ) -> Result<i64, Fault> {
        let (condition, cells) = span(self.engine.dialect(), area, from, to);
        let sql = format!("SELECT COUNT(DISTINCT person_no) FROM settlements {condition}");
        let found = self.engine.query(sql, &[Kind::Int], cells).await;
        let rows = found.map_err(|cause| Fault::database("count settled persons", cause))?;
        rows.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }

    /// Settlements by minute, oldest first; minutes without any are left out.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settlements_by_minute(
        &self,
        area: AreaCode,
        from: DateTime,
        to: DateTime,
    ) -> Result<Vec<MinuteRow>, Fault> {
        let dialect = self.engine.dialect();
        let minute = match dialect {
            Dialect::Sqlite => "substr(settled_at, 1, 16)",
            Dialect::Postgres => "to_char(settled_at, 'YYYY-MM-DD\"T\"HH24:MI')",
        };
        let (condition, cells) = span(dialect, area, from, to);
        let sql = format!(
            "SELECT {minute}, COUNT(*), {} FROM settlements {condition} \
             GROUP BY {minute} ORDER BY {minute}",
            sum("total_fen")
        );
        let kinds = [Kind::Text, Kind::Int, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("count settlements by minute", cause))?;
        rows.into_iter()
            .map(|mut row| {
                Ok(MinuteRow {
                    minute: row.text()?,
                    count: row.int()?,
                    total: row.fen()?,
                })
            })
            .collect()
    }

    /// People whose name begins with the text, or whom it names as a whole number of person,
    /// document, card, telephone or household, in order of number after `after`; everybody where
    /// the text is empty.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn search_persons(
        &self,
        area: AreaCode,
        text: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<PersonRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(after);
        let mut rest = "WHERE area = $1 AND person_no > $2".to_owned();
        // Every way in has an index: a name from its beginning, the rest as a whole.
        let beyond = format!("{text}\u{10FFFF}");
        if !text.is_empty() {
            cells.text(text).text(&beyond);
            let name = match self.engine.dialect() {
                Dialect::Sqlite => "name",
                Dialect::Postgres => "name COLLATE \"C\"",
            };
            rest.push_str(&format!(
                " AND person_no IN (\
                 SELECT person_no FROM persons WHERE area = $1 AND {name} >= $3 AND {name} < $4 \
                 UNION SELECT person_no FROM persons WHERE area = $1 AND person_no = $3 \
                 UNION SELECT person_no FROM person_identifiers WHERE area = $1 \
                 AND kind IN ('document', 'card', 'credential') AND value = $3 \
                 UNION SELECT person_no FROM person_index WHERE area = $1 \
                 AND kind IN ('phone', 'household') AND value = $3)"
            ));
        }
        rest.push_str(&format!(" ORDER BY person_no LIMIT {limit}"));
        self.rows(&person::PERSONS, &rest, cells, person::take)
            .await
    }
}
