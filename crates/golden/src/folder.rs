use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lawbook::load_policy;
use policy::PolicyBook;

use crate::case::{Case, CaseFile, read_case};
use crate::fault::{Fault, Faults};
use crate::payment;
use crate::play::play;
use crate::reader::Desk;
use crate::report::{CaseReport, Report};
use crate::rewrite::rewrite;

/// Plays a case file, or every case below a folder, against the law it names or that of `policy`.
///
/// Folders named `policies` hold law, not cases, and are passed over.
pub fn run(policy: &Path, cases: &Path) -> Report {
    Runner::new(policy, false).run(cases)
}

/// Plays cases like [`run`] and writes what came out into their expectations.
pub fn update(policy: &Path, cases: &Path) -> Report {
    Runner::new(policy, true).run(cases)
}

/// Plays files, reading every policy folder once.
struct Runner {
    policy: PathBuf,
    rewrites: bool,
    books: BTreeMap<PathBuf, Result<PolicyBook, Vec<Fault>>>,
    report: Report,
}

impl Runner {
    fn new(policy: &Path, rewrites: bool) -> Self {
        Self {
            policy: policy.to_owned(),
            rewrites,
            books: BTreeMap::new(),
            report: Report::default(),
        }
    }

    fn run(mut self, cases: &Path) -> Report {
        let mut files = Vec::new();
        if let Err(fault) = list(cases, &mut files) {
            self.report.faults.push(fault);
        }
        if files.is_empty() && self.report.faults.is_empty() {
            self.report.faults.push(of_file(cases, "没有找到案例"));
        }
        files.sort();
        for file in files {
            self.play_file(&file);
        }
        self.report.faults.sort();
        self.report.faults.dedup();
        self.report
    }

    fn play_file(&mut self, path: &Path) {
        let faults = Faults::default();
        let file = path.display().to_string();
        let read = fs::read_to_string(path).map_err(|error| of_file(path, &error.to_string()));
        let played = read.as_ref().ok();
        let played = played.and_then(|text| payment::play_file(path, text, &faults));
        if let Some(played) = played {
            self.report.cases.extend(played);
            self.report.faults.extend(faults.into_sorted());
            return;
        }
        let found = match &read {
            Ok(text) => read_case(&file, text, &faults),
            Err(fault) => {
                faults.add(fault.clone());
                None
            }
        };
        match (found, read) {
            (Some(CaseFile::Skipped(skipped)), _) => self.report.skipped.extend(skipped),
            (Some(CaseFile::Case(case)), Ok(text)) => {
                let played = self.play_case(&case, path, &text, &faults);
                self.report.cases.extend(played);
            }
            _ => {}
        }
        self.report.faults.extend(faults.into_sorted());
    }

    fn play_case(
        &mut self,
        case: &Case,
        path: &Path,
        text: &str,
        faults: &Faults,
    ) -> Option<CaseReport> {
        let folder = match &case.policy {
            Some(named) => path.parent().unwrap_or(Path::new(".")).join(named),
            None => self.policy.clone(),
        };
        let book = self.books.entry(folder.clone()).or_insert_with(|| {
            load_policy(&folder).map_err(|faults| faults.iter().map(of_policy).collect())
        });
        let file = path.display().to_string();
        let area = match book {
            Ok(book) => book.areas.get(&case.area),
            Err(found) => {
                found.iter().for_each(|fault| faults.add(fault.clone()));
                return None;
            }
        };
        let Some(area) = area else {
            let message = format!("{}没有统筹区{}", folder.display(), case.area);
            faults.add(of_file(path, &message));
            return None;
        };
        let desk = Desk {
            file: &file,
            faults,
        };
        let (report, views) = play(case, area, &desk);
        if self.rewrites {
            let changed = rewrite(text, &case.steps, &views);
            if let Err(error) = fs::write(path, changed) {
                faults.add(of_file(path, &error.to_string()));
            }
        }
        Some(report)
    }
}

pub(crate) fn of_file(path: &Path, message: &str) -> Fault {
    Fault {
        file: path.display().to_string(),
        line: 0,
        key: String::new(),
        message: message.to_owned(),
    }
}

pub(crate) fn of_policy(fault: &lawbook::Fault) -> Fault {
    Fault {
        file: fault.file.clone(),
        line: fault.line,
        key: fault.key.clone(),
        message: fault.message.clone(),
    }
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Fault> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let unreadable = |error: std::io::Error| of_file(path, &error.to_string());
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let below = entry.map_err(unreadable)?.path();
        let name = below.file_name().unwrap_or_default().to_string_lossy();
        if below.is_dir() {
            if name != "policies" {
                list(&below, files)?;
            }
        } else if name.ends_with(".yaml") {
            files.push(below);
        }
    }
    Ok(())
}
