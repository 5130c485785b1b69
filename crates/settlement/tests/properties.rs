//! What must hold of every bill, whatever it says.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use money::{Fen, Price, Quantity, Ratio, Rounding};
use policy::{CatalogueItem, LaterBills, SchemePolicy};
use proptest::prelude::*;
use settlement::{Bill, Booked, Counters, Line, Outcome, Purse, Withheld, assess, reverse};
use terms::{AccountKind, AreaCode, Date, ItemClass, Scheme, Word};

/// Laws of different make: all layers with falling deductible, fee cap with a whole-amount table,
/// yearly bands with a yearly deductible, share of the bill with a floor, account before the fund.
static LAWS: LazyLock<Vec<Law>> = LazyLock::new(|| {
    [
        ("990281", Scheme::Resident),
        ("990024", Scheme::Resident),
        ("330200", Scheme::Resident),
        ("990201", Scheme::Resident),
        ("990131", Scheme::Employee),
        ("990161", Scheme::Employee),
        ("990182", Scheme::Employee),
        ("990232", Scheme::Resident),
        ("990124", Scheme::Employee),
        ("990164", Scheme::Employee),
        ("990183", Scheme::Employee),
    ]
    .map(|(area, scheme)| Law::read(area, scheme))
    .into()
});

static ALL_LAYERS: LazyLock<Law> = LazyLock::new(|| Law::read("990281", Scheme::Resident));
static NO_STAY_DEDUCTIBLE: LazyLock<Law> = LazyLock::new(|| Law::read("990213", Scheme::Resident));

/// The facts that all bills here share.
static PLAIN: LazyLock<Bill> = LazyLock::new(|| {
    let facts = r#"{on: 2024-05-06, person: {identities: [dibao]}, lines: [{amount: "1.00"}]}"#;
    golden::bill(facts, "990281".parse().unwrap(), Scheme::Resident).unwrap()
});

struct Law {
    area: AreaCode,
    scheme: Scheme,
    policy: SchemePolicy,
}

impl Law {
    fn read(area: &str, scheme: Scheme) -> Self {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/settlement/policies/regions");
        let area = area.parse().unwrap();
        let policy = golden::law(&folder, area, scheme).unwrap();
        Self {
            area,
            scheme,
            policy,
        }
    }

    fn bill(&self, lines: &[Sketch]) -> Bill {
        let mut bill = PLAIN.clone();
        (bill.area, bill.scheme) = (self.area, self.scheme);
        bill.dates.admission = day(2023, 12, 20);
        bill.lines = (1..)
            .zip(lines)
            .map(|(number, line)| line.line(number))
            .collect();
        bill.purses = vec![Purse {
            kind: AccountKind::CurrentYear,
            owner: Word::new("self"),
            balance: Fen::yuan(500),
        }];
        bill.use_account = true;
        bill
    }

