//! Where a command works that does not serve: which system, as of when, and how it answers.

use std::sync::Arc;

use app::{App, Error};
use clap::Args;
use serde_json::{Value, json};
use terms::{AreaCode, DateTime};

use super::database::Database;
use super::folders::Folders;
use super::open;
use super::policy::{Answer, Format};

/// Which system, as of when, and how to answer.
#[derive(Debug, Args)]
pub struct Place {
    #[command(flatten)]
    database: Database,
    /// 统筹区
    #[arg(long, default_value = "421300")]
    pub area: AreaCode,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    folders: Folders,
    /// 办理时间，如 2024-11-04T09:00:00；不填为现在
    #[arg(long)]
    at: Option<DateTime>,
}

impl Place {
    /// The system, and the time of what is done.
    ///
    /// # Errors
    /// When law or database cannot be read.
    pub async fn open(&self) -> anyhow::Result<(Arc<App>, DateTime)> {
        let app = open::plain_app(self.database.url(), &self.folders, self.area).await?;
        let at = self.at.unwrap_or_else(|| app.clock.now());
        Ok((app, at))
    }
}

/// Text, value and code of an answer.
pub type Told = (String, Value, u8);

/// The answer to what was asked for, or the refusal as an answer; other errors fail the command.
///
/// # Errors
/// Faults and bugs.
pub fn answered(format: Format, done: Result<Told, Error>) -> anyhow::Result<Answer> {
    match done {
        Ok((text, value, code)) => Ok(shown(format, text, &value, code)),
        Err(error @ (Error::Fault(_) | Error::Bug(_))) => anyhow::bail!("{error:?}"),
        Err(error) => Ok(refused(format, &error.to_string())),
    }
}

/// A refusal as an answer.
pub fn refused(format: Format, message: &str) -> Answer {
    let value = json!({ "refused": message });
    shown(format, format!("{message}\n"), &value, 1)
}

fn shown(format: Format, text: String, value: &Value, code: u8) -> Answer {
    let text = match format {
        Format::Text => text,
        Format::Json => format!("{value:#}\n"),
    };
    Answer { text, code }
}
