use std::sync::Arc;

use ::settlement::{Line, StepKind, assess};
use jiff::civil::Date;
use money::{Fen, Price, Quantity, Ratio};
use policy::{CatalogueItem, ItemTerms};
use terms::{FundType, ItemClass, ItemKind, Word};

use super::PersonView;
use crate::{App, Call, Error, VisitInput};

/// What a person is entitled to for one kind of care (待遇享受检查).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// The period of cover it rests on.
    pub period: Option<(Date, Option<Date>)>,
    /// The funds that would pay, in the order of the layers.
    pub funds: Vec<FundType>,
    /// What stands against it, in 中文.
    pub reason: Option<String>,
}

/// What the person would bring: enough for every layer to have something to look at.
const PROBE: Fen = Fen::yuan(10_000);

impl PersonView {
    /// Finds out what care of a kind would give, by settling an imagined bill that no one keeps.
    ///
    /// # Errors
    /// Faults only; that there is no entitlement is an answer.
    pub fn entitlement(
        &self,
        app: &App,
        call: &Call,
        visit: &VisitInput,
    ) -> Result<Entitlement, Error> {
        let desk = self.desk(app, call);
        let mut found = Entitlement {
            period: None,
            funds: Vec::new(),
            reason: None,
        };
        let day = visit.dates.admission;
        let cover = match desk.cover(visit.scheme, day) {
            Ok(cover) => cover,
            Err(error) if error.is_decided() => {
                found.reason = Some(error.to_string());
                return Ok(found);
            }
            Err(error) => return Err(error),
        };
        found.period = Some((cover.row.starts_on, cover.row.ends_on));
        let mut bill = desk.bill(visit)?;
        bill.lines = vec![probe(day)];
        match assess(&bill, desk.law(bill.scheme)?) {
            Ok(outcome) => {
                for layer in &outcome.layers {
                    if !found.funds.contains(&layer.payer) {
                        found.funds.push(layer.payer);
                    }
                }
                found.reason = outcome.trace.iter().find_map(|step| match &step.kind {
                    StepKind::Gate { message } => Some(message.clone()),
                    _ => None,
                });
            }
            Err(refusal) => found.reason = Some(refusal.to_string()),
        }
        Ok(found)
    }
}

/// An item of the first class that no catalogue knows.
fn probe(day: Date) -> Line {
    let terms = ItemTerms {
        from: day,
        to: None,
        schemes: None,
        grades: None,
        class: ItemClass::A,
        prior: Ratio::ZERO,
        ceiling: None,
    };
    let item = CatalogueItem {
        code: Word::new(""),
        name: String::new(),
        kind: ItemKind::Service,
        groups: Vec::new(),
        charge_category: String::new(),
        unit: String::new(),
        specification: String::new(),
        terms: vec![terms],
        restrictions: Vec::new(),
    };
    Line {
        number: 1,
        item: Some(Arc::new(item)),
        served: day,
        price: Price::new(PROBE.get() * 10_000),
        quantity: Quantity::new(10_000),
        amount: PROBE,
        outside_indication: false,
    }
}
