use std::collections::HashSet;

use terms::AreaCode;

use super::{Broken, Place};
use crate::cell::{Cells, Record};
use crate::engine::Tx;
use crate::rows::{RequestKey, StoredRequest};
use crate::table::{Insert, Kind, Table};
use crate::tables::request::{CLAIMS, Claim, REQUESTS, put_claim, take, take_claim};
use crate::{Answer, Commit, Fault};

/// Claims every message number of the batch; answers those that were used before.
///
/// Returns whether anything was claimed.
pub(super) async fn claim(tx: &mut Tx, places: &mut [Place<'_>]) -> Result<bool, Broken> {
    const CLAIM: Insert = Insert {
        table: &CLAIMS,
        meeting: "ON CONFLICT (area, institution, msgid) DO NOTHING",
        returning: "RETURNING CAST(area AS bigint), institution, msgid",
    };
    let mut claiming: Vec<_> = places
        .iter_mut()
        .filter_map(|place| place.commit.claims().map(|key| (key, place)))
        .collect();
    if claiming.is_empty() {
        return Ok(false);
    }
    claiming.sort_by_key(|(key, place)| (place.commit.area, *key));
    let mut cells = Cells::default();
    for (_, place) in &claiming {
        put(&mut cells, place.commit);
    }
    let fresh = tx
        .insert_returning(CLAIM, cells, &[Kind::Int, Kind::Text, Kind::Text])
        .await
        .map_err(|cause| Broken::database(CLAIMS.name, cause))?;
    let fresh = fresh
        .into_iter()
        .map(key_of)
        .collect::<Result<HashSet<_>, _>>();
    let fresh = fresh.map_err(Broken::Fault)?;
    for (key, place) in claiming {
        let area = i64::from(place.commit.area.get());
        if !fresh.contains(&(area, key.clone())) {
            place.answer = answer_used(tx, place.commit, key).await?;
        }
    }
    Ok(true)
}

fn put<'a>(cells: &mut Cells<'a>, commit: &'a Commit) {
    let (area, person) = (commit.area, &commit.person_no);
    if let Some(request) = &commit.request {
        let hash = Some(request.body_hash.as_str());
        put_claim(cells, area, person, &request.key, hash, request.decided_at);
    } else if let Some((key, at)) = &commit.block {
        put_claim(cells, area, person, key, None, *at);
    }
}

fn key_of(mut record: Record) -> Result<(i64, RequestKey), Fault> {
    let area = record.int()?;
    Ok((
        area,
        RequestKey {
            institution: record.text()?,
            msgid: record.text()?,
        },
    ))
}

/// What to say to a message whose number is taken; nothing if it may go on.
async fn answer_used(
    tx: &mut Tx,
    commit: &Commit,
    key: &RequestKey,
) -> Result<Option<Answer>, Broken> {
    let Some((claim, decided)) = known(tx, commit.area, key).await? else {
        return Err(Broken::Conflict(CLAIMS.name));
    };
    let Some(request) = &commit.request else {
        return match decided {
            Some(_) => Ok(Some(Answer::Conflict {
                over: REQUESTS.name,
            })),
            None if claim.blocked => Ok(None),
            None => block(tx, commit.area, key).await,
        };
    };
    let same = claim.blocked
        || (claim.person_no == commit.person_no && claim.body_hash == request.body_hash);
    match decided {
        Some(stored) => {
            let same = stored.known().is_some_and(|known| {
                known.person_no == commit.person_no && known.request.body_hash == request.body_hash
            });
            let other = || Answer::DifferentBody {
                stored_hash: claim.body_hash.clone(),
            };
            Ok(Some(if same {
                Answer::Replay(stored)
            } else {
                other()
            }))
        }
        None if claim.blocked => Ok(Some(Answer::Blocked)),
        None if same => Ok(None),
        None => Ok(Some(Answer::DifferentBody {
            stored_hash: claim.body_hash,
        })),
    }
}

/// Blocks a number that was claimed but on which nothing was decided.
async fn block(tx: &mut Tx, area: AreaCode, key: &RequestKey) -> Result<Option<Answer>, Broken> {
    let sql = "UPDATE request_claims SET blocked = $1 \
               WHERE area = $2 AND institution = $3 AND msgid = $4";
    let mut cells = Cells::default();
    cells
        .bool(true)
        .area(area)
        .text(&key.institution)
        .text(&key.msgid);
    super::update_all(tx, CLAIMS.name, sql.into(), cells, 1).await?;
    Ok(None)
}

async fn known(
    tx: &mut Tx,
    area: AreaCode,
    key: &RequestKey,
) -> Result<Option<(Claim, Option<StoredRequest>)>, Broken> {
    let mut cells = Cells::default();
    cells.area(area).text(&key.institution).text(&key.msgid);
    let rest = "WHERE area = $1 AND institution = $2 AND msgid = $3";
    let Some(mut record) = read(tx, &CLAIMS, rest, cells).await? else {
        return Ok(None);
    };
    let claim = take_claim(&mut record).map_err(Broken::Fault)?;
    let mut cells = Cells::default();
    cells
        .area(area)
        .text(&claim.person_no)
        .text(&key.institution)
        .text(&key.msgid);
    let rest = "WHERE area = $1 AND person_no = $2 AND institution = $3 AND msgid = $4";
    let decided = read(tx, &REQUESTS, rest, cells).await?;
    let decided = decided.map(|mut record| take(&mut record)).transpose();
    Ok(Some((claim, decided.map_err(Broken::Fault)?)))
}

async fn read(
    tx: &mut Tx,
    table: &'static Table,
    rest: &str,
    cells: Cells<'_>,
) -> Result<Option<Record>, Broken> {
    let sql = format!(
        "SELECT {} FROM {} {rest}",
        tx.dialect().columns(table),
        table.name
    );
    let kinds: Vec<_> = table.columns.iter().map(|(_, kind)| *kind).collect();
    let rows = tx.query(sql, &kinds, cells).await;
    Ok(rows
        .map_err(|cause| Broken::database(table.name, cause))?
        .into_iter()
        .next())
}
