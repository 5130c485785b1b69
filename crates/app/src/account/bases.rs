use money::Fen;
use policy::FeeMonth;
use serde::Serialize;
use store::AccountBaseRow;
use terms::AreaCode;

use crate::{App, Error};

/// The columns of a file of bases, in order: 人员编号、自所属期、缴费基数、月养老金.
const COLUMNS: [&str; 4] = ["person_no", "from_month", "base", "pension"];

/// What is wrong with a line of a file of bases (行错误).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseFault {
    /// The line, from 1; the heading is the first.
    pub line: u64,
    /// The sentence.
    pub message: String,
}

/// What came of a file of bases (划账基数导入).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BasesRead {
    /// Lines that can be used.
    pub good: usize,
    /// What is wrong with the others.
    pub faults: Vec<BaseFault>,
    /// Whether the good ones were noted.
    pub noted: bool,
}

impl App {
    /// Notes the bases and pensions of a CSV file; where a line is wrong nothing is noted unless
    /// `good_lines` says so. What was noted before for a person and month stands.
    ///
    /// # Errors
    /// A refusal where the file is no such CSV, and [`Error::Fault`] if the store fails.
    pub async fn note_account_bases(
        &self,
        area: AreaCode,
        (source, bytes): (&str, &[u8]),
        good_lines: bool,
    ) -> Result<BasesRead, Error> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| Error::refused("not_text", "文件不是UTF-8编码的文字"))?;
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let heading = reader.headers();
        let known = heading.is_ok_and(|found| found.iter().eq(COLUMNS));
        if !known {
            let message = format!("文件的列应依次为{}", COLUMNS.join("、"));
            return Err(Error::refused("wrong_columns", message));
        }
        let mut read = BasesRead::default();
        let mut rows = Vec::new();
        for record in reader.records() {
            match self.base_row(area, source, record).await? {
                Ok(row) => rows.push(row),
                Err(fault) => read.faults.push(fault),
            }
        }
        read.good = rows.len();
        read.noted = !rows.is_empty() && (read.faults.is_empty() || good_lines);
        if read.noted {
            self.store.put_account_bases(area, &rows).await?;
        }
        Ok(read)
    }

    async fn base_row(
        &self,
        area: AreaCode,
        source: &str,
        record: Result<csv::StringRecord, csv::Error>,
    ) -> Result<Result<AccountBaseRow, BaseFault>, Error> {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let message = "这一行的列数或引号不对".to_owned();
                return Ok(Err(BaseFault { line, message }));
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let fault = |message: String| Ok(Err(BaseFault { line, message }));
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let Ok(month) = cell(1).parse::<FeeMonth>() else {
            return fault(format!("“{}”不是所属期，应写作 2024-05", cell(1)));
        };
        let (base, pension) = match (amount(cell(2)), amount(cell(3))) {
            (Ok(base), Ok(pension)) => (base, pension),
            (Err(message), _) | (_, Err(message)) => return fault(message),
        };
        if base.is_none() && pension.is_none() {
            return fault("缴费基数和月养老金至少要写一项".to_owned());
        }
        let person_no = cell(0);
        if !self.store.knows_person(area, person_no).await? {
            return fault(format!("没有人员编号“{person_no}”"));
        }
        Ok(Ok(AccountBaseRow {
            person_no: person_no.to_owned(),
            from_month: month.to_string(),
            base,
            pension,
            source: source.to_owned(),
            noted_at: self.clock.now(),
        }))
    }
}

fn amount(text: &str) -> Result<Option<Fen>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    match Fen::from_yuan_text(text) {
        Ok(amount) if amount > Fen::ZERO => Ok(Some(amount)),
        Ok(_) => Err(format!("金额“{text}”应大于零")),
        Err(error) => Err(format!("金额“{text}”：{error}")),
    }
}
