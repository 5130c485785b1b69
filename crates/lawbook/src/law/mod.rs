//! From files to typed law: reading the folder, laying levels over one another, building schemes.

mod area;
mod calendar;
mod folder;
mod kind;
mod load;
mod merge;
mod names;
mod scheme;
mod topic;

pub(crate) use folder::{FilePlace, PolicyFile, edition_of, read_folder};
pub use kind::Kind;
pub use load::load_policy;
pub(crate) use names::{Names, Use};
pub(crate) use topic::VERSION_FIELDS;
