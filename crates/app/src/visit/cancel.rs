use store::Commit;

use super::{Visit, VisitKind, VisitStatus};
use crate::{App, Call, Decided, Error};

/// Cancels an open visit without lines (门诊挂号撤销、入院撤销).
///
/// # Errors
/// A refusal where the visit is settled, cancelled, or still has fee lines.
pub async fn cancel<E>(
    app: &App,
    call: &Call,
    person_no: &str,
    visit_id: &str,
    kind: VisitKind,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn() -> Result<Vec<u8>, Error>,
{
    app.perform(call, person_no, Some(visit_id), |desk| {
        let mut visit = Visit::asked_for(desk.context, call, visit_id, Some(kind))?;
        visit.must_be(&[VisitStatus::Open], "撤销")?;
        if !desk.context.lines.is_empty() {
            return Err(Error::refused(
                "lines_left",
                format!(
                    "就诊记录“{visit_id}”还有{}条未撤销的费用明细，请先撤销明细",
                    desk.context.lines.len()
                ),
            ));
        }
        visit.status = VisitStatus::Cancelled;
        let mut commit = Commit::new(call.area, person_no);
        commit.visit = Some(visit.changed()?);
        Ok(Decided {
            commit,
            reply: encode()?,
            settlement: String::new(),
        })
    })
    .await
}
