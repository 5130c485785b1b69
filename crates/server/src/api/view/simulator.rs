//! A simulated case as it is asked for and shown, and examples to begin with.

use std::collections::BTreeMap;

use app::simulator::{Change, Placed, Priced, Simulated, Simulation, Terms};
use money::{Decimal, Fen, Ratio};
use payment::Factor;

use super::super::door::Refused;
use super::super::read;
use super::super::simulator::{
    CodeName, SimulatedChange, SimulatedGroup, SimulatedPayment, SimulatorAnswer, SimulatorCase,
    SimulatorExample, SimulatorRequest, SimulatorTerms, kind_of,
};

/// Most codes that a search finds.
const MOST_FOUND: usize = 30;

/// The simulation a request asks for.
pub fn simulation(request: SimulatorRequest) -> Result<Simulation, Refused> {
    let case = request.case;
    let cells = [
        ("sex", case.sex),
        ("age_years", case.age_years),
        ("age_days", case.age_days),
        ("birth_weight_g", case.birth_weight_g),
        ("los_days", case.stay_days),
        ("ventilator_hours", case.ventilator_hours),
        ("discharge_status", case.discharge_status),
        ("dept", case.department),
        ("principal_dx", case.principal),
        ("secondary_dx", case.others.join("|")),
        ("procedures", case.procedures.join("|")),
        ("total_cost", case.total_cost),
    ];
    Ok(Simulation {
        kind: kind_of(&request.kind)?,
        scheme: request.scheme,
        cells: cells.into(),
        added: request.added,
        terms: read_terms(&request.terms)?,
    })
}

fn read_terms(terms: &SimulatorTerms) -> Result<Terms, Refused> {
    let others = match terms.others.trim() {
        "" => Fen::ZERO,
        text => read::yuan("terms.others", text)?,
    };
    Ok(Terms {
        unit: decimal("terms.unit", &terms.unit)?,
        coefficient: decimal("terms.coefficient", &terms.coefficient)?,
        low: factor("terms.low", &terms.low)?,
        high: factor("terms.high", &terms.high)?,
        others,
    })
}

fn decimal(path: &str, text: &str) -> Result<Decimal<4>, Refused> {
    let read = Decimal::from_text(text.trim()).ok();
    let above_zero = read.filter(|number: &Decimal<4>| number.get() > 0);
    above_zero.ok_or_else(|| Refused::field(path, format!("“{text}”应为大于零的数，至多四位小数")))
}

fn factor(path: &str, text: &str) -> Result<Factor, Refused> {
    let read = Factor::from_text(text.trim()).ok();
    let fits = read.filter(|factor| factor.ratio() >= Ratio::ZERO);
    fits.ok_or_else(|| Refused::field(path, format!("“{text}”不是倍数")))
}

/// Prices as text.
pub fn terms(terms: &Terms) -> SimulatorTerms {
    SimulatorTerms {
        unit: plain(terms.unit),
        coefficient: plain(terms.coefficient),
        low: terms.low.to_string(),
        high: terms.high.to_string(),
        others: terms.others.to_string(),
    }
}

/// A number without zeros at its end.
fn plain(number: Decimal<4>) -> String {
    let text = number.to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What came of a simulation.
pub fn answer(found: &Simulated) -> SimulatorAnswer {
    SimulatorAnswer {
        scheme_name: format!("{} {}", found.title.name, found.title.version),
        scheme_hash: found.title.hash.clone(),
        base: group(&found.base),
        changes: found.changes.iter().map(change).collect(),
        names: found.names.clone(),
    }
}

fn group(placed: &Placed) -> SimulatedGroup {
    SimulatedGroup {
        code: placed.code.clone(),
        name: placed.name.clone(),
        category: placed.category.clone(),
        level: placed.level.clone(),
        weight: placed.weight.map(four_places),
        refusal: placed.refusal.clone(),
        sentences: placed.sentences.clone(),
        payment: placed.priced.as_ref().map(payment),
    }
}

/// Half up, as weights and scores are published.
fn four_places(ratio: Ratio) -> String {
    let rounded = money::Exact::from(ratio).rounded::<4>();
    rounded.map_or_else(|_| String::new(), |number| number.to_string())
}

fn payment(priced: &Priced) -> SimulatedPayment {
    SimulatedPayment {
        class_name: priced.class.to_owned(),
        unusual: priced.unusual,
        standard: priced.standard.into(),
        due: priced.due.into(),
        margin: priced.margin.map(Into::into),
        sentences: priced.sentences.clone(),
    }
}

fn change(change: &Change) -> SimulatedChange {
    SimulatedChange {
        diagnosis: change.diagnosis.clone(),
        group: group(&change.placed),
        effect: change.effect.clone(),
        difference: change.difference.map(Into::into),
        warning: change.warning.clone(),
    }
}

/// Codes that begin so, then codes whose name holds the text.
pub fn find(table: &BTreeMap<String, String>, text: &str) -> Vec<CodeName> {
    let text = text.trim().to_uppercase();
    let begins = |code: &str| code.to_uppercase().starts_with(&text);
    let by_code = table.iter().filter(|(code, _)| begins(code));
    let by_name = table
        .iter()
        .filter(|(code, name)| !begins(code) && name.to_uppercase().contains(&text));
    let found = by_code.chain(by_name).take(MOST_FOUND);
    found
        .map(|(code, name)| CodeName {
            code: code.clone(),
            name: name.clone(),
        })
        .collect()
}

/// Cases of every kind that a clerk meets: a usual one, an excluded complication, a high and a low
/// one, one without a group.
pub fn examples() -> Vec<SimulatorExample> {
    let stroke = case(["1", "68", "9", "I63.900", "8900.00"], &["I10.x00"], &[]);
    let pneumonia = case(["1", "71", "12", "J18.900", "4100.00"], &["I10.x00"], &[]);
    let appendix = case(["2", "35", "4", "K35.800", "52000.00"], &[], &["47.0100"]);
    let infarct = case(["1", "68", "2", "I63.900", "1800.00"], &[], &[]);
    let newborn = SimulatorCase {
        age_days: "3".to_owned(),
        ..case(["1", "0", "5", "P22.000", "15000.00"], &[], &[])
    };
    let example = |title: &str, case, added: &[&str]| SimulatorExample {
        title: title.to_owned(),
        case,
        added: owned(added),
    };
    vec![
        example(
            "脑梗死，试加糖尿病、呼吸衰竭",
            stroke,
            &["E11.900", "J96.000"],
        ),
        example("肺炎，合并症被排除", pneumonia, &["J44.900"]),
        example("阑尾切除，费用过高", appendix, &[]),
        example("脑梗死，费用过低", infarct, &[]),
        example("新生儿，缺少体重", newborn, &[]),
    ]
}

fn owned(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// A case by sex, age, days of stay, principal diagnosis and cost.
fn case(facts: [&str; 5], others: &[&str], procedures: &[&str]) -> SimulatorCase {
    let [sex, age_years, stay_days, principal, total_cost] = facts.map(str::to_owned);
    SimulatorCase {
        sex,
        age_years,
        stay_days,
        principal,
        total_cost,
        discharge_status: "1".to_owned(),
        others: owned(others),
        procedures: owned(procedures),
        ..SimulatorCase::default()
    }
}
