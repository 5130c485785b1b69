//! The audit of bills: what an area excludes, what it refuses, and what it only notes.

use demo_maker::Person;
use policy::AuditDuring;
use serde_json::{Value, json};

use crate::house::{House, fen, hospital, person, pharmacy};
use crate::messages::*;

const WELL: &str = "在职职工，正常享受待遇";

/// The usual lines, the first of them uploaded twice.
fn twice(house: &House, person: &Person, visit: &str) -> Value {
    let mut lines = fees(house, person, visit, "B1");
    let rows = lines["feedetail"].as_array_mut().unwrap();
    let mut again = rows[0].clone();
    again["feedetl_sn"] = json!("B19");
    rows.push(again);
    lines
}

fn bill_of(person: &Person, visit: &str, total: &str) -> Value {
    let mut bill = bill(person, visit, "B1");
    bill["data"]["medfee_sumamt"] = json!(total);
    bill
}

/// A visit with a line uploaded twice; what the upload answered.
async fn doubled(house: &House, person: &Person) -> (String, Value) {
    let place = hospital();
    let output = house
        .accept(place, "2201", registration(house, person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    house
        .accept(place, "2203", report(house, person, &visit))
        .await;
    let uploaded = house
        .accept(place, "2204", twice(house, person, &visit))
        .await;
    (visit, uploaded)
}

const WITH_DOUBLE: &str = "252.40";

#[tokio::test]
async fn the_fund_pays_nothing_for_what_the_area_excludes_and_the_rest_adds_up() {
    let (person, place) = (person(WELL), hospital());
    // What the same visit comes to without the double, in an area that only notes.
    let plain = House::open().await;
    let output = plain
        .accept(place, "2201", registration(&plain, &person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap();
    plain
        .accept(place, "2203", report(&plain, &person, visit))
        .await;
    plain
        .accept(place, "2204", fees(&plain, &person, visit, "B1"))
        .await;
    let single = plain
        .accept(place, "2207", bill(&person, visit, "B1"))
        .await;

    let house = House::handling_doubts(|rule| rule.during = AuditDuring::Exclude).await;
    let (visit, uploaded) = doubled(&house, &person).await;
    let memo = |at: usize| uploaded["result"][at]["memo"].as_str().unwrap().to_owned();
    assert!(memo(3).contains("审核提醒M005"), "{uploaded}");
    assert!(!memo(0).contains("审核提醒"), "{uploaded}");

    let asked = bill_of(&person, &visit, WITH_DOUBLE);
    let rehearsed = house.accept(place, "2206", asked.clone()).await;
    let reply = house.send(&house.message(place, "2207", asked)).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let warned = reply["warn_msg"].as_str().unwrap();
    assert!(warned.contains("“B19”违反审核规则M005"), "{warned}");
    let (double, single) = (&reply["output"]["setlinfo"], &single["setlinfo"]);
    for field in [
        "inscp_scp_amt",
        "fund_pay_sumamt",
        "hifp_pay",
        "preselfpay_amt",
    ] {
        assert_eq!(fen(&double[field]), fen(&single[field]), "{field}");
        assert_eq!(double[field], rehearsed["setlinfo"][field], "{field}");
    }
    let more = |field: &str| fen(&double[field]) - fen(&single[field]);
    assert_eq!(more("medfee_sumamt"), 7_400);
    assert_eq!(more("fulamt_ownpay_amt"), 7_400);
    let parts = [
        "fulamt_ownpay_amt",
        "overlmt_selfpay",
        "preselfpay_amt",
        "inscp_scp_amt",
    ];
    let sum: i64 = parts.iter().map(|field| fen(&double[*field])).sum();
    assert_eq!(sum, fen(&double["medfee_sumamt"]));

    let settlement = double["setl_id"].as_str().unwrap();
    let lines = house
        .app()
        .store
        .visit_lines(house.area(), &person.number, &visit);
    let lines = lines.await.unwrap();
    let held = lines.iter().find(|line| line.line_no == "B19").unwrap();
    assert!(held.amounts.in_scope.is_zero(), "{held:?}");
    let row = house
        .app()
        .store
        .settlement(house.area(), Some(&person.number), settlement);
    let kept = row.await.unwrap().unwrap().outcome;
    assert!(kept.contains("\"withheld\"") && kept.contains("违反审核规则M005"));
    let kept = house
        .app()
        .store
        .audit_prompts(house.area(), &person.number, 100);
    let moments: Vec<String> = kept
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.moment)
        .collect();
    assert!(moments.contains(&"upload".to_owned()) && moments.contains(&"during".to_owned()));

    // Taken back and settled again, the same is excluded.
    house
        .accept(place, "2208", undo(&person, &visit, settlement))
        .await;
    let again = house
        .accept(place, "2207", bill_of(&person, &visit, WITH_DOUBLE))
        .await;
    assert_eq!(
        again["setlinfo"]["fund_pay_sumamt"],
        double["fund_pay_sumamt"]
    );
    house.holdings().await;
}

#[tokio::test]
async fn a_bill_is_refused_where_the_area_refuses_what_its_rules_deduct() {
    let (person, place) = (person(WELL), hospital());
    let house = House::handling_doubts(|rule| rule.during = AuditDuring::Refuse).await;
    let (visit, _) = doubled(&house, &person).await;
    let before = house.holdings().await;
    for transaction in ["2206", "2207"] {
        let asked = bill_of(&person, &visit, WITH_DOUBLE);
        let refused = house.refuse(place, transaction, asked).await;
        assert!(
            refused.starts_with("明细“B19”违反审核规则M005“完全重复明细”"),
            "{refused}"
        );
        assert!(
            refused.contains("不予结算；依据：《医疗保障基金使用监督管理条例》"),
            "{refused}"
        );
    }
    assert_eq!(house.holdings().await, before);
    // Without the line the bill goes through.
    let gone = json!({ "data": { "feedetl_sn": "0000", "chrg_bchno": "B1", "mdtrt_id": visit,
        "psn_no": person.number } });
    house.accept(place, "2205", gone).await;
    house
        .accept(place, "2204", fees(&house, &person, &visit, "B2"))
        .await;
    house
        .accept(place, "2207", bill(&person, &visit, "B2"))
        .await;

    let mut sold = sale(&house, &person);
    let rows = sold["drugdetail"].as_array_mut().unwrap();
    let mut again = rows[0].clone();
    again["feedetl_sn"] = json!("9");
    rows.push(again);
    sold["druginfo"]["medfee_sumamt"] = json!(WITH_DOUBLE);
    for transaction in ["2101", "2102"] {
        let refused = house.refuse(pharmacy(), transaction, sold.clone()).await;
        assert!(refused.contains("违反审核规则M005"), "{refused}");
    }
}

#[tokio::test]
async fn rules_that_are_not_named_and_areas_that_only_note_leave_bills_alone() {
    let (person, place) = (person(WELL), hospital());
    let other = House::handling_doubts(|rule| {
        rule.during = AuditDuring::Refuse;
        rule.during_rules = vec![terms::Word::new("C001")];
    });
    for house in [other.await, House::open().await] {
        let (visit, _) = doubled(&house, &person).await;
        let asked = bill_of(&person, &visit, WITH_DOUBLE);
        let reply = house.send(&house.message(place, "2207", asked)).await;
        assert_eq!(reply["infcode"], 0, "{reply}");
        assert!(reply["warn_msg"].is_null(), "{reply}");
    }
}
