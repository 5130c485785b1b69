//! Codes and the lists they are in, compiled so that a rule is a few bit tests.
//!
//! Every code gets a dense number, every list another; what is kept is, for each code, the short
//! sorted row of lists it is in. Reading a discharge marks these rows once in a small bit set, so
//! that its cost grows with the number of codes, not with codes times rules.

mod book;
mod draft;
mod marks;
mod prefix;

pub(crate) use book::{Book, Code};
pub(crate) use draft::{BookDraft, ListId, ListSource};
pub(crate) use marks::Marks;
pub(crate) use prefix::PrefixMap;
