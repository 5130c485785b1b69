use std::collections::HashMap;

use enrolment::difficulty::{ChangeKind, RawRow, RowState};
use store::ListResultRow;

use super::{ListReport, ListState};
use crate::{App, Error};

impl App {
    /// The file that goes back to the bureau: every row with what came of it (回执), CSV in UTF-8
    /// with a mark that spreadsheets recognise.
    ///
    /// # Errors
    /// [`Error::Bug`] where it cannot be written, which it can.
    pub fn list_receipt(&self, report: &ListReport) -> Result<Vec<u8>, Error> {
        let failed = |cause: csv::Error| Error::Bug(format!("a receipt: {cause}"));
        let mut out = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
        let applied = report.state == ListState::Applied;
        let state = if applied { "已入册" } else { "未入册" };
        out.write_record([
            "回执编号",
            "行号",
            "证件号码",
            "姓名",
            "身份",
            "处理结果",
            "说明",
            "入册",
        ])
        .map_err(failed)?;
        let results: HashMap<i64, &ListResultRow> =
            report.results.iter().map(|row| (row.row_no, row)).collect();
        for row in &report.rows {
            let Some(result) = results.get(&i64::from(row.row)) else {
                continue;
            };
            let state = if result.result == "rejected" {
                "未入册"
            } else {
                state
            };
            let cells = record(&report.list.list_no, row, result, state);
            out.write_record(cells.iter().map(|cell| cell.as_bytes()))
                .map_err(failed)?;
        }
        let count = report.rows.len().to_string();
        out.write_record(["合计", &count, "", "", "", "", "", ""])
            .map_err(failed)?;
        out.into_inner()
            .map_err(|cause| Error::Bug(format!("a receipt: {cause}")))
    }
}

fn record<'r>(
    list_no: &'r str,
    row: &'r RawRow,
    result: &'r ListResultRow,
    state: &'r str,
) -> [std::borrow::Cow<'r, str>; 8] {
    [
        list_no.into(),
        row.row.to_string().into(),
        guarded(&row.document),
        guarded(&row.name),
        guarded(&row.identity),
        result_zh(&result.result).into(),
        guarded(&result.reason),
        state.into(),
    ]
}

/// A text that a spreadsheet would take for a formula is kept a text.
fn guarded(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The 中文 name of what came of a row.
pub(super) fn result_zh(word: &str) -> &'static str {
    if let Some(kind) = ChangeKind::of(word) {
        return kind.zh();
    }
    let states = [RowState::Unchanged, RowState::Repeated];
    let found = states.iter().find(|state| state.word() == word);
    found.map_or("退回", RowState::zh)
}
