//! Proves that the rows of a table leave no situation without a value.

use std::mem::{Discriminant, discriminant};

use money::Fen;
use policy::{Condition, Range, Test, WordSet};
use terms::{Category, Date, Scheme, Vocabulary};

use crate::render::test_title;

/// More combinations than this are not walked through; such a table needs a row without condition.
const MOST_COMBINATIONS: usize = 200_000;

/// One value of a dimension, with which tests of the dimension it satisfies.
struct Cell {
    label: String,
    holds: Vec<usize>,
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

fn cells_of(tests: &[(usize, &Test)], scheme: Scheme) -> Vec<Cell> {
    let Some((_, first)) = tests.first() else {
        return Vec::new();
    };
    match first {
        Test::Category(_) => categories(tests, scheme),
        Test::Sex(_) => words(tests, |test| {
            if let Test::Sex(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Cover(_) => words(tests, |test| {
            if let Test::Cover(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Grade(_) => words(tests, |test| {
            if let Test::Grade(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::InstitutionKind(_) => words(tests, |test| {
            if let Test::InstitutionKind(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Locality(_) => words(tests, |test| {
            if let Test::Locality(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Registration(_) => words(tests, |test| {
            if let Test::Registration(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Referral(_) => words(tests, |test| {
            if let Test::Referral(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Care(_) => words(tests, |test| {
            if let Test::Care(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Cause(_) => words(tests, |test| {
            if let Test::Cause(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::ItemClass(_) => words(tests, |test| {
            if let Test::ItemClass(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::ItemKind(_) => words(tests, |test| {
            if let Test::ItemKind(set) = test {
                Some(*set)
            } else {
                None
            }
        }),
        Test::Age(_)
        | Test::AgeDays(_)
        | Test::EnrolledYears(_)
        | Test::Admission(_)
        | Test::StayDays(_) => numbers(tests),
        Test::Admitted(_) | Test::Discharged(_) | Test::Settled(_) | Test::Served(_) => {
            dates(tests)
        }
        Test::Total(_) => totals(tests),
        _ => open_words(tests),
    }
}

fn words<V: Vocabulary>(
    tests: &[(usize, &Test)],
    set_of: impl Fn(&Test) -> Option<WordSet<V>>,
) -> Vec<Cell> {
    V::ALL
        .iter()
        .map(|value| Cell {
            label: value.zh().to_owned(),
            holds: holding(tests, |test| {
                set_of(test).is_some_and(|set| set.has(*value))
            }),
        })
        .collect()
}

/// Categories that a scheme does not know need no row.
fn categories(tests: &[(usize, &Test)], scheme: Scheme) -> Vec<Cell> {
    let possible: &[Category] = match scheme {
        Scheme::Employee => &[
            Category::Active,
            Category::Retired,
            Category::Flexible,
            Category::Unemployed,
        ],
        Scheme::Resident => &[
            Category::Adult,
            Category::Elderly,
            Category::Student,
            Category::Child,
            Category::Newborn,
        ],
        _ => Category::ALL,
    };
    possible
        .iter()
        .map(|value| Cell {
            label: value.zh().to_owned(),
            holds: holding(
                tests,
                |test| matches!(test, Test::Category(set) if set.has(*value)),
            ),
        })
        .collect()
}

fn holding(tests: &[(usize, &Test)], holds: impl Fn(&Test) -> bool) -> Vec<usize> {
    tests
        .iter()
        .filter(|(_, test)| holds(test))
        .map(|(at, _)| *at)
        .collect()
}

const fn number_range(test: &Test) -> Option<&Range<i32>> {
    match test {
        Test::Age(range)
        | Test::AgeDays(range)
        | Test::EnrolledYears(range)
        | Test::Admission(range)
        | Test::StayDays(range) => Some(range),
        _ => None,
    }
}

fn numbers(tests: &[(usize, &Test)]) -> Vec<Cell> {
    let smallest = i32::from(matches!(tests.first(), Some((_, Test::Admission(_)))));
    let ranges: Vec<(usize, &Range<i32>)> = tests
        .iter()
        .filter_map(|(at, test)| number_range(test).map(|range| (*at, range)))
        .collect();
    intervals(&ranges, smallest, |bound| bound.checked_add(1))
}

const fn date_range(test: &Test) -> Option<&Range<Date>> {
    match test {
        Test::Admitted(range)
        | Test::Discharged(range)
        | Test::Settled(range)
        | Test::Served(range) => Some(range),
        _ => None,
    }
}

fn dates(tests: &[(usize, &Test)]) -> Vec<Cell> {
    let ranges: Vec<(usize, &Range<Date>)> = tests
        .iter()
        .filter_map(|(at, test)| date_range(test).map(|range| (*at, range)))
        .collect();
    intervals(&ranges, jiff::civil::date(1900, 1, 1), |bound| {
        bound.tomorrow().ok()
    })
}

fn totals(tests: &[(usize, &Test)]) -> Vec<Cell> {
    let ranges: Vec<(usize, &Range<Fen>)> = tests
        .iter()
        .filter_map(|(at, test)| {
            if let Test::Total(range) = test {
                Some((*at, range))
            } else {
                None
            }
        })
        .collect();
    intervals(&ranges, Fen::ZERO, |bound| Some(bound + Fen::new(1)))
}

/// One sample of every stretch between the bounds of the ranges.
fn intervals<N: Copy + Ord + std::fmt::Display>(
    ranges: &[(usize, &Range<N>)],
    smallest: N,
    next: impl Fn(N) -> Option<N>,
) -> Vec<Cell> {
    let mut samples = vec![smallest];
    for (_, range) in ranges {
        samples.extend(range.from);
        samples.extend(range.to.and_then(&next));
    }
    samples.retain(|sample| *sample >= smallest);
    samples.sort();
    samples.dedup();
    samples
        .into_iter()
        .map(|sample| Cell {
            label: sample.to_string(),
            holds: ranges
                .iter()
                .filter(|(_, range)| range.has(sample))
                .map(|(at, _)| *at)
                .collect(),
        })
        .collect()
}

/// Nobody has any of the words, or one of them; holding several only satisfies more tests.
fn open_words(tests: &[(usize, &Test)]) -> Vec<Cell> {
    let mut cells = vec![Cell {
        label: "其他".to_owned(),
        holds: Vec::new(),
    }];
    let mut seen: Vec<String> = Vec::new();
    for word in tests.iter().flat_map(|(_, test)| words_of(test)) {
        if !seen.contains(&word) {
            let holds = holding(tests, |test| words_of(test).contains(&word));
            cells.push(Cell {
                label: word.clone(),
                holds,
            });
            seen.push(word);
        }
    }
    cells
}

fn words_of(test: &Test) -> Vec<String> {
    match test {
        Test::Identity(any)
        | Test::Mark(any)
        | Test::Institution(any)
        | Test::Disease(any)
        | Test::Diagnosis(any)
        | Test::ItemGroup(any)
        | Test::Item(any) => any.iter().map(ToString::to_string).collect(),
        Test::County(any) => any.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
