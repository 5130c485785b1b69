//! Proves that the rows of a table leave no situation without a value.

use std::mem::{Discriminant, discriminant};

use policy::{Condition, Test};
use terms::Scheme;

use super::cells::cells_of;
use crate::render::test_title;

/// More combinations than this are not walked through; such a table needs a row without condition.
const MOST_COMBINATIONS: usize = 200_000;

/// One value of a dimension, with which tests of the dimension it satisfies.
pub(crate) struct Cell {
    pub label: String,
    pub holds: Vec<usize>,
}

/// A dimension that the rows ask about.
struct Dimension {
    title: &'static str,
    cells: Vec<Cell>,
}

/// A sentence naming a situation that no row covers, if there is one.
pub(crate) fn uncovered(rows: &[&Condition], scheme: Scheme) -> Option<String> {
    if rows.iter().any(|row| row.specificity() == 0) {
        return None;
    }
    let mut tests: Vec<&Test> = Vec::new();
    for test in rows
        .iter()
        .flat_map(|row| row.when.iter().chain(&row.unless))
    {
        if !tests.contains(&test) {
            tests.push(test);
        }
    }
    let dimensions = dimensions_of(&tests, scheme);
    let combinations = dimensions
        .iter()
        .try_fold(1_usize, |count, one| count.checked_mul(one.cells.len()))
        .filter(|count| *count <= MOST_COMBINATIONS);
    if combinations.is_none() {
        return Some("条件组合太多，无法证明没有缺口；请加一行不带条件的兜底".to_owned());
    }
    let mut truth = vec![false; tests.len()];
    let mut labels = Vec::new();
    let found = search(rows, &tests, &dimensions, &mut truth, &mut labels);
    found.then(|| {
        format!(
            "没有一行适用于：{}；请补一行，或加一行不带条件的兜底",
            labels.join("，")
        )
    })
}

/// Walks through all combinations; on a hit `labels` names it.
fn search(
    rows: &[&Condition],
    tests: &[&Test],
    dimensions: &[Dimension],
    truth: &mut [bool],
    labels: &mut Vec<String>,
) -> bool {
    let Some((dimension, rest)) = dimensions.split_first() else {
        let holds = |test: &Test| {
            tests
                .iter()
                .position(|one| *one == test)
                .is_some_and(|at| truth[at])
        };
        let fits = |row: &&Condition| row.when.iter().all(holds) && !row.unless.iter().any(holds);
        return !rows.iter().any(fits);
    };
    for cell in &dimension.cells {
        for at in &cell.holds {
            truth[*at] = true;
        }
        labels.push(format!("{}为{}", dimension.title, cell.label));
        if search(rows, tests, rest, truth, labels) {
            return true;
        }
        labels.pop();
        for at in &cell.holds {
            truth[*at] = false;
        }
    }
    false
}

fn dimensions_of(tests: &[&Test], scheme: Scheme) -> Vec<Dimension> {
    let mut kinds: Vec<Discriminant<Test>> = Vec::new();
    let mut dimensions = Vec::new();
    for test in tests {
        let kind = discriminant(*test);
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let same: Vec<(usize, &Test)> = tests
            .iter()
            .enumerate()
            .filter(|(_, other)| discriminant(**other) == kind)
            .map(|(at, other)| (at, *other))
            .collect();
        dimensions.push(Dimension {
            title: test_title(test),
            cells: cells_of(&same, scheme),
        });
    }
    dimensions
}
