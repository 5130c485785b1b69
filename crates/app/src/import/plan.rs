//! The dry run: every row of the file read and checked, nothing written but the report.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use store::HolderRow;
use tokio::sync::mpsc;

use super::columns::Column;
use super::fault::{FaultKind, RowFault};
use super::row::{self, Incoming, Setting};
use super::table::{self, Shape};
use crate::{App, Error};

/// Rows looked up in the register at once.
const AT_ONCE: usize = 5_000;

/// A file to be taken into the register.
#[derive(Debug, Clone)]
pub struct PeopleFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The sheet, where it has several; else the first.
    pub sheet: Option<String>,
}

/// What the dry run found (预检结果).
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// SHA-256 of the file, hexadecimal.
    pub hash: String,
    /// Rows of data.
    pub rows: i64,
    /// Rows that state the number of rows differently, if one does.
    pub wrong_total: Option<i64>,
    /// Titles that name no column.
    pub ignored: Vec<String>,
    /// How many faults of each kind.
    pub faults: Vec<(FaultKind, u64)>,
    /// Places of rows that cannot be taken, rising.
    pub(super) bad: Vec<i64>,
    /// Places of rows that the register knows already, rising.
    pub(super) known: Vec<i64>,
}

impl Checked {
    /// Rows that cannot be taken.
    pub fn rejected(&self) -> usize {
        self.bad.len()
    }

    /// Rows that say what the register says already.
    pub fn known(&self) -> usize {
        self.known.len()
    }

    /// Rows that will be taken.
    pub fn good(&self) -> usize {
        usize::try_from(self.rows).unwrap_or(0) - self.bad.len() - self.known.len()
    }

    /// Whether nothing stands against the file.
    pub fn is_clean(&self) -> bool {
        self.bad.is_empty() && self.wrong_total.is_none()
    }
}

type Row = Result<Incoming, (i64, Vec<RowFault>)>;

impl App {
    /// Reads and checks every row of a file against its columns, its other rows and the register.
    ///
    /// Rows below `consumed` are taken already: they count, but are not looked up. `report` gets
    /// each fault as it is found; `progress` the number of rows so far.
    ///
    /// # Errors
    /// A refusal where the file as a whole cannot be read; [`Error::Fault`] if the store fails.
    pub async fn check_people_file(
        &self,
        file: &PeopleFile,
        consumed: i64,
        report: &mut (dyn FnMut(&RowFault) -> std::io::Result<()> + Send),
        progress: &(dyn Fn(i64) + Send + Sync),
    ) -> Result<Checked, Error> {
        let setting = Arc::new(self.import_setting()?);
        let empty = self.store.count_persons(self.home).await? == 0;
        let (sender, mut receiver) = mpsc::channel::<Vec<Row>>(4);
        let reading = reading(file.clone(), Arc::clone(&setting), sender);
        let mut checked = Checked::default();
        let mut counts: HashMap<FaultKind, u64> = HashMap::new();
        while let Some(rows) = receiver.recv().await {
            let mut look = Vec::new();
            for row in rows {
                checked.rows += 1;
                match row {
                    Ok(incoming) if empty || incoming.index < consumed => {}
                    Ok(incoming) => look.push(incoming),
                    Err((index, faults)) => checked.note(index, &faults, &mut counts, report)?,
                }
            }
            for (index, faults) in self.against_register(&look).await? {
                match faults.is_empty() {
                    true => checked.known.push(index),
                    false => checked.note(index, &faults, &mut counts, report)?,
                }
            }
            progress(checked.rows);
        }
        let (shape, hash) = reading
            .await
            .map_err(|cause| Error::Bug(cause.to_string()))??;
        checked.hash = hash;
        checked.ignored = shape.ignored;
        checked.wrong_total = shape.stated.filter(|stated| *stated != shape.rows);
        checked.bad.sort_unstable();
        checked.faults = counts.into_iter().collect();
        checked.faults.sort_unstable();
        Ok(checked)
    }

    /// What rows are read against.
    pub(super) fn import_setting(&self) -> Result<Setting, Error> {
        let law = self.law.area(self.home)?;
        let named = law
            .words
            .iter()
            .map(|(word, name)| (name.clone(), word.clone()));
        let plain = law
            .words
            .keys()
            .map(|word| (word.to_string(), word.clone()));
        Ok(Setting {
            area: self.home,
            today: self.clock.today(),
            words: named.chain(plain).collect(),
        })
    }

    /// For each person the register knows by a number of the row: the row's place, and in what the
    /// two differ; nothing where they agree.
    async fn against_register(
        &self,
        rows: &[Incoming],
    ) -> Result<Vec<(i64, Vec<RowFault>)>, Error> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let documents = rows.iter().flat_map(|row| &row.documents);
        let documents: Vec<&str> = documents.map(|one| one.number()).collect();
        let cards: Vec<&str> = rows.iter().map(|row| row.card.as_str()).collect();
        let numbers: Vec<&str> = rows.iter().map(|row| row.person_no.as_str()).collect();
        let held = self
            .store
            .holders(self.home, "document", &documents)
            .await?;
        let carded = self.store.holders(self.home, "card", &cards).await?;
        let numbered = self.store.numbered(self.home, &numbers).await?;
        let by_value = |rows: &[HolderRow]| -> HashMap<String, HolderRow> {
            rows.iter()
                .map(|row| (row.value.clone(), row.clone()))
                .collect()
        };
        let (held, carded, numbered) = (by_value(&held), by_value(&carded), by_value(&numbered));
        let mut found = Vec::new();
        for row in rows {
            let mut documents = row.documents.iter();
            let holder = documents.find_map(|one| held.get(one.number()));
            let holder = holder.or_else(|| numbered.get(&row.person_no));
            if let Some(holder) = holder.or_else(|| carded.get(&row.card)) {
                found.push((row.index, differences(row, holder)));
            }
        }
        Ok(found)
    }
}

