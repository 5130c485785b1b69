use app::audit::Prompt;
use app::visit::{Batch, NewLine, SplitLine, VisitKind, upload};

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal, bill, codes, lines};

/// 2204 门诊费用明细信息上传.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let rows = ask.body.at_least_one("feedetail")?;
    let (person_no, visit_id) = lines::owner(rows)?;
    let line = |row: &Node| -> Result<NewLine, Refusal> {
        let mut line = lines::line(row)?;
        line.charge_batch = row.text("chrg_bchno")?.to_owned();
        if lines::unless_all(&line.charge_batch).is_none() {
            return Err(row.refuse("chrg_bchno", "代表全部批次，不能用作批次号"));
        }
        lines::taking(row, &mut line);
        lines::in_hospital(ask, row, &mut line);
        Ok(line)
    };
    let batch = Batch {
        person_no,
        visit_id,
        kind: VisitKind::Outpatient,
        lines: rows.iter().map(line).collect::<Result<_, _>>()?,
    };
    let reply = upload(ask.app, ask.call, &batch, |splits, found| {
        let row = |split| split_row(split, found);
        ask.seal(ask.output().rows("result", splits.iter().map(row)))
    });
    Ok(reply.await?)
}

/// How an uploaded line divides, with what the audit finds of it in its note; inpatient uploads
/// answer alike.
pub(crate) fn split_row(split: &SplitLine<'_>, found: &[Prompt]) -> Fields {
    let item = split.item.as_deref();
    let is_limited = item.is_some_and(|item| !item.restrictions.is_empty());
    let about = |prompt: &&Prompt| {
        let mut lines = prompt.lines.iter();
        lines.any(|line| line.violates && line.line == split.line.number)
    };
    let found = found.iter().filter(about);
    let notes = found.map(|one| format!("审核提醒{}：{}", one.rule, one.says));
    bill::line_noting(split.line, &split.split, item, notes.collect())
        .text("lmt_used_flag", codes::flag(is_limited))
}
