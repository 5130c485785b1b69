//! The table of bad input: a clear reply, nothing stored but the access log, no 5xx.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{CALL_SERVICE, House, fen, hospital, person, pharmacy};
use crate::messages::*;

/// Sends bytes and returns the sentence of the refusal.
async fn refused(house: &House, body: Vec<u8>, status: StatusCode) -> String {
    let answer = house.post(CALL_SERVICE, &[], body).await;
    assert_eq!(answer.status, status);
    let reply = answer.json();
    assert_eq!(
        reply["infcode"],
        -1,
        "{}",
        String::from_utf8_lossy(&answer.bytes)
    );
    reply["err_msg"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn broken_bytes_are_answered_in_the_interfaces_form() {
    let house = House::open().await;
    let before = house.holdings().await;
    let whole = house.message(pharmacy(), "2102", sale(&house, &person("在职职工，正常")));
    let half = whole.to_string().into_bytes();
    let half = half[..half.len() / 2].to_vec();
    for (body, wanted) in [
        (Vec::new(), "报文为空"),
        (b"hello".to_vec(), "JSON"),
        (b"[]".to_vec(), "JSON对象"),
        (b"{}".to_vec(), "infno"),
        (half, "JSON"),
        (
            b"{\"infno\":\"2102\",\"msgid\":\"\xff\xfe\"}".to_vec(),
            "UTF-8",
        ),
        (vec![b'['; 100_000], "JSON"),
    ] {
        let logged = house.logged().await;
        let sentence = refused(&house, body, StatusCode::OK).await;
        assert!(
            sentence.contains(wanted) || wanted == "JSON",
            "{sentence} / {wanted}"
        );
        assert_eq!(house.logged().await, logged + 1);
    }
    let large = vec![b' '; server::gateway::BODY_LIMIT + 1];
    let sentence = refused(&house, large, StatusCode::PAYLOAD_TOO_LARGE).await;
    assert!(sentence.contains("8MB"), "{sentence}");
    assert_eq!(house.holdings().await, before);
}

#[tokio::test]
async fn a_faulty_envelope_is_told_which_field() {
    let house = House::open().await;
    let before = house.holdings().await;
    let good = house.message(pharmacy(), "2102", sale(&house, &person("在职职工，正常")));
    for (field, value, wanted) in [
        ("msgid", json!(null), "msgid"),
        ("infno", json!("9999"), "9999"),
        ("infno", json!("3201"), "暂不支持"),
        ("infver", json!(""), "infver"),
        ("inf_time", json!("yesterday"), "yesterday"),
        ("fixmedins_code", json!("H00000000000"), "H00000000000"),
        ("insuplc_admdvs", json!("110100"), "110100"),
        ("input", json!("text"), "input"),
        ("input", json!(null), "input"),
    ] {
        let mut message = good.clone();
        message[field] = value;
        let logged = house.logged().await;
        let sentence = refused(&house, message.to_string().into_bytes(), StatusCode::OK).await;
        assert!(sentence.contains(wanted), "{sentence} / {wanted}");
        assert_eq!(house.logged().await, logged + 1);
    }
    assert_eq!(house.holdings().await, before);
}

/// A sale with one field of its head or its first line changed.
fn changed(house: &House, place: &[&str], value: Value) -> Value {
    let mut input = sale(house, &person("在职职工，正常享受待遇"));
    let mut at = &mut input;
    for step in place {
        at = match step.parse::<usize>() {
            Ok(index) => &mut at[index],
            Err(_) => &mut at[*step],
        };
    }
    *at = value;
    input
}

#[tokio::test]
async fn a_faulty_bill_is_refused_with_field_and_value() {
    let house = House::open().await;
    let (before, line) = (house.holdings().await, ["drugdetail", "0"]);
    for (place, value, wanted) in [
        (&["druginfo", "psn_no"][..], json!("P-NOBODY"), "P-NOBODY"),
        (
            &["druginfo", "begntime"],
            json!("2099-01-01 08:00:00"),
            "2099-01-01",
        ),
        (&["druginfo", "medfee_sumamt"], json!("178.41"), "178.41"),
        (&["druginfo", "medfee_sumamt"], json!("abc"), "abc"),
        (&["druginfo", "insutype"], json!("390"), "没有参加"),
        (&["druginfo", "med_type"], json!("21"), "21"),
        (&["druginfo", "med_type"], json!("77"), "77"),
        (&["drugdetail"], json!([]), "drugdetail"),
        (
            &[line[0], line[1], "det_item_fee_sumamt"],
            json!("-74.00"),
            "-74.00",
        ),
        (
            &[line[0], line[1], "det_item_fee_sumamt"],
            json!("75.00"),
            "75.00",
        ),
        (&[line[0], line[1], "cnt"], json!(-4), "-4"),
        (&[line[0], line[1], "cnt"], json!("4.00001"), "4.00001"),
        (
            &[line[0], line[1], "pric"],
            json!("99999999999999"),
            "99999999999999",
        ),
        (
            &[line[0], line[1], "fee_ocur_time"],
            json!("2099-01-01 08:00:00"),
            "2099-01-01",
        ),
        (
            &[line[0], line[1], "fee_ocur_time"],
            json!("2024-02-30"),
            "2024-02-30",
        ),
    ] {
        let logged = house.logged().await;
        let sentence = house
            .refuse(pharmacy(), "2102", changed(&house, place, value))
            .await;
        assert!(sentence.contains(wanted), "{sentence} / {wanted}");
        assert_eq!(house.logged().await, logged + 1);
    }
    assert_eq!(house.holdings().await, before);
}

#[tokio::test]
async fn people_without_benefits_are_refused_or_pay_themselves() {
    let house = House::open().await;
    let before = house.holdings().await;
    let ended = person("参保已终止");
    let sentence = house.refuse(pharmacy(), "2102", sale(&house, &ended)).await;
    assert!(!sentence.is_empty());
    assert_eq!(house.holdings().await, before);
    let mut unmapped = sale(&house, &person("成年居民，正常享受待遇"));
    for line in unmapped["drugdetail"].as_array_mut().unwrap() {
        line["med_list_codg"] = json!("NOBODY-KNOWS");
    }
    let output = house.accept(pharmacy(), "2101", unmapped).await;
    assert_eq!(fen(&output["setlinfo"]["fulamt_ownpay_amt"]), 17_840);
    assert_eq!(house.holdings().await, before);
}

#[tokio::test]
async fn ten_thousand_and_one_lines_are_too_many() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("在职职工，正常享受待遇"));
    let output = house
        .accept(place, "2201", registration(&house, &person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap();
    let before = house.holdings().await;
    let mut input = fees(&house, &person, visit, "B1");
    let row = input["feedetail"][0].clone();
    input["feedetail"] = Value::Array(vec![row; 10_001]);
    let sentence = house.refuse(place, "2204", input).await;
    assert!(
        sentence.contains("10001") && sentence.contains("10000"),
        "{sentence}"
    );
    let mut input = fees(&house, &person, visit, "B1");
    input["feedetail"][1]["psn_no"] = json!("SOMEBODY");
    let sentence = house.refuse(place, "2204", input).await;
    assert!(sentence.contains("SOMEBODY"), "{sentence}");
    assert_eq!(house.holdings().await, before);
}

#[tokio::test]
async fn strangers_learn_nothing_and_touch_nothing() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("在职职工，正常享受待遇"));
    let output = house
        .accept(place, "2201", registration(&house, &person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap();
    let other = house
        .refuse(pharmacy(), "2202", of_visit(&person, visit))
        .await;
    assert!(other.contains("不属于本机构"), "{other}");
    let mut wrong = certificate(&person);
    wrong["psn_name"] = json!("冒名者");
    let sentence = house.refuse(place, "1101", json!({ "data": wrong })).await;
    assert!(
        sentence.contains("psn_name") && sentence.contains("冒名者"),
        "{sentence}"
    );
    assert!(!sentence.contains(person.name.as_str()), "{sentence}");
    let mut unknown = certificate(&person);
    unknown["mdtrt_cert_no"] = json!("000000000000000000");
    let sentence = house
        .refuse(place, "1101", json!({ "data": unknown }))
        .await;
    assert!(sentence.contains("000000000000000000"), "{sentence}");
}
