use std::collections::BTreeSet;

use policy::{CodeDuty, SecondSaleRule, TraceRule};
use stock::Scan;
use store::{CodeChange, Context, StockFilter, TraceCodeRow, TraceEventRow};
use terms::Scheme;

use super::codes::{LineCode, SaleOf, Standing};
use super::goods::StockKind;
use crate::facts::Desk;
use crate::settlement::Settled;
use crate::visit::{NewLine, VisitDetail};
use crate::{App, Call, Error};

/// Codes told of a visit before its bill, at most.
const MOST_SCANS: usize = 5_000;

/// Where the codes of a bill are to be found.
pub(crate) enum CodesOf<'a> {
    /// In the lines of the message.
    Lines(&'a [NewLine]),
    /// In the uploads of goods told of the visit.
    Visit,
}

/// A box on a bill.
#[derive(Debug, Clone)]
struct BillCode {
    code: LineCode,
    /// The line, where the message names it.
    line: String,
    /// The item, where an upload named it.
    item: String,
}

/// The boxes of a bill with what stands on them (账单追溯码).
#[derive(Debug, Default)]
pub(crate) struct BillCodes {
    codes: Vec<BillCode>,
    standing: Standing,
    /// The numbers the visit is known by.
    visits: Vec<String>,
}

impl App {
    /// Reads the boxes of a bill and what stands on them.
    pub(crate) async fn bill_codes(
        &self,
        call: &Call,
        context: &Context,
        of: &CodesOf<'_>,
    ) -> Result<BillCodes, Error> {
        let mut bill = BillCodes::default();
        match of {
            CodesOf::Lines(lines) => {
                for line in *lines {
                    bill.codes
                        .extend(line.note.codes.iter().map(|code| BillCode {
                            code: code.clone(),
                            line: line.number.clone(),
                            item: line.item_code.clone(),
                        }));
                }
            }
            CodesOf::Visit => self.read_uploads(call, context, &mut bill).await?,
        }
        let codes: Vec<String> = bill.texts();
        bill.standing = self.standing(call, &codes).await?;
        Ok(bill)
    }

