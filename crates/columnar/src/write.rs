use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use audit::{Finding, Plan};
use lines::{Data, Quality};

use crate::Fault;

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
    let fault = |error: csv::Error| Fault::new(path, error);
    let file = File::create(path).map_err(|error| Fault::new(path, error))?;
    let mut writer = csv::Writer::from_writer(BufWriter::with_capacity(1 << 20, file));
    let header = [
        "rule_id",
        "target_type",
        "target_id",
        "severity",
        "amount",
        "evidence",
    ];
    writer.write_record(header).map_err(fault)?;
    for finding in findings {
        let (kind, id) = plan.target(data, &finding.target);
        let amount = finding.amount.to_string();
        let evidence = plan.evidence(data, finding);
        let rule = plan.rule(finding.rule).id;
        let row = [rule, kind, &id, finding.strength.word(), &amount, &evidence];
        writer.write_record(row).map_err(fault)?;
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
