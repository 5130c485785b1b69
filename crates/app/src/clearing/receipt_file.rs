//! Reading what the bank answers with: a head with count and total, then one line per order.

use csv::{ReaderBuilder, StringRecord};
use money::Fen;
use terms::Date;

use crate::Error;

/// A file of the bank as it was read (银行回单文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReceiptFile {
    pub file: String,
    pub lines_said: usize,
    pub total_said: Fen,
    pub lines: Vec<ReceiptLine>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReceiptLine {
    /// Line of the file, from 1.
    pub line: u64,
    pub order: String,
    pub amount: Fen,
    pub paid: bool,
    pub on: Date,
    pub reference: String,
    pub reason: String,
}

const HEAD: [&str; 3] = ["文件号", "笔数", "合计金额"];
const COLUMNS: [&str; 6] = ["凭单号", "金额", "结果", "记账日期", "流水号", "原因"];

fn refused(message: String) -> Error {
    Error::refused("unreadable_receipt", message)
}

/// Reads a receipt: `文件号,…,笔数,…,合计金额,…`, a line of column titles, then the lines.
///
/// # Errors
/// `unreadable_receipt` naming line, column and value; nothing is taken of a file with a fault.
pub(super) fn read(text: &str) -> Result<ReceiptFile, Error> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut records = reader.records();
    let mut next = |what: &str| match records.next() {
        Some(Ok(record)) => Ok(record),
        Some(Err(cause)) => Err(refused(format!("回单不是CSV：{cause}"))),
        None => Err(refused(format!("回单没有{what}"))),
    };
    let (file, lines_said, total_said) = head(&next("文件头")?)?;
    let titles = next("列标题")?;
    let titles: Vec<&str> = titles.iter().map(str::trim).collect();
    if titles != COLUMNS {
        let wanted = COLUMNS.join("、");
        return Err(refused(format!("回单的列标题应依次为：{wanted}")));
    }
    let mut lines = Vec::new();
    for record in records {
        let record = record.map_err(|cause| refused(format!("回单不是CSV：{cause}")))?;
        if !record.iter().all(|cell| cell.trim().is_empty()) {
            lines.push(line(&record)?);
        }
    }
    Ok(ReceiptFile {
        file,
        lines_said,
        total_said,
        lines,
    })
}

fn head(record: &StringRecord) -> Result<(String, usize, Fen), Error> {
    let cells: Vec<&str> = record.iter().map(str::trim).collect();
    let after = |name: &str| {
        let place = cells.iter().position(|cell| *cell == name);
        let value = place.and_then(|place| cells.get(place + 1)).copied();
        value.ok_or_else(|| refused(format!("回单第1行没有“{name}”")))
    };
    let [file, count, total] = HEAD;
    let (said, sum) = (after(count)?, after(total)?);
    let lines = said
        .parse()
        .map_err(|_| refused(format!("回单第1行笔数“{said}”不是整数")))?;
    let amount = Fen::from_yuan_text(sum)
        .map_err(|_| refused(format!("回单第1行合计金额“{sum}”不是金额")))?;
    Ok((after(file)?.to_owned(), lines, amount))
}

fn line(record: &StringRecord) -> Result<ReceiptLine, Error> {
    let number = record.position().map_or(0, csv::Position::line);
    let cell = |place: usize| record.get(place).unwrap_or("").trim();
    let wrong = |place: usize, why: &str| {
        let (column, value) = (COLUMNS[place], cell(place));
        refused(format!("回单第{number}行{column}“{value}”{why}"))
    };
    if cell(0).is_empty() {
        return Err(wrong(0, "没有填写"));
    }
    let amount = Fen::from_yuan_text(cell(1)).map_err(|_| wrong(1, "不是金额"))?;
    let paid = match cell(2) {
        "已付" => true,
        "退票" => false,
        _ => return Err(wrong(2, "应为“已付”或“退票”")),
    };
    if !paid && cell(5).is_empty() {
        return Err(wrong(5, "退票没有写明原因"));
    }
    Ok(ReceiptLine {
        line: number,
        order: cell(0).to_owned(),
        amount,
        paid,
        on: cell(3).parse().map_err(|_| wrong(3, "不是日期"))?,
        reference: cell(4).to_owned(),
        reason: cell(5).to_owned(),
    })
}
