use terms::AreaCode;

use super::{
    ANNUAL_CLEARINGS, ANNUAL_PARTS, AnnualClearingRow, AnnualPartRow, CASE_VALUES, CaseValueRow,
    METHOD_MONTHS, MethodMonthRow,
};
use crate::cell::Cells;
use crate::{Fault, Store};

/// Which months; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct MethodMonthFilter {
    /// 定点医药机构编号.
    pub institution: String,
    /// 清算年月.
    pub month: String,
    /// 账套.
    pub book: String,
    /// The arrangement's key.
    pub arrangement: String,
    /// From this month on.
    pub from: String,
    /// Up to this month.
    pub to: String,
}

/// Which values; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct CaseValueFilter {
    /// 定点医药机构编号.
    pub institution: String,
    /// The arrangement's key.
    pub arrangement: String,
    /// 年度.
    pub year: i64,
    /// Only those that changed after they were first computed.
    pub changed: bool,
}

/// Which years; an empty field asks for all.
#[derive(Debug, Clone, Default)]
pub struct AnnualFilter {
    /// 年度; 0 for all.
    pub year: i64,
    /// The arrangement's key.
    pub arrangement: String,
    /// The state.
    pub state: String,
}

const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM case_values later \
     WHERE later.area = case_values.area AND later.person_no = case_values.person_no \
     AND later.settlement_id = case_values.settlement_id \
     AND later.arrangement = case_values.arrangement AND later.value_no > case_values.value_no)";

impl Store {
    /// What methods paid of months, by institution, month and arrangement.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn method_months(
        &self,
        area: AreaCode,
        filter: &MethodMonthFilter,
    ) -> Result<Vec<MethodMonthRow>, Fault> {
        let mut cells = Cells::default();
        cells
            .area(area)
            .text(&filter.institution)
            .text(&filter.month);
        cells.text(&filter.book).text(&filter.arrangement);
        cells.text(&filter.from).text(&filter.to);
        let rest = "WHERE area = $1 AND ($2 = '' OR institution = $2) \
                    AND ($3 = '' OR month = $3) AND ($4 = '' OR book = $4) \
                    AND ($5 = '' OR arrangement = $5) AND ($6 = '' OR month >= $6) \
                    AND ($7 = '' OR month <= $7) ORDER BY institution, month, book, arrangement";
        self.rows(&METHOD_MONTHS, rest, cells, MethodMonthRow::take)
            .await
    }

    /// Every value a case ever had, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn values_of_case(
        &self,
        area: AreaCode,
        settlement: &str,
    ) -> Result<Vec<CaseValueRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(settlement);
        let rest = "WHERE area = $1 AND settlement_id = $2 ORDER BY arrangement, value_no DESC";
        self.rows(&CASE_VALUES, rest, cells, CaseValueRow::take)
            .await
    }

    /// The values that count, by settlement after `after`.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn case_values(
        &self,
        area: AreaCode,
        filter: &CaseValueFilter,
        after: &str,
        limit: usize,
    ) -> Result<Vec<CaseValueRow>, Fault> {
        let mut cells = Cells::default();
        cells
            .area(area)
            .text(&filter.institution)
            .text(&filter.arrangement);
        cells
            .int(filter.year)
            .text(after)
            .int(i64::from(filter.changed));
        let rest = format!(
            "WHERE area = $1 AND ($2 = '' OR institution = $2) \
             AND ($3 = '' OR arrangement = $3) AND year = $4 AND settlement_id > $5 \
             AND ($6 = 0 OR value_no > 1) AND {NEWEST} ORDER BY settlement_id LIMIT {limit}"
        );
        self.rows(&CASE_VALUES, &rest, cells, CaseValueRow::take)
            .await
    }

    /// The clearings of years, newest first.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn annual_clearings(
        &self,
        area: AreaCode,
        filter: &AnnualFilter,
    ) -> Result<Vec<AnnualClearingRow>, Fault> {
        let mut cells = Cells::default();
        cells
            .area(area)
            .int(filter.year)
            .text(&filter.arrangement)
            .text(&filter.state);
        let rest = "WHERE area = $1 AND ($2 = 0 OR year = $2) \
                    AND ($3 = '' OR arrangement = $3) AND ($4 = '' OR state = $4) \
                    ORDER BY year DESC, arrangement, computed_at DESC, clearing_id DESC";
        self.rows(&ANNUAL_CLEARINGS, rest, cells, AnnualClearingRow::take)
            .await
    }

    /// The clearing of a year by number.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn annual_clearing(
        &self,
        area: AreaCode,
        clearing: &str,
    ) -> Result<Option<AnnualClearingRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(clearing);
        let rest = "WHERE area = $1 AND clearing_id = $2";
        let found = self.rows(&ANNUAL_CLEARINGS, rest, cells, AnnualClearingRow::take);
        Ok(found.await?.pop())
    }

    /// The parts of the clearing of a year, by institution.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn annual_parts(
        &self,
        area: AreaCode,
        clearing: &str,
    ) -> Result<Vec<AnnualPartRow>, Fault> {
        let mut cells = Cells::default();
        cells.area(area).text(clearing);
        let rest = "WHERE area = $1 AND clearing_id = $2 ORDER BY institution";
        self.rows(&ANNUAL_PARTS, rest, cells, AnnualPartRow::take)
            .await
    }
}
