//! The result file appears whole or not at all.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use super::problem::Problem;

/// Writes `report` beside its place and then moves it there.
pub fn whole(out: &Path, report: &impl Serialize) -> Result<(), Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::Failed(format!("结果不能写入{}（{error}）", out.display()))
    };
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut building = tempfile::Builder::new();
    building.prefix(".tongchou-clear-");
    #[cfg(unix)]
    building.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = building
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| failed(&error))?;
    let mut writer = BufWriter::with_capacity(1 << 20, file);
    let mut json =
        serde_json::Serializer::with_formatter(&mut writer, PrettyFormatter::with_indent(b" "));
    report
        .serialize(&mut json)
        .map_err(|error| failed(&error))?;
    writer.write_all(b"\n").map_err(|error| failed(&error))?;
    let file = writer.into_inner().map_err(|error| failed(&error))?;
    file.as_file().sync_all().map_err(|error| failed(&error))?;
    file.persist(out).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// A map written entry by entry.
pub struct Mapped<I>(pub I);

impl<K: Serialize, V: Serialize, I: Clone + Iterator<Item = (K, V)>> Serialize for Mapped<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

/// A list written entry by entry.
pub struct Listed<I>(pub I);

impl<V: Serialize, I: Clone + Iterator<Item = V>> Serialize for Listed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}
