//! 明细自带的追溯码：目录里没有扫码记录时，明细上的码就是扫码记录。

use arrow_array::Array;
use arrow_schema::ArrowError;
use lines::{Intake, LineId, Moment, ScanRow, Table, TraceEventKind};

use crate::cells::{Texts, decimals, wholes};
use crate::folder::{DataFile, FileKind};
use crate::parquet_file::{Columns, ParquetFile};
use crate::text::{csv_columns, read_csv};
use crate::{Fault, Reading};

const SCANS: &str = "trace_events";
const CODE: &str = "trace_code";
/// What may stand between the codes of one line.
const BETWEEN: [char; 6] = ['|', ',', ';', '，', '；', '、'];

/// Takes the codes of lines (明细追溯码) as scans, unless the folder has a file of scans or
/// nobody looks at them.
///
/// # Errors
/// [`Fault`] when a file cannot be read.
pub(crate) fn take_line_codes(
    intake: &mut Intake,
    files: &[DataFile],
    reading: &Reading,
) -> Result<(), Fault> {
    let scanned = files.iter().any(|file| file.table == SCANS);
    if scanned || reading.skipped_tables.contains(&SCANS) {
        return Ok(());
    }
    for file in files.iter().filter(|file| file.table == "lines") {
        match file.kind {
            FileKind::Csv => of_csv(intake, file)?,
            FileKind::Parquet => of_parquet(intake, file)?,
        }
    }
    Ok(())
}

fn of_csv(intake: &mut Intake, file: &DataFile) -> Result<(), Fault> {
    if !csv_columns(&file.path, &file.table)?.contains(&CODE.to_owned()) {
        return Ok(());
    }
    begin(intake);
    read_csv(&file.path, &file.table, |table| {
        for row in table.rows() {
            let back = row.decimal("count", 3).is_some_and(|count| count < 0);
            scan(intake, row.text(CODE), (row.text("line"), None), back);
        }
    })?;
    Ok(())
}

fn of_parquet(intake: &mut Intake, file: &DataFile) -> Result<(), Fault> {
    let opened = ParquetFile::open(&file.path, &file.table)?;
    if !opened.names().iter().any(|name| name == CODE) {
        return Ok(());
    }
    begin(intake);
    opened.read(|columns| of_group(intake, columns))
}

fn of_group(intake: &mut Intake, columns: &Columns<'_>) -> Result<(), ArrowError> {
    let (ids, codes) = (columns.need("line")?, Texts::of(&columns.need(CODE)?)?);
    let numbers = ids.data_type().is_integer().then(|| wholes(&ids));
    let (numbers, texts) = (numbers.transpose()?, Texts::of(&ids)?);
    let counts = decimals(&columns.need("count")?, 3)?;
    for row in 0..columns.rows() {
        let number = numbers.as_ref().and_then(|numbers| numbers.get(row));
        let number = number.and_then(|number| u64::try_from(number).ok());
        let line = (texts.text(row), number.map(LineId));
        let back = counts.get(row).is_some_and(|count| count < 0);
        scan(intake, codes.text(row), line, back);
    }
    Ok(())
}

/// That files have room for codes says something where they have none.
fn begin(intake: &mut Intake) {
    intake.take(SCANS, &Table::new([CODE]));
}

/// The scans of one line; a line that takes back a sale is a return.
fn scan(intake: &mut Intake, codes: &str, line: (&str, Option<LineId>), back: bool) {
    let kind = if back {
        TraceEventKind::Return
    } else {
        TraceEventKind::Sale
    };
    for code in codes.split(BETWEEN).map(str::trim) {
        if !code.is_empty() {
            intake.scan(&ScanRow {
                code,
                line: line.0,
                line_id: line.1,
                kind,
                time: Moment::default(),
                provider: "",
                person: "",
                item: "",
                quantity: 1_000,
            });
        }
    }
}
