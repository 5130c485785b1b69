//! 读一个数据目录：Parquet 按行组分线程解码，CSV 由一个线程读，按文件次序汇到一处。

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use arrow_schema::ArrowError;
use lines::{Data, Intake, LineBlock, LineSlots, Lines, Renumbering, Table};
use rayon::prelude::*;

use crate::folder::{DataFile, FileKind, files_of};
use crate::line_batch;
use crate::line_codes::take_line_codes;
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
    let wanted = files.iter().filter(|file| reading.wants(file));
    let (parquet, csv): (Vec<&DataFile>, Vec<&DataFile>) =
        wanted.partition(|file| file.kind == FileKind::Parquet);
    let opened = open(parquet)?;
    let mut intake = Intake::default();
    expect(&mut intake, &opened);
    for (table, file) in opened.iter().filter(|(_, file)| file.rows() == 0) {
        // An empty register says that nobody is in it.
        intake.take(table, &Table::new(file.names()));
    }
    let groups: Vec<Group<'_>> = opened.iter().flat_map(groups_of).collect();
    let (mut lines, sizes) = room_for(&groups);
    let faulty = fill(
        &mut intake,
        lines.cut(&sizes),
        groups,
        (&csv, reading.threads),
    )?;
    intake.adopt(lines.without(&faulty));
    take_line_codes(&mut intake, &files, reading)?;
    Ok(intake.assemble())
}

/// Makes room for all rows at once: columns that grow file by file are copied again and again.
fn expect(intake: &mut Intake, opened: &[(String, ParquetFile)]) {
    let rows_of = |name: &str| {
        let files = opened.iter().filter(|(table, _)| table == name);
        files.map(|(_, file)| file.rows()).sum()
    };
    intake.expect_visits(rows_of("visits"));
    intake.expect_scans(rows_of("trace_events"));
}

/// Columns long enough for the lines of all groups, and how many each group has.
fn room_for(groups: &[Group<'_>]) -> (Lines, Vec<usize>) {
    let of_lines = || groups.iter().filter(|group| group.is_lines());
    let sizes: Vec<usize> = of_lines().map(|group| group.columns.rows()).collect();
    let given = of_lines().flat_map(|group| line_batch::given(group.columns.names()));
    (Lines::sized(sizes.iter().sum(), &given.collect()), sizes)
}

/// Reads groups on threads of their own, and CSV files on this one; the rows of the slots that are
/// no lines are given back, ascending.
fn fill(
    intake: &mut Intake,
    slots: Vec<LineSlots<'_>>,
    groups: Vec<Group<'_>>,
    (csv, threads): (&[&DataFile], usize),
) -> Result<Vec<usize>, Fault> {
    let (threads, mut slots) = (threads.max(1), slots.into_iter());
    let units = groups.into_iter().map(|group| {
        let slots = group.is_lines().then(|| slots.next()).flatten();
        (group, slots)
    });
    let units = Mutex::new(units.enumerate());
    let (filled, faulty) = std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(threads * 4);
        for _ in 0..threads {
            let (sender, units) = (sender.clone(), &units);
            scope.spawn(move || decode(units, &sender));
        }
        drop(sender);
        for file in csv {
            take_csv(intake, file)?;
        }
        join(intake, &receiver)
    })?;
    filled
        .into_par_iter()
        .for_each(|(numbers, mut slots)| numbers.apply(&mut slots));
    Ok(faulty)
}

/// A row group of a table.
struct Group<'f> {
    table: &'f str,
    file: &'f ParquetFile,
    columns: Columns<'f>,
}

impl Group<'_> {
    fn is_lines(&self) -> bool {
        self.table == "lines"
    }
}

fn groups_of((table, file): &(String, ParquetFile)) -> impl Iterator<Item = Group<'_>> {
    let groups = 0..file.groups();
    groups.map(move |group| Group {
        table,
        file,
        columns: file.group(group),
    })
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

/// What was read of a row group.
enum Decoded<'l> {
    Table(Take),
    Lines(Box<Filled<'l>>),
}

/// Lines in numbers of their block.
struct Filled<'l> {
    block: LineBlock,
    slots: LineSlots<'l>,
    /// Rows that are no lines, ascending.
    faulty: Vec<usize>,
}

type Unit<'f, 'l> = (Group<'f>, Option<LineSlots<'l>>);
type Arrived<'l> = (usize, Result<Decoded<'l>, Fault>);

/// Decodes row groups as long as there are any.
fn decode<'f, 'l>(
    units: &Mutex<impl Iterator<Item = (usize, Unit<'f, 'l>)>>,
    sender: &SyncSender<Arrived<'l>>,
) {
    loop {
        let unit = units.lock().expect("taking a unit does not panic").next();
        let Some((place, (group, slots))) = unit else {
            return;
        };
        let read = match slots {
            Some(slots) => filled(&group.columns, slots),
            None => decoded(group.table, &group.columns).map(Decoded::Table),
        };
        let read = read.map_err(|error| group.file.fault(error));
        if sender.send((place, read)).is_err() {
            return;
        }
    }
}

fn filled<'l>(columns: &Columns<'_>, mut slots: LineSlots<'l>) -> Result<Decoded<'l>, ArrowError> {
    let mut block = LineBlock::default();
    let faulty = line_batch::fill(columns, &mut block, &mut slots)?;
    let filled = Filled {
        block,
        slots,
        faulty,
    };
    Ok(Decoded::Lines(Box::new(filled)))
}

pub(crate) fn decoded(table: &str, columns: &Columns<'_>) -> Result<Take, ArrowError> {
    match table {
        "visits" => visit_batch::visits(columns),
        "trace_events" => visit_batch::scans(columns),
        name => {
            let (name, rows) = (name.to_owned(), visit_batch::table(columns)?);
            Ok(Box::new(move |intake| intake.take(&name, &rows)))
        }
    }
}

type ToRenumber<'l> = Vec<(Renumbering, LineSlots<'l>)>;

/// Joins row groups in the order of the files, whatever the order they arrive in; lines are left
/// to be renumbered, with the rows that are none.
fn join<'l>(
    intake: &mut Intake,
    arrived: &Receiver<Arrived<'l>>,
) -> Result<(ToRenumber<'l>, Vec<usize>), Fault> {
    let mut early = BTreeMap::new();
    let (mut filled, mut faulty) = (Vec::new(), Vec::new());
    let (mut rows, mut due) = (0, 0);
    for (place, decoded) in arrived {
        early.insert(place, decoded?);
        while let Some(next) = early.first_entry().filter(|next| *next.key() == due) {
            due += 1;
            match next.remove() {
                Decoded::Table(take) => take(intake),
                Decoded::Lines(lines) => {
                    faulty.extend(lines.faulty.iter().map(|row| rows + row));
                    rows += lines.slots.id.len();
                    filled.push((intake.renumbering(lines.block), lines.slots));
                }
            }
        }
    }
    Ok((filled, faulty))
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
