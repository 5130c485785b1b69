//! Everything the repository ships loads.

use std::path::Path;

#[test]
fn every_shipped_area_loads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
    match lawbook::load_policy(&folder) {
        Ok(book) => assert!(!book.areas.is_empty()),
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{} 处问题：\n{}", lines.len(), lines.join("\n"));
        }
    }
}
