use money::Fen;
use policy::{DoubtRule, WorkCalendar};
use terms::Date;

use super::{Doubt, Mover, Outcome, Refusal, Role, State, Verb};

/// Where a doubt goes (下一步).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The new state.
    pub state: State,
    /// Until when it must be left; `None` where no clock runs.
    pub due: Option<Date>,
    /// What is confirmed of the fund's money, when this move confirms.
    pub confirmed: Option<Fen>,
}

/// Moves a doubt (疑点流转), or says why it stays where it is.
///
/// Two pairs of eyes (supervision.md §1): who reviewed first does not review again, and a larger
/// amount is dismissed by a second person. A notice that nobody answers is confirmed by its clock.
///
/// # Errors
/// A [`Refusal`]; nothing has moved.
pub fn advance(
    doubt: &Doubt,
    verb: &Verb,
    mover: &Mover,
    on: Date,
    (rule, calendar): (&DoubtRule, &WorkCalendar),
) -> Result<Next, Refusal> {
    let (state, confirmed) = target(doubt, verb, mover, on, rule)?;
    let days = match verb {
        Verb::Extend => Some(rule.appeal_extension_days),
        _ => state.term(rule),
    };
    let from = match (verb, doubt.due) {
        (Verb::Extend, Some(due)) => due,
        _ => on,
    };
    let due = days.map(|days| calendar.nth_working_day_after(from, days));
    Ok(Next {
        state,
        due: due.transpose()?,
        confirmed,
    })
}

type Target = (State, Option<Fen>);

fn target(
    doubt: &Doubt,
    verb: &Verb,
    mover: &Mover,
    on: Date,
    rule: &DoubtRule,
) -> Result<Target, Refusal> {
    match doubt.state {
        state if *verb == Verb::Withdraw && state.is_before_notice() => {
            needs(verb, Role::Clock, mover).map(|()| (State::Withdrawn, None))
        }
        State::Proposed | State::FirstReview => in_first_review(doubt, verb, mover, rule),
        State::DismissalCheck => in_check(doubt, verb, mover),
        State::Published => at_institution(doubt, verb, mover, on),
        State::Appealed => in_second_review(doubt, verb, mover),
        State::Panel => before_panel(doubt, verb, mover, rule),
        State::Confirmed if *verb == Verb::Deduct => {
            needs(verb, Role::SettlementClerk, mover).map(|()| (State::Deducted, None))
        }
        State::Withdrawn => match verb {
            Verb::Renew(strength) => {
                needs(verb, Role::Clock, mover).map(|()| (strength.first_state(), None))
            }
            _ => Err(not_here(doubt, verb)),
        },
        _ => Err(not_here(doubt, verb)),
    }
}

fn in_first_review(
    doubt: &Doubt,
    verb: &Verb,
    mover: &Mover,
    rule: &DoubtRule,
) -> Result<Target, Refusal> {
    let state = match verb {
        Verb::Publish => State::Published,
        Verb::Dismiss { reason } => {
            said(verb, reason)?;
            dismissed(doubt, rule)
        }
        Verb::HandOver if doubt.state == State::FirstReview => State::HandedOver,
        _ => return Err(not_here(doubt, verb)),
    };
    needs(verb, Role::FirstReviewer, mover).map(|()| (state, None))
}

fn in_check(doubt: &Doubt, verb: &Verb, mover: &Mover) -> Result<Target, Refusal> {
    let state = match verb {
        Verb::AgreeDismissal => State::Dismissed,
        Verb::ReturnToReview => State::FirstReview,
        _ => return Err(not_here(doubt, verb)),
    };
    needs(verb, Role::SecondReviewer, mover)?;
    another(mover, &doubt.dismissed_by, "初审").map(|()| (state, None))
}

