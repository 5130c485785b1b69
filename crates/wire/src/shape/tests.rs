use jiff::civil::{date, datetime};

use super::*;
use crate::tables::{transaction, transactions};

fn finish(output: Output) -> serde_json::Value {
    serde_json::from_str(&output.finish().unwrap().unwrap()).unwrap()
}

fn fault(output: Output) -> String {
    output.finish().unwrap_err().to_string()
}

#[test]
fn every_field_appears_in_the_order_of_the_table() {
    for known in transactions()
        .iter()
        .filter(|t| t.supported && !t.output.is_empty())
    {
        let mut output = Output::new(known);
        for node in &known.output {
            output = output.node(node.name, Fields::new());
        }
        let text = output.finish().unwrap().unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        for node in &known.output {
            let rows = if node.name == NodeTable::BARE {
                &read
            } else {
                &read[node.name]
            };
            let row = if node.rows == Rows::Many {
                &rows[0]
            } else {
                rows
            };
            assert_eq!(
                row.as_object().unwrap().len(),
                node.fields.len(),
                "{}",
                known.number
            );
            for field in &node.fields {
                let empty = &row[field.name];
                let fits = match field.kind {
                    Kind::Decimal { .. } | Kind::Whole(_) => empty.as_f64() == Some(0.0),
                    Kind::Nested => empty.as_array().is_some_and(Vec::is_empty),
                    _ => empty == "",
                };
                assert!(fits, "{} {} {empty}", known.number, field.name);
            }
            let places: Vec<_> = node
                .fields
                .iter()
                .filter_map(|field| text.find(&format!("\"{}\":", field.name)))
                .collect();
            assert_eq!(places.len(), node.fields.len());
        }
    }
    let text = Output::new(transaction("9001").unwrap())
        .node("signinoutb", Fields::new().text("sign_no", "S\"1"))
        .finish();
    assert_eq!(
        text.unwrap().unwrap(),
        r#"{"signinoutb":{"sign_time":"","sign_no":"S\"1"}}"#
    );
}

#[test]
fn values_are_written_exactly() {
    let row = Fields::new()
        .integer("age", 35)
        .amount("medfee_sumamt", Fen::new(1_234_567_890_123_456))
        .amount("hifp_pay", Fen::new(-5))
        .ratio("pool_prop_selfpay", Ratio::new(2, 3))
        .date("brdy", date(1980, 1, 2))
        .datetime("setl_time", datetime(2024, 11, 15, 8, 9, 10, 999_000_000))
        .amount("balc", None)
        .optional_text("naty", Some("01"))
        .optional_text("gend", None::<&str>);
    let detail = Fields::new()
        .text("fund_pay_type", "310100")
        .amount("fund_payamt", Fen::new(7));
    let output = Output::new(transaction("2207").unwrap())
        .node("setlinfo", row)
        .rows("setldetail", [detail.clone(), detail]);
    let text = output.finish().unwrap().unwrap();
    for part in [
        "\"age\":35,",
        "\"medfee_sumamt\":12345678901234.56,",
        "\"hifp_pay\":-0.05,",
        "\"pool_prop_selfpay\":0.6667,",
        "\"brdy\":\"1980-01-02\",",
        "\"setl_time\":\"2024-11-15 08:09:10\",",
        "\"balc\":0.00,",
        "\"naty\":\"01\",",
        "\"fund_payamt\":0.07,",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn prices_and_quantities_keep_their_decimals() {
    let line = Fields::new()
        .price("pric", Price::new(1_234_500))
        .quantity("cnt", Quantity::new(-15_000))
        .amount("pric_uplmt_amt", Fen::new(200));
    let output = Output::new(transaction("2301").unwrap()).rows("result", [line]);
    let read = finish(output);
    assert_eq!(read["result"][0]["pric"].to_string(), "1.2345");
    assert_eq!(read["result"][0]["cnt"].to_string(), "-1.5");
    assert_eq!(read["result"][0]["pric_uplmt_amt"].to_string(), "2.0");
}

#[test]
fn rows_are_lists_and_queries_answer_objects_for_one() {
    let nothing = finish(Output::new(transaction("2301").unwrap()));
    assert_eq!(nothing["result"], serde_json::json!([]));
    let visits = |count: usize| {
        let rows = (0..count).map(|_| Fields::new().text("mdtrt_id", "M"));
        finish(Output::new(transaction("5303").unwrap()).rows("data", rows))
    };
    assert!(visits(0)["data"].is_array());
    assert!(visits(1)["data"].is_object());
    assert_eq!(visits(2)["data"].as_array().map(Vec::len), Some(2));
    let lines = Output::new(transaction("5204").unwrap())
        .rows(NodeTable::BARE, [Fields::new().text("mdtrt_id", "M")]);
    assert_eq!(finish(lines)[0]["mdtrt_id"], "M");
    assert_eq!(Output::new(transaction("2205").unwrap()).finish(), Ok(None));
}

#[test]
fn slips_of_the_programmer_are_named() {
    let settle = || Output::new(transaction("2207").unwrap());
    let detail = |row: Fields| fault(settle().node("setlinfo", row));
    assert_eq!(fault(settle()), "2207 setlinfo needs one row, not 0");
    assert_eq!(
        fault(settle().node("sltinfo", Fields::new())),
        "2207 output has no (second) node sltinfo"
    );
    assert_eq!(
        detail(Fields::new().text("psn_noo", "x")),
        "2207 setlinfo: no field psn_noo"
    );
    let empty = Fields::new().optional_text("psn_noo", None::<&str>);
    assert_eq!(detail(empty), "2207 setlinfo: no field psn_noo");
    let twice = Fields::new().text("psn_no", "x").text("psn_no", "y");
    assert_eq!(detail(twice), "2207 setlinfo: field psn_no is set twice");
    for wrong in [
        Fields::new().text("hifp_pay", "1.00"),
        Fields::new().price("hifp_pay", Price::new(1)),
        Fields::new().amount("psn_no", Fen::ZERO),
        Fields::new().text("setl_time", "2024"),
    ] {
        assert!(detail(wrong).contains("was given"));
    }
    let twice = settle()
        .node("setlinfo", Fields::new())
        .node("setlinfo", Fields::new());
    assert!(fault(twice).contains("(second)"));
    let silent = Output::new(transaction("2205").unwrap()).node("data", Fields::new());
    assert!(fault(silent).contains("2205"));
}
