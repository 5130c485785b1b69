//! 明细：一批 Parquet 行进入明细块。

use arrow_array::ArrayRef;
use arrow_schema::ArrowError;
use lines::{ItemKind, LineBlock, LineId, Lines, Moment, NONE};
use money::Fen;

use crate::cells::{Texts, decimals, moments, wholes};
use crate::parquet_file::Columns;

/// The columns that lines are made of; others are not read.
pub const WANTED: [&str; 18] = [
    "line",
    "visit",
    "item",
    "item_name",
    "kind",
    "time",
    "count",
    "price",
    "amount",
    "in_scope",
    "charge_level",
    "department",
    "doctor",
    "prescription",
    "supply_days",
    "dose",
    "take_home",
    "split",
];

/// Appends a batch to a block; rows without what a line needs are counted and left out.
///
/// # Errors
/// When a column is missing or of a type that cannot be read.
pub fn append(block: &mut LineBlock, columns: &Columns) -> Result<(), ArrowError> {
    let need = |name: &str| {
        columns
            .get(name)
            .ok_or_else(|| ArrowError::SchemaError(format!("缺少列 {name}")))
    };
    let rows = columns.rows();
    let ids = line_ids(block, need("line")?)?;
    let visits = numbers(&Texts::of(need("visit")?)?, rows, |text| {
        block.visits.number(text)
    });
    let items = items(block, columns, need("item")?)?;
    let times = moments(need("time")?)?;
    let counts = decimals(need("count")?, 3)?;
    let amounts = decimals(need("amount")?, 2)?;
    let rest = Rest::read(block, columns)?;
    for row in 0..rows {
        let found = (
            ids[row],
            times[row],
            counts[row].and_then(|c| i32::try_from(c).ok()),
        );
        let amount = amounts[row].map(Fen::new);
        let whole = visits[row] != NONE && items[row] != NONE;
        let ((Some(id), Some(time), Some(count)), Some(amount), true) = (found, amount, whole)
        else {
            let id = ids[row].map_or_else(String::new, |id| id.to_string());
            let problem = trouble(times[row], counts[row], amounts[row]);
            block.quality.note(problem, id);
            continue;
        };
        let lines = &mut block.lines;
        lines.id.push(id);
        lines.visit.push(visits[row]);
        lines.item.push(items[row]);
        lines.time.push(time);
        lines.count.push(count);
        lines.amount.push(amount);
        rest.push(lines, row);
    }
    Ok(())
}

fn trouble(time: Option<Moment>, count: Option<i64>, amount: Option<i64>) -> &'static str {
    match (time, count, amount) {
        (None, _, _) => "明细费用时间缺失或不可读",
        (_, None, _) => "明细数量缺失或不可读",
        (_, _, None) => "明细金额缺失或不可读",
        _ => "明细缺流水号、就诊号或目录编码",
    }
}

/// Columns that a file may not have.
struct Rest {
    price: Option<Vec<Option<i64>>>,
    in_scope: Option<Vec<Option<i64>>>,
    department: Option<Vec<u32>>,
    doctor: Option<Vec<u32>>,
    prescription: Option<Vec<u32>>,
    supply_days: Option<Vec<Option<i64>>>,
    dose: Option<Vec<Option<i64>>>,
    flags: Option<Vec<u8>>,
}

impl Rest {
    fn read(block: &mut LineBlock, columns: &Columns) -> Result<Self, ArrowError> {
        let rows = columns.rows();
        let number = |name: &str, places| {
            columns
                .get(name)
                .map(|array| decimals(array, places))
                .transpose()
        };
        let texts = |name: &str| columns.get(name).map(Texts::of).transpose();
        let department = texts("department")?;
        let or_none = |dictionary: &mut lines::Dictionary, texts: Option<Texts>| {
            texts.map(|texts| numbers(&texts, rows, |text| dictionary.number_or_none(text)))
        };
        Ok(Self {
            price: number("price", 4)?,
            in_scope: number("in_scope", 2)?,
            department: or_none(&mut block.departments, department),
            doctor: or_none(&mut block.doctors, texts("doctor")?),
            prescription: or_none(&mut block.prescriptions, texts("prescription")?),
            supply_days: columns.get("supply_days").map(wholes).transpose()?,
            dose: number("dose", 3)?,
            flags: flags(columns)?,
        })
    }

