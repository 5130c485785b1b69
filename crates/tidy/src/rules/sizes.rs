//! 尺寸棘轮：文件、函数、行宽不超过上限；例外逐条列明并只减不增。
//!
//! What is too large today is listed in `house/sizes.toml` with its size and a reason. A new
//! offender fails, a listed one that grew fails, and one that shrank fails until the list says so:
//! the list can only get shorter.

use crate::house::{Measure, Offender};
use crate::rust::{code_of, functions, without_tests};
use crate::{File, Offence, Tree};

/// Lines of a file, tests left out.
const FILE: usize = 500;
/// Lines of a function, tests left out.
const FUNCTION: usize = 70;
/// Characters of a line.
const LINE: usize = 100;

const LIST: &str = "crates/tidy/house/sizes.toml";
const MEASURED: [&str; 8] = ["rs", "ts", "tsx", "mjs", "js", "css", "sql", "sh"];

/// One thing above its ceiling.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    what: Measure,
    path: String,
    name: String,
    line: usize,
    size: usize,
}

/// Every difference between what is too large and what is listed as too large.
pub fn check(tree: &Tree, listed: &[Offender]) -> Vec<Offence> {
    let measured = tree.files.iter().filter(|file| is_written(file));
    let found: Vec<Found> = measured.flat_map(measure).collect();
    let mut offences: Vec<Offence> = found.iter().filter_map(|f| judge(f, listed)).collect();
    for offender in listed {
        if !found.iter().any(|found| is_same(found, offender)) {
            let message = format!("{} fits now; take it off the list", describe(offender));
            offences.push(Offence::new(LIST, 0, message));
        }
        if offender.reason.trim().is_empty() {
            let message = format!("{} is listed without a reason", describe(offender));
            offences.push(Offence::new(LIST, 0, message));
        }
    }
    offences
}

/// Source that people write; a generator says so at the top of what it makes.
fn is_written(file: &File) -> bool {
    let generated = file
        .text
        .lines()
        .take(5)
        .any(|line| line.contains("auto-generated"));
    MEASURED.contains(&file.extension()) && !generated
}

fn is_same(found: &Found, listed: &Offender) -> bool {
    (found.what, &found.path, &found.name) == (listed.what, &listed.path, &listed.name)
}

fn describe(offender: &Offender) -> String {
    let what = match offender.what {
        Measure::File => "file",
        Measure::Function => "function",
        Measure::Lines => "long lines of",
    };
    format!("{what} {} {}", offender.path, offender.name)
        .trim_end()
        .to_owned()
}

fn judge(found: &Found, listed: &[Offender]) -> Option<Offence> {
    let (unit, ceiling) = match found.what {
        Measure::File => ("lines without tests", FILE),
        Measure::Function => ("lines", FUNCTION),
        Measure::Lines => ("lines too long", 0),
    };
    let allowed = listed.iter().find(|listed| is_same(found, listed));
    let message = match allowed {
        None if found.what == Measure::Lines => {
            format!(
                "{} {unit}, more than {LINE} characters, the first one here",
                found.size
            )
        }
        None => format!("{} {} {unit}, ceiling {ceiling}", found.name, found.size),
        Some(listed) if found.size > listed.size => {
            format!(
                "{} grew from {} to {} {unit}",
                found.name, listed.size, found.size
            )
        }
        Some(listed) if found.size < listed.size => {
            format!(
                "{} shrank to {} {unit}; write that in {LIST}",
                found.name, found.size
            )
        }
        Some(_) => return None,
    };
    Some(Offence::new(&found.path, found.line, message.trim_start()))
}

fn measure(file: &File) -> Vec<Found> {
    let mut found: Vec<Found> = long_lines(file).into_iter().collect();
    if file.is_test() {
        return found; // a test may tell a long story
    }
    let lines = if file.extension() == "rs" {
        let code = code_of(&file.text);
        let kept = without_tests(&code);
        found.extend(long_functions(file, &kept));
        lines_without_tests(&code, &kept)
    } else {
        file.text.lines().count()
    };
    if lines > FILE {
        found.push(Found {
            line: 0,
            ..at(file, Measure::File, lines)
        });
    }
    found
}

fn at(file: &File, what: Measure, size: usize) -> Found {
    Found {
        what,
        path: file.path.clone(),
        name: String::new(),
        line: 0,
        size,
    }
}

fn long_lines(file: &File) -> Option<Found> {
    let long = |line: &&str| line.chars().count() > LINE;
    let size = file.text.lines().filter(long).count();
    let line = file.text.lines().position(|line| long(&line))? + 1;
    Some(Found {
        line,
        ..at(file, Measure::Lines, size)
    })
}

fn long_functions(file: &File, code: &str) -> Vec<Found> {
    let long = functions(code)
        .into_iter()
        .filter(|function| function.lines > FUNCTION);
    long.map(|function| Found {
        name: function.name,
        line: function.line,
        ..at(file, Measure::Function, function.lines)
    })
    .collect()
}

/// Lines on which cutting the tests out changed nothing.
fn lines_without_tests(code: &str, kept: &str) -> usize {
    code.lines()
        .zip(kept.lines())
        .filter(|(all, kept)| all == kept)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(lines: usize) -> Tree {
        let text = "let x = 1;\n".repeat(lines);
        Tree::of(&[("crates/app/src/long.rs", &text)])
    }

    fn listed(size: usize) -> Offender {
        let path = "crates/app/src/long.rs".to_owned();
        let reason = "one table".to_owned();
        Offender {
            what: Measure::File,
            path,
            name: String::new(),
            size,
            reason,
        }
    }

    #[test]
    fn unlisted_grown_shrunk_and_cured_offenders_all_fail() {
        assert_eq!(check(&tree(501), &[]).len(), 1);
        assert_eq!(check(&tree(520), &[listed(510)]).len(), 1);
        assert_eq!(check(&tree(505), &[listed(510)]).len(), 1);
        assert_eq!(check(&tree(400), &[listed(510)]).len(), 1);
    }

    #[test]
    fn what_fits_or_is_listed_at_its_size_passes() {
        assert!(check(&tree(500), &[]).is_empty());
        assert!(check(&tree(510), &[listed(510)]).is_empty());
    }

    #[test]
    fn long_functions_and_long_lines_are_found_with_their_line() {
        let body = "    step();\n".repeat(70);
        let text = format!("\nfn long() {{\n{body}}}\n// {}\n", "x".repeat(100));
        let found = check(&Tree::of(&[("crates/app/src/a.rs", &text)]), &[]);
        let lines: Vec<usize> = found.iter().map(|offence| offence.line).collect();
        assert_eq!(lines, [74, 2], "{found:?}");
    }

    #[test]
    fn tests_do_not_count_towards_a_file() {
        let tests = format!(
            "#[cfg(test)]\nmod tests {{\n{}}}\n",
            "// a\nlet y;\n".repeat(400)
        );
        let tree = Tree::of(&[("crates/app/src/a.rs", &tests)]);
        // Blank and comment lines inside the cut stay equal; only real code lines vanish.
        assert!(check(&tree, &[]).is_empty());
    }
}
