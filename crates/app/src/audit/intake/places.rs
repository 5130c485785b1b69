//! Institutions and the catalogue as tables.

use std::collections::BTreeSet;

use jiff::civil::Date;
use lines::Table;
use terms::InstitutionKind;

use super::words::level_of;
use crate::{Institution, Law};

/// Institutions under agreement: pharmacies are kind 2 (机构).
pub(in crate::audit) fn providers<'i>(all: impl Iterator<Item = &'i Institution>) -> Table {
    let mut table = Table::new(["provider", "kind", "level"]);
    for institution in all {
        let kind = match institution.kind {
            InstitutionKind::Pharmacy => "2",
            _ => "1",
        };
        let level = level_of(institution).0.to_string();
        table.push([institution.code.as_str(), kind, level.as_str()]);
    }
    table
}

/// The days on which these items are in the catalogue; an unknown code has none (目录有效期).
pub(in crate::audit) fn catalogue(law: &Law, items: &BTreeSet<String>) -> Table {
    let mut table = Table::new(["item", "from", "until"]);
    for code in items {
        let terms = law.item(code).map(|item| item.terms.as_slice());
        for span in terms.unwrap_or_default() {
            table.push([code.clone(), span.from.to_string(), day_or_open(span.to)]);
        }
    }
    table
}

/// A day as tables write it; empty where it is open.
pub(super) fn day_or_open(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}
