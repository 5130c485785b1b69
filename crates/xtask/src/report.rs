//! What a test run has to say at its end: one line for each part, and one for the sum.

use std::fmt::Write;

/// How many tests passed and failed, and which failed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Their names, as the runners print them.
    pub names: Vec<String>,
}

impl Count {
    /// Adds what one line of a test runner's output says, if it is a line of results.
    ///
    /// Understood are cargo's `test a::b ... FAILED` and `test result: ok. 3 passed; 0 failed; …`,
    /// and what Node's runner prints: `not ok 2 - name` and its sums, `# pass 3` or `ℹ pass 3`.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        } else if let Some(sum) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            self.passed += number_after(sum, "pass ");
            self.failed += number_after(sum, "fail ");
        } else {
            self.names.extend(failed_name(line).map(str::to_owned));
        }
    }
}

/// The test that this line reports as failed.
fn failed_name(line: &str) -> Option<&str> {
    if let Some(name) = line.strip_prefix("test ") {
        return name.strip_suffix(" ... FAILED");
    }
    line.strip_prefix("not ok ")?
        .split_once(" - ")
        .map(|(_, name)| name)
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before
        .rsplit(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

fn number_after(text: &str, word: &str) -> usize {
    text.strip_prefix(word)
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

/// What came of one part.
enum Outcome {
    Passed(Count),
    Failed(Count, String),
    Skipped(String),
}

/// Every part in the order it was run.
#[derive(Default)]
pub struct Report {
    parts: Vec<(&'static str, Outcome)>,
}

impl Report {
    /// A part that ran: what it counted and whether it ended well.
    pub fn ran(&mut self, part: &'static str, count: Count, succeeded: bool) {
        let outcome = match succeeded {
            true => Outcome::Passed(count),
            false => Outcome::Failed(count, "see above".to_owned()),
        };
        self.parts.push((part, outcome));
    }

    /// A part that could not be run although it should have been.
    pub fn broke(&mut self, part: &'static str, why: String) {
        self.parts
            .push((part, Outcome::Failed(Count::default(), why)));
    }

    /// A part that this machine cannot run.
    pub fn skipped(&mut self, part: &'static str, why: &str) {
        self.parts.push((part, Outcome::Skipped(why.to_owned())));
    }

    /// Whether nothing failed.
    pub fn is_good(&self) -> bool {
        !self
            .parts
            .iter()
            .any(|(_, outcome)| matches!(outcome, Outcome::Failed(..)))
    }

    /// The closing lines. A part that failed without a failing test of its own counts as one.
    pub fn text(&self) -> String {
        let mut text = String::from("\n");
        let mut sum = Count::default();
        for (part, outcome) in &self.parts {
            let line = match outcome {
                Outcome::Passed(count) => {
                    sum.passed += count.passed.max(1);
                    format!("ok      {part}: {} passed", count.passed.max(1))
                }
                Outcome::Failed(count, why) => {
                    sum.passed += count.passed;
                    sum.failed += count.failed.max(1);
                    let names = count.names.iter().map(|name| format!("\n          {name}"));
                    let names: String = names.collect();
                    format!(
                        "FAILED  {part}: {} failed, {why}{names}",
                        count.failed.max(1)
                    )
                }
                Outcome::Skipped(why) => format!("SKIPPED {part}: {why}"),
            };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{line}");
        }
        let _ = write!(text, "{} passed, {} failed", sum.passed, sum.failed);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_both_runners_are_understood() {
        let mut count = Count::default();
        for line in [
            "test result: ok. 36 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 7 passed; 3 failed; 0 ignored",
            "# pass 5",
            "ℹ pass 2",
            "# fail 1",
            "# tests 6",
            "passing 99",
            "test settle::once ... ok",
            "test settle::twice ... FAILED",
            "not ok 2 - the receipt adds up",
        ] {
            count.read(line);
        }
        assert_eq!((count.passed, count.failed), (50, 4));
        assert_eq!(count.names, ["settle::twice", "the receipt adds up"]);
    }

    #[test]
    fn the_last_line_is_the_sum_and_a_broken_part_counts() {
        let mut report = Report::default();
        let ten = Count {
            passed: 10,
            ..Count::default()
        };
        report.ran("rust", ten, true);
        assert!(report.is_good());
        report.skipped("browser", "no chromium");
        assert!(report.is_good());
        report.broke("console", "npm ci failed".to_owned());
        assert!(!report.is_good());
        let text = report.text();
        assert!(text.contains("SKIPPED browser: no chromium"), "{text}");
        assert_eq!(text.lines().last(), Some("10 passed, 1 failed"));
    }
}