fn at_institution(doubt: &Doubt, verb: &Verb, mover: &Mover, on: Date) -> Result<Target, Refusal> {
    let accepted = (State::Confirmed, Some(doubt.amount));
    if *verb == Verb::Lapse {
        needs(verb, Role::Clock, mover)?;
        return run_out(doubt, on).map(|()| accepted);
    }
    let after = match verb {
        Verb::Extend if doubt.extended => return Err(Refusal::ExtendedBefore),
        Verb::Extend => (State::Published, None),
        Verb::Appeal { reason } => said(verb, reason).map(|()| (State::Appealed, None))?,
        Verb::Accept => accepted,
        _ => return Err(not_here(doubt, verb)),
    };
    needs(verb, Role::Institution, mover)?;
    if *verb != Verb::Accept {
        in_time(doubt, on)?;
    }
    Ok(after)
}

fn in_second_review(doubt: &Doubt, verb: &Verb, mover: &Mover) -> Result<Target, Refusal> {
    let after = match verb {
        Verb::Decide(outcome) => {
            another(mover, &doubt.first_reviewer, "初审")?;
            decided(doubt, *outcome)?
        }
        Verb::Refer if doubt.panel_before => return Err(Refusal::PanelBefore),
        Verb::Refer => (State::Panel, None),
        Verb::HandOver => (State::HandedOver, None),
        _ => return Err(not_here(doubt, verb)),
    };
    needs(verb, Role::SecondReviewer, mover).map(|()| after)
}

fn before_panel(
    doubt: &Doubt,
    verb: &Verb,
    mover: &Mover,
    rule: &DoubtRule,
) -> Result<Target, Refusal> {
    let Verb::PanelDecide {
        outcome,
        votes_for,
        votes_against,
    } = verb
    else {
        return Err(not_here(doubt, verb));
    };
    needs(verb, Role::PanelSecretary, mover)?;
    majority(rule, *votes_for, *votes_against)?;
    decided(doubt, *outcome)
}

fn not_here(doubt: &Doubt, verb: &Verb) -> Refusal {
    Refusal::NotHere {
        state: doubt.state,
        verb: verb.zh(),
    }
}

fn needs(verb: &Verb, needs: Role, mover: &Mover) -> Result<(), Refusal> {
    if mover.role == needs {
        return Ok(());
    }
    Err(Refusal::WrongRole {
        verb: verb.zh(),
        needs,
        has: mover.role,
    })
}

fn said(verb: &Verb, reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::NoReason { verb: verb.zh() });
    }
    Ok(())
}

fn another(mover: &Mover, before: &str, step: &'static str) -> Result<(), Refusal> {
    if mover.name == before {
        return Err(Refusal::SamePerson {
            name: mover.name.clone(),
            before: step,
        });
    }
    Ok(())
}

fn dismissed(doubt: &Doubt, rule: &DoubtRule) -> State {
    if doubt.amount > rule.dismissal_checked_over {
        State::DismissalCheck
    } else {
        State::Dismissed
    }
}

/// The last day of a term still counts.
fn in_time(doubt: &Doubt, on: Date) -> Result<(), Refusal> {
    match doubt.due {
        Some(due) if on > due => Err(Refusal::TooLate { due }),
        _ => Ok(()),
    }
}

fn run_out(doubt: &Doubt, on: Date) -> Result<(), Refusal> {
    match doubt.due {
        Some(due) if on <= due => Err(Refusal::TooEarly { due }),
        _ => Ok(()),
    }
}

fn majority(rule: &DoubtRule, votes_for: u32, votes_against: u32) -> Result<(), Refusal> {
    let votes = votes_for.saturating_add(votes_against);
    if votes < rule.panel_size || votes.is_multiple_of(2) {
        return Err(Refusal::PanelSize {
            votes,
            needs: rule.panel_size,
        });
    }
    if votes_for <= votes_against {
        return Err(Refusal::NoMajority {
            votes_for,
            votes_against,
        });
    }
    Ok(())
}

fn decided(doubt: &Doubt, outcome: Outcome) -> Result<Target, Refusal> {
    match outcome {
        Outcome::Dismiss => Ok((State::Dismissed, None)),
        Outcome::Confirm(asked) if asked > Fen::ZERO && asked <= doubt.amount => {
            Ok((State::Confirmed, Some(asked)))
        }
        Outcome::Confirm(asked) => Err(Refusal::Amount {
            asked,
            doubted: doubt.amount,
        }),
    }
}
