use std::collections::BTreeSet;

use store::{CodeChange, Commit, StockChange, TraceCodeRow, TraceEventRow};

use super::codes::{SaleOf, Standing};
use super::goods::{NewGoods, StockKind, month_sums};
use crate::{App, Call, Decided, Error};

/// What became of a line that was told (上传结果).
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// The line.
    pub goods: &'a NewGoods,
    /// Its number here; empty where it was not taken.
    pub record: String,
    /// Why it was not taken.
    pub fault: Option<String>,
    /// What the institution should know though it was taken: a box sold before.
    pub notes: Vec<String>,
}

/// Takes in what an institution tells of its goods (进销存上传).
///
/// A sale of a box that was sold before is taken in too, for what happened happened; it is marked,
/// and its bill will not be settled. With `singly` faulty lines are left out and named, otherwise
/// the first one refuses the message.
///
/// # Errors
/// A refusal where a line contradicts itself, or none can be taken.
pub async fn tell_goods<E>(
    app: &App,
    call: &Call,
    goods: &[NewGoods],
    singly: bool,
    encode: E,
) -> Result<Vec<u8>, Error>
where
    E: Fn(&[Told<'_>]) -> Result<Vec<u8>, Error>,
{
    let codes: BTreeSet<&str> = goods
        .iter()
        .flat_map(|one| one.codes.iter().map(|code| code.code.as_str()))
        .collect();
    let codes: Vec<String> = codes.into_iter().map(str::to_owned).collect();
    for _ in 0..crate::perform::ATTEMPTS {
        let standing = app.standing(call, &codes).await?;
        let decided = match decide(app, call, goods, singly, &standing, &encode) {
            Ok(decided) => decided,
            Err(error) => return app.replay_or(call, error).await,
        };
        if let Some(reply) = app.record_message(call, None, decided).await? {
            return Ok(reply);
        }
    }
    Err(Error::Busy)
}

fn decide<E>(
    app: &App,
    call: &Call,
    goods: &[NewGoods],
    singly: bool,
    standing: &Standing,
    encode: &E,
) -> Result<Decided, Error>
where
    E: Fn(&[Told<'_>]) -> Result<Vec<u8>, Error>,
{
    let mut told = Vec::with_capacity(goods.len());
    let mut stock = StockChange::default();
    let mut codes = Boxes {
        app,
        call,
        standing,
        change: CodeChange::default(),
        seen: BTreeSet::new(),
    };
    for one in goods {
        let mut line = Told {
            goods: one,
            record: String::new(),
            fault: None,
            notes: Vec::new(),
        };
        match one.check(call) {
            Err(error) if singly => line.fault = Some(error.to_string()),
            Err(error) => return Err(error),
            Ok(()) => {
                line.record = app.numbers.named("G");
                line.notes = codes.line(one, &line.record);
                stock.records.push(one.row(call, line.record.clone()));
            }
        }
        told.push(line);
    }
    stock.months = month_sums(&stock.records, 1);
    let reply = encode(&told)?;
    let mut commit = Commit::new(call.area, call.institution.code.as_str());
    commit.stock = Some(stock);
    let change = codes.change;
    commit.codes = (change != CodeChange::default()).then_some(change);
    Ok(Decided {
        commit,
        reply,
        settlement: String::new(),
    })
}

/// The boxes of an upload, line by line.
struct Boxes<'a> {
    app: &'a App,
    call: &'a Call,
    standing: &'a Standing,
    change: CodeChange,
    /// Codes of this message already changed.
    seen: BTreeSet<&'a str>,
}

impl<'a> Boxes<'a> {
    /// Notes what happens to the boxes of a line; returns what the institution should know.
    fn line(&mut self, goods: &'a NewGoods, record: &str) -> Vec<String> {
        let mut notes = Vec::new();
        for code in &goods.codes {
            let text = code.code.as_str();
            let fresh = self.seen.insert(text);
            let note = match goods.kind {
                StockKind::Sale if fresh => self.sell(goods, text),
                StockKind::SaleReturn if fresh => self.take_back(goods, text),
                StockKind::Sale | StockKind::SaleReturn => {
                    Some(format!("追溯码“{text}”在本次上传中重复"))
                }
                _ => None,
            };
            self.event(goods, text, record, note.is_some());
            notes.extend(note);
        }
        notes
    }

    fn sell(&mut self, goods: &NewGoods, code: &str) -> Option<String> {
        let visits = [goods.visit.clone()];
        let sale = SaleOf {
            institution: &self.call.institution.code,
            person: &goods.person,
            visits: &visits,
            settlement: &goods.settlement,
            message: "",
            is_bill: false,
        };
        if let Some(first) = self.standing.against(code, goods.split, sale) {
            return Some(self.app.told_of(first));
        }
        let known = self.standing.row(code).filter(|row| row.sold);
        // The bill has been settled; its sale stands as it is.
        if known.is_some_and(|row| sale.is(row) && !row.settlement_id.is_empty()) {
            return None;
        }
        let message = self.call.message.as_ref();
        self.change.sold.push(TraceCodeRow {
            code: code.to_owned(),
            version: self.standing.next_version(code),
            sold: true,
            split: goods.split,
            awaits_bill: goods.insured && goods.settlement.is_empty(),
            institution: self.call.institution.code.clone(),
            person: goods.person.clone(),
            visit_id: goods.visit.clone(),
            settlement_id: String::new(),
            msgid: message.map_or_else(String::new, |message| message.number.clone()),
            item_code: goods.item_code.clone(),
            sold_at: goods.at,
        });
        None
    }

    fn take_back(&mut self, goods: &NewGoods, code: &str) -> Option<String> {
        let institution = &self.call.institution.code;
        let row = self.standing.row(code).filter(|row| row.sold);
        let Some(row) = row.filter(|row| row.institution == *institution) else {
            return Some(format!("追溯码“{code}”没有本机构的销售记录"));
        };
        self.change.freed.push(TraceCodeRow {
            version: row.version + 1,
            sold: false,
            awaits_bill: false,
            sold_at: goods.at,
            ..row.clone()
        });
        None
    }

    fn event(&mut self, goods: &NewGoods, code: &str, record: &str, contested: bool) {
        let sale = if goods.settlement.is_empty() {
            &goods.visit
        } else {
            &goods.settlement
        };
        self.change.events.push(TraceEventRow {
            code: code.to_owned(),
            event_id: self.app.numbers.named("T"),
            kind: goods.kind.word().to_owned(),
            institution: self.call.institution.code.clone(),
            sale: sale.clone(),
            record_id: record.to_owned(),
            item_code: goods.item_code.clone(),
            split: goods.split,
            contested,
            happened_at: goods.at,
            recorded_at: self.call.at,
        });
    }
}
