//! 支付办法数据：`area/<代码>/payment/` 下每个文件是一项支付安排。

mod file;
mod typed;

use std::path::Path;

use payment::{Arrangement, MethodBook};
use policy::PolicyBook;

use crate::fault::{Fault, FaultKind, Faults};
use crate::law::{FilePlace, PolicyFile, read_folder};
use crate::yaml::parse;

/// Reads the payment methods of a policy folder (支付办法); all faults at once. `book` is the law of
/// the same folder: methods are for its areas and schemes.
///
/// # Errors
/// Every fault of the files below `area/<code>/payment/`, in order of file and line.
pub fn load_methods(folder: &Path, book: &PolicyBook) -> Result<MethodBook, Vec<Fault>> {
    let faults = Faults::default();
    // Faults of other files belong to the law and are found by its own reader.
    let files = read_folder(folder, &Faults::default());
    let mut arrangements: Vec<(String, Arrangement)> = Vec::new();
    for one in &files {
        arrangements.extend(read(one, &faults).map(|read| (one.path.clone(), read)));
    }
    check_homes(&arrangements, book, &faults);
    check_overlap(&arrangements, &faults);
    let faults = faults.sorted();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut arrangements: Vec<Arrangement> =
        arrangements.into_iter().map(|(_, read)| read).collect();
    arrangements.sort_by(|a, b| (a.area, a.scheme, &a.key).cmp(&(b.area, b.scheme, &b.key)));
    Ok(MethodBook { arrangements })
}

fn read(one: &PolicyFile, faults: &Faults) -> Option<Arrangement> {
    let FilePlace::Payment { area, key } = &one.place else {
        return None;
    };
    match parse(&one.path, &one.text) {
        Ok(root) => file::read_arrangement(&one.path, (*area, key), &root, faults),
        Err(fault) => {
            faults.add(fault);
            None
        }
    }
}

fn check_homes(all: &[(String, Arrangement)], book: &PolicyBook, faults: &Faults) {
    for (path, one) in all {
        let area = book.areas.get(&one.area);
        if !area.is_some_and(|area| area.schemes.contains_key(&one.scheme)) {
            let message = format!("统筹区{}没有险种{}", one.area, one.scheme);
            faults.add_heading(path, "scheme", FaultKind::Misplaced, message);
        }
    }
}

/// The same care of the same institution must not be paid twice.
fn check_overlap(all: &[(String, Arrangement)], faults: &Faults) {
    for (position, (path, one)) in all.iter().enumerate() {
        for (other_path, other) in &all[..position] {
            let same = (one.area, one.scheme) == (other.area, other.scheme);
            if same && one.scope.clashes(&other.scope) {
                let message =
                    format!("与 {other_path} 的适用范围重叠，同一笔费用只能按一种办法支付");
                faults.add_heading(path, "scope", FaultKind::Overlap, message);
            }
        }
    }
}
