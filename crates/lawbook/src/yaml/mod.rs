//! YAML files as trees of nodes that know their line and their path of keys.

mod fields;
mod node;
mod page;

pub(crate) use fields::Fields;
pub(crate) use node::{Data, Node, parse};
pub(crate) use page::Page;
