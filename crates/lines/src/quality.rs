use std::collections::BTreeMap;

/// One kind of trouble in the data (数据质量问题).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// How many rows have it.
    pub count: u64,
    /// The first few in the order of text, so that any order of input names the same.
    pub examples: Vec<String>,
}

/// What is wrong with the data, by name (数据质量).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quality(BTreeMap<String, Problem>);

const EXAMPLES: usize = 3;

impl Quality {
    /// Counts one row under a name of trouble.
    pub fn note(&mut self, problem: &str, example: impl Into<String>) {
        let entry = match self.0.get_mut(problem) {
            Some(entry) => entry,
            None => self.0.entry(problem.to_owned()).or_default(),
        };
        entry.count += 1;
        keep(&mut entry.examples, example.into());
    }

    /// Counts many rows at once, without examples.
    pub fn count(&mut self, problem: &str, count: u64) {
        if count > 0 {
            self.0.entry(problem.to_owned()).or_default().count += count;
        }
    }

    /// Adds what another part of the data counted.
    pub fn merge(&mut self, other: Self) {
        for (name, problem) in other.0 {
            let entry = self.0.entry(name).or_default();
            entry.count += problem.count;
            for example in problem.examples {
                keep(&mut entry.examples, example);
            }
        }
    }

    /// Everything noted, by name.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.0
            .iter()
            .map(|(name, problem)| (name.as_str(), problem))
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.0.is_empty()
    }
}

fn keep(examples: &mut Vec<String>, example: String) {
    if examples.len() == EXAMPLES && examples.last().is_some_and(|last| *last <= example) {
        return;
    }
    if let Err(place) = examples.binary_search(&example) {
        examples.insert(place, example);
        examples.truncate(EXAMPLES);
    }
}
