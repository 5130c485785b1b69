//! 读一个数据目录：明细按行组分线程读，其余的表由一个线程读，汇到一处。

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use lines::{Data, Intake, LineBlock};

use crate::folder::{DataFile, FileKind, files_of};
use crate::line_batch;
use crate::parquet_file::ParquetFile;
use crate::text::read_csv;
use crate::{Fault, visit_batch};

/// What is read, and how (读取方式).
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Threads to use, at least one.
    pub threads: usize,
    /// Tables that need not be read.
    pub skipped_tables: Vec<&'static str>,
}

/// Reads all tables of a folder and of the folders right below it (读取数据目录).
///
/// Tables whose names begin with `k_` are knowledge and left to [`crate::read_knowledge`].
///
/// # Errors
/// [`Fault`] when a file cannot be read, or the folder has no lines.
pub fn read_data(folder: &Path, reading: &Reading) -> Result<Data, Fault> {
    let files = files_of(folder)?;
    if !files.iter().any(|file| file.table == "lines") {
        return Err(Fault::new(
            folder,
            "目录里没有明细文件 lines.csv 或 lines.parquet",
        ));
    }
    let wanted = |file: &&DataFile| {
        let skipped = reading.skipped_tables.contains(&file.table.as_str());
        !file.table.starts_with("k_") && file.table != "truth" && !skipped
    };
    let files: Vec<&DataFile> = files.iter().filter(wanted).collect();
    let mut intake = Intake::default();
    let parquet = |file: &&&DataFile| file.table == "lines" && file.kind == FileKind::Parquet;
    let opened: Result<Vec<ParquetFile>, Fault> = files
        .iter()
        .filter(parquet)
        .map(|file| ParquetFile::open(&file.path, &file.table))
        .collect();
    let opened = opened?;
    intake.reserve(opened.iter().map(ParquetFile::rows).sum());
    let units: Vec<(usize, usize)> = opened
        .iter()
        .enumerate()
        .flat_map(|(at, file)| (0..file.groups()).map(move |group| (at, group)))
        .collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(reading.threads.max(1) * 2);
        for _ in 0..reading.threads.max(1) {
            let (sender, next) = (sender.clone(), &next);
            let (opened, units) = (&opened, &units);
            scope.spawn(move || decode(opened, units, next, &sender));
        }
        drop(sender);
        for file in files.iter().filter(|file| !parquet(file)) {
            take_file(&mut intake, file)?;
        }
        join(&mut intake, &receiver, units.len())
    })?;
    Ok(intake.assemble())
}

type Decoded = (usize, Result<LineBlock, Fault>);

/// Decodes row groups as long as there are any.
fn decode(
    files: &[ParquetFile],
    units: &[(usize, usize)],
    next: &AtomicUsize,
    sender: &SyncSender<Decoded>,
) {
    loop {
        let unit = next.fetch_add(1, Ordering::Relaxed);
        let Some(&(file, group)) = units.get(unit) else {
            return;
        };
        let mut block = LineBlock::default();
        let read = line_batch::append(&mut block, &files[file].group(group));
        let read = read.map_err(|error| files[file].fault(error));
        if sender.send((unit, read.map(|()| block))).is_err() {
            return;
        }
    }
}

/// Joins blocks in the order of the files, whatever the order they arrive in.
fn join(intake: &mut Intake, blocks: &Receiver<Decoded>, count: usize) -> Result<(), Fault> {
    let mut early: Vec<Option<LineBlock>> = (0..count).map(|_| None).collect();
    let mut due = 0;
    for (unit, block) in blocks {
        early[unit] = Some(block?);
        while let Some(block) = early.get_mut(due).and_then(Option::take) {
            intake.append(block);
            due += 1;
        }
    }
    Ok(())
}

fn take_file(intake: &mut Intake, file: &DataFile) -> Result<(), Fault> {
    match file.kind {
        FileKind::Csv => {
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
        FileKind::Parquet => {
            let parquet = ParquetFile::open(&file.path, &file.table)?;
            parquet.read(|columns| match file.table.as_str() {
                "visits" => visit_batch::visits(intake, columns),
                "trace_events" => visit_batch::scans(intake, columns),
                name => {
                    intake.take(name, &visit_batch::table(columns)?);
                    Ok(())
                }
            })
        }
    }
}
