//! What kept a region from being cleared.

use std::path::Path;

use payment::Refusal;
use serde_json::json;

use crate::commands::policy::{Answer, Format};

/// Why nothing was cleared.
#[derive(Debug)]
pub enum Problem {
    /// The file is well formed and its facts do not allow it.
    Refused {
        /// The refusal's stable code.
        code: &'static str,
        /// Its sentence.
        message: String,
    },
    /// The file could not be read, or the result not written.
    Failed(String),
}

impl Problem {
    /// A file that can not be understood.
    pub fn unreadable(message: &str) -> Self {
        Self::Failed(message.to_owned())
    }

    /// One sentence and the exit code: 1 for a refusal, 3 for a failure.
    pub fn answer(&self, input: &Path, format: Format) -> Answer {
        let (status, code, message) = match self {
            Self::Refused { code, message } => (1, *code, message),
            Self::Failed(message) => (3, "failed", message),
        };
        let file = input.display();
        let text = match format {
            Format::Text if status == 1 => format!("不予清算：{file}：{message}\n"),
            Format::Text => format!("失败：{file}：{message}\n"),
            Format::Json => {
                let told = json!({"code": code, "message": message, "input": file.to_string()});
                format!("{told}\n")
            }
        };
        Answer { text, code: status }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            code: refusal.code(),
            message: refusal.to_string(),
        }
    }
}
