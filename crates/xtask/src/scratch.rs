//! A folder of its own for everything a test run stores, removed at the end.

use crate::process::Fault;
use std::path::{Path, PathBuf};

/// A new folder below the system's temporary one, removed when the value is dropped.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Creates the folder; `purpose` becomes part of its name.
    pub fn create(purpose: &str) -> Result<Self, Fault> {
        let moment = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let nanos = moment.map_or(0, |moment| moment.as_nanos());
        let name = format!("tongchou-{purpose}-{}-{nanos}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed from the temporary folder is left to the system.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_exists_as_long_as_the_value() {
        let scratch = Scratch::create("check").expect("the temporary folder can be written");
        let path = scratch.path().to_path_buf();
        std::fs::write(path.join("file"), "text").expect("the new folder can be written");
        drop(scratch);
        assert!(!path.exists());
    }
}
