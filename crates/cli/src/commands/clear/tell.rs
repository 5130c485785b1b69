//! Tells hospitals why they get what they get.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

use payment::Step;
use serde_json::json;

use super::problem::Problem;
use crate::commands::policy::Format;

/// Prints explanations, of everything or of what was asked for.
pub struct Teller {
    tells: bool,
    only: BTreeSet<String>,
    format: Format,
}

/// One explanation: of whom, in a few words, and the steps.
pub struct Told<'t> {
    /// 机构 or 病例.
    pub what: &'static str,
    /// Its code or number.
    pub code: &'t str,
    /// The result in a few words.
    pub result: String,
    /// How it came about.
    pub steps: Vec<Step>,
}

impl Teller {
    /// What to tell and how.
    pub fn new(tells: bool, only: &[String], format: Format) -> Self {
        Self {
            tells,
            only: only.iter().cloned().collect(),
            format,
        }
    }

    /// Whether anything is to be told.
    pub const fn tells(&self) -> bool {
        self.tells
    }

    /// Whether this institution or case is to be told about.
    pub fn wants(&self, code: &str) -> bool {
        self.only.is_empty() || self.only.contains(code)
    }

    /// Prints them one after another: text, or one JSON object a line.
    pub fn tell<'t>(
        &self,
        all: impl Iterator<Item = Result<Told<'t>, Problem>>,
    ) -> Result<(), Problem> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        for told in all {
            let written = self.write(&mut out, &told?);
            written.map_err(|error| Problem::Failed(format!("说明不能写出（{error}）")))?;
        }
        let flushed = out.flush();
        flushed.map_err(|error| Problem::Failed(format!("说明不能写出（{error}）")))
    }

    fn write(&self, out: &mut impl Write, told: &Told<'_>) -> std::io::Result<()> {
        if self.format == Format::Json {
            let line = json!({
                "what": told.what, "code": told.code, "result": told.result, "steps": told.steps,
            });
            return writeln!(out, "{line}");
        }
        writeln!(out, "{}{}：{}", told.what, told.code, told.result)?;
        for step in &told.steps {
            writeln!(out, "  {}：{}（{}）", step.name, step.sentence, step.source)?;
        }
        Ok(())
    }
}
