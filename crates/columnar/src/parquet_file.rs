//! 打开 Parquet：只读需要的列，文字列按字典读。

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, new_empty_array};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::Fault;
use crate::names::column_name;

/// Rows of a batch: what is decoded is used while it lies in the processor's cache.
const BATCH: usize = 1 << 15;

/// A Parquet file ready to be read by row groups (Parquet 文件).
#[derive(Debug)]
pub struct ParquetFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    names: Vec<String>,
}

/// One row group, with the columns in the words of the house (行组).
///
/// A column is read when it is asked for and not kept: no more than one lies decoded beside what
/// is made of it.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'f> {
    file: &'f ParquetFile,
    group: usize,
}

impl Columns<'_> {
    /// A column by name in one piece, if the file has it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn get(&self, name: &str) -> Result<Option<ArrayRef>, ArrowError> {
        let Some(place) = self.place(name) else {
            return Ok(None);
        };
        let mut reader = self.file.column((self.group, place), self.rows())?;
        let batch = reader.next().transpose()?;
        let column = batch.map(|batch| Arc::clone(batch.column(0)));
        Ok(Some(column.unwrap_or_else(|| self.file.empty(place))))
    }

    /// Hears a column batch by batch, each with the row it begins at; whether the file has it.
    ///
    /// # Errors
    /// When it cannot be read, or as `take` says.
    pub fn each(
        &self,
        name: &str,
        mut take: impl FnMut(usize, &ArrayRef) -> Result<(), ArrowError>,
    ) -> Result<bool, ArrowError> {
        let Some(place) = self.place(name) else {
            return Ok(false);
        };
        let mut begin = 0;
        for batch in self.file.column((self.group, place), BATCH)? {
            let batch = batch?;
            take(begin, batch.column(0))?;
            begin += batch.num_rows();
        }
        Ok(true)
    }

    /// As [`Self::each`], of a column that must be there.
    ///
    /// # Errors
    /// When it is not, or as [`Self::each`].
    pub fn each_needed(
        &self,
        name: &str,
        take: impl FnMut(usize, &ArrayRef) -> Result<(), ArrowError>,
    ) -> Result<(), ArrowError> {
        let there = self.each(name, take)?;
        there.then_some(()).ok_or_else(|| missing(name))
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.file.names.iter().position(|known| known == name)
    }

    /// A column that must be there.
    ///
    /// # Errors
    /// When it is not, or cannot be read.
    pub fn need(&self, name: &str) -> Result<ArrayRef, ArrowError> {
        self.get(name)?.ok_or_else(|| missing(name))
    }

    /// All names in order.
    pub fn names(&self) -> &[String] {
        &self.file.names
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.file.rows_of(self.group)
    }
}

fn missing(name: &str) -> ArrowError {
    ArrowError::SchemaError(format!("缺少列 {name}"))
}

impl ParquetFile {
    /// Opens a file of a table.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be opened or is no Parquet.
    pub fn open(path: &Path, table: &str) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|error| Fault::new(path, error))?;
        let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())
            .map_err(|error| Fault::new(path, error))?;
        let fields = plain.schema().fields();
        let names = fields
            .iter()
            .map(|field| column_name(table, field.name()))
            .collect();
        let coded = fields.iter().map(|field| Arc::new(coded(table, field)));
        let options =
            ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(coded.collect::<Vec<_>>())));
        let metadata =
            ArrowReaderMetadata::try_new(Arc::clone(plain.metadata()), options).unwrap_or(plain);
        Ok(Self {
            path: path.to_owned(),
            metadata,
            names,
        })
    }

    /// Its columns in the words of the house.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        usize::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// How many row groups the file has.
    pub fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// A row group.
    pub fn group(&self, group: usize) -> Columns<'_> {
        Columns { file: self, group }
    }

    /// Reads the whole file, row group by row group.
    ///
    /// # Errors
    /// [`Fault`] when a column is missing or cannot be read.
    pub fn read(
        &self,
        mut take: impl FnMut(&Columns<'_>) -> Result<(), ArrowError>,
    ) -> Result<(), Fault> {
        (0..self.groups())
            .try_for_each(|group| take(&self.group(group)))
            .map_err(|error| self.fault(error))
    }

    fn rows_of(&self, group: usize) -> usize {
        let rows = self.metadata.metadata().row_group(group).num_rows();
        usize::try_from(rows).unwrap_or(0)
    }

    /// One column of one row group, so many rows at a time.
    fn column(
        &self,
        (group, place): (usize, usize),
        rows: usize,
    ) -> Result<ParquetRecordBatchReader, ArrowError> {
        // Opened anew: copies of one handle share a position, and threads read side by side.
        let file = File::open(&self.path)?;
        let schema = self.metadata.metadata().file_metadata().schema_descr();
        let mask = ProjectionMask::roots(schema, [place]);
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(rows.max(1))
                .build()?;
        Ok(reader)
    }

    fn empty(&self, place: usize) -> ArrayRef {
        new_empty_array(self.metadata.schema().fields()[place].data_type())
    }

    /// A fault of this file.
    pub fn fault(&self, error: impl std::fmt::Display) -> Fault {
        Fault::new(&self.path, error)
    }
}

/// Texts of lines and visits are read as dictionaries: their pages mostly are, and columns want
/// numbers. Ids that differ from row to row are not; those that come in runs are read as views,
/// which tell equal ones of a dictionary without a look at the text.
fn coded(table: &str, field: &Field) -> Field {
    let text = matches!(
        field.data_type(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    );
    let name = column_name(table, field.name());
    let repeated = match table {
        "lines" => !matches!(name.as_str(), "line" | "trace_code"),
        "visits" => !matches!(name.as_str(), "visit" | "person" | "settlement" | "invoice"),
        _ => false,
    };
    if !text || !repeated {
        return field.clone();
    }
    if name == "visit" && table == "lines" {
        return field.clone().with_data_type(DataType::Utf8View);
    }
    let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    field.clone().with_data_type(kind)
}
