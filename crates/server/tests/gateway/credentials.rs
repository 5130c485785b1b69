//! The electronic credential, card and document as an institution shows them.

use app::credential::lasting_token;
use app::office::Clerk;
use demo_maker::Person;
use serde_json::{Value, json};
use store::{ActivationRow, TokenRow};
use tokio::task::JoinSet;

use crate::house::{CALL_SERVICE, House, hospital, person, pharmacy};
use crate::messages::*;

const WELL: &str = "在职职工，正常享受待遇";

fn clerk(house: &House) -> Clerk {
    Clerk {
        area: house.area(),
        user: "clerk".to_owned(),
        name: "经办".to_owned(),
        role: "clerk".to_owned(),
        address: String::new(),
    }
}

async fn token(house: &House, person: &Person) -> String {
    let activation = ActivationRow {
        person_no: person.number.clone(),
        channel: "微信".to_owned(),
        device: "手机".to_owned(),
        institution: String::new(),
        activated_at: house.now(),
    };
    let (app, clerk) = (house.app(), clerk(house));
    app.activate_credential(&clerk, activation).await.unwrap();
    let issued = app.issue_token(&clerk, &person.number, 5).await.unwrap();
    issued.token
}

/// The input with the token in place of the document.
fn with(mut input: Value, token: &str) -> Value {
    let mut nodes = input.as_object_mut().unwrap().values_mut();
    let node = nodes
        .find(|node| node.get("mdtrt_cert_type").is_some())
        .unwrap();
    node["mdtrt_cert_type"] = json!("01");
    node["mdtrt_cert_no"] = json!(token);
    input
}

#[tokio::test]
async fn a_token_names_the_person_once_and_pays_once() {
    let house = House::open().await;
    let well = person(WELL);
    let token = token(&house, &well).await;
    let ask = with(json!({ "data": certificate(&well) }), &token);
    let message = house.message(pharmacy(), "1101", ask.clone());
    let first = house.send(&message).await;
    assert_eq!(first["output"]["baseinfo"]["psn_no"], *well.number);
    let again = house.send(&message).await;
    assert_eq!(again["infcode"], 0, "the same message again is the same");
    let sentence = house.refuse(pharmacy(), "1101", ask).await;
    let name = house.app().institution(pharmacy()).unwrap().name.clone();
    assert!(sentence.contains("2024-11-15"), "{sentence}");
    assert!(sentence.contains(&name), "{sentence}");

    // Read here, it is good for a purchase here and nowhere else.
    let elsewhere = with(registration(&house, &well), &token);
    let sentence = house.refuse(hospital(), "2201", elsewhere).await;
    assert!(sentence.contains(&name), "{sentence}");
    let buy = with(sale(&house, &well), &token);
    house.accept(pharmacy(), "2101", buy.clone()).await;
    let message = house.message(pharmacy(), "2102", buy.clone());
    let settled = house.send(&message).await;
    assert_eq!(settled["infcode"], 0, "{settled}");
    assert_eq!(settled["output"]["setlinfo"]["mdtrt_cert_type"], "01");
    assert_eq!(house.send(&message).await, settled, "a repeat is a repeat");
    for transaction in ["2101", "2102"] {
        let sentence = house.refuse(pharmacy(), transaction, buy.clone()).await;
        assert!(sentence.contains("只能使用一次"), "{sentence}");
    }
}

