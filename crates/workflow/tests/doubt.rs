//! A doubt's way, written out by hand, and what no way may ever do.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use money::{Fen, Ratio};
use policy::{DoubtRule, Source, WorkCalendar, WorkYear};
use proptest::prelude::*;
use terms::Date;
use workflow::doubt::{
    Covered, Doubt, Mover, Outcome, Record, Refusal, Role, State, Strength, Verb, advance,
    standing, take,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn rule() -> DoubtRule {
    DoubtRule {
        first_review_days: 5,
        appeal_days: 10,
        appeal_extension_days: 5,
        second_review_days: 10,
        panel_days: 15,
        hand_over_days: 2,
        dismissal_checked_over: Fen::yuan(1000),
        panel_size: 3,
        deduct_from: Ratio::new(98, 100),
        suspect_below: Ratio::new(90, 100),
        precision_months: 3,
        precision_decisions: 20,
        during: policy::AuditDuring::Note,
        during_rules: Vec::new(),
        trial_rules: Vec::new(),
    }
}

/// 2025 with the first of May off.
fn calendar() -> WorkCalendar {
    WorkCalendar::new([WorkYear {
        year: 2025,
        holidays: vec![policy::Holiday {
            name: "劳动节".to_owned(),
            from: day("2025-05-01"),
            to: day("2025-05-05"),
        }],
        workdays: BTreeSet::from([day("2025-04-27")]),
        source: Source {
            document: "通知".to_owned(),
            article: None,
        },
        checked: day("2026-11-22"),
    }])
}

fn doubt(state: State, yuan: i64) -> Doubt {
    Doubt {
        state,
        amount: Fen::yuan(yuan),
        due: None,
        extended: false,
        first_reviewer: "初".to_owned(),
        dismissed_by: "初".to_owned(),
        panel_before: false,
    }
}

fn by(name: &str, role: Role) -> Mover {
    Mover {
        name: name.to_owned(),
        role,
    }
}

fn go(
    doubt: &Doubt,
    verb: Verb,
    mover: Mover,
    on: &str,
) -> Result<(State, Option<String>), Refusal> {
    let next = advance(doubt, &verb, &mover, day(on), (&rule(), &calendar()))?;
    Ok((next.state, next.due.map(|due| due.to_string())))
}

#[test]
fn a_notice_steps_over_the_holiday() {
    let found = go(
        &doubt(State::Proposed, 10),
        Verb::Publish,
        by("初", Role::FirstReviewer),
        "2025-04-25",
    );
    // 27 (worked), 28, 29, 30 April; 6, 7, 8, 9, 12, 13 May.
    assert_eq!(found, Ok((State::Published, Some("2025-05-13".to_owned()))));
}

#[test]
fn the_last_day_still_counts_and_silence_confirms_after_it() {
    let mut open = doubt(State::Published, 10);
    open.due = Some(day("2025-05-13"));
    let appeal = || Verb::Appeal {
        reason: "有医嘱".to_owned(),
    };
    let institution = || by("院", Role::Institution);
    let clock = || by("系统", Role::Clock);
    let due = day("2025-05-13");
    assert_eq!(
        go(&open, appeal(), institution(), "2025-05-13").unwrap().0,
        State::Appealed
    );
    assert_eq!(
        go(&open, appeal(), institution(), "2025-05-14"),
        Err(Refusal::TooLate { due })
    );
    assert_eq!(
        go(&open, Verb::Lapse, clock(), "2025-05-13"),
        Err(Refusal::TooEarly { due })
    );
    assert_eq!(
        go(&open, Verb::Lapse, clock(), "2025-05-14").unwrap().0,
        State::Confirmed
    );
}

#[test]
fn an_extension_is_granted_once_and_counts_from_the_old_term() {
    let mut open = doubt(State::Published, 10);
    open.due = Some(day("2025-05-13"));
    let institution = || by("院", Role::Institution);
    let found = go(&open, Verb::Extend, institution(), "2025-05-07");
    assert_eq!(found, Ok((State::Published, Some("2025-05-20".to_owned()))));
    open.extended = true;
    assert_eq!(
        go(&open, Verb::Extend, institution(), "2025-05-07"),
        Err(Refusal::ExtendedBefore)
    );
}

#[test]
fn larger_amounts_are_dismissed_by_a_second_person() {
    let dismiss = || Verb::Dismiss {
        reason: "合理".to_owned(),
    };
    let first = || by("初", Role::FirstReviewer);
    for (yuan, state) in [(1000, State::Dismissed), (1001, State::DismissalCheck)] {
        let found = go(
            &doubt(State::FirstReview, yuan),
            dismiss(),
            first(),
            "2025-03-03",
        );
        assert_eq!(found.unwrap().0, state, "{yuan}");
    }
    let same = go(
        &doubt(State::DismissalCheck, 1001),
        Verb::AgreeDismissal,
        by("初", Role::SecondReviewer),
        "2025-03-03",
    );
    assert!(matches!(same, Err(Refusal::SamePerson { .. })));
}

#[test]
fn a_review_confirms_part_of_what_was_doubted_and_never_more() {
    let second = || by("复", Role::SecondReviewer);
    let decide = |yuan| Verb::Decide(Outcome::Confirm(Fen::yuan(yuan)));
    let appealed = doubt(State::Appealed, 100);
    let next = advance(
        &appealed,
        &decide(60),
        &second(),
        day("2025-03-03"),
        (&rule(), &calendar()),
    );
    assert_eq!(next.unwrap().confirmed, Some(Fen::yuan(60)));
    for yuan in [0, 101] {
        let found = go(&appealed, decide(yuan), second(), "2025-03-03");
        assert!(matches!(found, Err(Refusal::Amount { .. })), "{yuan}");
    }
}

#[test]
fn a_panel_is_odd_large_enough_and_of_one_mind() {
    let panel = |votes_for, votes_against| Verb::PanelDecide {
        outcome: Outcome::Dismiss,
        votes_for,
        votes_against,
    };
    let secretary = || by("合", Role::PanelSecretary);
    let at = doubt(State::Panel, 100);
    let found = |a, b| go(&at, panel(a, b), secretary(), "2025-03-03");
    assert_eq!(found(2, 1).unwrap().0, State::Dismissed);
    assert!(matches!(found(1, 0), Err(Refusal::PanelSize { .. })));
    assert!(matches!(found(3, 1), Err(Refusal::PanelSize { .. })));
    assert!(matches!(found(1, 2), Err(Refusal::NoMajority { .. })));
    let again = Doubt {
        panel_before: true,
        ..doubt(State::Appealed, 100)
    };
    let refer = go(
        &again,
        Verb::Refer,
        by("复", Role::SecondReviewer),
        "2025-03-03",
    );
    assert_eq!(refer, Err(Refusal::PanelBefore));
}

#[test]
fn the_institution_can_not_move_what_lies_with_the_office() {
    for strength in [Strength::Deduct, Strength::Suspect] {
        let found = go(
            &doubt(strength.first_state(), 10),
            Verb::Publish,
            by("院", Role::Institution),
            "2025-03-03",
        );
        assert!(matches!(found, Err(Refusal::WrongRole { .. })));
    }
}

fn any_verb() -> impl Strategy<Value = Verb> {
    let outcome = prop_oneof![
        Just(Outcome::Dismiss),
        (-5i64..200).prop_map(|yuan| Outcome::Confirm(Fen::yuan(yuan))),
    ];
    let reason = || prop_oneof![Just(String::new()), Just("理由".to_owned())];
    prop_oneof![
        Just(Verb::Publish),
        reason().prop_map(|reason| Verb::Dismiss { reason }),
        Just(Verb::AgreeDismissal),
        Just(Verb::ReturnToReview),
        Just(Verb::HandOver),
        Just(Verb::Extend),
        reason().prop_map(|reason| Verb::Appeal { reason }),
        Just(Verb::Accept),
        Just(Verb::Lapse),
        outcome.clone().prop_map(Verb::Decide),
        Just(Verb::Refer),
        (outcome, 0u32..6, 0u32..6).prop_map(|(outcome, votes_for, votes_against)| {
            Verb::PanelDecide {
                outcome,
                votes_for,
                votes_against,
            }
        }),
        Just(Verb::Deduct),
    ]
}

fn any_role() -> impl Strategy<Value = Role> {
    prop_oneof![
        Just(Role::FirstReviewer),
        Just(Role::SecondReviewer),
        Just(Role::PanelSecretary),
        Just(Role::Institution),
        Just(Role::SettlementClerk),
        Just(Role::Clock),
    ]
}

proptest! {
    /// Whatever is tried in whatever order: what is final stays, no more is confirmed than was
    /// doubted, money is deducted only from what was confirmed, and an open state has its clock.
    #[test]
    fn no_sequence_of_moves_breaks_the_procedure(
        moves in prop::collection::vec((any_verb(), any_role(), 0u8..3, 0i64..20), 1..40),
        yuan in 1i64..3000,
    ) {
        let mut at = doubt(State::FirstReview, yuan);
        at.first_reviewer.clear();
        at.dismissed_by.clear();
        let mut confirmed = None;
        let mut on = day("2025-01-02");
        for (verb, role, who, wait) in moves {
            let mover = by(["甲", "乙", "丙"][usize::from(who)], role);
            let before = at.state;
            let Ok(next) = advance(&at, &verb, &mover, on, (&rule(), &calendar())) else {
                continue;
            };
            prop_assert!(!before.is_final());
            if let Some(amount) = next.confirmed {
                prop_assert!(amount > Fen::ZERO && amount <= at.amount);
                confirmed = Some(amount);
            }
            prop_assert!(next.state != State::Deducted || confirmed.is_some());
            prop_assert_eq!(next.due.is_some(), next.state.term(&rule()).is_some());
            at.extended |= verb == Verb::Extend;
            at.panel_before |= next.state == State::Panel;
            if before == State::FirstReview {
                at.first_reviewer.clone_from(&mover.name);
            }
            if next.state == State::DismissalCheck {
                at.dismissed_by.clone_from(&mover.name);
            }
            at.state = next.state;
            at.due = next.due;
            on = on.checked_add(jiff::Span::new().days(wait)).unwrap();
            if on > day("2025-10-01") {
                break;
            }
        }
    }
}

#[test]
fn what_the_audit_no_longer_finds_is_withdrawn_before_the_notice_only_and_may_come_back() {
    let clock = || by("系统", Role::Clock);
    for state in State::ALL {
        let found = go(&doubt(state, 10), Verb::Withdraw, clock(), "2025-04-25");
        let early = matches!(
            state,
            State::Proposed | State::FirstReview | State::DismissalCheck | State::Reminded
        );
        match found {
            Ok((to, due)) => assert!(early && (to, due) == (State::Withdrawn, None), "{state:?}"),
            Err(refusal) => assert!(!early, "{state:?}: {refusal}"),
        }
    }
    let gone = doubt(State::Withdrawn, 10);
    let again = go(&gone, Verb::Renew(Strength::Suspect), clock(), "2025-04-25");
    // 27 (worked), 28, 29, 30 April; 6 May.
    let due = Some("2025-05-06".to_owned());
    assert_eq!(again, Ok((State::FirstReview, due)));
    let reviewer = by("初", Role::FirstReviewer);
    let refused = go(
        &gone,
        Verb::Renew(Strength::Suspect),
        reviewer,
        "2025-04-25",
    );
    assert!(matches!(refused, Err(Refusal::WrongRole { .. })));
}

#[test]
fn a_deducting_rule_falls_below_its_floor_and_rises_only_above_its_ceiling() {
    use Strength::{Deduct, Remind, Suspect};
    let now = |declared, before, confirmed, dismissed| {
        let record = Record {
            confirmed,
            dismissed,
        };
        standing(declared, before, record, &rule())
    };
    for (declared, before, confirmed, dismissed, expected) in [
        (Deduct, Deduct, 0, 0, Deduct),
        (Deduct, Deduct, 0, 19, Deduct),
        (Deduct, Deduct, 17, 3, Suspect),
        (Deduct, Deduct, 18, 2, Deduct),
        (Deduct, Suspect, 18, 2, Suspect),
        (Deduct, Suspect, 19, 1, Suspect),
        (Deduct, Suspect, 49, 1, Deduct),
        (Deduct, Suspect, 19, 0, Suspect),
        (Suspect, Suspect, 100, 0, Suspect),
        (Remind, Remind, 100, 0, Remind),
    ] {
        let found = now(declared, before, confirmed, dismissed);
        assert_eq!(
            found, expected,
            "{declared:?} {before:?} {confirmed}/{dismissed}"
        );
    }
}

proptest! {
    /// Of a line that several rules hit, the largest is deducted, whichever is decided first, and
    /// never more than the fund's share of the line.
    #[test]
    fn a_line_is_deducted_once_by_the_largest_doubt(
        mut amounts in prop::collection::vec(0i64..500, 1..6),
        share in 0i64..400,
    ) {
        let mut taken = Fen::ZERO;
        for amount in &amounts {
            let line = Covered { share: Fen::new(share), taken };
            taken += take(Fen::new(*amount), &[line], Fen::MAX)[0];
        }
        amounts.sort_unstable();
        let most = amounts.last().copied().unwrap_or(0);
        prop_assert_eq!(taken, Fen::new(most.min(share)));
    }

    /// Over many lines nothing is taken beyond what is confirmed, the lines' shares, or what the
    /// bill has left.
    #[test]
    fn nothing_is_taken_beyond_what_is_there(
        lines in prop::collection::vec((0i64..300, 0i64..300), 0..8),
        confirmed in 0i64..2000,
        left in 0i64..1000,
    ) {
        let lines: Vec<Covered> = lines
            .iter()
            .map(|&(share, taken)| Covered { share: Fen::new(share), taken: Fen::new(taken) })
            .collect();
        let parts = take(Fen::new(confirmed), &lines, Fen::new(left));
        let all: Fen = parts.iter().copied().sum();
        prop_assert!(all <= Fen::new(confirmed) && all <= Fen::new(left));
        for (part, line) in parts.iter().zip(&lines) {
            prop_assert!(*part >= Fen::ZERO && *part <= line.share.minus_to_zero(line.taken));
        }
    }
}
