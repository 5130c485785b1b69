//! What holds of every rule with knowledge: rows that ended say nothing, rows on trial deduct
//! nothing.

use std::path::{Path, PathBuf};

use audit::Strength;
use golden::findings_with;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/audit")
}

#[test]
fn nothing_rests_on_a_row_that_ended_before_the_fees() {
    let ended = [("from", "1900-01-01"), ("until", "1900-12-31")];
    let resting = findings_with(&cases(), &ended);
    let resting: Vec<_> = resting
        .iter()
        .filter(|one| one.knowledge.starts_with("k_"))
        .collect();
    assert!(resting.is_empty(), "{resting:#?}");
}

#[test]
fn nothing_that_rests_on_a_row_on_trial_deducts() {
    let on_trial = findings_with(&cases(), &[("status", "trial")]);
    let resting = on_trial.iter().filter(|one| !one.knowledge.is_empty());
    let (mut count, mut deducting) = (0, Vec::new());
    for one in resting {
        count += 1;
        if one.knowledge.starts_with("k_") && one.strength == Strength::Deduct {
            deducting.push(one);
        }
    }
    assert!(count > 50, "cases with knowledge are played: {count}");
    assert!(deducting.is_empty(), "{deducting:#?}");
}
