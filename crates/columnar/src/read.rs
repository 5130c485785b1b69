//! 读一个数据目录：Parquet 按行组分线程解码，CSV 由一个线程读，按文件次序汇到一处。

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use arrow_schema::ArrowError;
use lines::{Data, Intake, LineBlock, Table};

use crate::folder::{DataFile, FileKind, files_of};
use crate::line_batch;
use crate::parquet_file::{Columns, ParquetFile};
use crate::text::read_csv;
use crate::visit_batch::Take;
use crate::{Fault, visit_batch};

pub(crate) const NO_LINES: &str = "目录里没有明细文件 lines.csv 或 lines.parquet";

/// What is read, and how (读取方式).
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Threads to use, at least one.
    pub threads: usize,
    /// Tables that need not be read.
    pub skipped_tables: Vec<&'static str>,
}

impl Reading {
    /// Whether a file is to be read: knowledge and labels are read elsewhere.
    pub(crate) fn wants(&self, file: &DataFile) -> bool {
        let skipped = self.skipped_tables.contains(&file.table.as_str());
        !file.table.starts_with("k_") && file.table != "truth" && !skipped
    }
}

/// Reads all tables of a folder and of the folders below it (读取数据目录).
///
/// Tables whose names begin with `k_` are knowledge and left to [`crate::read_knowledge`].
///
/// # Errors
/// [`Fault`] when a file cannot be read, or the folder has no lines.
pub fn read_data(folder: &Path, reading: &Reading) -> Result<Data, Fault> {
    let files = files_of(folder)?;
    if !files.iter().any(|file| file.table == "lines") {
        return Err(Fault::new(folder, NO_LINES));
    }
    let files: Vec<&DataFile> = files.iter().filter(|file| reading.wants(file)).collect();
    let mut intake = Intake::default();
    let (parquet, csv): (Vec<&DataFile>, Vec<&DataFile>) = files
        .into_iter()
        .partition(|file| file.kind == FileKind::Parquet);
    let opened = open(parquet)?;
    let lines = opened.iter().filter(|(table, _)| table == "lines");
    intake.reserve(lines.map(|(_, file)| file.rows()).sum());
    for (table, file) in opened.iter().filter(|(_, file)| file.rows() == 0) {
        // An empty register says that nobody is in it.
        intake.take(table, &Table::new(file.names()));
    }
    let units: Vec<(usize, usize)> = opened
        .iter()
        .enumerate()
        .flat_map(|(at, (_, file))| (0..file.groups()).map(move |group| (at, group)))
        .collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(reading.threads.max(1) * 4);
        for _ in 0..reading.threads.max(1) {
            let (sender, next) = (sender.clone(), &next);
            let (opened, units) = (&opened, &units);
            scope.spawn(move || decode(opened, units, next, &sender));
        }
        drop(sender);
        for file in csv {
            take_csv(&mut intake, file)?;
        }
        join(&mut intake, &receiver, units.len())
    })?;
    Ok(intake.assemble())
}

/// Opens files, each with the name of its table: folder by folder, lines after the visits and
/// scans of their folder.
pub(crate) fn open(mut files: Vec<&DataFile>) -> Result<Vec<(String, ParquetFile)>, Fault> {
    files.sort_by_key(|file| (file.path.parent(), file.table == "lines", &file.path));
    let open = |file: &DataFile| {
        let opened = ParquetFile::open(&file.path, &file.table)?;
        Ok((file.table.clone(), opened))
    };
    files.into_iter().map(open).collect()
}

type Decoded = (usize, Result<Take, Fault>);

/// Decodes row groups as long as there are any.
fn decode(
    files: &[(String, ParquetFile)],
    units: &[(usize, usize)],
    next: &AtomicUsize,
    sender: &SyncSender<Decoded>,
) {
    loop {
        let unit = next.fetch_add(1, Ordering::Relaxed);
        let Some(&(file, group)) = units.get(unit) else {
            return;
        };
        let (table, file) = &files[file];
        let decoded = decoded(table, &file.group(group)).map_err(|error| file.fault(error));
        if sender.send((unit, decoded)).is_err() {
            return;
        }
    }
}

pub(crate) fn decoded(table: &str, columns: &Columns<'_>) -> Result<Take, ArrowError> {
    match table {
        "lines" => {
            let mut block = LineBlock::default();
            line_batch::append(&mut block, columns)?;
            Ok(Box::new(|intake| intake.append(block)))
        }
        "visits" => visit_batch::visits(columns),
        "trace_events" => visit_batch::scans(columns),
        name => {
            let (name, rows) = (name.to_owned(), visit_batch::table(columns)?);
            Ok(Box::new(move |intake| intake.take(&name, &rows)))
        }
    }
}

/// Joins row groups in the order of the files, whatever the order they arrive in.
fn join(intake: &mut Intake, decoded: &Receiver<Decoded>, count: usize) -> Result<(), Fault> {
    let mut early: Vec<Option<Take>> = (0..count).map(|_| None).collect();
    let mut due = 0;
    for (unit, take) in decoded {
        early[unit] = Some(take?);
        while let Some(take) = early.get_mut(due).and_then(Option::take) {
            take(intake);
            due += 1;
        }
    }
    Ok(())
}

pub(crate) fn take_csv(intake: &mut Intake, file: &DataFile) -> Result<(), Fault> {
    let other = read_csv(&file.path, &file.table, |table| {
        intake.take(&file.table, table)
    })?;
    if other {
        intake.note(
            "文件不是UTF-8，按GB18030读取",
            file.path.display().to_string(),
        );
    }
    Ok(())
}