    fn settle(&self, bill: &Bill) -> Outcome {
        assess(bill, &self.policy).unwrap()
    }
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// A line in a few numbers.
#[derive(Debug, Clone)]
struct Sketch {
    class: ItemClass,
    prior: i64,
    micro: i64,
    quantity: i64,
    ceiling: Option<i64>,
    late: bool,
    implant: bool,
}

impl Sketch {
    fn line(&self, number: u32) -> Line {
        let price = Price::new(self.micro);
        let quantity = Quantity::new(self.quantity);
        let mut line = PLAIN.lines[0].clone();
        let mut item = CatalogueItem::clone(line.item.as_ref().unwrap());
        item.terms[0].class = self.class;
        item.terms[0].prior = Ratio::new(self.prior, 100);
        item.terms[0].ceiling = self.ceiling.map(Price::new);
        if self.implant {
            item.groups = vec![Word::new("implant")];
        }
        line.number = number;
        line.item = Some(Arc::new(item));
        line.served = if self.late {
            day(2024, 2, 1)
        } else {
            day(2023, 12, 25)
        };
        line.price = price;
        line.quantity = quantity;
        line.amount = price.times(quantity, Rounding::HalfUp);
        line
    }
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let class = prop_oneof![Just(ItemClass::A), Just(ItemClass::B), Just(ItemClass::C)];
    (
        class,
        0_i64..=50,
        0_i64..20_000_000_000,
        1_i64..100_000,
        proptest::option::of(0_i64..5_000_000_000),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(class, prior, micro, quantity, ceiling, late, implant)| Sketch {
                class,
                prior: if class == ItemClass::B { prior } else { 0 },
                micro,
                quantity,
                ceiling,
                late,
                implant,
            },
        )
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    proptest::collection::vec(sketch(), 1..12)
}

/// A class A line of whole fen.
fn plain(fen: i64) -> Sketch {
    Sketch {
        class: ItemClass::A,
        prior: 0,
        micro: fen * 10_000,
        quantity: 10_000,
        ceiling: None,
        late: true,
        implant: false,
    }
}

/// Everything of an outcome that is money, without the order of lines.
fn money_of(outcome: &Outcome) -> Booked {
    let mut booked = Booked::from(outcome);
    booked.counters.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    booked
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The engine asserts its invariants itself; here they are checked once more from outside.
    #[test]
    fn payers_sum_to_the_bill(lines in sketches()) {
        for law in LAWS.iter() {
            let bill = law.bill(&lines);
            let outcome = law.settle(&bill);
            let payers = outcome.fund_total() + outcome.account_total() + outcome.cash;
            prop_assert_eq!(payers + outcome.institution, bill.total());
            let split: Fen = outcome.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(split, bill.total());
            let layers: Fen = outcome.layers.iter().map(|layer| layer.paid).sum();
            prop_assert_eq!(layers, outcome.fund_total());
            prop_assert!(!outcome.cash.is_negative());
        }
    }

    /// What is withheld leaves the scope of payment for the person's own; everything else adds up.
    #[test]
    fn what_is_withheld_moves_to_the_person_and_the_rest_adds_up(
        (lines, held) in sketches().prop_flat_map(|lines| {
            let many = lines.len();
            (Just(lines), proptest::collection::vec(0_i64..5_000_000, many))
        }),
    ) {
        for law in LAWS.iter() {
            let bill = law.bill(&lines);
            let before = law.settle(&bill);
            let mut cut = bill.clone();
            cut.withheld = (1..)
                .zip(&held)
                .map(|(line, fen)| Withheld {
                    line,
                    amount: Fen::new(*fen),
                    reason: "违反审核规则".to_owned(),
                })
                .collect();
            let after = law.settle(&cut);
            prop_assert_eq!(after.total, before.total);
            let payers = after.fund_total() + after.account_total() + after.cash;
            prop_assert_eq!(payers + after.institution, cut.total());
            for ((old, new), fen) in before.lines.iter().zip(&after.lines).zip(&held) {
                let taken = Fen::new(*fen).min(old.in_scope);
                prop_assert_eq!(new.in_scope, old.in_scope - taken);
                prop_assert_eq!(new.self_paid, old.self_paid + taken);
                prop_assert_eq!((new.over_limit, new.prior), (old.over_limit, old.prior));
            }
        }
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        (lines, order) in sketches().prop_flat_map(|lines| {
            let order: Vec<usize> = (0..lines.len()).collect();
            (Just(lines), Just(order).prop_shuffle())
        }),
    ) {
        for law in LAWS.iter() {
            let bill = law.bill(&lines);
            let shuffled: Vec<Sketch> = order.iter().map(|at| lines[*at].clone()).collect();
            let renumbered = law.bill(&shuffled);
            prop_assert_eq!(money_of(&law.settle(&bill)), money_of(&law.settle(&renumbered)));
            let mut moved = bill.clone();
            moved.lines = order.iter().map(|at| bill.lines[*at].clone()).collect();
            let outcome = law.settle(&moved);
            prop_assert_eq!(money_of(&law.settle(&bill)), money_of(&outcome));
            for (line, split) in moved.lines.iter().zip(&outcome.lines) {
                prop_assert_eq!(line.number, split.line);
            }
        }
    }

    /// F(after) − F(before): however a year is cut into bills, serious illness pays the same.
    #[test]
    fn splitting_a_year_does_not_change_serious_illness(
        parts in proptest::collection::vec(0_i64..50_000, 1..8),
    ) {
        let law = &*NO_STAY_DEDUCTIBLE;
        // Even fen, so that halving them for the basic layer leaves nothing to round.
        let parts: Vec<i64> = parts.iter().map(|yuan| yuan * 200).collect();
        let serious = |outcome: &Outcome| outcome.layer("resident/serious-illness/gross");
        let whole = law.settle(&law.bill(&[plain(parts.iter().sum())]));
        let mut counters = Counters::default();
        let mut paid = Fen::ZERO;
        for part in &parts {
            let mut bill = law.bill(&[plain(*part)]);
            bill.counters = counters.clone();
            let outcome = law.settle(&bill);
            paid += serious(&outcome);
            counters = counters.with(&outcome.counters);
        }
        prop_assert_eq!(paid, serious(&whole));
    }

    /// Under marginal tables another yuan of cost never takes money away, but for the fen that four
    /// layers round.
    #[test]
    fn more_cost_never_lowers_the_fund(cost in 0_i64..60_000_000, more in 0_i64..5_000_000) {
        let law = &*ALL_LAYERS;
        let less = law.settle(&law.bill(&[plain(cost)]));
        let greater = law.settle(&law.bill(&[plain(cost + more)]));
        let rounding = Fen::new(4);
        prop_assert!(greater.fund_total() + rounding >= less.fund_total());
        prop_assert!(greater.fund_total() <= less.fund_total() + Fen::new(more) + rounding);
        prop_assert!(greater.person_total() + rounding >= less.person_total());
    }

    #[test]
    fn settling_and_reversing_leaves_nothing(first in sketches(), second in sketches()) {
        for law in LAWS.iter() {
            let before = law.settle(&law.bill(&first));
            let mut bill = law.bill(&second);
            bill.visit.id = Word::new("V2");
            bill.counters = bill.counters.with(&before.counters);
            let outcome = law.settle(&bill);
            let counters = bill.counters.with(&outcome.counters);
            let purses = bill.purses.iter().map(|purse| spent(purse, &outcome));
            let purses: Vec<Purse> = purses.collect();
            let booked = Booked::from(&outcome);
            let undone = reverse(&booked, &counters, &purses, &[], LaterBills::Refuse).unwrap();
            prop_assert_eq!(undone.booked.total, -outcome.total);
            prop_assert_eq!(undone.booked.fund_total(), -outcome.fund_total());
            prop_assert_eq!(undone.booked.cash, -outcome.cash);
            let restored = counters.with(&undone.booked.counters);
            for counter in &restored.0 {
                prop_assert_eq!(counter.value, bill.counters.value(&counter.key));
            }
            for draw in &undone.booked.accounts {
                let purse = bill.purses.iter().find(|purse| purse.kind == draw.kind).unwrap();
                prop_assert!(draw.after <= purse.balance);
            }
            let last = undone.booked.accounts.last();
            prop_assert!(last.is_none_or(|draw| draw.after == bill.purses[0].balance));
            // The next bill is settled as if the reversed one had never been.
            let mut again = bill.clone();
            again.counters = restored;
            prop_assert_eq!(money_of(&law.settle(&again)), money_of(&outcome));
        }
    }

    /// The waterfall of appendix A written a second time, in plain integers.
    #[test]
    fn a_second_implementation_agrees(stays in proptest::collection::vec(0_i64..40_000_000, 1..6)) {
        let law = &*ALL_LAYERS;
        let mut counters = Counters::default();
        let mut year = Year::default();
        for (nth, cost) in stays.into_iter().enumerate() {
            let mut bill = law.bill(&[plain(cost)]);
            bill.visit.id = Word::new(&format!("V{nth}"));
            bill.counters = counters.clone();
            bill.use_account = false;
            let outcome = law.settle(&bill);
            counters = counters.with(&outcome.counters);
            let layers: Vec<i64> = ["inpatient/basic", "serious-illness/basic",
                "assistance/regular", "tilt/basic"]
                .map(|key| outcome.layer(&format!("resident/{key}")).get())
                .into();
            prop_assert_eq!(layers, year.stay(cost, nth));
        }
    }
}

/// What a purse holds after an outcome.
fn spent(purse: &Purse, outcome: &Outcome) -> Purse {
    let same =
        |draw: &&settlement::AccountDraw| draw.kind == purse.kind && draw.owner == purse.owner;
    let drawn: Fen = outcome
        .accounts
        .iter()
        .filter(same)
        .map(|draw| draw.amount)
        .sum();
    Purse {
        balance: purse.balance - drawn,
        ..purse.clone()
    }
}

/// One person's year under appendix A, in fen.
#[derive(Default)]
struct Year {
    basic_paid: i64,
    own: i64,
    assisted: i64,
    tilt_base: i64,
    tilt_paid: i64,
}

impl Year {
    fn stay(&mut self, cost: i64, nth: usize) -> Vec<i64> {
        let deductible = if nth == 0 { 90_000 } else { 45_000 };
        let above = (cost - deductible).max(0);
        let basic = share(above, 70).min(15_000_000 - self.basic_paid);
        self.basic_paid += basic;
        // What the payment cap leaves over is no own share and goes to nobody.
        let absorbed = if basic < share(above, 70) {
            (basic * 100 + 69) / 70
        } else {
            above
        };
        let own = (cost - above) + absorbed - basic;
        let serious = yearly(self.own + own) - yearly(self.own);
        self.own += own;
        let rest = own - serious;
        let assistance = share(rest, 75).min(5_000_000 - self.assisted);
        self.assisted += assistance;
        let rest = rest - assistance;
        let tilt_of = |base: i64| share((base - 500_000).max(0), 90);
        let due = tilt_of(self.tilt_base + rest) - tilt_of(self.tilt_base);
        let tilt = due.min(5_000_000 - self.tilt_paid);
        self.tilt_base += rest;
        self.tilt_paid += tilt;
        vec![basic, serious, assistance, tilt]
    }
}

/// F of the serious-illness table on gross edges, from a deductible of 6000 yuan, rounded once.
fn yearly(base: i64) -> i64 {
    let bands = [
        (600_000, 3_000_000, 65),
        (3_000_000, 10_000_000, 70),
        (10_000_000, i64::MAX, 80),
    ];
    let hundredths: i64 = bands
        .iter()
        .map(|(from, to, rate)| (base.min(*to) - from).max(0) * rate)
        .sum();
    (hundredths + 50) / 100
}

fn share(amount: i64, percent: i64) -> i64 {
    (amount * percent + 50) / 100
}
