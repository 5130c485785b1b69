use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZero;
use std::path::Path;
use std::thread::ScopedJoinHandle;

use audit::{Finding, Plan, Strength};
use lines::{Data, Quality};
use money::Fen;

use crate::Fault;

/// How many findings are put into words at a time.
const PART: usize = 1 << 14;

const HEADER: &str = "rule_id,target_type,target_id,severity,amount,evidence\n";

/// Writes findings as CSV: `rule_id,target_type,target_id,severity,amount,evidence` (写出疑点).
///
/// # Errors
/// [`Fault`] when the file cannot be written.
pub fn write_findings(
    path: &Path,
    plan: &Plan,
    data: &Data,
    findings: &[Finding],
) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::new(path, error);
    let mut file = File::create(path).map_err(fault)?;
    file.write_all(HEADER.as_bytes()).map_err(fault)?;
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    // A round at a time: the words of millions of findings need not lie in memory together.
    for round in findings.chunks(PART * threads) {
        let texts = std::thread::scope(|scope| {
            let parts = round.chunks(PART);
            let texts = parts.map(|part| scope.spawn(|| in_words(plan, data, part)));
            let texts: Vec<_> = texts.collect();
            let join = |text: ScopedJoinHandle<'_, _>| text.join().expect("words do not panic");
            texts.into_iter().map(join).collect::<Vec<_>>()
        });
        for text in texts {
            let text = text.map_err(|error| Fault::new(path, error))?;
            file.write_all(&text).map_err(fault)?;
        }
    }
    Ok(())
}

fn in_words(plan: &Plan, data: &Data, findings: &[Finding]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(findings.len() * 128));
    for finding in findings {
        let (kind, id) = plan.target(data, &finding.target);
        let amount = finding.amount.to_string();
        let evidence = plan.evidence(data, finding);
        let rule = plan.rule(finding.rule).id;
        let row = [rule, kind, &id, finding.strength.word(), &amount, &evidence];
        writer.write_record(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// One finding as files write it (疑点行).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRow {
    /// Rule.
    pub rule: String,
    /// Kind of target.
    pub kind: String,
    /// Id of the target.
    pub target: String,
    /// Deduct, suspect or remind.
    pub strength: Strength,
    /// The amount in doubt.
    pub amount: Fen,
    /// Evidence, Chinese.
    pub evidence: String,
}

/// Writes findings that were put into words elsewhere, in the layout of [`write_findings`].
///
/// # Errors
/// [`Fault`] when the file cannot be written.
pub fn write_finding_rows<'f>(
    path: &Path,
    rows: impl Iterator<Item = &'f FindingRow>,
) -> Result<(), Fault> {
    let fault = |error: csv::Error| Fault::new(path, error);
    let file = File::create(path).map_err(|error| Fault::new(path, error))?;
    let mut file = BufWriter::with_capacity(1 << 20, file);
    let head = file.write_all(HEADER.as_bytes());
    head.map_err(|error| Fault::new(path, error))?;
    let mut writer = csv::Writer::from_writer(file);
    for row in rows {
        let amount = row.amount.to_string();
        let strength = row.strength.word();
        let (rule, kind, target) = (&*row.rule, &*row.kind, &*row.target);
        let cells = [rule, kind, target, strength, &amount, &row.evidence];
        writer.write_record(cells).map_err(fault)?;
    }
    writer.flush().map_err(|error| Fault::new(path, error))
}

/// The data-quality section as text (数据质量).
pub fn quality_text(quality: &Quality) -> String {
    let mut text = String::new();
    for (name, problem) in quality.problems() {
        text.push_str(&format!("{name}：{}", problem.count));
        if !problem.examples.is_empty() {
            text.push_str(&format!("（如 {}）", problem.examples.join("、")));
        }
        text.push('\n');
    }
    text
}

/// The data-quality section as JSON.
pub fn quality_json(quality: &Quality) -> String {
    let problems = quality.problems().map(|(name, problem)| {
        let value = serde_json::json!({ "count": problem.count, "examples": problem.examples });
        (name.to_owned(), value)
    });
    serde_json::Value::Object(problems.collect()).to_string()
}

/// Writes the data-quality section to a file.
///
/// # Errors
/// [`Fault`] when the file cannot be written.
pub fn write_quality(path: &Path, quality: &Quality) -> Result<(), Fault> {
    let mut file = File::create(path).map_err(|error| Fault::new(path, error))?;
    writeln!(file, "{}", quality_json(quality)).map_err(|error| Fault::new(path, error))
}
