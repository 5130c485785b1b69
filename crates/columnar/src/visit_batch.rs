//! 就诊、追溯与小表：一批 Parquet 行进入接收。

use arrow_schema::ArrowError;
use lines::{
    Care, Intake, Level, LineId, Moment, NONE, ScanRow, Sex, Table, TraceEventKind, VisitRow,
    Visits,
};

use crate::cells::{Cells, Texts, decimals, moments, wholes};
use crate::parquet_file::Columns;

/// What is left to do with a decoded row group, in the order of the files.
pub type Take = Box<dyn FnOnce(&mut Intake) + Send>;

/// Decodes visits.
///
/// # Errors
/// When a column is missing or of a type that cannot be read.
pub fn visits(columns: &Columns<'_>) -> Result<Take, ArrowError> {
    let rows = columns.rows();
    let texts = |name: &str| columns.get(name)?.as_ref().map(Texts::of).transpose();
    let need = |name: &str| Texts::of(&columns.need(name)?);
    let times = |name: &str| columns.get(name)?.as_ref().map(moments).transpose();
    let (ids, people) = (need("visit")?, need("person")?);
    let providers = need("provider")?;
    let begins = moments(&columns.need("begin")?)?;
    let (ends, settled, births) = (times("end")?, times("settled")?, times("birth")?);
    let care = each(texts("care")?, Care::default(), Care::parse);
    let sex = each(texts("sex")?, Sex::default(), Sex::parse);
    let level = each(texts("level")?, Level::default(), Level::parse);
    let (diagnoses, names) = (texts("diagnoses")?, texts("diagnosis_names")?);
    let (department, terminal) = (texts("department")?, texts("terminal")?);
    let (disease, invoice) = (texts("disease")?, texts("invoice")?);
    let settlement = texts("settlement")?;
    let insurance = each(texts("insurance")?, 0, |text| text.parse().unwrap_or(0));
    let (flags, kept) = flags(columns)?;
    let at =
        |column: &Option<Cells<Moment>>, row: usize| column.as_ref().and_then(|one| one.get(row));
    Ok(Box::new(move |intake| {
        intake.keeps(kept);
        let hosts = providers.each(NONE, |id| intake.provider_number(id));
        let known = diagnosed(intake, &diagnoses, &names);
        // All at once: a look into a large dictionary waits for memory, several wait together.
        let whose: Vec<u32> = (0..rows)
            .map(|row| match people.text(row) {
                "" => NONE,
                id => intake.person_number(id),
            })
            .collect();
        for (row, (&host, &person)) in hosts.iter().zip(&whose).enumerate() {
            let id = ids.text(row);
            let Some(begin) = begins.get(row) else {
                intake.note("就诊开始时间缺失或不可读", id);
                continue;
            };
            if id.is_empty() || person == NONE || host == NONE {
                intake.note("就诊缺就诊号、人员或机构", id);
                continue;
            }
            let visit = VisitRow {
                id,
                person: "",
                provider: "",
                care: said(&care, row),
                begin,
                end: at(&ends, row).unwrap_or_default(),
                settled: at(&settled, row).unwrap_or_default(),
                diagnoses: diagnoses.as_ref().map(|_| ""),
                diagnosis_names: "",
                department: text(&department, row),
                terminal: text(&terminal, row),
                disease: text(&disease, row),
                invoice: text(&invoice, row),
                settlement: text(&settlement, row),
                level: said(&level, row),
                flags: said(&flags, row),
                insurance: said(&insurance, row),
                sex: said(&sex, row),
                birth: at(&births, row).map(Moment::day),
            };
            intake.visit_known(&visit, (person, host), known.of(row));
        }
    }))
}

/// Numbers of diagnoses, the list of each row a span of all.
struct Diagnosed {
    spans: Vec<(usize, usize)>,
    numbers: Vec<u32>,
}

impl Diagnosed {
    fn of(&self, row: usize) -> &[u32] {
        let (begin, end) = said(&self.spans, row);
        &self.numbers[begin..end]
    }
}

/// The diagnoses of all rows; a text of a dictionary without names beside it is taken apart once.
fn diagnosed(intake: &mut Intake, codes: &Option<Texts>, names: &Option<Texts>) -> Diagnosed {
    let mut numbers = Vec::new();
    let mut span = |codes: &str, names: &str| {
        let begin = numbers.len();
        numbers.extend(intake.diagnosis_numbers(codes, names));
        (begin, numbers.len())
    };
    let spans = match (codes, names) {
        (Some(codes), None) => codes.each((0, 0), |codes| span(codes, "")),
        (None, Some(names)) => names.each((0, 0), |names| span("", names)),
        (Some(codes), Some(names)) => {
            let rows = 0..names.len();
            rows.map(|row| span(codes.text(row), names.text(row)))
                .collect()
        }
        (None, None) => Vec::new(),
    };
    Diagnosed { spans, numbers }
}

