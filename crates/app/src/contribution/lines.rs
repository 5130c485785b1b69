use csv::{ReaderBuilder, StringRecord};
use money::Fen;
use terms::Date;

use super::post::{EMPLOYER, PERSON};
use crate::Error;

/// A line, or a field of it, that cannot be read (行错误).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptIssue {
    /// Line of the file, from 1.
    pub line: u64,
    /// The column.
    pub column: &'static str,
    /// 中文 sentence naming the value.
    pub message: String,
}

/// One line as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadLine {
    pub line: u64,
    pub owner_kind: &'static str,
    pub owner: String,
    pub period: String,
    pub employer: Fen,
    pub person: Fen,
    pub late_fee: Fen,
    pub paid_on: Date,
    pub voucher: String,
    /// What cannot be read of it.
    pub issues: Vec<ReceiptIssue>,
}

impl ReadLine {
    /// Everything the line brings.
    pub fn total(&self) -> Fen {
        self.employer + self.person + self.late_fee
    }
}

/// A file of receipts as it was read (到账文件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipts {
    /// 批次号.
    pub number: String,
    /// Lines it says it has.
    pub lines_said: u64,
    /// What it says they add up to.
    pub total_said: Fen,
    pub(super) lines: Vec<ReadLine>,
}

const FIRST: [&str; 3] = ["批次号", "笔数", "合计金额"];
const COLUMNS: [&str; 8] = [
    "缴费方类型",
    "缴费方编号",
    "费款所属期",
    "单位缴费",
    "个人缴费",
    "滞纳金",
    "入库日期",
    "税票号码",
];
/// A file this long is not one day's receipts.
const MOST_BYTES: usize = 256 * 1024 * 1024;

fn refused(code: &'static str, message: impl Into<String>) -> Error {
    Error::refused(code, message)
}

/// Reads a file of receipts: a first line `批次号,…,笔数,…,合计金额,…`, a line of column titles, then
/// the lines. UTF-8 with or without a mark, or GB 18030.
///
/// # Errors
/// A refusal where the file has no such head, or its totals are not those of its lines. Lines that
/// cannot be read are kept with what is wrong about them.
pub(super) fn read(bytes: &[u8]) -> Result<Receipts, Error> {
    let text = decoded(bytes)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut next = |what: &str| match records.next() {
        Some(Ok(record)) => Ok(record),
        Some(Err(cause)) => Err(refused("unreadable_file", format!("文件不是CSV：{cause}"))),
        None => Err(refused("unreadable_file", format!("文件没有{what}"))),
    };
    let (number, lines_said, total_said) = head(&next("文件头")?)?;
    let places = places(&next("列标题")?)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|cause| refused("unreadable_file", format!("文件不是CSV：{cause}")))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        lines.push(line(&record, &places));
    }
    let receipts = Receipts {
        number,
        lines_said,
        total_said,
        lines,
    };
    check_totals(&receipts)?;
    Ok(receipts)
}

fn decoded(bytes: &[u8]) -> Result<String, Error> {
    if bytes.len() > MOST_BYTES {
        return Err(refused("file_too_large", "文件超过256兆，请分成几个文件"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "这是Excel工作簿，请另存为CSV后导入";
        return Err(refused("unreadable_file", message));
    }
    let (encoding, rest) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, bytes),
        None => (encoding_rs::GB18030, bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(rest);
    if broken {
        let message = "文件的编码既不是UTF-8也不是GB 18030";
        return Err(refused("unreadable_file", message));
    }
    Ok(text.into_owned())
}

fn head(record: &StringRecord) -> Result<(String, u64, Fen), Error> {
    let cells: Vec<&str> = record.iter().map(str::trim).collect();
    let value = |name: &str| {
        let place = cells.iter().position(|cell| *cell == name);
        let found = place.and_then(|place| cells.get(place + 1));
        found.filter(|text| !text.is_empty()).ok_or_else(|| {
            let message = format!("文件第一行没有“{name}”，应为：批次号,…,笔数,…,合计金额,…");
            refused("unreadable_file", message)
        })
    };
    let [number, lines, total] = FIRST.map(value);
    let (number, lines, total) = (number?, lines?, total?);
    let lines = lines
        .parse()
        .map_err(|_| refused("unreadable_file", format!("笔数“{lines}”不是整数")))?;
    let total =
        amount(total).map_err(|why| refused("unreadable_file", format!("合计金额{why}")))?;
    Ok(((*number).to_owned(), lines, total))
}

/// Where each column stands.
fn places(record: &StringRecord) -> Result<[usize; 8], Error> {
    let titles: Vec<&str> = record.iter().map(str::trim).collect();
    let mut places = [0; 8];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = titles.iter().position(|title| *title == column);
        *place = found
            .ok_or_else(|| refused("unreadable_file", format!("文件第二行没有“{column}”列")))?;
    }
    Ok(places)
}

/// An amount of money as digits with at most two decimals; what a spreadsheet makes of a number
/// kept as text is not one.
fn amount(text: &str) -> Result<Fen, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Fen::ZERO);
    }
    if text.contains([',', '，', '\'', '’', '¥', '￥', '元']) {
        return Err(format!("“{text}”是文本格式的数字，应只有数字和小数点"));
    }
    let amount = Fen::from_yuan_text(text);
    let amount = amount.map_err(|_| format!("“{text}”不是两位小数的金额"))?;
    if amount.is_negative() {
        return Err(format!("“{text}”不能为负"));
    }
    Ok(amount)
}

