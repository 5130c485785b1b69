//! The values that matter of each dimension a table asks about.

use money::Fen;
use policy::{Range, Test, WordSet};
use terms::{Category, Date, Scheme, Vocabulary};

use super::cover::Cell;

/// The cells of a dimension of one closed vocabulary.
macro_rules! closed {
    ($tests:ident, $dimension:ident) => {
        words($tests, |test| match test {
            Test::$dimension(set) => Some(*set),
            _ => None,
        })
    };
}

/// One cell for every stretch or word that some test of the dimension tells apart.
pub(crate) fn cells_of(tests: &[(usize, &Test)], scheme: Scheme) -> Vec<Cell> {
    let Some((_, first)) = tests.first() else {
        return Vec::new();
    };
    match first {
        Test::Category(_) => categories(tests, scheme),
        Test::Sex(_) => closed!(tests, Sex),
        Test::Cover(_) => closed!(tests, Cover),
        Test::Grade(_) => closed!(tests, Grade),
        Test::InstitutionKind(_) => closed!(tests, InstitutionKind),
        Test::Locality(_) => closed!(tests, Locality),
        Test::Registration(_) => closed!(tests, Registration),
        Test::Referral(_) => closed!(tests, Referral),
        Test::Care(_) => closed!(tests, Care),
        Test::Cause(_) => closed!(tests, Cause),
        Test::ItemClass(_) => closed!(tests, ItemClass),
        Test::ItemKind(_) => closed!(tests, ItemKind),
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
