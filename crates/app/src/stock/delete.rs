use store::TraceEventRow;
use store::{CodeChange, Commit, StockChange, StockFilter, StockRecordRow, TraceCodeRow};

use super::codes::Standing;
use super::goods::{StockKind, month_sums};
use crate::{App, Call, Decided, Error};

/// Lines of one batch, at most.
const MOST_LINES: usize = 10_000;

/// Which goods to take back: a batch of one kind of upload (商品信息删除).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    /// The institution's batch number.
    pub batch: String,
    /// The uploads meant: a sale with its returns, a purchase with its returns.
    pub kinds: Vec<StockKind>,
}

/// What became of a batch that was to be taken back (删除结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted<'a> {
    /// The batch.
    pub goods: &'a Goods,
    /// How many lines were taken back.
    pub lines: usize,
    /// Why none was.
    pub fault: Option<String>,
}

/// Takes back what an institution told of its goods (商品信息删除).
///
/// The lines stay, marked; months and boxes are as if they had never been told. A box whose bill
/// was settled stays sold until the bill is taken back.
///
/// # Errors
/// A refusal where a batch has no such lines, unless `singly`: then it is named in the reply.
pub async fn delete_goods<E>(
    app: &App,
    call: &Call,
    batches: &[Goods],
    singly: bool,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&[Deleted<'_>]) -> Result<Vec<u8>, Error>,
{
    for _ in 0..crate::perform::ATTEMPTS {
        let mut rows = Vec::new();
        let mut done = Vec::with_capacity(batches.len());
        for goods in batches {
            let found = find(app, call, goods).await?;
            let known = |row: &StockRecordRow| {
                let same = |other: &StockRecordRow| other.record_id == row.record_id;
                rows.iter().any(same)
            };
            let fresh: Vec<StockRecordRow> = found.into_iter().filter(|row| !known(row)).collect();
            let missing = || format!("批次“{}”没有可删除的此类记录", goods.batch);
            let fault = fresh.is_empty().then(missing);
            if let Some(message) = fault.clone().filter(|_| !singly) {
                let error = Error::refused("nothing_to_delete", message);
                return app.replay_or(call, error).await;
            }
            done.push(Deleted {
                goods,
                lines: fresh.len(),
                fault,
            });
            rows.extend(fresh);
        }
        let codes = sold_codes(&rows)?;
        let standing = app.standing(call, &codes).await?;
        let decided = Decided {
            commit: commit(app, call, &rows, (&codes, &standing)),
            reply: encode(&done)?,
            settlement: String::new(),
        };
        if let Some(reply) = app.record_message(call, None, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

async fn find(app: &App, call: &Call, goods: &Goods) -> Result<Vec<StockRecordRow>, Error> {
    let filter = StockFilter {
        kinds: goods.kinds.iter().map(|kind| kind.word()).collect(),
        batch: Some(goods.batch.clone()),
        ..StockFilter::default()
    };
    let institution = &call.institution.code;
    let found = app
        .store
        .stock_records(call.area, institution, &filter, MOST_LINES);
    Ok(found.await?)
}

/// The boxes of the sales among the lines, each once.
fn sold_codes(rows: &[StockRecordRow]) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| row.kind == StockKind::Sale.word()) {
        let codes: Vec<String> = serde_json::from_str(&row.codes)
            .map_err(|cause| Error::Bug(format!("goods {}: {cause}", row.record_id)))?;
        all.extend(codes);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn commit(
    app: &App,
    call: &Call,
    rows: &[StockRecordRow],
    (codes, standing): (&[String], &Standing),
) -> Commit {
    let mut commit = Commit::new(call.area, call.institution.code.as_str());
    commit.stock = Some(StockChange {
        records: Vec::new(),
        deleted: rows.iter().map(|row| row.record_id.clone()).collect(),
        months: month_sums(rows, -1),
    });
    let mut change = CodeChange::default();
    let own = |row: &&TraceCodeRow| {
        let unbilled = row.settlement_id.is_empty();
        row.sold && row.institution == call.institution.code && unbilled
    };
    for row in codes
        .iter()
        .filter_map(|code| standing.row(code))
        .filter(own)
    {
        change.events.push(TraceEventRow {
            code: row.code.clone(),
            event_id: app.numbers.named("T"),
            kind: "deleted".to_owned(),
            institution: row.institution.clone(),
            sale: row.visit_id.clone(),
            record_id: String::new(),
            item_code: row.item_code.clone(),
            split: row.split,
            contested: false,
            happened_at: call.at,
            recorded_at: call.at,
        });
        change.freed.push(TraceCodeRow {
            version: row.version + 1,
            sold: false,
            awaits_bill: false,
            ..row.clone()
        });
    }
    commit.codes = (!change.freed.is_empty()).then_some(change);
    commit
}
