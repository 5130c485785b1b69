//! 困难人员名单：收下、核对、入册、回执；到期提示。
//!
//! A bureau's file is read, set against the register by the room, and kept with what came of every
//! row ([`App::receive_list`]); nothing changes by that. Applying it ([`App::apply_list`]) decides
//! again on today's register and writes person by person through the register, so that status,
//! cover and the bills of past days follow at once. An interrupted list is applied to its end by
//! applying it again.
//!
//! [`App::receive_list`]: crate::App::receive_list
//! [`App::apply_list`]: crate::App::apply_list

mod apply;
mod expire;
mod facts;
mod file;
mod known;
mod receipt;
mod receive;
mod report;
mod subsidy;

pub use enrolment::difficulty::{
    Change, ChangeKind, Days, Intake, ListKind, ListTotals, RawRow, RowResult, RowState,
};
pub use expire::Lapse;
pub use file::ListFile;
pub(crate) use file::read_file;
pub use report::{ListReport, ListState, ListSummary};

/// The 中文 name of what came of a row (处理结果), by its word.
pub fn result_name(word: &str) -> &'static str {
    receipt::result_zh(word)
}

use enrolment::difficulty::ListLaw;
use jiff::civil::Date;
use policy::AreaPolicy;

use crate::Error;

/// How the source of a register entry names the list that stated it.
const SOURCE: &str = "list";

/// The source of entries that a bureau's list makes.
fn source(bureau: &str, list_no: &str) -> String {
    format!("{SOURCE}/{bureau}/{list_no}")
}

/// The bureau that a source names, if it is that of a list.
fn bureau_of(source: &str) -> Option<&str> {
    let mut parts = source.split('/');
    (parts.next() == Some(SOURCE)).then(|| parts.next())?
}

/// The law that lists of a day are taken under; the same for every scheme that has one.
///
/// # Errors
/// A refusal where the area had none on that day.
fn law_on(area: &AreaPolicy, day: Date) -> Result<ListLaw<'_>, Error> {
    let topics = area.schemes.values().flat_map(|law| &law.difficulties);
    let rule = topics.filter_map(|topic| topic.on(day)).next();
    let (rule, _) = rule.ok_or_else(|| {
        let message = format!("{}在{day}没有困难人员身份的规定", area.name);
        Error::refused("no_rule", message)
    })?;
    let words = &area.words;
    Ok(ListLaw { rule, words })
}
