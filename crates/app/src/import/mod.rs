//! 导入：把登记文件读入登记册，先预检后写入，可中断后继续。
//!
//! A file of people is read twice. The dry run ([`App::check_people_file`]) reads every row, checks
//! it against its columns, the other rows and the register, and reports each fault with line,
//! value and reason; it writes nothing. The import ([`App::import_people`]) reads on one thread
//! and writes on another, in steps that carry their place in the file.
//!
//! [`App::check_people_file`]: crate::App::check_people_file
//! [`App::import_people`]: crate::App::import_people

mod columns;
mod dates;
mod fault;
mod file;
mod plan;
mod row;
mod run;
pub(crate) mod sheet;
pub(crate) mod table;

pub use fault::{FaultKind, RowFault};
pub use plan::{Checked, PeopleFile, hash_of};
pub(crate) use row::SUBSIDISED;
pub use run::same_file;
pub use store::ImportRow;
