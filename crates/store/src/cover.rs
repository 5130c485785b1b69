//! Cover of everybody on a day: counted, and person by person.

use jiff::civil::Date;
use terms::AreaCode;

use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// How many people a scheme covers in a state, by category and county (参保人数).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverCount {
    /// The scheme.
    pub scheme: String,
    /// The category of person.
    pub category: String,
    /// The cover state.
    pub state: String,
    /// The county of the insured place.
    pub county: AreaCode,
    /// How many.
    pub count: i64,
}

/// One person's cover in one scheme on a day (某日参保情况).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveredRow {
    /// The person.
    pub person_no: String,
    /// The scheme.
    pub scheme: String,
    /// The category of person.
    pub category: String,
    /// The cover state.
    pub state: String,
    /// The county of the insured place.
    pub county: AreaCode,
    /// First day of the period.
    pub starts_on: Date,
    /// Last day of the period.
    pub ends_on: Option<Date>,
    /// The employer or paying unit.
    pub employer: String,
}

impl Store {
    /// Everybody's cover on a day, counted by scheme, category, state and county in one statement.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn coverage_as_of(
        &self,
        area: AreaCode,
        day: Date,
    ) -> Result<Vec<CoverCount>, Fault> {
        let on = self.engine.dialect().parameter(2, Kind::Date);
        let sql = format!(
            "SELECT scheme, category, state, CAST(county AS bigint), COUNT(*) \
             FROM coverage_periods \
             WHERE area = $1 AND starts_on <= {on} AND (ends_on IS NULL OR ends_on >= {on}) \
             GROUP BY scheme, category, state, county ORDER BY scheme, category, state, county"
        );
        let mut cells = Cells::default();
        cells.area(area).date(day);
        let kinds = [Kind::Text, Kind::Text, Kind::Text, Kind::Int, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("count cover", cause))?;
        rows.into_iter()
            .map(|mut row| {
                Ok(CoverCount {
                    scheme: row.text()?,
                    category: row.text()?,
                    state: row.text()?,
                    county: row.area()?,
                    count: row.int()?,
                })
            })
            .collect()
    }

    /// The cover on a day person by person, in order of person and scheme after `after`.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn covered_on(
        &self,
        area: AreaCode,
        day: Date,
        (person_no, scheme): (&str, &str),
        limit: usize,
    ) -> Result<Vec<CoveredRow>, Fault> {
        let dialect = self.engine.dialect();
        let on = dialect.parameter(2, Kind::Date);
        let sql = format!(
            "SELECT person_no, scheme, category, state, {}, {}, {}, employer \
             FROM coverage_periods \
             WHERE area = $1 AND (person_no, scheme) > ($3, $4) \
             AND starts_on <= {on} AND (ends_on IS NULL OR ends_on >= {on}) \
             ORDER BY person_no, scheme LIMIT {limit}",
            dialect.column("county", Kind::Int),
            dialect.column("starts_on", Kind::Date),
            dialect.column("ends_on", Kind::Date),
        );
        let mut cells = Cells::default();
        cells.area(area).date(day).text(person_no).text(scheme);
        let (text, date) = (Kind::Text, Kind::Date);
        let kinds = [text, text, text, text, Kind::Int, date, date, text];
        let found = self.engine.query(sql, &kinds, cells).await;
        let rows = found.map_err(|cause| Fault::database("list cover", cause))?;
        rows.into_iter()
            .map(|mut row| {
                Ok(CoveredRow {
                    person_no: row.text()?,
                    scheme: row.text()?,
                    category: row.text()?,
                    state: row.text()?,
                    county: row.area()?,
                    starts_on: row.date()?,
                    ends_on: row.date_or_null()?,
                    employer: row.text()?,
                })
            })
            .collect()
    }
}
