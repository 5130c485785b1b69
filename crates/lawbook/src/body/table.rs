use policy::{Choose, Condition, Row, Table};

use super::condition::read_condition;
use super::{Desk, cover};
use crate::fault::FaultKind;
use crate::yaml::{Data, Fields, Node};

/// How strictly a table is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// Every situation must have a row.
    Required,
    /// A situation without a row has a meaning of its own.
    Open,
}

/// Reads a decision table: either the value's own field right here, or `rows`.
///
/// `read` gets the fields that hold the value; it answers `None` after a fault and `Some(None)` for
/// a deliberate nothing.
pub(crate) fn read_table<T>(
    desk: &Desk<'_>,
    fields: &Fields<'_>,
    value: &'static str,
    completeness: Completeness,
    read: impl Fn(&Fields<'_>) -> Option<Option<T>>,
) -> Option<Table<T>> {
    let choose = read_choose(desk, fields);
    if fields.maybe("rows").is_none() && fields.maybe(value).is_some() {
        let row = Row {
            condition: Condition::default(),
            rank: 0,
            value: read(fields)?,
        };
        return Some(Table::new(vec![row], choose?));
    }
    let (_, rows) = fields.one_of(&["rows", value])?;
    read_rows(desk, rows, choose, completeness, read)
}

/// Reads a list of rows.
pub(crate) fn read_rows<T>(
    desk: &Desk<'_>,
    node: &Node,
    choose: Option<Choose>,
    completeness: Completeness,
    read: impl Fn(&Fields<'_>) -> Option<Option<T>>,
) -> Option<Table<T>> {
    let nodes = desk.page.list(node)?;
    if nodes.is_empty() {
        desk.page
            .fault(node, FaultKind::MissingField, "rows 不能为空");
        return None;
    }
    let rows: Vec<Option<Row<T>>> = nodes.iter().map(|row| read_row(desk, row, &read)).collect();
    let rows: Option<Vec<Row<T>>> = rows.into_iter().collect();
    let (rows, choose) = (rows?, choose?);
    if choose == Choose::MostSpecific {
        check_overlaps(desk, nodes, &rows);
    }
    let conditions: Vec<&Condition> = rows.iter().map(|row| &row.condition).collect();
    if completeness == Completeness::Required
        && let Some(missing) = cover::uncovered(&conditions, desk.scheme)
    {
        desk.page.fault(node, FaultKind::Gap, missing);
        return None;
    }
    Some(Table::new(rows, choose))
}

fn read_row<T>(
    desk: &Desk<'_>,
    node: &Node,
    read: &impl Fn(&Fields<'_>) -> Option<Option<T>>,
) -> Option<Row<T>> {
    let fields = Fields::of(&desk.page, node)?;
    let condition = read_condition(desk, &fields);
    let rank = fields
        .maybe("rank")
        .map_or(Some(0), |node| desk.page.count(node));
    let value = read(&fields);
    fields.finish();
    Some(Row {
        condition: condition?,
        rank: rank?,
        value: value?,
    })
}

fn read_choose(desk: &Desk<'_>, fields: &Fields<'_>) -> Option<Choose> {
    let words = [("highest", Choose::Highest), ("lowest", Choose::Lowest)];
    let node = fields.maybe("choose");
    node.map_or(Some(Choose::MostSpecific), |node| {
        desk.page.choice(node, "取值方式", &words)
    })
}

/// Two rows of one precedence that may fit the same situation must say the same.
fn check_overlaps<T>(desk: &Desk<'_>, nodes: &[Node], rows: &[Row<T>]) {
    for (position, row) in rows.iter().enumerate() {
        for (earlier, other) in rows[..position].iter().enumerate() {
            let equal_rank = row.rank == other.rank
                && row.condition.specificity() == other.condition.specificity();
            if !equal_rank || row.condition.excludes(&other.condition) {
                continue;
            }
            let (node, first) = (&nodes[position], &nodes[earlier]);
            if value_of(node) != value_of(first) {
                let message = format!(
                    "与第{}行的条件可能同时成立而取值不同；请写 rank 或 choose，或把条件写得互斥",
                    first.line
                );
                desk.page.fault(node, FaultKind::Overlap, message);
            }
        }
    }
}

/// What a row says beside its condition.
fn value_of(node: &Node) -> Vec<&(String, Node)> {
    let Data::Map(entries) = &node.data else {
        return Vec::new();
    };
    let condition = ["when", "unless", "rank"];
    entries
        .iter()
        .filter(|(name, _)| !condition.contains(&name.as_str()))
        .collect()
}
