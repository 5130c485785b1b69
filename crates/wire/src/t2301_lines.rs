use app::visit::{Batch, NewLine, VisitKind, upload};

use crate::ask::{Answered, Ask};
use crate::t2204_lines::split_row;
use crate::{Node, Refusal, lines};

/// 2301 住院费用明细上传.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let rows = ask.body.at_least_one("feedetail")?;
    let (person_no, visit_id) = lines::owner(rows)?;
    let line = |row: &Node| -> Result<NewLine, Refusal> {
        let mut line = lines::line(row)?;
        line.note.prescription = row.optional_text("drord_no").unwrap_or_default().to_owned();
        lines::in_hospital(ask, row, &mut line);
        Ok(line)
    };
    let batch = Batch {
        person_no,
        visit_id,
        kind: VisitKind::Stay,
        lines: rows.iter().map(line).collect::<Result<_, _>>()?,
    };
    let reply = upload(ask.app, ask.call, &batch, |splits, found| {
        let row = |split| split_row(split, found);
        ask.seal(ask.output().rows("result", splits.iter().map(row)))
    });
    Ok(reply.await?)
}