    fn push(&self, lines: &mut Lines, row: usize) {
        let at = |column: &Option<Vec<Option<i64>>>| {
            column.as_ref().map(|values| values[row].unwrap_or(0))
        };
        lines.price.extend(at(&self.price));
        lines.in_scope.extend(at(&self.in_scope).map(Fen::new));
        let department = self.department.as_ref().map(|values| values[row]);
        lines
            .department
            .extend(department.map(|number| u16::try_from(number).unwrap_or(u16::MAX)));
        lines
            .doctor
            .extend(self.doctor.as_ref().map(|values| values[row]));
        lines
            .prescription
            .extend(self.prescription.as_ref().map(|values| values[row]));
        let days = at(&self.supply_days);
        lines
            .supply_days
            .extend(days.map(|days| u16::try_from(days).unwrap_or(0)));
        lines
            .dose
            .extend(at(&self.dose).map(|dose| i32::try_from(dose).unwrap_or(0)));
        lines
            .flags
            .extend(self.flags.as_ref().map(|flags| flags[row]));
    }
}

fn line_ids(block: &mut LineBlock, array: &ArrayRef) -> Result<Vec<Option<LineId>>, ArrowError> {
    if array.data_type().is_integer() {
        let id = |value: Option<i64>| u64::try_from(value?).ok().map(LineId);
        return Ok(wholes(array)?.into_iter().map(id).collect());
    }
    let texts = Texts::of(array)?;
    let mut id = |text: &str| match LineId::plain(text) {
        Some(plain) => Some(plain),
        None if text.is_empty() => None,
        None => Some(LineId::text(block.id_texts.number(text))),
    };
    Ok((0..array.len()).map(|row| id(texts.text(row))).collect())
}

fn numbers(texts: &Texts, rows: usize, mut number: impl FnMut(&str) -> u32) -> Vec<u32> {
    match texts {
        Texts::Coded(codes, values) => {
            let mut known = vec![NONE; values.len()];
            let mut of = |code: &i32| {
                let Ok(code) = usize::try_from(*code) else {
                    return NONE;
                };
                if known[code] == NONE && !values[code].is_empty() {
                    known[code] = number(&values[code]);
                }
                known[code]
            };
            codes.iter().map(&mut of).collect()
        }
        Texts::Plain(_) => {
            let mut of = |text: &str| if text.is_empty() { NONE } else { number(text) };
            (0..rows).map(|row| of(texts.text(row))).collect()
        }
    }
}

/// Item numbers; names and kinds are taken up once per item.
fn items(
    block: &mut LineBlock,
    columns: &Columns,
    array: &ArrayRef,
) -> Result<Vec<u32>, ArrowError> {
    let found = numbers(&Texts::of(array)?, columns.rows(), |code| {
        block.items.number(code)
    });
    if let Some(kinds) = columns.get("kind") {
        let kinds = Texts::of(kinds)?;
        if let Texts::Coded(codes, values) = &kinds {
            let kinds: Vec<ItemKind> = values.iter().map(|text| ItemKind::parse(text)).collect();
            for (&item, &code) in found.iter().zip(codes) {
                if let (true, Ok(code)) = (item != NONE, usize::try_from(code)) {
                    block.items.kind_it(item, kinds[code]);
                }
            }
        } else {
            for (row, &item) in found.iter().enumerate().filter(|(_, item)| **item != NONE) {
                block.items.kind_it(item, ItemKind::parse(kinds.text(row)));
            }
        }
    }
    if let Some(names) = columns.get("item_name") {
        let names = Texts::of(names)?;
        for (row, &item) in found.iter().enumerate().filter(|(_, item)| **item != NONE) {
            block.items.name_it(item, names.text(row));
        }
    }
    Ok(found)
}

fn flags(columns: &Columns) -> Result<Option<Vec<u8>>, ArrowError> {
    let marks = [
        ("charge_level", "03", Lines::OUTSIDE_CATALOGUE),
        ("take_home", "1", Lines::TAKE_HOME),
        ("split", "1", Lines::SPLIT),
    ];
    let mut flags: Option<Vec<u8>> = None;
    for (name, wanted, flag) in marks {
        let Some(array) = columns.get(name) else {
            continue;
        };
        let texts = Texts::of(array)?;
        let flags = flags.get_or_insert_with(|| vec![0; columns.rows()]);
        for (row, flags) in flags.iter_mut().enumerate() {
            *flags |= if texts.text(row) == wanted { flag } else { 0 };
        }
    }
    Ok(flags)
}
