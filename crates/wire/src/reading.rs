use money::DecimalError;

use crate::node::{Body, Node, Value, label};
use crate::refusal::{Faults, excerpt};
use crate::tables::{Field, Kind, NodeTable, Required, Rows, Transaction, dictionary};
use crate::{Json, Moment, Refusal, number};

/// The most rows one node of a message may have.
pub(crate) const MAX_ROWS: usize = 10_000;

/// No single amount or price reaches a hundred thousand million yuan; beyond it, sums and products
/// over a message of [`MAX_ROWS`] lines could leave 64 bits.
const MAX_WHOLE_YUAN: u64 = 100_000_000_000;
/// Quantities and prices stay below this, so that their product is an amount.
const MAX_FACTOR: u64 = 100_000_000;

impl Body {
    /// Reads the `input` of a message against the field table of its transaction.
    ///
    /// Lenient about form: a node may be an object or a list, the fields of the only single-row
    /// node may lie directly in the input, numbers may be texts and texts numbers, unknown keys are
    /// ignored, keys match without regard to case, empty text means not given. Strict about
    /// content: lengths, decimals, dates and codes must be right.
    ///
    /// # Errors
    /// One refusal that joins the first few faults, each naming field and value.
    pub fn read(transaction: &'static Transaction, input: &Json) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let mut nodes = Vec::with_capacity(transaction.input.len());
        for table in &transaction.input {
            let rows = match find_node(transaction, table, input) {
                Some(found) => read_rows(table, found, &mut faults),
                None => {
                    let alone = transaction.input.len() == 1;
                    if table.demands_something() && (alone || table.rows == Rows::One) {
                        faults.add(|| format!("输入缺少节点 {}", table.name));
                    }
                    Vec::new()
                }
            };
            nodes.push((table, rows));
        }
        faults.or_refuse(Self { transaction, nodes })
    }
}

/// The node under its key, or the input itself when the node's fields lie flat in it.
fn find_node<'a>(
    transaction: &Transaction,
    table: &NodeTable,
    input: &'a Json,
) -> Option<&'a Json> {
    if let Some(found) = input.get(table.name).filter(|json| !json.is_absent()) {
        return Some(found);
    }
    let alone = transaction.input.len() == 1;
    let may_be_flat = alone || table.rows == Rows::One;
    let lies_flat = |field: &Field| {
        let value = input.get(field.name);
        value.is_some_and(|json| matches!(json, Json::Text(_) | Json::Number(_)))
    };
    (may_be_flat && table.fields.iter().any(lies_flat)).then_some(input)
}

fn read_rows(table: &'static NodeTable, found: &Json, faults: &mut Faults) -> Vec<Node> {
    match found {
        Json::Object(_) => read_row(table, 0, found, faults).into_iter().collect(),
        Json::Array(items) if items.len() > MAX_ROWS => {
            let (name, count) = (table.name, items.len());
            faults.add(|| format!("节点 {name} 有{count}行，超过一次最多{MAX_ROWS}行"));
            Vec::new()
        }
        Json::Array(items) => {
            let single = table.rows == Rows::One;
            if single && items.len() != 1 && (items.len() > 1 || table.demands_something()) {
                let (name, count) = (table.name, items.len());
                faults.add(|| format!("节点 {name} 应为一行，实际{count}行"));
                return Vec::new();
            }
            let rows = items.iter().enumerate();
            rows.filter_map(|(index, item)| {
                read_row(table, if single { 0 } else { index + 1 }, item, faults)
            })
            .collect()
        }
        other => {
            let name = table.name;
            faults.add(|| format!("节点 {name} 的值“{}”应为对象或数组", shown(other)));
            Vec::new()
        }
    }
}

fn read_row(
    table: &'static NodeTable,
    row: usize,
    found: &Json,
    faults: &mut Faults,
) -> Option<Node> {
    if !matches!(found, Json::Object(_)) {
        let (name, place) = (table.name, row.max(1));
        faults.add(|| format!("节点 {name} 第{place}行“{}”应为对象", shown(found)));
        return None;
    }
    let mut node = Node {
        table,
        row,
        values: Vec::with_capacity(table.fields.len()),
        nested: Vec::new(),
    };
    for field in &table.fields {
        let sent = found.get(field.name).filter(|json| !json.is_absent());
        let inner = table.nested.iter().find(|inner| inner.name == field.name);
        if let (Some(json), Some(inner)) = (sent, inner) {
            node.nested.push((inner, read_rows(inner, json, faults)));
        }
        let has_rows = |json: &Json| !matches!(json, Json::Array(rows) if rows.is_empty());
        let filled = field.kind == Kind::Nested && sent.is_some_and(has_rows);
        let name = || label(table, row, field.name, Some(field));
        let value = match sent.map(|json| (json, read_value(field, json))) {
            Some((_, Ok(value))) => value,
            Some((json, Err(reason))) => {
                faults.add(|| format!("{}的值“{}”{reason}", name(), shown(json)));
                node.values.push(Value::Absent);
                continue;
            }
            None => Value::Absent,
        };
        if field.required == Required::Yes && value == Value::Absent && !filled {
            faults.add(|| format!("{}不能为空", name()));
        }
        node.values.push(value);
    }
    Some(node)
}