    /// The codes an institution told of a visit and did not take back.
    async fn read_uploads(
        &self,
        call: &Call,
        context: &Context,
        bill: &mut BillCodes,
    ) -> Result<(), Error> {
        let Some(visit) = &context.visit else {
            return Ok(());
        };
        bill.visits.push(visit.visit_id.clone());
        let detail: Option<VisitDetail> = serde_json::from_str(&visit.detail).ok();
        let local = detail.map(|detail| detail.local_number).unwrap_or_default();
        bill.visits
            .extend(Some(local).filter(|local| !local.is_empty()));
        let filter = StockFilter {
            kinds: vec![StockKind::Sale.word(), StockKind::SaleReturn.word()],
            visits: bill.visits.clone(),
            // The institution's own numbers begin anew now and then.
            from: Some(visit.started_at.date().at(0, 0, 0, 0)),
            ..StockFilter::default()
        };
        let found = self
            .store
            .stock_records(call.area, &visit.institution, &filter, MOST_SCANS);
        for row in found.await? {
            if !row.person.is_empty() && row.person != context.person.person_no {
                continue;
            }
            let codes: Vec<String> = serde_json::from_str(&row.codes)
                .map_err(|cause| Error::Bug(format!("goods {}: {cause}", row.record_id)))?;
            let returned = row.kind == StockKind::SaleReturn.word();
            for code in codes {
                bill.codes.retain(|known| known.code.code != code);
                if !returned {
                    let split = row.split;
                    bill.codes.push(BillCode {
                        code: LineCode { code, split },
                        line: String::new(),
                        item: row.item_code.clone(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl BillCodes {
    /// The codes, each once.
    fn texts(&self) -> Vec<String> {
        let codes: BTreeSet<&str> = self
            .codes
            .iter()
            .map(|one| one.code.code.as_str())
            .collect();
        codes.into_iter().map(str::to_owned).collect()
    }

    /// Refuses a bill over a box sold before, and one that should have been scanned; what is only
    /// to be reminded of is returned.
    ///
    /// # Errors
    /// A refusal that says where and when the box was sold first.
    pub fn check(&self, desk: &Desk<'_>, settled: &Settled<'_>) -> Result<Vec<String>, Error> {
        let Some(rule) = rule_of(desk, settled.bill.scheme)? else {
            return Ok(Vec::new());
        };
        self.refuse_twice()?;
        let mut notes = Vec::new();
        for one in &self.codes {
            let (code, split) = (one.code.code.as_str(), one.code.split);
            let sale = self.sale(desk);
            let Some(first) = self.standing.against(code, split, sale) else {
                continue;
            };
            let line = if one.line.is_empty() {
                String::new()
            } else {
                format!("（明细{}）", one.line)
            };
            let sentence = format!("{}，不能再次结算{line}", desk.app.told_of(first));
            match rule.second_sale {
                SecondSaleRule::Refuse => return Err(Error::refused("sold_before", sentence)),
                SecondSaleRule::Note => notes.push(sentence),
            }
        }
        notes.extend(self.unscanned(rule, settled)?);
        Ok(notes)
    }

    /// One box, whole, cannot be on two lines of one bill.
    fn refuse_twice(&self) -> Result<(), Error> {
        for (place, one) in self.codes.iter().enumerate() {
            let before = self.codes[..place].iter();
            let mut same = before.filter(|other| other.code.code == one.code.code);
            if same.any(|other| !(other.code.split && one.code.split)) {
                let message = format!("追溯码“{}”在本次账单中出现两次", one.code.code);
                return Err(Error::refused("code_twice", message));
            }
        }
        Ok(())
    }

    fn unscanned(&self, rule: &TraceRule, settled: &Settled<'_>) -> Result<Option<String>, Error> {
        let lines = settled.lines.iter().zip(&settled.bill.lines);
        let scans: Vec<Scan<'_>> = lines
            .map(|(sent, known)| Scan {
                line: &sent.number,
                item: &sent.item_code,
                kind: known.item.as_ref().map(|item| item.kind),
                codes: self.of_line(sent),
            })
            .collect();
        let place = settled.bill.institution.kind;
        let (duty, missing) = stock::missing_codes(rule, place, &scans);
        if missing.is_empty() {
            return Ok(None);
        }
        let message = format!("明细{}的药品没有扫追溯码", missing.join("、"));
        match duty {
            CodeDuty::Refuse => {
                let message = format!("{message}，按规定扫码后方可结算");
                Err(Error::refused("not_scanned", message))
            }
            CodeDuty::Remind | CodeDuty::None => Ok(Some(message)),
        }
    }

    /// How many codes there are for a line: named by the line, or told of its item.
    fn of_line(&self, line: &NewLine) -> usize {
        let fits = |one: &&BillCode| match one.line.as_str() {
            "" => one.item == line.item_code,
            number => number == line.number,
        };
        self.codes.iter().filter(fits).count()
    }

    fn sale<'a>(&'a self, desk: &Desk<'a>) -> SaleOf<'a> {
        let message = desk.call.message.as_ref();
        SaleOf {
            institution: &desk.call.institution.code,
            person: &desk.context.person.person_no,
            visits: &self.visits,
            settlement: "",
            message: message.map_or("", |message| message.number.as_str()),
            is_bill: true,
        }
    }

    /// The codes as the settlement's archive keeps them.
    pub fn kept(&self) -> Vec<String> {
        self.texts()
    }

    /// The boxes as sold by a settlement; one that may not be sold stays with its first sale.
    pub fn sold_by(&self, desk: &Desk<'_>, settled: &Settled<'_>) -> Option<CodeChange> {
        if self.codes.is_empty() {
            return None;
        }
        let (call, sale) = (desk.call, self.sale(desk));
        let mut change = CodeChange::default();
        let mut seen = BTreeSet::new();
        for one in &self.codes {
            let (code, split) = (one.code.code.as_str(), one.code.split);
            if !seen.insert(code) {
                continue;
            }
            let contested = self.standing.against(code, split, sale).is_some();
            change.events.push(TraceEventRow {
                code: code.to_owned(),
                event_id: desk.app.numbers.named("T"),
                kind: "settled".to_owned(),
                institution: call.institution.code.clone(),
                sale: settled.id.clone(),
                record_id: String::new(),
                item_code: one.item.clone(),
                split,
                contested,
                happened_at: call.at,
                recorded_at: call.at,
            });
            if !contested {
                change.sold.push(TraceCodeRow {
                    code: code.to_owned(),
                    version: self.standing.next_version(code),
                    sold: true,
                    split,
                    awaits_bill: false,
                    institution: call.institution.code.clone(),
                    person: sale.person.to_owned(),
                    visit_id: settled.bill.visit.id.as_str().to_owned(),
                    settlement_id: settled.id.clone(),
                    msgid: sale.message.to_owned(),
                    item_code: one.item.clone(),
                    sold_at: call.at,
                });
            }
        }
        Some(change)
    }
}

/// The rule about codes on the day of the request, where the scheme has one.
fn rule_of<'a>(desk: &Desk<'a>, scheme: Scheme) -> Result<Option<&'a TraceRule>, Error> {
    let (app, area) = (desk.app, desk.call.area);
    let law = app.law.scheme(area, scheme)?;
    let day = desk.call.at.date();
    let mut rules = law.traces.iter().filter_map(|topic| topic.on(day));
    Ok(rules.next().map(|(rule, _)| rule))
}

/// The boxes a reversal frees: those its settlement sold and nobody else since.
pub(crate) fn freed_by(
    desk: &Desk<'_>,
    settlement: &str,
    held: &[TraceCodeRow],
) -> Option<CodeChange> {
    let own = held
        .iter()
        .filter(|row| row.sold && row.settlement_id == settlement);
    let mut change = CodeChange::default();
    for row in own {
        change.events.push(TraceEventRow {
            code: row.code.clone(),
            event_id: desk.app.numbers.named("T"),
            kind: "reversed".to_owned(),
            institution: row.institution.clone(),
            sale: settlement.to_owned(),
            record_id: String::new(),
            item_code: row.item_code.clone(),
            split: row.split,
            contested: false,
            happened_at: desk.call.at,
            recorded_at: desk.call.at,
        });
        change.freed.push(TraceCodeRow {
            version: row.version + 1,
            sold: false,
            awaits_bill: false,
            ..row.clone()
        });
    }
    (!change.freed.is_empty()).then_some(change)
}