impl Checked {
    fn note(
        &mut self,
        index: i64,
        faults: &[RowFault],
        counts: &mut HashMap<FaultKind, u64>,
        report: &mut (dyn FnMut(&RowFault) -> std::io::Result<()> + Send),
    ) -> Result<(), Error> {
        self.bad.push(index);
        for fault in faults {
            *counts.entry(fault.kind).or_default() += 1;
            report(fault).map_err(|cause| {
                Error::refused("report_unwritable", format!("错误清单无法写入：{cause}"))
            })?;
        }
        Ok(())
    }
}

fn differences(row: &Incoming, holder: &HolderRow) -> Vec<RowFault> {
    let mut found = Vec::new();
    let mut differ = |column: Column, ours: &str, theirs: &str| {
        if ours != theirs {
            let reason = format!(
                "该证件在登记册中属于{}，登记的是“{theirs}”",
                holder.person_no
            );
            let kind = FaultKind::DiffersFromRegister;
            found.push(RowFault::at(row.line, column, ours, kind, reason));
        }
    };
    differ(Column::Name, &row.name, &holder.name);
    differ(Column::Sex, row.sex.word(), &holder.sex);
    differ(
        Column::Birth,
        &row.birth.to_string(),
        &holder.birth.to_string(),
    );
    let day = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    differ(Column::Death, &day(row.death), &day(holder.death));
    if !row.person_no.is_empty() {
        differ(Column::PersonNo, &row.person_no, &holder.person_no);
    }
    found
}

/// Reads the file on a thread of its own.
fn reading(
    file: PeopleFile,
    setting: Arc<Setting>,
    sender: mpsc::Sender<Vec<Row>>,
) -> tokio::task::JoinHandle<Result<(Shape, String), Error>> {
    tokio::task::spawn_blocking(move || {
        let hash = hash(&file.path)?;
        let mut seen = Seen::default();
        let mut some: Vec<Row> = Vec::with_capacity(AT_ONCE);
        let shape = table::read(
            &file.path,
            file.sheet.as_deref(),
            &mut |index, raw, layout| {
                let read = row::read(&raw, index, layout, &setting);
                some.push(match read.and_then(|incoming| seen.first(incoming)) {
                    Ok(incoming) => Ok(incoming),
                    Err(faults) => Err((index, faults)),
                });
                if some.len() < AT_ONCE {
                    return Ok(true);
                }
                let full = std::mem::replace(&mut some, Vec::with_capacity(AT_ONCE));
                Ok(sender.blocking_send(full).is_ok())
            },
        )?;
        // Nobody listens any more only when the check was given up.
        let _ = sender.blocking_send(some);
        Ok((shape, hash))
    })
}

/// Numbers met in the file so far, each by a fingerprint, with the line it stands in.
#[derive(Default)]
struct Seen(HashMap<[u8; 16], u32>);

impl Seen {
    /// The row, unless one before it has one of its numbers.
    fn first(&mut self, incoming: Incoming) -> Result<Incoming, Vec<RowFault>> {
        let mut faults = Vec::new();
        let documents = incoming.documents.iter();
        let documents = documents
            .zip(1..)
            .map(|(one, group)| (Column::Document(group), one.number()));
        let others = [
            (Column::Card, incoming.card.as_str()),
            (Column::PersonNo, incoming.person_no.as_str()),
        ];
        for (column, value) in documents.chain(others) {
            if value.is_empty() {
                continue;
            }
            let line = u32::try_from(incoming.line).unwrap_or(u32::MAX);
            let kind = match column {
                Column::Document(_) => "document",
                Column::Card => "card",
                _ => "number",
            };
            let before = *self.0.entry(fingerprint(kind, value)).or_insert(line);
            if before != line {
                let reason = format!("与第{before}行相同");
                let kind = FaultKind::DuplicateInFile;
                faults.push(RowFault::at(incoming.line, column, value, kind, reason));
            }
        }
        match faults.is_empty() {
            true => Ok(incoming),
            false => Err(faults),
        }
    }
}

/// Half of a SHA-256: two numbers of one file never share it.
fn fingerprint(kind: &str, value: &str) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(kind)
        .chain_update([0])
        .chain_update(value)
        .finalize();
    std::array::from_fn(|place| digest[place])
}

/// What a file is known again by: its SHA-256, hexadecimal.
///
/// # Errors
/// A refusal where the file cannot be read.
pub fn hash_of(file: &PeopleFile) -> Result<String, Error> {
    hash(&file.path)
}

fn hash(path: &Path) -> Result<String, Error> {
    let failed = |cause: std::io::Error| {
        Error::refused(
            "file_unreadable",
            format!("文件 {} 无法读取：{cause}", path.display()),
        )
    };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let digest = hasher.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
