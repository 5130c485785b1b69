//! 明细的份：一个 CSV 文件、一个 Parquet 行组各是一份，供几台机器分着读。

use std::path::Path;

use lines::{Intake, LineBlock};

use crate::folder::{DataFile, FileKind, files_of};
use crate::line_batch;
use crate::line_codes::take_line_codes;
use crate::parquet_file::ParquetFile;
use crate::read::{NO_LINES, decoded, open, take_csv};
use crate::text::read_csv;
use crate::{Fault, Reading};

/// The files of lines of a data folder, cut into parts that may be read anywhere (明细的份).
///
/// The numbers of parts, and of the rows within a part, are the same wherever the folder is read.
#[derive(Debug)]
pub struct Parts {
    files: Vec<DataFile>,
    opened: Vec<(String, ParquetFile)>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// A CSV file, by its place.
    File(usize),
    /// A Parquet file and its row group.
    Group(usize, usize),
}

impl Parts {
    /// Finds the files of lines of a folder and of the folders right below it.
    ///
    /// # Errors
    /// [`Fault`] when a file cannot be opened, or the folder has no lines.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        let mut files = files_of(folder)?;
        files.retain(|file| file.table == "lines");
        if files.is_empty() {
            return Err(Fault::new(folder, NO_LINES));
        }
        let parquet = files.iter().filter(|file| file.kind == FileKind::Parquet);
        let opened = open(parquet.collect())?;
        files.retain(|file| file.kind == FileKind::Csv);
        // As on one machine: files of text first, then row groups.
        let mut parts: Vec<Part> = (0..files.len()).map(Part::File).collect();
        for (at, (_, file)) in opened.iter().enumerate() {
            parts.extend((0..file.groups()).map(|group| Part::Group(at, group)));
        }
        Ok(Self {
            files,
            opened,
            parts,
        })
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there is no part.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Reads one part, block by block; a number beyond the last has no blocks.
    ///
    /// # Errors
    /// [`Fault`] when the file cannot be read, or as `take` says.
    pub fn read<E: From<Fault>>(
        &self,
        part: usize,
        mut take: impl FnMut(LineBlock) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.parts.get(part) {
            None => Ok(()),
            Some(&Part::File(at)) => self.read_file(at, &mut take),
            Some(&Part::Group(at, group)) => {
                let (_, file) = &self.opened[at];
                let block = line_batch::block(&file.group(group));
                take(block.map_err(|error| file.fault(error))?)
            }
        }
    }

    fn read_file<E: From<Fault>>(
        &self,
        at: usize,
        take: &mut impl FnMut(LineBlock) -> Result<(), E>,
    ) -> Result<(), E> {
        let file = &self.files[at];
        let mut done = Ok(());
        let other = read_csv(&file.path, &file.table, |table| {
            if done.is_ok() {
                done = take(LineBlock::of(table));
            }
        })?;
        done?;
        if !other {
            return Ok(());
        }
        let mut told = LineBlock::default();
        told.quality.note(
            "文件不是UTF-8，按GB18030读取",
            file.path.display().to_string(),
        );
        take(told)
    }
}

/// Reads all tables of a folder but the lines (读取明细以外的表).
///
/// # Errors
/// [`Fault`] when a file cannot be read.
pub fn read_tables(folder: &Path, reading: &Reading) -> Result<Intake, Fault> {
    let mut intake = Intake::default();
    let files = files_of(folder)?;
    let wanted = files
        .iter()
        .filter(|file| file.table != "lines" && reading.wants(file));
    // In the order of `read_data`: of two rows that say the same the first counts.
    let (parquet, csv): (Vec<&DataFile>, Vec<&DataFile>) =
        wanted.partition(|file| file.kind == FileKind::Parquet);
    for file in csv {
        take_csv(&mut intake, file)?;
    }
    for (table, file) in open(parquet)? {
        for group in 0..file.groups() {
            let take = decoded(&table, &file.group(group));
            take.map_err(|error| file.fault(error))?(&mut intake);
        }
    }
    take_line_codes(&mut intake, &files, reading)?;
    Ok(intake)
}
