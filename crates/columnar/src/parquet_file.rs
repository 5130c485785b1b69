//! 打开 Parquet：只读需要的列，文字列按字典读。

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};

use crate::Fault;
use crate::names::column_name;

/// A row group of usual size in one batch: its dictionaries are read through once.
const BATCH: usize = 1 << 19;

/// A Parquet file ready to be read by row groups (Parquet 文件).
#[derive(Debug)]
pub struct ParquetFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    names: Vec<String>,
}

/// A batch with the columns in the words of the house.
pub struct Columns {
    names: Vec<String>,
    batch: RecordBatch,
}

impl Columns {
    /// A column by name.
    pub fn get(&self, name: &str) -> Option<&ArrayRef> {
        let place = self.names.iter().position(|known| known == name)?;
        Some(self.batch.column(place))
    }

    /// All names in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }
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

    /// How many rows the file has.
    pub fn rows(&self) -> usize {
        usize::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// How many row groups the file has.
    pub fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// Reads one row group, batch by batch; `wanted` limits the columns.
    ///
    /// # Errors
    /// [`Fault`] when a page cannot be read.
    pub fn read_group(
        &self,
        group: usize,
        wanted: impl Fn(&str) -> bool,
        mut take: impl FnMut(&Columns) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let fault = |error: &dyn std::fmt::Display| Fault::new(&self.path, error);
        // Opened anew: copies of one handle share a position, and threads read side by side.
        let file = File::open(&self.path).map_err(|error| fault(&error))?;
        let kept: Vec<usize> = (0..self.names.len())
            .filter(|&place| wanted(&self.names[place]))
            .collect();
        let schema = self.metadata.metadata().file_metadata().schema_descr();
        let mask = ProjectionMask::roots(schema, kept.iter().copied());
        let reader =
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(BATCH)
                .build()
                .map_err(|error| fault(&error))?;
        let names: Vec<String> = kept
            .iter()
            .map(|&place| self.names[place].clone())
            .collect();
        for batch in reader {
            let batch = batch.map_err(|error| fault(&error))?;
            take(&Columns {
                names: names.clone(),
                batch,
            })?;
        }
        Ok(())
    }

    /// Reads the whole file, batch by batch.
    ///
    /// # Errors
    /// As [`Self::read_group`].
    pub fn read(&self, mut take: impl FnMut(&Columns) -> Result<(), Fault>) -> Result<(), Fault> {
        (0..self.groups()).try_for_each(|group| self.read_group(group, |_| true, &mut take))
    }

    /// A fault of this file.
    pub fn fault(&self, error: impl std::fmt::Display) -> Fault {
        Fault::new(&self.path, error)
    }
}

/// Texts of lines are read as dictionaries: their pages mostly are, and columns want numbers. Ids,
/// which differ from row to row, are not.
fn coded(table: &str, field: &Field) -> Field {
    let text = matches!(
        field.data_type(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    );
    let name = column_name(table, field.name());
    if !text || table != "lines" || name == "line" {
        return field.clone();
    }
    let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    field.clone().with_data_type(kind)
}