fn text(column: &Option<Texts>, row: usize) -> &str {
    column.as_ref().map_or("", |texts| texts.text(row))
}

/// What a column says row by row; nothing for a column that is not there.
fn each<T: Copy>(column: Option<Texts>, empty: T, read: impl Fn(&str) -> T) -> Vec<T> {
    column.map_or_else(Vec::new, |texts| texts.each(empty, read))
}

fn said<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

/// The marks that columns set on visits, and those that the file has a column for.
fn flags(columns: &Columns<'_>) -> Result<(Vec<u8>, u8), ArrowError> {
    let known = [
        ("reversed", "1", Visits::REVERSED),
        ("mode", "internet", Visits::INTERNET),
        ("critical", "1", Visits::CRITICAL),
        ("no_third_party", "1", Visits::NO_THIRD_PARTY),
        ("third_party", "0", Visits::NO_THIRD_PARTY),
        ("died_or_moved", "1", Visits::DIED_OR_MOVED),
        // 离院方式：医嘱转院、死亡
        ("discharge_way", "2", Visits::DIED_OR_MOVED),
        ("discharge_way", "5", Visits::DIED_OR_MOVED),
        ("long_prescription", "1", Visits::LONG_PRESCRIPTION),
        ("unfunded", "1", Visits::UNFUNDED),
    ];
    let (mut flags, mut kept) = (vec![0; columns.rows()], 0);
    for (name, wanted, mark) in known {
        if let Some(array) = columns.get(name)? {
            kept |= mark;
            let set = Texts::of(&array)?.each(0, |text| if text == wanted { mark } else { 0 });
            flags.iter_mut().zip(set).for_each(|(all, one)| *all |= one);
        }
    }
    Ok((flags, kept))
}

/// Decodes scans of trace codes.
///
/// # Errors
/// When a column is missing or of a type that cannot be read.
pub fn scans(columns: &Columns<'_>) -> Result<Take, ArrowError> {
    let rows = columns.rows();
    let texts = |name: &str| columns.get(name)?.as_ref().map(Texts::of).transpose();
    let codes = Texts::of(&columns.need("trace_code")?)?;
    let ids = columns.get("line")?;
    let numbers = ids.as_ref().filter(|ids| ids.data_type().is_integer());
    let line_ids = numbers.map(wholes).transpose()?;
    let lines = match &ids {
        Some(ids) if line_ids.is_none() => Some(Texts::of(ids)?),
        _ => None,
    };
    let events = texts("event")?;
    let (providers, people, items) = (texts("provider")?, texts("person")?, texts("item")?);
    let times = columns.get("time")?.as_ref().map(moments).transpose()?;
    let quantities = columns.get("quantity")?;
    let quantities = quantities.map(|array| decimals(&array, 3)).transpose()?;
    Ok(Box::new(move |intake| {
        for row in 0..rows {
            let code = codes.text(row);
            let kind = match text(&events, row) {
                "" | "sale" | "销售" => TraceEventKind::Sale,
                "return" | "退货" => TraceEventKind::Return,
                "transfer" | "调拨" => TraceEventKind::Transfer,
                other => {
                    intake.note("追溯事件类型不认识", other);
                    continue;
                }
            };
            if code.is_empty() {
                intake.note("追溯记录缺追溯码", text(&lines, row));
                continue;
            }
            let quantity = quantities.as_ref().and_then(|column| column.get(row));
            intake.scan(&ScanRow {
                code,
                line: text(&lines, row),
                line_id: line_ids
                    .as_ref()
                    .and_then(|ids| u64::try_from(ids.get(row)?).ok())
                    .map(LineId),
                kind,
                time: times
                    .as_ref()
                    .and_then(|times| times.get(row))
                    .unwrap_or_default(),
                provider: text(&providers, row),
                person: text(&people, row),
                item: text(&items, row),
                quantity: quantity
                    .and_then(|units| i32::try_from(units).ok())
                    .unwrap_or(1000),
            });
        }
    }))
}

/// A batch as a small table of texts; dates and decimals as files of text would write them.
///
/// # Errors
/// When a column has no text.
pub fn table(columns: &Columns<'_>) -> Result<Table, ArrowError> {
    let mut table = Table::new(columns.names());
    let mut texts = Vec::new();
    for name in columns.names() {
        texts.push(Texts::of(&columns.need(name)?)?);
    }
    for row in 0..columns.rows() {
        table.push(texts.iter().map(|texts| texts.text(row)));
    }
    Ok(table)
}