/// A value as a refusal repeats it.
fn shown(json: &Json) -> String {
    match json.as_text() {
        Some(text) => excerpt(text),
        None => excerpt(&json.to_string()),
    }
}

fn read_value(field: &Field, json: &Json) -> Result<Value, String> {
    match field.kind {
        Kind::Raw => Ok(Value::Raw(json.clone())),
        Kind::Nested => Ok(Value::Absent),
        Kind::Extension(length) => read_extension(json, length).map(Value::Raw),
        Kind::Text(length) => read_text(field, json, length).map(Value::Text),
        Kind::Whole(digits) => {
            let text = number_text(json)?;
            number::whole(text, digits)
                .map(Value::Text)
                .map_err(|e| decimal_reason(e, digits, 0))
        }
        Kind::Decimal { digits, places } => {
            let value = number::scaled(number_text(json)?, digits, places)
                .map_err(|error| decimal_reason(error, digits, places))?;
            check_size(value, digits, places).map(Value::Number)
        }
        Kind::Date | Kind::DateTime => {
            let moment = json.as_text().and_then(Moment::parse);
            let form = "不是日期，应为yyyy-MM-dd或yyyy-MM-dd HH:mm:ss";
            let moment = moment.ok_or_else(|| form.to_owned())?;
            Ok(if moment.is_unfilled() {
                Value::Absent
            } else {
                Value::Moment(moment)
            })
        }
    }
}

fn number_text(json: &Json) -> Result<&str, String> {
    json.as_text().ok_or_else(|| "应为数字".to_owned())
}

fn decimal_reason(error: DecimalError, digits: u32, places: u32) -> String {
    match error {
        DecimalError::NotANumber => "不是数字".to_owned(),
        DecimalError::TooManyDecimals if places == 0 => "应为整数".to_owned(),
        DecimalError::TooManyDecimals => format!("小数超过{places}位"),
        DecimalError::TooLarge => format!("超过{digits}位数字"),
    }
}

fn check_size(value: i64, digits: u32, places: u32) -> Result<i64, String> {
    let limit = match (digits, places) {
        (16, 2) => MAX_WHOLE_YUAN,
        (16, _) => MAX_FACTOR,
        _ => return Ok(value),
    };
    let in_range = value.unsigned_abs() < limit * 10_u64.pow(places);
    in_range
        .then_some(value)
        .ok_or_else(|| "超出可处理的数值范围".to_owned())
}

fn read_text(field: &Field, json: &Json, length: u32) -> Result<String, String> {
    let text = json.as_text().ok_or_else(|| "应为文本".to_owned())?;
    if text.contains('\0') {
        return Err("含有空字符".to_owned());
    }
    // Certificates of some provinces carry a card blob behind a bar; only the part before it is
    // declared to be short.
    let carries_card = field.name == "mdtrt_cert_no" && text.contains('|');
    let too_long = text.chars().count() > length as usize;
    if too_long && !carries_card && field.name != "fixmedins_name" {
        return Err(format!("超过长度{length}"));
    }
    let codes = field
        .dictionary
        .filter(|_| field.checked)
        .and_then(dictionary);
    match codes {
        Some(codes) if !codes.holds(text) => {
            // Codes such as 01 lose their zero when a client keeps them as numbers.
            let restored = format!("0{text}");
            let known = codes.holds(&restored).then_some(restored);
            known.ok_or_else(|| format!("不在字典“{}”中", codes.name_zh))
        }
        _ => Ok(text.to_owned()),
    }
}

/// The extension field as an object, whichever way it was sent; other text is kept as text.
fn read_extension(json: &Json, length: u32) -> Result<Json, String> {
    match json {
        Json::Text(text) if text.chars().count() > length as usize => {
            Err(format!("超过长度{length}"))
        }
        Json::Text(text) if text.contains('\0') => Err("含有空字符".to_owned()),
        Json::Text(text) => match Json::parse(text.as_bytes()) {
            Ok(object @ Json::Object(_)) => Ok(object),
            _ => Ok(json.clone()),
        },
        other => Ok(other.clone()),
    }
}

#[cfg(test)]
mod tests;
