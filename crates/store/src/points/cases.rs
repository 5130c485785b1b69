use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use crate::cell::{Cells, Record};
use crate::table::Kind;
use crate::{Fault, Store};

/// A settled bill as a case of a pool (清算病例): with its list and the group that counts, where there
/// are any. Bills that were reversed, and their reversals, are no cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// 人员编号.
    pub person_no: String,
    /// 结算编号.
    pub settlement: String,
    /// 定点医药机构编号.
    pub institution: String,
    /// 医疗类别.
    pub care_type: String,
    /// Day of the settlement.
    pub settled_on: Date,
    /// 结算清单编号, or empty.
    pub list: String,
    /// 入院日期, as the list says.
    pub admitted_on: Option<Date>,
    /// 出院日期; the day of the settlement where there is no list.
    pub discharged_on: Date,
    /// 总费用.
    pub cost: Fen,
    /// What the funds of the book pay by items.
    pub fund: Fen,
    /// 病组 or 病种, or empty.
    pub group_code: String,
    /// Its 中文 name.
    pub group_name: String,
    /// 分组方案版本.
    pub scheme: String,
    /// Whether a statement has the bill.
    pub in_statement: bool,
}

/// Which bills are asked for.
#[derive(Debug, Clone)]
pub struct CaseFilter {
    /// 险种.
    pub scheme: String,
    /// 账套.
    pub book: String,
    /// Words of the funds that are kept in the book.
    pub funds: Vec<&'static str>,
    /// `drg` or `dip`.
    pub kind: String,
    /// Settled on or after this day.
    pub from: Date,
    /// Settled before this day.
    pub before: Date,
    /// Of one institution, or of all where empty.
    pub institution: String,
}

impl Store {
    /// The cases that pass the filter, by settlement.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn pool_cases(
        &self,
        area: AreaCode,
        filter: &CaseFilter,
    ) -> Result<Vec<CaseRow>, Fault> {
        let dialect = self.engine.dialect();
        let day = Kind::Date;
        let funds: Vec<String> = filter
            .funds
            .iter()
            .map(|word| format!("'{word}'"))
            .collect();
        let sql = format!(
            "SELECT s.person_no, s.settlement_id, s.institution, s.care_type, {}, \
             COALESCE(d.list_id, ''), {}, {}, s.total_fen, \
             COALESCE((SELECT CAST(SUM(f.amount_fen) AS bigint) FROM settlement_funds f \
             WHERE f.area = s.area AND f.person_no = s.person_no \
             AND f.settlement_id = s.settlement_id AND f.fund IN ({})), 0), \
             COALESCE(g.code, ''), COALESCE(g.name, ''), COALESCE(g.scheme, ''), \
             COALESCE(g.outcome, ''), \
             CASE WHEN EXISTS (SELECT 1 FROM clearing_bills b WHERE b.area = s.area \
             AND b.person_no = s.person_no AND b.settlement_id = s.settlement_id \
             AND b.book = $5) THEN 1 ELSE 0 END \
             FROM settlements s LEFT JOIN discharges d ON d.area = s.area \
             AND d.person_no = s.person_no AND d.settlement_id = s.settlement_id \
             LEFT JOIN discharge_groups g ON g.area = d.area AND g.person_no = d.person_no \
             AND g.list_id = d.list_id AND g.kind = $6 AND NOT EXISTS (\
             SELECT 1 FROM discharge_groups later WHERE later.area = g.area \
             AND later.person_no = g.person_no AND later.list_id = g.list_id \
             AND later.kind = g.kind AND later.grouping_id > g.grouping_id) \
             WHERE s.area = $1 AND s.scheme = $2 AND s.settled_at >= {} AND s.settled_at < {} \
             AND s.reversed_by = '' AND s.original_id = '' AND ($7 = '' OR s.institution = $7) \
             ORDER BY s.settlement_id, s.person_no",
            dialect.column("s.decided_on", day),
            dialect.column("d.admitted_on", day),
            dialect.column("COALESCE(d.discharged_on, s.decided_on)", day),
            funds.join(", "),
            dialect.parameter(3, Kind::Time),
            dialect.parameter(4, Kind::Time),
        );
        let mut cells = Cells::default();
        let midnight = |day: Date| day.at(0, 0, 0, 0);
        cells.area(area).text(&filter.scheme);
        cells
            .time(midnight(filter.from))
            .time(midnight(filter.before));
        cells
            .text(&filter.book)
            .text(&filter.kind)
            .text(&filter.institution);
        let (text, int) = (Kind::Text, Kind::Int);
        let kinds = [
            text, text, text, text, day, text, day, day, int, int, text, text, text, text, int,
        ];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read cases", cause))?;
        found.into_iter().map(case).collect()
    }
}

fn case(mut row: Record) -> Result<CaseRow, Fault> {
    let mut case = CaseRow {
        person_no: row.text()?,
        settlement: row.text()?,
        institution: row.text()?,
        care_type: row.text()?,
        settled_on: row.date()?,
        list: row.text()?,
        admitted_on: row.date_or_null()?,
        discharged_on: row.date()?,
        cost: row.fen()?,
        fund: row.fen()?,
        group_code: row.text()?,
        group_name: row.text()?,
        scheme: row.text()?,
        in_statement: false,
    };
    if row.text()? != "grouped" {
        case.group_code.clear();
        case.group_name.clear();
    }
    case.in_statement = row.int()? != 0;
    Ok(case)
}
