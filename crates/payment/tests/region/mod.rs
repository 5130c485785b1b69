//! Small regions made up for tests.
#![allow(clippy::unwrap_used, dead_code)]

use std::borrow::Cow;
use std::collections::BTreeSet;

use money::{Coefficient, Fen, Points};
use payment::drg::{
    BaseTally, Discharge, DrgParameters, DrgRegion, HighStep, PatientIndex, Readmission, Sharing,
    Variant,
};
use payment::{Factor, Groups, Roster};
use terms::Date;

pub fn fen(text: &str) -> Fen {
    Fen::from_yuan_text(text).unwrap()
}

pub fn points(text: &str) -> Points {
    Points::from_text(text).unwrap()
}

pub fn factor(text: &str) -> Factor {
    Factor::from_text(text).unwrap()
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A discharge in the words of a test.
#[derive(Debug, Clone)]
pub struct Made {
    pub id: String,
    pub hospital: String,
    pub group: Option<String>,
    pub cost: Fen,
    pub unreasonable: Fen,
    pub fund: Fen,
    pub patient: u32,
    pub admission: Date,
    pub discharge: Date,
    pub bed_day_rate: Option<Fen>,
    pub approved: bool,
    pub tumour: bool,
}

impl Made {
    /// Ten percent of the cost is the fund's; patients differ unless said otherwise.
    pub fn of(id: &str, hospital: &str, group: &str, cost: &str) -> Self {
        let cost = fen(cost);
        let own = id
            .bytes()
            .fold(7_u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte));
        Self {
            id: id.to_owned(),
            hospital: hospital.to_owned(),
            group: Some(group.to_owned()),
            cost,
            unreasonable: Fen::ZERO,
            fund: Fen::new(cost.get() / 10),
            patient: own | 1 << 31,
            admission: date("2024-03-01"),
            discharge: date("2024-03-05"),
            bed_day_rate: None,
            approved: false,
            tumour: false,
        }
    }

    pub fn patient(self, patient: u32) -> Self {
        Self { patient, ..self }
    }

    pub fn stay(self, from: &str, to: &str) -> Self {
        let (admission, discharge) = (date(from), date(to));
        Self {
            admission,
            discharge,
            ..self
        }
    }
}

/// A region in the words of a test.
#[derive(Debug, Clone)]
pub struct SimpleRegion {
    pub parameters: DrgParameters,
    pub hospitals: Vec<(&'static str, &'static str)>,
    /// Hospital, group, cost.
    pub base: Vec<(String, String, Fen)>,
    pub cases: Vec<Made>,
    pub budget: Fen,
}

impl SimpleRegion {
    /// Two hospitals, one stable group that costs `mean` on average and is priced alike.
    pub fn of_one_group(mean: &str) -> Self {
        let base = (0..10).map(|_| ("H1".to_owned(), "G".to_owned(), fen(mean)));
        Self {
            parameters: parameters(&["G"]),
            hospitals: vec![("H1", "3"), ("H2", "2")],
            base: base.collect(),
            cases: vec![Made::of("C1", "H1", "G", mean)],
            budget: fen("1000.00"),
        }
    }

