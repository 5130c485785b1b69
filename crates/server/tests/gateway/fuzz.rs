//! Whatever arrives, the gateway answers without a 5xx and without touching the books.

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::house::{CALL_SERVICE, House, hospital, person, pharmacy};
use crate::messages::*;

const CASES: u32 = 300;

/// One way to spoil a message.
#[derive(Debug, Clone)]
enum Spoil {
    Byte(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Repeat(prop::sample::Index, prop::sample::Index),
    Value(prop::sample::Index, Value),
    Remove(prop::sample::Index),
}

fn spoil() -> impl Strategy<Value = Spoil> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Spoil::Byte(at, byte)),
        index().prop_map(Spoil::Cut),
        (index(), index()).prop_map(|(from, to)| Spoil::Repeat(from, to)),
        (index(), value()).prop_map(|(at, value)| Spoil::Value(at, value)),
        index().prop_map(Spoil::Remove),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!(1e300)),
        Just(json!([])),
        Just(json!({})),
        Just(json!("-0.01")),
        Just(json!("99999999999999.99")),
        Just(json!("0001-01-01")),
        Just(json!("9999-12-31 23:59:59")),
        Just(json!("\u{0}")),
        "\\PC{0,60}".prop_map(Value::from),
    ]
}

/// Paths to every value inside, as JSON pointers.
fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, inner)| pointers(inner, format!("{at}/{key}"), found)),
        Value::Array(rows) => rows
            .iter()
            .enumerate()
            .for_each(|(row, inner)| pointers(inner, format!("{at}/{row}"), found)),
        _ => {}
    }
    if !at.is_empty() {
        found.push(at);
    }
}

fn spoilt(mut message: Value, spoils: &[Spoil]) -> Vec<u8> {
    for one in spoils {
        let mut all = Vec::new();
        pointers(&message, String::new(), &mut all);
        if all.is_empty() {
            break;
        }
        match one {
            Spoil::Value(at, value) => {
                *message.pointer_mut(at.get(&all[..]).as_str()).unwrap() = value.clone();
            }
            Spoil::Remove(at) => {
                let (parent, key) = at.get(&all[..]).rsplit_once('/').unwrap();
                if let Some(Value::Object(map)) = message.pointer_mut(parent) {
                    map.remove(key);
                }
            }
            _ => {}
        }
    }
    let mut bytes = message.to_string().into_bytes();
    for one in spoils {
        if bytes.is_empty() {
            break;
        }
        match one {
            Spoil::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Spoil::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Spoil::Repeat(from, to) => {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 500));
                let piece = bytes[from..to].to_vec();
                bytes.extend(piece);
            }
            _ => {}
        }
    }
    bytes
}

/// Good messages of transactions that leave nothing behind even when they succeed.
fn harmless(house: &House) -> Vec<Value> {
    let person = person("在职职工，正常享受待遇");
    let (shop, place) = (pharmacy(), hospital());
    let of_person = json!({ "data": { "psn_no": person.number, "begntime": "2024-01-01",
        "endtime": "2024-12-31", "med_type": "11", "mdtrt_id": "V1", "setl_id": "S1",
        "biz_appy_type": "01", "type": "med_type", "insutype": "310",
        "fixmedins_code": place, "date": "2024-11-15", "admdvs": "990100" } });
    let mut all = vec![house.message(shop, "2101", sale(house, &person))];
    all.push(house.message(place, "1101", json!({ "data": certificate(&person) })));
    for infno in [
        "1901", "2001", "5201", "5202", "5203", "5204", "5205", "5206", "5301", "5302", "5303",
    ] {
        all.push(house.message(place, infno, of_person.clone()));
    }
    all
}

fn addresses() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(CALL_SERVICE.to_owned()),
        1 => Just("/CSB".to_owned()),
        1 => "/fsi/api/[0-9A-Za-z]{1,8}",
        1 => "/ebus/gdyb_inf/poc/hsa/hgs/[0-9A-Za-z]{1,6}",
    ]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = prop::sample::select(vec![
        "apikey",
        "x-tif-paasid",
        "x-tif-signature",
        "_api_access_key",
        "_api_timestamp",
        "x-ca-signature",
        "content-type",
        "content-length",
    ]);
    prop_oneof![
        3 => Just(Vec::new()),
        1 => prop::collection::vec((names, "[ -~]{0,40}"), 0..4),
    ]
}

#[test]
fn nothing_that_arrives_brings_the_gateway_down() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let house = runtime.block_on(House::open());
    let before = runtime.block_on(house.holdings());
    let messages = harmless(&house);
    for message in &messages {
        let reply = runtime.block_on(house.send(message));
        assert!(reply["infcode"].is_i64(), "{reply}");
    }
    let bodies = prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..2_000),
        1 => "\\PC{0,400}".prop_map(String::into_bytes),
        6 => (prop::sample::select(messages), prop::collection::vec(spoil(), 1..4))
            .prop_map(|(message, spoils)| spoilt(message, &spoils)),
    ];
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(
        &(addresses(), headers(), bodies),
        |(path, headers, body)| {
            let headers: Vec<_> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let answer = runtime.block_on(house.post(&path, &headers, body));
            prop_assert!(
                matches!(answer.status, StatusCode::OK | StatusCode::UNAUTHORIZED),
                "{path}: {}",
                answer.status
            );
            let reply = answer.json();
            prop_assert!(reply["infcode"].is_i64() || reply["code"] == 401, "{reply}");
            Ok(())
        },
    );
    outcome.unwrap();
    assert_eq!(runtime.block_on(house.holdings()), before);
}

#[test]
fn spoilt_writing_messages_leave_the_books_in_order() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let house = runtime.block_on(House::open());
    let person = person("退休职工，正常享受待遇");
    let (shop, place) = (pharmacy(), hospital());
    let input = registration(&house, &person);
    let output = runtime.block_on(house.accept(place, "2201", input));
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(
        &(0_usize..9, prop::collection::vec(spoil(), 0..3)),
        |(which, spoils)| {
            let message = match which {
                0 => house.message(shop, "2102", sale(&house, &person)),
                1 => house.message(place, "2203", report(&house, &person, &visit)),
                2 => house.message(place, "2204", fees(&house, &person, &visit, "B1")),
                3 => house.message(place, "2207", bill(&person, &visit, "B1")),
                4 => house.message(place, "2401", admission(&house, &person)),
                5 => house.message(place, "2601", compensation(&person, "M1", "2207")),
                6 => house.message(place, "2202", of_visit(&person, &visit)),
                7 => house.message(place, "2208", undo(&person, &visit, "S1")),
                _ => house.message(place, "2402", discharge(&house, &person, &visit)),
            };
            let body = spoilt(message, &spoils);
            let answer = runtime.block_on(house.post(CALL_SERVICE, &[], body));
            prop_assert_eq!(answer.status, StatusCode::OK);
            prop_assert!(answer.json()["infcode"].is_i64());
            Ok(())
        },
    );
    outcome.unwrap();
    // Some were accepted, and rightly so: what counts is that every sum still agrees.
    runtime.block_on(house.holdings());
}
