use ::store::DoubtRow;
use money::Fen;
use terms::Date;
use workflow::doubt::{Outcome, Verb};

use super::attach::may_attach;
use super::desk::state_of;
use super::officer::Officer;
use super::release::releasable;
use crate::{App, Error};

/// A move that an officer may make with a doubt now, or why not (可以办理的动作).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The move; amounts, votes and reasons in it are those of an example.
    pub action: Action,
    /// Why this officer may not, though others may: two pairs of eyes, a term that is over.
    pub refused: Option<String>,
}

/// What can be done with a doubt (办理动作).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A move of the procedure.
    Move(Verb),
    /// 退还扣款.
    Release,
    /// 上传附件.
    Attach,
}

/// Refusals that mean that a move is not this officer's at all: it is not offered.
const ELSEWHERE: [&str; 3] = ["doubt_not_here", "doubt_wrong_role", "doubt_not_deducted"];
/// What stands where a reason is asked for, while it is only looked whether there could be a move.
const EXAMPLE: &str = "理由";

impl App {
    /// What the officer may do with a doubt now, in the order of the procedure. Decided by the same
    /// rules as the moves themselves.
    ///
    /// # Errors
    /// [`Error::Bug`] where the row is broken.
    pub fn doubt_offers(&self, officer: &Officer, row: &DoubtRow) -> Result<Vec<Offer>, Error> {
        let on = officer.actor.at.date();
        let mut offers = Vec::new();
        for verb in self.candidates(officer, row, on) {
            let tried = self.tried(officer, row, &verb, on);
            offered(&mut offers, Action::Move(verb), tried)?;
        }
        let left = row.deducted - row.released;
        let tried = releasable(officer, row, left, EXAMPLE);
        if left > Fen::ZERO {
            offered(&mut offers, Action::Release, tried)?;
        }
        if may_attach(officer, row).is_ok() {
            offered(&mut offers, Action::Attach, Ok(()))?;
        }
        Ok(offers)
    }

    fn candidates(&self, officer: &Officer, row: &DoubtRow, on: Date) -> Vec<Verb> {
        let panel = self.doubt_rule(officer.actor.area, &row.scheme, on);
        let votes_for = panel.map_or(0, |rule| rule.panel_size | 1);
        let reason = || EXAMPLE.to_owned();
        let whole = Outcome::Confirm(row.amount);
        let of_panel = |outcome| Verb::PanelDecide {
            outcome,
            votes_for,
            votes_against: 0,
        };
        vec![
            Verb::Publish,
            Verb::Dismiss { reason: reason() },
            Verb::AgreeDismissal,
            Verb::ReturnToReview,
            Verb::Accept,
            Verb::Appeal { reason: reason() },
            Verb::Extend,
            Verb::Decide(whole),
            Verb::Decide(Outcome::Dismiss),
            Verb::Refer,
            of_panel(whole),
            of_panel(Outcome::Dismiss),
            Verb::HandOver,
            Verb::Deduct,
        ]
    }

    fn tried(&self, officer: &Officer, row: &DoubtRow, verb: &Verb, on: Date) -> Result<(), Error> {
        let mover = officer.mover(verb, state_of(row)?)?;
        self.next_of(officer.actor.area, row, verb, &mover, on)
            .map(|_| ())
    }
}

fn offered(offers: &mut Vec<Offer>, action: Action, tried: Result<(), Error>) -> Result<(), Error> {
    let refused = match tried {
        Ok(()) => None,
        Err(Error::Refused { code, .. }) if ELSEWHERE.contains(&code) => return Ok(()),
        Err(Error::Denied(_)) => return Ok(()),
        Err(error @ Error::Refused { .. }) => Some(error.to_string()),
        Err(error) => return Err(error),
    };
    offers.push(Offer { action, refused });
    Ok(())
}
