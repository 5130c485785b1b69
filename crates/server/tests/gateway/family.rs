//! A relative's account pays by message, and gets its money back by message.

use money::Fen;
use serde_json::Value;

use crate::forms::{identities, negatives};
use crate::house::{House, fen, hospital, person, pharmacy};
use crate::messages::*;

const SPONSOR: &str = "在职职工，已开通家庭共济，供配偶和子女使用";
const SPOUSE: &str = "成年居民，可使用配偶的家庭共济账户";

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"))
}

/// The purses of the sponsor, each with its balance.
async fn purses(house: &House) -> Vec<(String, Fen)> {
    let number = person(SPONSOR).number;
    let rows = house.app().store.accounts_of(house.area(), &number).await;
    let rows = rows.unwrap().into_iter();
    rows.map(|row| (row.kind, row.balance)).collect()
}

fn total(purses: &[(String, Fen)]) -> i64 {
    purses.iter().map(|(_, balance)| balance.get()).sum()
}

#[tokio::test]
async fn an_outpatient_bill_taken_back_gives_the_sponsor_the_money_back() {
    let house = House::open().await;
    let (place, spouse) = (hospital(), person(SPOUSE));
    let output = house
        .accept(place, "2201", registration(&house, &spouse))
        .await;
    let visit = text(&output["data"], "mdtrt_id").to_owned();
    house
        .accept(place, "2203A", report(&house, &spouse, &visit))
        .await;
    house
        .accept(place, "2204", fees(&house, &spouse, &visit, "B1"))
        .await;
    let before = purses(&house).await;
    let settled = house
        .accept(place, "2207", bill(&spouse, &visit, "B1"))
        .await;
    identities(&settled);
    let shared = fen(&settled["setlinfo"]["acct_mulaid_pay"]);
    assert!(shared > 0, "{settled}");
    let paid = purses(&house).await;
    assert_eq!(total(&before) - total(&paid), shared);
    house.holdings().await;

    let id = text(&settled["setlinfo"], "setl_id").to_owned();
    let reversed = house
        .accept(place, "2208", undo(&spouse, &visit, &id))
        .await;
    identities(&reversed);
    negatives(&settled, &reversed);
    assert_eq!(fen(&reversed["setlinfo"]["acct_mulaid_pay"]), -shared);
    assert_eq!(purses(&house).await, before, "every purse as it was");
    house.holdings().await;
}

#[tokio::test]
async fn a_pharmacy_sale_taken_back_gives_the_sponsor_the_money_back() {
    let house = House::open().await;
    let (place, spouse) = (pharmacy(), person(SPOUSE));
    let before = purses(&house).await;
    let input = sale(&house, &spouse);
    let settled = house.accept(place, "2102", input).await;
    identities(&settled);
    let setl = &settled["setlinfo"];
    let shared = fen(&setl["acct_mulaid_pay"]);
    assert!(shared > 0, "{settled}");
    assert_eq!(total(&before) - total(&purses(&house).await), shared);

    let input = undo(&spouse, text(setl, "mdtrt_id"), text(setl, "setl_id"));
    let reversed = house.accept(place, "2103", input).await;
    negatives(&settled, &reversed);
    assert_eq!(purses(&house).await, before, "every purse as it was");
    house.holdings().await;
}
