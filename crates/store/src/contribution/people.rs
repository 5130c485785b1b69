use std::collections::HashMap;

use jiff::civil::Date;
use money::Fen;
use terms::AreaCode;

use super::read::list_of;
use crate::cell::{Cells, Record};
use crate::table::Kind;
use crate::{Fault, Store};

/// What a month's assessment needs to know of somebody on an employer's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffFacts {
    /// 单位编号.
    pub employer: String,
    /// 人员编号.
    pub person_no: String,
    /// 人员类别 on the list.
    pub category: String,
    /// 性别, or empty where the person is not in the register.
    pub sex: String,
    /// 出生日期.
    pub birth: Option<Date>,
    /// Marks and identities as the register keeps them, JSON, or empty.
    pub marks: String,
    /// The wage that counts in the month.
    pub wage: Option<Fen>,
}

/// A resident who is or was covered in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow {
    /// 人员编号.
    pub person_no: String,
    /// 人员类别 of the latest cover.
    pub category: String,
    /// 参保县 of the latest cover.
    pub county: AreaCode,
    /// First day of the earliest cover that reaches into the year.
    pub from: Date,
    /// 性别.
    pub sex: String,
    /// 出生日期.
    pub birth: Date,
    /// Marks and identities, JSON.
    pub marks: String,
}

