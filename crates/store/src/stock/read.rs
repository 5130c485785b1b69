use terms::AreaCode;

use super::table::{
    CODES, EVENTS, MONTHS, RECORDS, take_code, take_event, take_month, take_record,
};
use super::{
    SettledQuantityRow, StockFilter, StockMonthRow, StockRecordRow, TraceCodeRow, TraceEventRow,
};
use crate::cell::Cells;
use crate::table::Kind;
use crate::{Fault, Store};

/// Codes per statement: powers of two keep the prepared statements few.
const CODES_AT_ONCE: usize = 64;

impl Store {
    /// What stands on these boxes; boxes never sold have no row (追溯码状态).
    ///
    /// Each code is found by its whole text through the primary key, however many there are.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn trace_codes(
        &self,
        area: AreaCode,
        codes: &[String],
    ) -> Result<Vec<TraceCodeRow>, Fault> {
        let mut found = Vec::new();
        for some in codes.chunks(CODES_AT_ONCE) {
            let size = some.len().next_power_of_two();
            let places: Vec<String> = (2..2 + size).map(|n| format!("${n}")).collect();
            let rest = format!("WHERE area = $1 AND code IN ({})", places.join(","));
            let mut parameters = Cells::default();
            parameters.area(area);
            // The last code fills up to the size of the statement.
            for place in 0..size {
                parameters.text(&some[place.min(some.len() - 1)]);
            }
            found.extend(self.rows(&CODES, &rest, parameters, take_code).await?);
        }
        Ok(found)
    }

    /// What happened to a box, in the order it was told (追溯码流向).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn trace_events(
        &self,
        area: AreaCode,
        code: &str,
    ) -> Result<Vec<TraceEventRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(code);
        let rest = "WHERE area = $1 AND code = $2 ORDER BY event_id";
        self.rows(&EVENTS, rest, parameters, take_event).await
    }

    /// Lines of goods of an institution that stand, oldest first (进销存明细).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn stock_records(
        &self,
        area: AreaCode,
        institution: &str,
        filter: &StockFilter,
        limit: usize,
    ) -> Result<Vec<StockRecordRow>, Fault> {
        let dialect = self.engine.dialect();
        let mut parameters = Cells::default();
        parameters.area(area).text(institution);
        let mut rest = "WHERE area = $1 AND institution = $2 AND NOT deleted".to_owned();
        let mut place = 2;
        let mut next = || {
            place += 1;
            place
        };
        for (column, wanted) in [
            ("batch", &filter.batch),
            ("local_code", &filter.local_code),
            ("item_code", &filter.item_code),
            ("person", &filter.person),
        ] {
            if let Some(value) = wanted {
                parameters.text(value);
                rest.push_str(&format!(" AND {column} = ${}", next()));
            }
        }
        if !filter.visits.is_empty() {
            let places: Vec<String> = filter
                .visits
                .iter()
                .map(|_| format!("${}", next()))
                .collect();
            filter.visits.iter().for_each(|visit| {
                parameters.text(visit);
            });
            rest.push_str(&format!(" AND visit IN ({})", places.join(",")));
        }
        for (compare, wanted) in [(">=", filter.from), ("<", filter.before)] {
            if let Some(at) = wanted {
                parameters.time(at);
                let time = dialect.parameter(next(), Kind::Time);
                rest.push_str(&format!(" AND happened_at {compare} {time}"));
            }
        }
        if !filter.kinds.is_empty() {
            let kinds: Vec<String> = filter
                .kinds
                .iter()
                .map(|kind| format!("'{kind}'"))
                .collect();
            rest.push_str(&format!(" AND kind IN ({})", kinds.join(",")));
        }
        rest.push_str(&format!(" ORDER BY record_id LIMIT {limit}"));
        self.rows(&RECORDS, &rest, parameters, take_record).await
    }

    /// The months of stock between two, of one institution or all, by institution, item and month.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn stock_months(
        &self,
        area: AreaCode,
        institution: Option<&str>,
        up_to: &str,
    ) -> Result<Vec<StockMonthRow>, Fault> {
        let mut parameters = Cells::default();
        parameters.area(area).text(up_to);
        let mut rest = "WHERE area = $1 AND month <= $2".to_owned();
        if let Some(institution) = institution {
            parameters.text(institution);
            rest.push_str(" AND institution = $3");
        }
        rest.push_str(" ORDER BY institution, local_code, month");
        self.rows(&MONTHS, &rest, parameters, take_month).await
    }

    /// What bills that stand took of each item between two moments, by institution (医保结算量).
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn settled_quantities(
        &self,
        area: AreaCode,
        institution: Option<&str>,
        (from, before): (jiff::civil::DateTime, jiff::civil::DateTime),
    ) -> Result<Vec<SettledQuantityRow>, Fault> {
        let dialect = self.engine.dialect();
        let (since, until) = (
            dialect.parameter(2, Kind::Time),
            dialect.parameter(3, Kind::Time),
        );
        let mut parameters = Cells::default();
        parameters.area(area).time(from).time(before);
        let mut condition = String::new();
        if let Some(institution) = institution {
            parameters.text(institution);
            condition.push_str(" AND s.institution = $4");
        }
        let sql = format!(
            "SELECT s.institution, l.item_code, CAST(SUM(l.quantity_micro) AS bigint) \
             FROM settlements s JOIN fee_lines l ON l.area = s.area \
             AND l.person_no = s.person_no AND l.settlement_id = s.settlement_id \
             WHERE s.area = $1 AND s.settled_at >= {since} AND s.settled_at < {until} \
             AND s.original_id = '' AND s.reversed_by = '' AND l.status = 'settled'{condition} \
             GROUP BY s.institution, l.item_code ORDER BY s.institution, l.item_code"
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let failed = |cause| Fault::database("sum settled quantities", cause);
        let rows = self.engine.query(sql, &kinds, parameters).await;
        let rows = rows.map_err(failed)?.into_iter();
        rows.map(|mut record| {
            Ok(SettledQuantityRow {
                institution: record.text()?,
                item_code: record.text()?,
                quantity_micro: record.int()?,
            })
        })
        .collect()
    }
}
