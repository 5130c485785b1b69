//! Whole messages: what the tables call right is read, and nothing a client can send panics.

use jiff::Timestamp;
use jiff::civil::datetime;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use wire::auth::{Credential, ReplayWindow, Request, authenticate};
use wire::tables::{Field, Kind, NodeTable, Required, Rows, Transaction, dictionary, transactions};
use wire::transport::{CALL_SERVICE, resolve};
use wire::{Body, Envelope, Refusal, Reply, fingerprint};

fn served() -> impl Iterator<Item = &'static Transaction> {
    transactions().iter().filter(|known| known.supported)
}

/// A value that the table calls right, as text.
fn right_value(field: &Field) -> Value {
    let code = field
        .dictionary
        .and_then(dictionary)
        .map(|codes| codes.entries[0].0);
    match field.kind {
        Kind::Text(_) => json!(code.unwrap_or("1")),
        Kind::Whole(_) | Kind::Decimal { .. } => json!("1"),
        Kind::Date => json!("2024-11-15"),
        Kind::DateTime => json!("2024-11-15 08:00:00"),
        Kind::Extension(_) => json!({"TRUM_FLAG": "0"}),
        Kind::Raw => json!([1, 2, 3]),
        Kind::Nested => Value::Null,
    }
}

fn right_row(table: &NodeTable) -> Value {
    let mut row = Map::new();
    for field in &table.fields {
        row.insert(field.name.to_owned(), right_value(field));
    }
    for nested in &table.nested {
        row.insert(nested.name.to_owned(), json!([right_row(nested)]));
    }
    Value::Object(row)
}

fn right_input(known: &Transaction) -> Value {
    let nodes = known.input.iter().map(|table| {
        let row = right_row(table);
        let rows = if table.rows == Rows::One {
            row
        } else {
            json!([row.clone(), row])
        };
        (table.name.to_owned(), rows)
    });
    Value::Object(nodes.collect())
}

fn message(infno: &str, input: Value) -> Value {
    json!({
        "infno": infno, "msgid": "H42130000001202411150800000001", "mdtrtarea_admvs": "421300",
        "insuplc_admdvs": "421300", "recer_sys_code": "FSI_LOCAL", "infver": "V1.0",
        "opter_type": "1", "opter": "001", "opter_name": "经办",
        "inf_time": "2024-11-15 08:00:00", "fixmedins_code": "H42130000001",
        "fixmedins_name": "示例医院", "sign_no": "", "input": input,
    })
}

/// The way of one message up to its handler.
fn receive(path: &str, body: &[u8]) -> Result<Body, Refusal> {
    let envelope = Envelope::parse(body).map_err(|rejected| rejected.refusal)?;
    let known = resolve(path, &envelope.infno)?;
    assert_eq!(fingerprint(&envelope).len(), 64);
    Body::read(known, &envelope.input)
}

/// A refusal must leave as a well-formed reply with a short, non-empty text.
fn check(answer: Result<Body, Refusal>) {
    let Err(refusal) = answer else { return };
    let at = datetime(2024, 11, 15, 8, 0, 0, 0);
    let reply = Reply::refused(String::new(), at, at, &refusal).to_json();
    let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
    let text = reply["err_msg"].as_str().expect("a refusal has a text");
    assert!((1..=200).contains(&text.chars().count()));
    assert_eq!(reply["infcode"], -1);
}

#[test]
fn what_the_tables_call_right_is_read() {
    for known in served() {
        let body = message(known.number, right_input(known)).to_string();
        let read = receive(CALL_SERVICE, body.as_bytes());
        let read = read.unwrap_or_else(|refusal| panic!("{}: {refusal}", known.number));
        for table in &known.input {
            let rows = read.at_least_one(table.name).expect("the node was sent");
            assert_eq!(rows.len(), if table.rows == Rows::One { 1 } else { 2 });
        }
    }
}

#[test]
fn numbers_may_come_as_numbers_everywhere() {
    for known in served() {
        let text = message(known.number, right_input(known))
            .to_string()
            .replace("\"1\"", "1");
        let answer = receive(CALL_SERVICE, text.as_bytes());
        assert!(answer.is_ok(), "{}: {:?}", known.number, answer.err());
    }
}

