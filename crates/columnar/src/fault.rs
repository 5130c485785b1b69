use std::fmt;
use std::path::{Path, PathBuf};

/// Why files cannot be read or written (文件错误).
#[derive(Debug)]
pub struct Fault {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong, Chinese.
    pub message: String,
}

impl Fault {
    /// A fault of a file.
    pub fn new(path: &Path, message: impl fmt::Display) -> Self {
        Self {
            path: path.to_owned(),
            message: message.to_string(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.path.display(), self.message)
    }
}

impl std::error::Error for Fault {}