impl Store {
    /// Everybody on the lists of these employers on any day of a month, with the wage that counts.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn staff_facts(
        &self,
        area: AreaCode,
        employers: &[String],
        (month, first, last): (&str, Date, Date),
    ) -> Result<Vec<StaffFacts>, Fault> {
        let wages = self.wages_in(area, employers, month).await?;
        let dialect = self.engine.dialect();
        let (list, mut cells) = list_of(area, employers);
        cells.date(first).date(last);
        let place = cells.0.len();
        let (from, to) = (
            dialect.parameter(place - 1, Kind::Date),
            dialect.parameter(place, Kind::Date),
        );
        let sql = format!(
            "SELECT s.employer, s.person_no, s.category, COALESCE(p.sex, ''), {}, {} \
             FROM employer_staff s LEFT JOIN persons p \
             ON p.area = s.area AND p.person_no = s.person_no \
             WHERE s.area = $1 AND s.employer IN ({list}) AND s.starts_on <= {to} \
             AND (s.ends_on IS NULL OR s.ends_on >= {from}) ORDER BY s.employer, s.person_no",
            dialect.column("p.birth", Kind::Date),
            match dialect {
                crate::table::Dialect::Sqlite => "COALESCE(p.marks, '')",
                crate::table::Dialect::Postgres => "COALESCE(CAST(p.marks AS text), '')",
            },
        );
        let text = Kind::Text;
        let kinds = [text, text, text, text, Kind::Date, text];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read staff", cause))?;
        let mut staff: Vec<StaffFacts> = Vec::with_capacity(found.len());
        for mut record in found {
            let facts = take_staff(&mut record, &wages)?;
            let twice = |last: &StaffFacts| {
                last.employer == facts.employer && last.person_no == facts.person_no
            };
            if !staff.last().is_some_and(twice) {
                staff.push(facts);
            }
        }
        Ok(staff)
    }

    /// The wages that count in a month: of the latest month up to it the latest declaration.
    async fn wages_in(
        &self,
        area: AreaCode,
        employers: &[String],
        month: &str,
    ) -> Result<HashMap<(String, String), Fen>, Fault> {
        let (list, mut cells) = list_of(area, employers);
        cells.text(month);
        let sql = format!(
            "SELECT employer, person_no, wage_fen FROM wage_declarations \
             WHERE area = $1 AND employer IN ({list}) AND from_month <= ${} \
             ORDER BY employer, person_no, from_month, declared_at",
            cells.0.len()
        );
        let kinds = [Kind::Text, Kind::Text, Kind::Int];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read wages", cause))?;
        let mut wages = HashMap::with_capacity(found.len());
        for mut record in found {
            wages.insert((record.text()?, record.text()?), record.fen()?);
        }
        Ok(wages)
    }

    /// The names of people, by number, as far as the register has them.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn names_of(
        &self,
        area: AreaCode,
        numbers: &[String],
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut names = Vec::with_capacity(numbers.len());
        for some in numbers.chunks(500) {
            let (list, cells) = list_of(area, some);
            let sql = format!(
                "SELECT person_no, name FROM persons WHERE area = $1 AND person_no IN ({list})"
            );
            let found = self.engine.query(sql, &[Kind::Text; 2], cells).await;
            let found = found.map_err(|cause| Fault::database("read names", cause))?;
            for mut record in found {
                names.push((record.text()?, record.text()?));
            }
        }
        Ok(names)
    }

    /// Residents with cover in a year, by number after `after`.
    ///
    /// # Errors
    /// [`Fault`] if the database fails.
    pub async fn residents_in(
        &self,
        area: AreaCode,
        (first, last): (Date, Date),
        after: &str,
        limit: usize,
    ) -> Result<Vec<ResidentRow>, Fault> {
        let dialect = self.engine.dialect();
        let mut cells = Cells::default();
        cells.area(area).text(after).date(first).date(last);
        let (from, to) = (
            dialect.parameter(3, Kind::Date),
            dialect.parameter(4, Kind::Date),
        );
        let reaches = format!(
            "c.scheme = 'resident' AND c.state <> 'not_covered' AND c.starts_on <= {to} \
             AND (c.ends_on IS NULL OR c.ends_on >= {from})"
        );
        let sql = format!(
            "SELECT p.person_no, c.category, CAST(c.county AS bigint), {}, p.sex, {}, {} \
             FROM persons p JOIN coverage_periods c \
             ON c.area = p.area AND c.person_no = p.person_no AND {reaches} \
             WHERE p.area = $1 AND p.person_no > $2 AND p.person_no IN \
             (SELECT q.person_no FROM persons q WHERE q.area = $1 AND q.person_no > $2 \
              AND EXISTS (SELECT 1 FROM coverage_periods c WHERE c.area = q.area \
              AND c.person_no = q.person_no AND {reaches}) \
              ORDER BY q.person_no LIMIT {limit}) ORDER BY p.person_no, c.starts_on",
            dialect.column("c.starts_on", Kind::Date),
            dialect.column("p.birth", Kind::Date),
            dialect.column("p.marks", Kind::Json),
        );
        let (text, date) = (Kind::Text, Kind::Date);
        let kinds = [text, text, Kind::Int, date, text, date, text];
        let found = self.engine.query(sql, &kinds, cells).await;
        let found = found.map_err(|cause| Fault::database("read residents", cause))?;
        let mut residents: Vec<ResidentRow> = Vec::new();
        for mut record in found {
            let row = take_resident(&mut record)?;
            match residents
                .last_mut()
                .filter(|one| one.person_no == row.person_no)
            {
                Some(known) => (known.category, known.county) = (row.category, row.county),
                None => residents.push(row),
            }
        }
        Ok(residents)
    }
}

fn take_staff(
    record: &mut Record,
    wages: &HashMap<(String, String), Fen>,
) -> Result<StaffFacts, Fault> {
    let key = (record.text()?, record.text()?);
    Ok(StaffFacts {
        wage: wages.get(&key).copied(),
        employer: key.0,
        person_no: key.1,
        category: record.text()?,
        sex: record.text()?,
        birth: record.date_or_null()?,
        marks: record.text()?,
    })
}

fn take_resident(record: &mut Record) -> Result<ResidentRow, Fault> {
    Ok(ResidentRow {
        person_no: record.text()?,
        category: record.text()?,
        county: record.area()?,
        from: record.date()?,
        sex: record.text()?,
        birth: record.date()?,
        marks: record.text()?,
    })
}
