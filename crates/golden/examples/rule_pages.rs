//! Writes the pages of audit rules into `docs/rules`; run through `cargo xtask rules`.

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("docs/rules");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (name, text) in golden::rule_pages(&root.join("cases/audit")) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}
