//! The pages in `docs/rules` say what the rules and their cases say.

use std::fs;
use std::path::Path;

#[test]
fn every_page_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pages = golden::rule_pages(&root.join("cases/audit"));
    let stale: Vec<&str> = pages
        .iter()
        .filter(|(name, text)| {
            let written = fs::read_to_string(root.join("docs/rules").join(name));
            written.ok().as_deref() != Some(text)
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(
        stale.is_empty(),
        "run `cargo xtask rules`, not current: {}",
        stale.join(" ")
    );
    let there = fs::read_dir(root.join("docs/rules")).unwrap().count();
    assert_eq!(there, pages.len(), "pages of rules that are gone");
}