    /// Five hospitals, seven groups and many cases, the same for the same number.
    pub fn of_many(cases: usize) -> Self {
        let hospitals = vec![
            ("A1", "3"),
            ("A2", "3"),
            ("B1", "2"),
            ("B2", "2"),
            ("C1", "1"),
        ];
        let mut dice = Dice(20_241_115);
        let mut base = Vec::new();
        for nth in 0..2_000 {
            let hospital = hospitals[dice.below(5)].0.to_owned();
            let group = format!("G{}", nth % 7);
            base.push((hospital, group, Fen::new(dice.cost(nth % 7))));
        }
        let made = (0..cases).map(|nth| {
            let hospital = hospitals[dice.below(5)].0.to_owned();
            let group = dice.below(9);
            let cost = Fen::new(dice.cost(group));
            let day = dice.below(330);
            let admission = date("2024-01-01") + day_span(day);
            Made {
                id: format!("C{nth:07}"),
                hospital,
                group: (group < 8).then(|| format!("G{group}")),
                cost,
                unreasonable: Fen::new(cost.get() / 50),
                fund: Fen::new(cost.get() * 6 / 10),
                patient: u32::try_from(dice.below(cases.div_ceil(2).max(1))).unwrap(),
                admission,
                discharge: admission + day_span(dice.below(30)),
                bed_day_rate: (dice.below(50) == 0).then(|| fen("280.00")),
                approved: dice.below(2) == 0,
                tumour: dice.below(10) == 0,
            }
        });
        let cases: Vec<Made> = made.collect();
        let items: i64 = cases.iter().map(|one| one.fund.get()).sum();
        Self {
            parameters: parameters(&["G0"]),
            hospitals,
            base,
            cases,
            budget: Fen::new(items / 100 * 103 + 17),
        }
    }

    /// The region as the room takes it.
    pub fn build(&self) -> DrgRegion<'_> {
        let own = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
        let roster = Roster::try_new(self.hospitals.iter().map(own).collect()).unwrap();
        let mut groups = Groups::default();
        let mut base = BaseTally::default();
        for (hospital, group, cost) in &self.base {
            let institution = roster.find(hospital, String::new).unwrap();
            let group = groups.place(group).unwrap();
            base.add(institution, group, *cost, String::new).unwrap();
        }
        let discharges = self.cases.iter().map(|made| Discharge {
            id: Cow::Borrowed(made.id.as_str()),
            institution: roster.find(&made.hospital, String::new).unwrap(),
            patient: Some(PatientIndex(made.patient)),
            group: made.group.as_ref().map(|code| groups.place(code).unwrap()),
            admission: made.admission,
            discharge: made.discharge,
            cost: made.cost,
            unreasonable: made.unreasonable,
            fund: made.fund,
            others: made.cost - made.fund,
            bed_day_rate: made.bed_day_rate,
            special_review_approved: made.approved,
            tumour_therapy: made.tumour,
        });
        let discharges = discharges.collect();
        DrgRegion {
            parameters: self.parameters.clone(),
            roster,
            groups,
            base,
            discharges,
            budget: self.budget,
        }
    }
}

fn day_span(days: usize) -> std::time::Duration {
    std::time::Duration::from_secs(days as u64 * 86_400)
}

/// Usual parameters with groups that are priced alike everywhere.
pub fn parameters(same_price: &[&str]) -> DrgParameters {
    let step = |up_to: Option<&str>, multiple: &str| HighStep {
        up_to: up_to.map(points),
        multiple: factor(multiple),
    };
    let bounds = ("0.7", "1.3");
    let bound = |text: &str| Coefficient::from_text(text).unwrap();
    DrgParameters {
        n_min: 5,
        cv_max: factor("1"),
        low: factor("0.4"),
        high_steps: vec![
            step(Some("100"), "3"),
            step(Some("200"), "2.5"),
            step(None, "2"),
        ],
        coef_weights: (factor("0.7"), factor("0.3")),
        coef_clamp: (bound(bounds.0), bound(bounds.1)),
        same_price_groups: same_price
            .iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<_>>(),
        readmission: Some(Readmission {
            window: 15,
            factor: factor("0.5"),
        }),
        share: Sharing {
            keep: factor("0.85"),
            bear: factor("0.15"),
        },
        variant: Variant::TotalCost,
    }
}

/// Numbers that look like chance and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }

    /// A cost around that of a group, now and then far from it.
    pub fn cost(&mut self, group: usize) -> i64 {
        let around = 100_000 + 150_000 * group as i64;
        let part = match self.below(40) {
            0 => 10,
            1 => 400,
            _ => 60 + self.below(90) as i64,
        };
        around * part / 100 + self.below(100) as i64
    }
}
