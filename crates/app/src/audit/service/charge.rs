//! What a page of people is judged by, with the bill of every line.

use std::collections::HashMap;

use ::store::{AuditBill, AuditRecord, AuditVisit};
use jiff::civil::{Date, date};
use lines::{Data, Intake, LineRow, Moment, VisitRow};

use terms::AreaCode;

use crate::audit::intake::{AuditIntake, line_key};
use crate::{App, Error};

/// Lines whose visit has several bills, by key: their settlement and the day of it.
pub(super) type Bills = HashMap<String, (String, Date)>;

/// A batch on its way to the rules (待审数据).
pub(super) struct Charge {
    intake: AuditIntake,
    bills: Bills,
}

impl Charge {
    pub fn new(app: &App) -> Self {
        Self {
            intake: AuditIntake::new(app),
            bills: Bills::new(),
        }
    }

    /// Takes a person; answers how many bills and lines were settled within the period.
    pub fn push(&mut self, record: &AuditRecord, period: (Date, Date)) -> (i64, i64) {
        self.intake.push(record);
        let (mut bills, mut lines) = (0, 0);
        for visit in &record.visits {
            let inside = |bill: &&AuditBill| {
                let day = bill.settled_at.date();
                period.0 <= day && day <= period.1
            };
            for bill in visit.bills.iter().filter(inside) {
                bills += 1;
                let own = visit.lines.iter();
                lines += super::super::record::count(
                    own.filter(|line| line.settlement_id == bill.settlement)
                        .count(),
                );
            }
            if visit.bills.len() > 1 {
                self.note_bills(visit);
            }
        }
        (bills, lines)
    }

    /// Adds what institutions told beside their bills.
    pub async fn take_feeds(
        &mut self,
        app: &App,
        area: AreaCode,
        days: (Date, Date),
    ) -> Result<(), Error> {
        self.intake.take_feeds(app, area, days).await
    }

    fn note_bills(&mut self, visit: &AuditVisit) {
        for line in &visit.lines {
            let own = |bill: &&AuditBill| bill.settlement == line.settlement_id;
            if let Some(bill) = visit.bills.iter().find(own) {
                let key = line_key(&line.visit_id, &line.line_no);
                let day = bill.settled_at.date();
                self.bills.insert(key, (bill.settlement.clone(), day));
            }
        }
    }

    pub fn finish(self) -> (Intake, Bills) {
        (self.intake.finish(), self.bills)
    }
}

/// A batch of one made-up line that is never judged: the rules that work on it are those that work
/// on every batch of this service, however few people a page has.
pub(super) fn probe(app: &App) -> Intake {
    let mut intake = AuditIntake::new(app);
    let begin = crate::audit::intake::moment_of(date(2000, 1, 1).at(8, 0, 0, 0));
    intake.intake.visit(&VisitRow {
        id: "-",
        person: "-",
        provider: "-",
        begin,
        end: Moment::default(),
        diagnoses: Some(""),
        ..VisitRow::default()
    });
    intake.block.push(&LineRow {
        id: "-",
        visit: "-",
        item: "-",
        time: begin,
        in_scope: Some(money::Fen::ZERO),
        ..LineRow::default()
    });
    intake.finish()
}

/// A batch put in order, with its bills.
pub(super) struct Charged {
    pub data: Data,
    pub bills: Bills,
}
