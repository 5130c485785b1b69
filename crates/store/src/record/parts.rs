use super::{Broken, Place, insert_all, update_all};
use crate::cell::Cells;
use crate::engine::Tx;
use crate::rows::{LineMove, LinesChosen};
use crate::table::Insert;
use crate::tables::{access, bill, request, visit};
use crate::{Answer, Commit};

/// Line numbers per statement.
const NUMBERS: usize = 200;

pub(super) async fn visits(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    const PUT: Insert = Insert::or(
        &visit::VISITS,
        "ON CONFLICT (area, person_no, visit_id) DO UPDATE SET version = excluded.version, \
         kind = excluded.kind, care_type = excluded.care_type, scheme = excluded.scheme, \
         status = excluded.status, started_at = excluded.started_at, \
         ended_at = excluded.ended_at, diagnoses = excluded.diagnoses, \
         detail = excluded.detail \
         WHERE visits.version = excluded.version - 1 \
         AND visits.institution = excluded.institution",
    );
    let mut cells = Cells::default();
    for commit in live {
        if let Some(row) = &commit.visit {
            visit::put(&mut cells, commit.area, &commit.person_no, row);
        }
    }
    insert_all(tx, PUT, cells).await
}

pub(super) async fn lines(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for commit in live {
        for row in &commit.lines {
            visit::put_line(&mut cells, commit.area, &commit.person_no, row);
        }
    }
    insert_all(tx, Insert::into(&visit::LINES), cells).await
}

pub(super) async fn line_moves(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    for commit in live {
        for moved in &commit.line_moves {
            let touched = move_lines(tx, commit, moved).await?;
            if touched != moved.expected {
                return Err(Broken::Conflict(visit::LINES.name));
            }
        }
    }
    Ok(())
}

pub(super) async fn line_amounts(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let sql = "UPDATE fee_lines SET self_paid_fen = $1, over_limit_fen = $2, prior_fen = $3, \
               in_scope_fen = $4 WHERE area = $5 AND person_no = $6 AND visit_id = $7 \
               AND line_no = $8 AND settlement_id = $9 AND status = 'settled'";
    for commit in live {
        for line in &commit.line_amounts {
            let amounts = &line.amounts;
            let mut cells = Cells::default();
            for amount in [
                amounts.self_paid,
                amounts.over_limit,
                amounts.prior,
                amounts.in_scope,
            ] {
                cells.int(amount.get());
            }
            cells.area(commit.area).text(&commit.person_no);
            cells.text(&line.visit_id).text(&line.line_no);
            cells.text(&line.settlement_id);
            update_all(tx, visit::LINES.name, sql.into(), cells, 1).await?;
        }
    }
    Ok(())
}

async fn move_lines(tx: &mut Tx, commit: &Commit, moved: &LineMove) -> Result<u64, Broken> {
    let sql = "UPDATE fee_lines SET status = $1, settlement_id = $2, \
               withdrawn = CASE WHEN $1 = 'cancelled' THEN upload ELSE '' END WHERE area = $3 \
               AND person_no = $4 AND visit_id = $5 AND status = $6 AND settlement_id = $7";
    let cells = || {
        let mut cells = Cells::default();
        cells
            .text(moved.to.0.word())
            .text(&moved.to.1)
            .area(commit.area);
        cells.text(&commit.person_no).text(&moved.visit_id);
        cells.text(moved.from.0.word()).text(&moved.from.1);
        cells
    };
    let failed = |cause| Broken::database(visit::LINES.name, cause);
    match &moved.chosen {
        LinesChosen::All => tx.run(sql.into(), cells()).await.map_err(failed),
        LinesChosen::ChargeBatch(batch) => {
            let mut cells = cells();
            cells.text(batch);
            tx.run(format!("{sql} AND charge_batch = $8"), cells)
                .await
                .map_err(failed)
        }
        LinesChosen::Numbers(numbers) => {
            let mut touched = 0;
            for some in numbers.chunks(NUMBERS) {
                let mut cells = cells();
                some.iter().for_each(|number| {
                    cells.text(number);
                });
                let places: Vec<_> = (8..8 + some.len()).map(|n| format!("${n}")).collect();
                let sql = format!("{sql} AND line_no IN ({})", places.join(","));
                touched += tx.run(sql, cells).await.map_err(failed)?;
            }
            Ok(touched)
        }
    }
}

pub(super) async fn settlements(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let (mut bills, mut funds) = (Cells::default(), Cells::default());
    for commit in live {
        let Some(row) = &commit.settlement else {
            continue;
        };
        bill::put(&mut bills, commit.area, row);
        for fund in &row.funds {
            bill::put_fund(&mut funds, commit.area, row, fund);
        }
    }
    insert_all(tx, Insert::into(&bill::SETTLEMENTS), bills).await?;
    insert_all(tx, Insert::into(&bill::FUNDS), funds).await?;
    for commit in live {
        let Some(row) = commit.settlement.as_ref().filter(|row| row.is_reversal()) else {
            continue;
        };
        let sql = "UPDATE settlements SET reversed_by = $1 WHERE area = $2 AND person_no = $3 \
                   AND settlement_id = $4 AND reversed_by = '' AND original_id = ''";
        let mut cells = Cells::default();
        cells
            .text(&row.settlement_id)
            .area(commit.area)
            .text(&row.person_no);
        cells.text(&row.original_id);
        update_all(tx, bill::SETTLEMENTS.name, sql.into(), cells, 1).await?;
    }
    Ok(())
}

pub(super) async fn requests(tx: &mut Tx, live: &[&Commit]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for commit in live {
        if let Some(row) = &commit.request {
            request::put(&mut cells, commit.area, &commit.person_no, row);
        }
    }
    insert_all(tx, Insert::into(&request::REQUESTS), cells).await?;
    for commit in live {
        let Some(key) = &commit.reversed_request else {
            continue;
        };
        let sql = "UPDATE requests SET state = $1 WHERE area = $2 AND person_no = $3 \
                   AND institution = $4 AND msgid = $5 AND state = $6";
        let mut cells = Cells::default();
        cells
            .text(request::REVERSED)
            .area(commit.area)
            .text(&commit.person_no);
        cells
            .text(&key.institution)
            .text(&key.msgid)
            .text(request::DECIDED);
        update_all(tx, request::REQUESTS.name, sql.into(), cells, 1).await?;
    }
    Ok(())
}

/// Logs every access that happened, also of those that got an old reply or a refusal; a conflict
/// is not logged, because its caller decides again.
pub(super) async fn access_log(tx: &mut Tx, places: &[Place<'_>]) -> Result<(), Broken> {
    let mut cells = Cells::default();
    for place in places {
        let Some(row) = &place.commit.access else {
            continue;
        };
        let result = match &place.answer {
            None | Some(Answer::Done) => row.result.as_str(),
            Some(Answer::Replay(_)) => "replayed",
            Some(Answer::DifferentBody { .. }) => "different_body",
            Some(Answer::Blocked) => "blocked",
            Some(Answer::Conflict { .. }) => continue,
        };
        access::put(
            &mut cells,
            place.commit.area,
            &place.commit.person_no,
            result,
            row,
        );
    }
    insert_all(tx, Insert::into(&access::ACCESS_LOG), cells).await
}