fn line(record: &StringRecord, places: &[usize; 8]) -> ReadLine {
    let number = record.position().map_or(0, csv::Position::line);
    let cell = |column: usize| record.get(places[column]).unwrap_or_default().trim();
    let mut issues = Vec::new();
    let mut note = |column: usize, message: String| {
        issues.push(ReceiptIssue {
            line: number,
            column: COLUMNS[column],
            message,
        });
    };
    let owner_kind = match cell(0) {
        "单位" => EMPLOYER,
        "个人" => PERSON,
        other => {
            note(0, format!("“{other}”应为“单位”或“个人”"));
            ""
        }
    };
    if cell(1).is_empty() {
        note(1, "缴费方编号为空".to_owned());
    }
    if let Some(wrong) = wrong_period(owner_kind, cell(2)) {
        note(2, wrong);
    }
    let mut read = |column: usize| match amount(cell(column)) {
        Ok(amount) => amount,
        Err(why) => {
            note(column, why);
            Fen::ZERO
        }
    };
    let (employer, person, late_fee) = (read(3), read(4), read(5));
    if owner_kind == PERSON && !employer.is_zero() {
        note(3, format!("个人缴费的行不能有单位缴费{employer}元"));
    }
    let paid_on = cell(6).parse::<Date>().unwrap_or_else(|_| {
        note(6, format!("“{}”不是日期，应写作2024-11-15", cell(6)));
        Date::MIN
    });
    if cell(7).is_empty() {
        note(7, "税票号码为空".to_owned());
    }
    ReadLine {
        line: number,
        owner_kind,
        owner: cell(1).to_owned(),
        period: cell(2).to_owned(),
        employer,
        person,
        late_fee,
        paid_on,
        voucher: cell(7).to_owned(),
        issues,
    }
}

fn wrong_period(owner_kind: &str, period: &str) -> Option<String> {
    if period.is_empty() {
        return None;
    }
    let fits = match owner_kind {
        PERSON => period.len() == 4 && period.parse::<i16>().is_ok_and(|year| year >= 1990),
        _ => period.parse::<policy::FeeMonth>().is_ok(),
    };
    let wanted = if owner_kind == PERSON {
        "2024"
    } else {
        "2024-11"
    };
    (!fits).then(|| format!("“{period}”不是费款所属期，应写作{wanted}"))
}

/// The file must have as many lines as it says, and they must add up to what it says; where a line
/// cannot be read, they may add up to less.
fn check_totals(receipts: &Receipts) -> Result<(), Error> {
    let (said, found) = (receipts.lines_said, receipts.lines.len());
    if u64::try_from(found).ok() != Some(said) {
        let message = format!("文件头写明{said}笔，实有{found}笔，整个文件不予导入");
        return Err(refused("wrong_totals", message));
    }
    let (said, found) = (receipts.total_said, sum(&receipts.lines));
    let unread = receipts.lines.iter().any(|line| {
        let mut issues = line.issues.iter();
        issues.any(|issue| COLUMNS[3..6].contains(&issue.column))
    });
    if found == said || (unread && found < said) {
        return Ok(());
    }
    let message = format!("文件头写明合计{said}元，各行相加为{found}元，整个文件不予导入");
    Err(refused("wrong_totals", message))
}

