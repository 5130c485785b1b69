//! What must hold of boxes and stock, whatever happens.
#![allow(clippy::unwrap_used)]

use money::Quantity;
use proptest::prelude::*;
use stock::{
    Balance, CodeEvent, CodeEventKind, Family, KnownCodes, Movement, read_code, second_sales,
};

fn event(number: usize, (code, sells, sale): (u8, bool, u8)) -> CodeEvent {
    CodeEvent {
        event: format!("{number:04}"),
        code: format!("K{code}"),
        kind: if sells {
            CodeEventKind::Sale
        } else {
            CodeEventKind::Return
        },
        institution: format!("I{}", sale % 3),
        sale: format!("S{sale}"),
        split: false,
        at: terms::DateTime::constant(2024, 1, 1, 0, 0, 0, 0),
    }
}

proptest! {
    #[test]
    fn the_order_in_which_events_are_given_changes_nothing(
        told in proptest::collection::vec((0_u8..4, any::<bool>(), 0_u8..6), 0..40),
        seed in any::<u64>(),
    ) {
        let events: Vec<CodeEvent> = told.into_iter().enumerate()
            .map(|(number, one)| event(number, one)).collect();
        let mut mixed = events.clone();
        mixed.sort_by_key(|one| {
            one.event.parse::<u64>().unwrap().wrapping_mul(seed | 1).rotate_left(7)
        });
        let named = |events: &[CodeEvent]| {
            let mut pairs: Vec<(String, String)> = second_sales(events).into_iter()
                .map(|pair| (events[pair.first].event.clone(), events[pair.later].event.clone()))
                .collect();
            pairs.sort();
            pairs
        };
        prop_assert_eq!(named(&events), named(&mixed));
    }

    #[test]
    fn a_second_sale_has_no_return_between(
        told in proptest::collection::vec((0_u8..3, any::<bool>(), 0_u8..6), 0..40),
    ) {
        let events: Vec<CodeEvent> = told.into_iter().enumerate()
            .map(|(number, one)| event(number, one)).collect();
        for pair in second_sales(&events) {
            let (first, later) = (&events[pair.first], &events[pair.later]);
            prop_assert_eq!(&first.code, &later.code);
            prop_assert!(first.sale != later.sale);
            let between = &events[pair.first + 1..pair.later];
            let returned = |one: &CodeEvent| {
                one.code == first.code && one.kind == CodeEventKind::Return
            };
            prop_assert!(!between.iter().any(returned));
        }
    }

    #[test]
    fn moving_goods_in_and_out_again_leaves_what_there_was(
        begin in 0_i64..1_000_000, moved in proptest::collection::vec(1_i64..100_000, 1..20),
    ) {
        let mut balance = Balance { begin: Quantity::new(begin), ..Balance::default() };
        for quantity in &moved {
            balance.add(Movement::Purchased, Quantity::new(*quantity));
            balance.add(Movement::Sold, Quantity::new(*quantity));
        }
        prop_assert_eq!(balance.expected(), Quantity::new(begin));
    }

    #[test]
    fn no_text_breaks_the_reader_and_what_was_read_reads_again(text in "\\PC{0,60}") {
        let known = KnownCodes::default();
        if let Ok(code) = read_code(&text, &known) {
            prop_assert_eq!(read_code(&code.text, &known).unwrap(), code);
        }
    }

    #[test]
    fn twenty_digits_are_always_a_supervision_code(text in "[0-9]{20}") {
        let code = read_code(&text, &KnownCodes::default()).unwrap();
        prop_assert_eq!(code.family, Family::Supervision);
    }
}
