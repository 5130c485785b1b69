//! The import itself: good rows written in large steps, each with the place it reaches.

use std::sync::Arc;

use serde_json::json;
use store::{Commit, ImportRow, ImportStep, PersonFile};
use tokio::sync::mpsc;

use super::plan::{Checked, PeopleFile};
use super::row::{self, Setting};
use super::{file::person_file, table};
use crate::register::Actor;
use crate::{App, Error};

/// Rows in one step: large enough that pages are shared, small enough that a service at work on
/// the same file waits less than a second.
const STEP: i64 = 20_000;

/// Good rows of a span of the file, ready to be written.
struct Chunk {
    from: i64,
    to: i64,
    people: Vec<PersonFile>,
}

impl App {
    /// The import of the same file, if it was begun before.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn import_of(&self, hash: &str) -> Result<Option<ImportRow>, Error> {
        Ok(self.store.find_import(self.home, hash).await?)
    }

    /// The last imports, newest first.
    ///
    /// # Errors
    /// [`Error::Fault`] if the store fails.
    pub async fn imports(&self, limit: usize) -> Result<Vec<ImportRow>, Error> {
        Ok(self.store.imports(self.home, limit).await?)
    }

    /// Begins the import of a checked file: notes it under its hash, with the first number that
    /// its people get.
    ///
    /// # Errors
    /// A refusal where the same file was imported before.
    pub async fn begin_import(
        &self,
        file: &PeopleFile,
        checked: &Checked,
        by: &str,
    ) -> Result<ImportRow, Error> {
        if let Some(before) = self.import_of(&checked.hash).await? {
            return Err(same_file(&before));
        }
        let name = file.path.file_name().unwrap_or_default();
        let counts = checked.faults.iter();
        let counts: serde_json::Map<_, _> = counts
            .map(|(kind, count)| (kind.word().to_owned(), json!(count)))
            .collect();
        let row = ImportRow {
            import_id: self.numbers.named("I"),
            file_hash: checked.hash.clone(),
            file_name: name.to_string_lossy().into_owned(),
            kind: "people".to_owned(),
            state: if checked.rows == 0 { "done" } else { "running" }.to_owned(),
            total_rows: checked.rows,
            position: 0,
            accepted: 0,
            rejected: 0,
            known: 0,
            first_number: self.store.last_person_sequence(self.home).await? + 1,
            by_name: by.to_owned(),
            started_at: self.clock.now(),
            moved_at: self.clock.now(),
            detail: json!({ "faults": counts }).to_string(),
        };
        self.store.open_import(self.home, &row).await?;
        let actor = Actor::batch(self.home, &row.import_id, row.started_at);
        let mut commit = Commit::new(self.home, "");
        commit.access = Some(actor.access(self, "import_people", &row.file_name, "begun"));
        self.store.commit(commit).await?;
        Ok(row)
    }

    /// Writes the good rows from where the import stands to the end.
    ///
    /// Each step is one transaction with the place it reaches, so whatever interrupts it, calling
    /// again goes on from there.
    ///
    /// # Errors
    /// A refusal where another run of the same import is at work or the file has changed since it
    /// was checked; [`Error::Fault`] if the store fails.
    pub async fn import_people(
        &self,
        file: &PeopleFile,
        checked: Arc<Checked>,
        import: &ImportRow,
        progress: &(dyn Fn(i64) + Send + Sync),
    ) -> Result<ImportRow, Error> {
        let setting = Arc::new(self.import_setting()?);
        let (sender, mut receiver) = mpsc::channel::<Chunk>(2);
        let at = (import.import_id.clone(), import.started_at);
        let plan = Plan {
            file: file.clone(),
            checked: Arc::clone(&checked),
            setting,
            start: import.position,
            first_number: import.first_number,
            at,
        };
        let reading = tokio::task::spawn_blocking(move || plan.read(&sender));
        while let Some(chunk) = receiver.recv().await {
            let within = |rows: &[i64]| {
                let below = |place: i64| rows.partition_point(|row| *row < place);
                i64::try_from(below(chunk.to) - below(chunk.from)).unwrap_or(0)
            };
            let step = ImportStep {
                from: chunk.from,
                to: chunk.to,
                rejected: within(&checked.bad),
                known: within(&checked.known),
                at: self.clock.now(),
            };
            let id = &import.import_id;
            let moved = self.store.import_people(self.home, id, &chunk.people, step);
            if !moved.await? {
                return Err(Error::refused(
                    "import_elsewhere",
                    format!("导入{id}已由另一进程推进，请稍后用 --resume 继续"),
                ));
            }
            progress(chunk.to);
        }
        reading
            .await
            .map_err(|cause| Error::Bug(cause.to_string()))??;
        let row = self.import_of(&checked.hash).await?;
        row.ok_or_else(|| Error::Bug("an import has vanished".to_owned()))
    }
}

/// Why a file whose import was begun before is not begun again.
pub fn same_file(before: &ImportRow) -> Error {
    let (id, day) = (&before.import_id, before.started_at.date());
    match before.state.as_str() {
        "running" => Error::refused(
            "import_interrupted",
            format!(
                "该文件的导入{id}于{day}开始，到第{}行中断；请用 --resume 继续",
                before.position
            ),
        ),
        _ => Error::refused(
            "file_known",
            format!("该文件已于{day}导入（{id}），没有再次导入"),
        ),
    }
}

/// What the reading thread is given.
struct Plan {
    file: PeopleFile,
    checked: Arc<Checked>,
    setting: Arc<Setting>,
    start: i64,
    first_number: i64,
    at: (String, jiff::civil::DateTime),
}

impl Plan {
    fn read(self, sender: &mpsc::Sender<Chunk>) -> Result<(), Error> {
        let (import, at) = (&self.at.0, self.at.1);
        let area = self.setting.area;
        let passed: Vec<&[i64]> = vec![&self.checked.bad, &self.checked.known];
        let mut chunk = self.chunk(self.start);
        let shape = table::read(
            &self.file.path,
            self.file.sheet.as_deref(),
            &mut |index, raw, layout| {
                if index < self.start {
                    return Ok(true);
                }
                if index - chunk.from == STEP {
                    let next = self.chunk(index);
                    let mut full = std::mem::replace(&mut chunk, next);
                    full.to = index;
                    if sender.blocking_send(full).is_err() {
                        return Ok(false);
                    }
                }
                if passed.iter().any(|rows| rows.binary_search(&index).is_ok()) {
                    return Ok(true);
                }
                let incoming = row::read(&raw, index, layout, &self.setting);
                let incoming = incoming.map_err(|_| changed())?;
                let number = match incoming.person_no.as_str() {
                    "" => format!("{area}{:010}", self.first_number + index),
                    given => given.to_owned(),
                };
                let file = person_file(incoming, number, (import, at))?;
                chunk.people.push(file);
                Ok(true)
            },
        )?;
        if shape.rows != self.checked.rows {
            // Fewer rows than the import states: it stays unfinished.
            return Err(changed());
        }
        chunk.to = shape.rows;
        if chunk.to > chunk.from {
            // The writer gave up only after a fault of its own, which is the one to report.
            let _ = sender.blocking_send(chunk);
        }
        Ok(())
    }

    fn chunk(&self, from: i64) -> Chunk {
        Chunk {
            from,
            to: from,
            people: Vec::with_capacity(usize::try_from(STEP).unwrap_or(0)),
        }
    }
}

fn changed() -> Error {
    Error::refused("file_changed", "文件在预检之后变动过，请重新预检")
}
