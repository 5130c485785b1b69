//! 写出数据目录：每张表一页一页地写成 Parquet，各列都是文字。

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use lines::Table;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::Fault;

/// Rows of a row group: what one open file holds in memory.
const GROUP: usize = 1 << 17;

/// Writes tables below a folder, page by page, so that [`crate::read_data`] reads them back
/// (写出数据目录).
///
/// All columns are texts, as files of text would have them; dictionaries keep them small.
#[derive(Debug)]
pub struct TableFolder {
    folder: PathBuf,
    open: BTreeMap<String, Part>,
}

#[derive(Debug)]
struct Part {
    path: PathBuf,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
}

impl TableFolder {
    /// Tables below a folder that does not hold any yet.
    ///
    /// # Errors
    /// [`Fault`] when the folder cannot be made, or has something in it.
    pub fn create(folder: &Path) -> Result<Self, Fault> {
        fs::create_dir_all(folder).map_err(|error| Fault::new(folder, error))?;
        let mut entries = fs::read_dir(folder).map_err(|error| Fault::new(folder, error))?;
        if entries.next().is_some() {
            return Err(Fault::new(folder, "目录里已有文件，请换一个空目录"));
        }
        Ok(Self {
            folder: folder.to_owned(),
            open: BTreeMap::new(),
        })
    }

    /// Appends rows to a table, such as `month=202511/lines`; every page has the same columns.
    ///
    /// # Errors
    /// [`Fault`] when the file cannot be written, or the columns are others than before.
    pub fn append(&mut self, name: &str, table: &Table) -> Result<(), Fault> {
        if !self.open.contains_key(name) {
            let part = Part::create(&self.folder.join(format!("{name}.parquet")), table)?;
            self.open.insert(name.to_owned(), part);
        }
        match self.open.get_mut(name) {
            Some(part) => part.append(table),
            None => Ok(()),
        }
    }

    /// Finishes all files; answers how many there are.
    ///
    /// # Errors
    /// [`Fault`] when a file cannot be written.
    pub fn close(self) -> Result<usize, Fault> {
        let files = self.open.len();
        for part in self.open.into_values() {
            let path = part.path;
            part.writer
                .close()
                .map_err(|error| Fault::new(&path, error))?;
        }
        Ok(files)
    }
}

impl Part {
    fn create(path: &Path, table: &Table) -> Result<Self, Fault> {
        let fault = |error: &dyn std::fmt::Display| Fault::new(path, error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| fault(&error))?;
        }
        let text = |name: &str| Field::new(name, DataType::Utf8, false);
        let fields: Vec<Field> = table.columns().map(text).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let file = File::create(path).map_err(|error| fault(&error))?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
        Ok(Self {
            path: path.to_owned(),
            schema,
            writer: writer.map_err(|error| fault(&error))?,
        })
    }

    fn append(&mut self, table: &Table) -> Result<(), Fault> {
        let fault = |error: &dyn std::fmt::Display| Fault::new(&self.path, error);
        let column = |place: usize| -> ArrayRef {
            let cells = table.rows().map(|row| row.at(Some(place)));
            Arc::new(StringArray::from_iter_values(cells))
        };
        let columns = (0..self.schema.fields().len()).map(column).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns);
        let batch = batch.map_err(|error| fault(&error))?;
        self.writer.write(&batch).map_err(|error| fault(&error))
    }
}
