use std::sync::Arc;

use demo_maker::Bill;
use money::Fen;
use terms::{CareType, ItemKind};
use wire::client::{Amounts, Answer, FeeLine, Message, Orders, Patient, Sale};

use super::visit::{diagnoses, doctor};
use super::{Desk, Trouble};

/// A bill that went through (已结算).
#[derive(Debug, Clone)]
pub struct Settled {
    /// The bill.
    pub bill: Arc<Bill>,
    /// 就诊编号.
    pub visit: String,
    /// 结算编号.
    pub settlement: String,
    /// The institution's own number of the bill.
    pub own_number: String,
    /// Who pays.
    pub amounts: Amounts,
}

/// The lines of a bill as they are sent, each with a number made from the bill's own.
pub(super) struct Lines<'b> {
    bill: &'b Bill,
    numbers: Vec<(String, String)>,
    days_per_pack: u32,
}

impl<'b> Lines<'b> {
    pub fn of(bill: &'b Bill, own_number: &str, days_per_pack: u32) -> Self {
        let named = bill.lines.iter().enumerate();
        let numbers = named.map(|(order, line)| {
            (
                format!("{own_number}{:04}", order + 1),
                format!("Y{:06}", line.index + 1),
            )
        });
        Self {
            numbers: numbers.collect(),
            bill,
            days_per_pack,
        }
    }

    pub fn sent(&self) -> Vec<FeeLine<'_>> {
        let pairs = self.bill.lines.iter().zip(&self.numbers);
        let sent = pairs.map(|(line, (number, local_item))| FeeLine {
            number,
            item: &line.item.code,
            local_item,
            quantity: line.quantity,
            price: line.price,
            amount: line.amount,
            served: line.served,
            days: match line.item.kind {
                ItemKind::Drug => line.quantity * self.days_per_pack,
                _ => 0,
            },
        });
        sent.collect()
    }
}

impl Desk {
    /// Plays a bill to its end, whatever kind it is.
    ///
    /// # Errors
    /// What the centre refused, or that it fell silent; what had been opened is closed again where
    /// the centre lets it.
    pub async fn play(&mut self, bill: &Arc<Bill>) -> Result<Settled, Trouble> {
        match bill.care {
            CareType::Pharmacy => self.play_sale(bill).await,
            care if care.is_stay() => self.play_stay(bill).await,
            _ => self.play_visit(bill).await,
        }
    }

    /// Asks what is doubtful about the orders of a bill, and gives none of them.
    ///
    /// # Errors
    /// As [`Desk::play`].
    pub async fn ask(&mut self, bill: &Bill) -> Result<(), Trouble> {
        let own_number = self.own_number();
        let (lines, diagnoses) = (self.lines(bill, &own_number), diagnoses(bill));
        let person = &bill.person;
        let orders = Orders {
            patient: self.patient(person),
            sex: person.sex,
            birth: person.born,
            visit: &own_number,
            care: bill.care,
            begin: bill.begin,
            doctor: doctor(bill),
            diagnosis: diagnoses[0],
            lines: &lines.sent(),
        };
        let message = self.sender().ask_before(&orders, self.now());
        let answer = self.send(&message).await?;
        self.record.found(answer.found);
        Ok(())
    }

    pub(super) fn lines<'b>(&self, bill: &'b Bill, own_number: &str) -> Lines<'b> {
        Lines::of(bill, own_number, self.setting.days_per_pack)
    }

    /// Takes a settled bill back, with everything that led to it.
    ///
    /// # Errors
    /// As [`Desk::play`].
    pub async fn take_back(&mut self, settled: &Settled) -> Result<(), Trouble> {
        match settled.bill.care {
            CareType::Pharmacy => self.take_back_sale(settled).await,
            care if care.is_stay() => self.take_back_stay(settled).await,
            _ => self.take_back_visit(settled).await,
        }
    }

    async fn play_sale(&mut self, bill: &Arc<Bill>) -> Result<Settled, Trouble> {
        let own_number = self.own_number();
        let lines = self.lines(bill, &own_number);
        let sale = Sale {
            patient: self.patient(&bill.person),
            care: bill.care,
            disease: "",
            at: bill.end,
            total: bill.total(),
            use_account: bill.use_account,
            lines: &lines.sent(),
        };
        let message = self.sender().sell(&sale, self.now());
        let answer = self.settle(&sale.patient, &message).await?;
        self.settled(bill, own_number, answer)
    }

    async fn take_back_sale(&mut self, settled: &Settled) -> Result<(), Trouble> {
        let patient = self.patient(&settled.bill.person);
        let (visit, id) = (&settled.visit, &settled.settlement);
        let message = self
            .sender()
            .take_back_sale(&patient, visit, id, self.now());
        let answer = self.send(&message).await?;
        self.must_undo(settled, &answer);
        Ok(())
    }

    /// Sends a message that settles. Where no answer comes it is sent once more under its number,
    /// which cannot settle twice; after a second silence it is taken back.
    pub(super) async fn settle(
        &mut self,
        patient: &Patient<'_>,
        message: &Message,
    ) -> Result<Answer, Trouble> {
        match self.send(message).await {
            Err(Trouble::Silent(_)) => {}
            decided => return decided,
        }
        match self.send(message).await {
            Err(Trouble::Silent(what)) => {
                let taken_back = self.sender().compensate(patient, message, self.now());
                if let Err(trouble) = self.send(&taken_back).await {
                    tracing::debug!(%trouble, "a message could not be taken back");
                }
                Err(Trouble::Silent(what))
            }
            decided => decided,
        }
    }

    /// What is kept of an accepted settlement.
    pub(super) fn settled(
        &mut self,
        bill: &Arc<Bill>,
        own_number: String,
        answer: Answer,
    ) -> Result<Settled, Trouble> {
        let amounts = answer.amounts.unwrap_or_default();
        if answer.settlement.is_empty() || amounts.total != bill.total() {
            let broken = "结算应答没有编号或总额不同";
            *self.record.violations.entry(broken).or_default() += 1;
        }
        Ok(Settled {
            bill: Arc::clone(bill),
            visit: answer.visit,
            settlement: answer.settlement,
            own_number,
            amounts,
        })
    }

    /// A settlement taken back must come with the same amounts below zero.
    pub(super) fn must_undo(&mut self, settled: &Settled, answer: &Answer) {
        let back = answer.amounts.unwrap_or_default();
        let sums = |amounts: &Amounts| [amounts.total, amounts.funds, amounts.personal];
        let pairs = sums(&back).into_iter().zip(sums(&settled.amounts));
        if pairs
            .map(|(one, other)| one + other)
            .any(|sum| sum != Fen::ZERO)
        {
            let broken = "撤销金额不是原金额的负数";
            *self.record.violations.entry(broken).or_default() += 1;
        }
    }
}
