//! 读取 policy/ 与 catalogues/，变成带类型的值。
//!
//! The only converter between what officials write and what the rooms use. [`load_policy`] reads
//! a policy folder, [`load_methods`] its payment methods, [`load_catalogue`] a catalogue folder;
//! all report every [`Fault`] of the folder at once, each with file, line and key. [`explain`],
//! [`tree`] and [`diff`] turn typed law back into text for people.
//!
//! Where to add: a new kind of rule is a reader in `body/`, a line in `law/kind.rs` and
//! `law/scheme.rs`, and its wording in `render/`.

mod body;
mod catalogue;
mod diff;
mod fault;
mod grouping;
mod law;
mod payment;
mod render;
mod view;
mod yaml;

pub use crate::grouping::{LoadedScheme, load_dip, load_dip_basis, load_drg, load_schemes};
pub use crate::payment::load_methods;
pub use catalogue::{Catalogue, load_catalogue};
pub use diff::{Change, ChangeKind, diff};
pub use fault::{Fault, FaultKind};
pub use law::{Kind, load_policy};
pub use render::{Grid, Rendered};
pub use view::{TopicView, VersionView, explain, tree};