fn sum(lines: &[ReadLine]) -> Fen {
    let sum: i128 = lines
        .iter()
        .map(|line| i128::from(line.total().get()))
        .sum();
    Fen::new(i64::try_from(sum).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TITLES: &str =
        "缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码";

    fn file(head: &str, lines: &[&str]) -> String {
        format!("{head}\n{TITLES}\n{}\n", lines.join("\n"))
    }

    fn two() -> String {
        file(
            "批次号,B1,笔数,2,合计金额,500.00",
            &[
                "单位,E1,2024-10,80.00,20.00,0,2024-10-20,V1",
                "个人,P1,2025,,400.00,,2024-10-21,V2",
            ],
        )
    }

    fn code(text: &[u8]) -> (&'static str, String) {
        match read(text) {
            Err(Error::Refused { code, message }) => (code, message),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn marks_and_encodings_make_no_difference() {
        let plain = read(two().as_bytes()).unwrap();
        assert_eq!((plain.number.as_str(), plain.lines.len()), ("B1", 2));
        assert_eq!(plain.lines[1].person, Fen::yuan(400));
        let marked = [b"\xef\xbb\xbf".as_slice(), two().as_bytes()].concat();
        let (chinese, _, _) = encoding_rs::GB18030.encode(&two()).into_owned_parts();
        assert_eq!(read(&marked).unwrap(), plain);
        assert_eq!(read(&chinese).unwrap(), plain);
    }

    trait Owned {
        fn into_owned_parts(self) -> (Vec<u8>, (), ());
    }
    impl Owned for (std::borrow::Cow<'_, [u8]>, &encoding_rs::Encoding, bool) {
        fn into_owned_parts(self) -> (Vec<u8>, (), ()) {
            (self.0.into_owned(), (), ())
        }
    }

    #[test]
    fn wrong_totals_refuse_the_whole_file() {
        let short = two().replace("笔数,2", "笔数,3");
        let (wrong, message) = code(short.as_bytes());
        assert_eq!(wrong, "wrong_totals");
        assert_eq!(message, "文件头写明3笔，实有2笔，整个文件不予导入");
        let less = two().replace("500.00", "501.00");
        let (_, message) = code(less.as_bytes());
        assert_eq!(
            message,
            "文件头写明合计501.00元，各行相加为500.00元，整个文件不予导入"
        );
    }

    #[test]
    fn what_cannot_be_read_is_named_with_line_column_and_value() {
        let text = file(
            "批次号,B1,笔数,3,合计金额,2000.00",
            &[
                "单位,E1,2024-13,\"1,000.00\",'20,0,2024-10-20T,V1",
                "法人,,2024,-5.00,1.234,abc,2024-02-30,",
                "个人,P1,2025,1.00,400.00,0,2024-10-21,V3",
            ],
        );
        let read = read(text.as_bytes()).unwrap();
        let columns = |line: usize| -> Vec<&str> {
            read.lines[line]
                .issues
                .iter()
                .map(|issue| issue.column)
                .collect()
        };
        assert_eq!(
            columns(0),
            ["费款所属期", "单位缴费", "个人缴费", "入库日期"]
        );
        assert_eq!(
            columns(1),
            [
                "缴费方类型",
                "缴费方编号",
                "费款所属期",
                "单位缴费",
                "个人缴费",
                "滞纳金",
                "入库日期",
                "税票号码"
            ]
        );
        assert_eq!(columns(2), ["单位缴费"]);
        assert_eq!(read.lines[0].issues[0].line, 3);
        let text_number = &read.lines[0].issues[1].message;
        assert_eq!(
            text_number,
            "“1,000.00”是文本格式的数字，应只有数字和小数点"
        );
    }

    #[test]
    fn files_that_are_no_receipts_are_refused() {
        for bad in [
            &b""[..],
            b"PK\x03\x04 workbook",
            b"a,b,c\n",
            "批次号,B1,笔数,x,合计金额,1.00\n".as_bytes(),
            "批次号,B1,笔数,0,合计金额,0\n缴费方类型\n".as_bytes(),
            b"\xff\xff\xff",
        ] {
            assert_eq!(code(bad).0, "unreadable_file");
        }
    }
}
