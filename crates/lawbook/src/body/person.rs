use policy::{Condition, Table, Test};

use super::Desk;
use super::condition::read_condition;
use crate::fault::FaultKind;
use crate::render::test_title;
use crate::yaml::{Fields, Node};

/// Reads a condition that may ask about the person and the employer only: nobody is being treated
/// while contributions are assessed.
pub(super) fn read_person_condition(
    desk: &Desk<'_>,
    node: &Node,
    fields: &Fields<'_>,
) -> Option<Condition> {
    let condition = read_condition(desk, fields)?;
    asks_person(desk, node, &condition).then_some(condition)
}

/// Whether every row of a table asks about the person only; otherwise a fault at the node.
pub(super) fn rows_ask_person<T>(desk: &Desk<'_>, node: &Node, table: &Table<T>) -> bool {
    table
        .rows()
        .iter()
        .all(|row| asks_person(desk, node, &row.condition))
}

fn asks_person(desk: &Desk<'_>, node: &Node, condition: &Condition) -> bool {
    let tests = condition.when.iter().chain(&condition.unless);
    let foreign = tests.filter(|test| {
        !matches!(
            test,
            Test::Category(_)
                | Test::Identity(_)
                | Test::Age(_)
                | Test::AgeDays(_)
                | Test::Sex(_)
                | Test::EnrolledYears(_)
                | Test::County(_)
                | Test::Mark(_)
        )
    });
    let mut only_person = true;
    for test in foreign {
        let title = test_title(test);
        let message = format!("缴费和等待期的条件只能问人员和单位，不能用“{title}”");
        desk.page.fault(node, FaultKind::WrongType, message);
        only_person = false;
    }
    only_person
}