#[test]
fn every_demanded_field_is_named_when_it_is_left_out() {
    for known in served() {
        for table in &known.input {
            for field in table
                .fields
                .iter()
                .filter(|field| field.required == Required::Yes)
            {
                let mut input = right_input(known);
                let node = &mut input[table.name];
                let row = if table.rows == Rows::One {
                    node
                } else {
                    &mut node[1]
                };
                row[field.name] = json!("");
                let body = message(known.number, input).to_string();
                let refusal = receive(CALL_SERVICE, body.as_bytes()).expect_err(field.name);
                let name = format!("字段 {}（{}）不能为空", field.name, field.name_zh);
                assert!(refusal.message().ends_with(&name), "{refusal}");
            }
        }
    }
}

#[test]
fn every_checked_code_is_named_when_it_is_unknown() {
    for known in served() {
        for table in &known.input {
            for field in table.fields.iter().filter(|field| field.checked) {
                let mut input = right_input(known);
                let node = &mut input[table.name];
                let row = if table.rows == Rows::One {
                    node
                } else {
                    &mut node[1]
                };
                row[field.name] = json!("?");
                let body = message(known.number, input).to_string();
                let refusal = receive(CALL_SERVICE, body.as_bytes()).expect_err(field.name);
                assert!(refusal.message().contains(field.name), "{refusal}");
                assert!(refusal.message().contains("的值“?”不在字典"), "{refusal}");
            }
        }
    }
}

/// Replaces the `at`-th value of a tree, counted depth first, by another.
fn replace(tree: &mut Value, at: &mut usize, with: &Value) -> bool {
    if *at == 0 {
        *tree = with.clone();
        return true;
    }
    *at -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, at, with)),
        Value::Object(pairs) => pairs.iter_mut().any(|(_, item)| replace(item, at, with)),
        _ => false,
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        "[0-9eE.+-]{0,24}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{0,12}", inner, 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn any_served() -> impl Strategy<Value = &'static Transaction> {
    let all: Vec<_> = served().collect();
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn arbitrary_bytes_are_answered(body in prop::collection::vec(any::<u8>(), 0..400)) {
        let answer = receive(CALL_SERVICE, &body);
        prop_assert!(answer.is_err());
        check(answer);
    }

    #[test]
    fn arbitrary_paths_are_answered(path in ".{0,40}", infno in ".{0,12}") {
        let _ = resolve(&path, &infno).map_err(|refusal| assert!(!refusal.message().is_empty()));
    }

    #[test]
    fn damaged_bytes_are_answered(
        known in any_served(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut body = message(known.number, right_input(known)).to_string().into_bytes();
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        if let Some(cut) = cut {
            body.truncate(cut.index(body.len()));
        }
        check(receive(CALL_SERVICE, &body));
    }

    #[test]
    fn odd_values_are_answered(
        known in any_served(),
        changes in prop::collection::vec((0_usize..90, odd_value()), 1..4),
    ) {
        let mut body = message(known.number, right_input(known));
        for (at, value) in changes {
            replace(&mut body, &mut { at }, &value);
        }
        check(receive(CALL_SERVICE, body.to_string().as_bytes()));
    }

    #[test]
    fn odd_headers_are_answered(
        headers in prop::collection::vec((
            prop::sample::select(vec![
                "_api_name", "_api_version", "_api_timestamp", "_api_access_key",
                "_api_signature", "x-tif-paasid", "x-tif-timestamp", "x-tif-nonce",
                "x-tif-signature", "x-ca-key", "x-ca-signature", "apikey", "accept",
            ]),
            prop_oneof![".{0,40}", "[0-9]{10}", "[0-9]{13}", "[0-9]{13}:[0-9a-f]{64}"],
        ), 0..12),
        now in 0_i64..4_000_000_000,
    ) {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let now = Timestamp::from_second(now).expect("in range");
        let request = Request { headers: &headers, body: b"{}", now };
        let lookup = |_, key: &str| (key.len() > 20).then(|| Credential {
            institution: "H1".to_owned(),
            secret: String::new(),
        });
        if let Err(error) = authenticate(&request, lookup, &mut ReplayWindow::new(4)) {
            let object: Value = serde_json::from_str(&error.to_json()).expect("an object");
            prop_assert_eq!(&object["code"], 401);
        }
    }
}