#[tokio::test]
async fn a_token_serves_one_visit_from_registration_to_bill() {
    let house = House::open().await;
    let (place, well) = (hospital(), person(WELL));
    let token = token(&house, &well).await;
    let opened = with(registration(&house, &well), &token);
    let output = house.accept(place, "2201", opened.clone()).await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    let sentence = house.refuse(place, "2201", opened).await;
    assert!(sentence.contains("只能使用一次"), "{sentence}");
    house
        .accept(place, "2203", report(&house, &well, &visit))
        .await;
    house
        .accept(place, "2204", fees(&house, &well, &visit, "B1"))
        .await;
    let bill = with(bill(&well, &visit, "B1"), &token);
    house.accept(place, "2206", bill.clone()).await;
    house.accept(place, "2207", bill).await;
    let other = with(sale(&house, &well), &token);
    let sentence = house.refuse(pharmacy(), "2102", other).await;
    assert!(sentence.contains("只能使用一次"), "{sentence}");

    let month = house.now().date();
    let usage = house.app().credential_usage(&clerk(&house), month).await;
    let usage = usage.unwrap();
    let line = usage.lines.iter().find(|line| line.institution == place);
    assert_eq!(line.unwrap().electronic, 1);
    assert!(usage.activated > 0 && usage.activated <= usage.people);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_at_once_spend_a_token_once() {
    let house = House::open().await;
    let well = person(WELL);
    let token = token(&house, &well).await;
    let buy = with(sale(&house, &well), &token);
    let house = std::sync::Arc::new(house);
    let mut tries = JoinSet::new();
    for _ in 0..16 {
        let message = house.message(pharmacy(), "2102", buy.clone());
        let house = std::sync::Arc::clone(&house);
        tries.spawn(async move {
            let answer = house.post(CALL_SERVICE, &[], message.to_string()).await;
            answer.json()
        });
    }
    let replies = tries.join_all().await;
    let (accepted, refused): (Vec<_>, Vec<_>) =
        replies.into_iter().partition(|reply| reply["infcode"] == 0);
    assert_eq!(accepted.len(), 1);
    for reply in refused {
        let sentence = reply["err_msg"].as_str().unwrap_or_default();
        assert!(sentence.contains("只能使用一次"), "{reply}");
    }
}

#[tokio::test]
async fn an_expired_or_unknown_token_is_refused() {
    let house = House::open().await;
    let well = person(WELL);
    let issued = house.now().saturating_sub(jiff::Span::new().minutes(10));
    let row = TokenRow {
        once: true,
        expires_at: house.now().saturating_sub(jiff::Span::new().minutes(5)),
        ..lasting_token(&well.number, "OLD-TOKEN-0001", issued)
    };
    let store = &house.app().store;
    store.put_tokens(house.area(), &[row]).await.unwrap();
    for (token, wanted) in [("OLD-TOKEN-0001", "失效"), ("NEVER-ISSUED-1", "NEVE…-1")] {
        let sentence = house
            .refuse(pharmacy(), "2102", with(sale(&house, &well), token))
            .await;
        assert!(sentence.contains(wanted), "{sentence}");
        let ask = with(json!({ "data": certificate(&well) }), token);
        let sentence = house.refuse(pharmacy(), "1101", ask).await;
        assert!(sentence.contains(wanted), "{sentence}");
    }
    let stranger = person("成年居民，正常享受待遇");
    let app = house.app();
    let none = app.issue_token(&clerk(&house), "P-NOBODY", 5).await;
    assert!(none.unwrap_err().to_string().contains("P-NOBODY"));
    let forever = app
        .issue_token(&clerk(&house), &stranger.number, 9_999)
        .await;
    assert!(forever.unwrap_err().to_string().contains("9999"));
}

#[tokio::test]
async fn a_credential_must_be_the_persons() {
    let house = House::open().await;
    let (well, other) = (person(WELL), person("成年居民，正常享受待遇"));
    let before = house.holdings().await;
    let token = token(&house, &other).await;
    let place = hospital();
    for (kind, number) in [
        ("01", token.as_str()),
        ("02", other.id_number.as_str()),
        ("03", other.card_number.as_str()),
        ("02", "000000000000000000"),
    ] {
        let shown = |mut input: Value, node: &str| {
            input[node]["mdtrt_cert_type"] = json!(kind);
            input[node]["mdtrt_cert_no"] = json!(number);
            input
        };
        for (place, transaction, input) in [
            (pharmacy(), "2101", shown(sale(&house, &well), "druginfo")),
            (pharmacy(), "2102", shown(sale(&house, &well), "druginfo")),
            (place, "2201", shown(registration(&house, &well), "data")),
            (place, "2401", shown(admission(&house, &well), "mdtrtinfo")),
        ] {
            let sentence = house.refuse(place, transaction, input).await;
            assert!(
                sentence.contains("就诊凭证编号"),
                "{transaction} {sentence}"
            );
            assert!(sentence.contains(well.number.as_str()), "{sentence}");
        }
    }
    assert_eq!(house.holdings().await, before);
    let by_card = and(
        certificate(&well),
        json!({ "mdtrt_cert_type": "03", "mdtrt_cert_no": well.card_number, "card_sn": "1" }),
    );
    let mut input = sale(&house, &well);
    input["druginfo"] = and(input["druginfo"].clone(), by_card);
    house.accept(pharmacy(), "2102", input).await;
}
