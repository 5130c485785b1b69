//! Cases about trace codes and goods: which function of the room a case asks.

use money::Quantity;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use stock::{
    Balance, CodeEvent, ItemMonth, KnownCodes, Tolerance, UnitSale, codes_fit, mismatches,
    over_pack, read_code, second_sales,
};

/// An outcome as data, or code and sentence of what is wrong.
type Answered = Result<Value, (String, String)>;

#[derive(Deserialize)]
struct CodeFacts {
    code: String,
    #[serde(default)]
    known: KnownCodes,
}

#[derive(Deserialize)]
struct CountFacts {
    quantity: Quantity,
    #[serde(default)]
    split: bool,
    codes: Vec<String>,
}

#[derive(Deserialize)]
struct ReplayFacts {
    events: Vec<CodeEvent>,
}

#[derive(Deserialize)]
struct PackFacts {
    holds: Quantity,
    sales: Vec<(String, Quantity)>,
}

#[derive(Deserialize)]
struct MonthFacts {
    #[serde(flatten)]
    month: ItemMonth,
    tolerance: Tolerance,
}

/// The answer to a question; an error when there is no such question or its facts do not fit it.
pub(crate) fn answer(question: &str, facts: Value) -> Result<Answered, String> {
    match question {
        "code" => of_code(read(facts)?),
        "count" => {
            let facts: CountFacts = read(facts)?;
            let fits = codes_fit(facts.quantity, facts.split, &facts.codes);
            let fault = |fault: stock::CountFault| ("count".to_owned(), fault.to_string());
            Ok(fits.map(|()| json!({ "fits": true })).map_err(fault))
        }
        "replay" => {
            let facts: ReplayFacts = read(facts)?;
            let name = |place: usize| facts.events[place].event.as_str();
            let pairs = second_sales(&facts.events).into_iter();
            let pairs = pairs.map(|one| format!("{}→{}", name(one.first), name(one.later)));
            Ok(Ok(
                json!({ "second_sales": pairs.collect::<Vec<_>>().join("、") }),
            ))
        }
        "pack" => {
            let facts: PackFacts = read(facts)?;
            let sale = |(code, units): (String, Quantity)| UnitSale { code, units };
            let sales: Vec<UnitSale> = facts.sales.into_iter().map(sale).collect();
            let over = over_pack(facts.holds, &sales).into_iter();
            let over: Vec<String> = over.map(|place| (place + 1).to_string()).collect();
            Ok(Ok(json!({ "over": over.join("、") })))
        }
        "balance" => {
            let balance: Balance = read(facts)?;
            Ok(Ok(json!({
                "expected": balance.expected(), "end": balance.end(), "gap": balance.gap(),
            })))
        }
        "month" => {
            let facts: MonthFacts = read(facts)?;
            let found = mismatches(&facts.month, facts.tolerance).into_iter();
            let found: serde_json::Map<String, Value> = found
                .map(|one| (one.kind.rule().to_owned(), json!(one.by)))
                .collect();
            let rules: Vec<&str> = found.keys().map(String::as_str).collect();
            Ok(Ok(json!({ "rules": rules.join("、"), "by": found })))
        }
        _ => Err(format!("没有追溯码与进销存的问题“{question}”")),
    }
}

fn of_code(facts: CodeFacts) -> Result<Answered, String> {
    Ok(match read_code(&facts.code, &facts.known) {
        Ok(code) => Ok(json!({
            "text": code.text, "family": code.family.word(), "item": code.item,
        })),
        Err(fault) => Err((fault.code().to_owned(), fault.to_string())),
    })
}

fn read<T: DeserializeOwned>(facts: Value) -> Result<T, String> {
    serde_json::from_value(facts).map_err(|cause| cause.to_string())
}
