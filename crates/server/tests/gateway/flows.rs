//! Whole flows, there and back.

use serde_json::{Value, json};

use crate::forms::{identities, line_identities, negatives};
use crate::house::{House, fen, hospital, person, pharmacy};
use crate::messages::*;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"))
}

#[tokio::test]
async fn a_person_is_found_by_document_card_and_credential() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    for (kind, number) in [
        ("01", &person.card_number),
        ("02", &person.id_number),
        ("03", &format!("{}|CARD-BLOB", person.card_number)),
    ] {
        let input = json!({ "data": and(certificate(&person),
            json!({ "mdtrt_cert_type": kind, "mdtrt_cert_no": number, "card_sn": "1" })) });
        let output = house.accept(hospital(), "1101", input).await;
        assert_eq!(output["baseinfo"]["psn_no"], *person.number);
        assert_eq!(output["baseinfo"]["certno"], *person.id_number);
        assert_eq!(output["baseinfo"]["age"], 41);
        let cover = &output["insuinfo"][0];
        assert_eq!(
            (text(cover, "insutype"), text(cover, "psn_type")),
            ("310", "11")
        );
        assert_eq!(fen(&cover["balc"]), 420_000);
    }
    let poor = super::house::person("成年居民，低保对象");
    let output = house
        .accept(hospital(), "1101", json!({ "data": certificate(&poor) }))
        .await;
    assert_eq!(text(&output["idetinfo"][0], "psn_idet_type"), "2303");
    assert_eq!(text(&output["insuinfo"][0], "insutype"), "390");
}

#[tokio::test]
async fn a_pharmacy_sells_and_takes_back() {
    let house = House::open().await;
    let person = person("在职职工，正常享受待遇");
    let before = house.holdings().await;
    let rehearsed = house
        .accept(pharmacy(), "2101", sale(&house, &person))
        .await;
    identities(&rehearsed);
    assert_eq!(house.holdings().await, before, "a rehearsal leaves nothing");

    let settled = house
        .accept(pharmacy(), "2102", sale(&house, &person))
        .await;
    identities(&settled);
    assert_eq!(
        line_identities(&settled["detlcutinfo"]),
        fen(&settled["setlinfo"]["medfee_sumamt"])
    );
    for name in [
        "fund_pay_sumamt",
        "acct_pay",
        "psn_cash_pay",
        "balc",
        "inscp_scp_amt",
    ] {
        assert_eq!(
            settled["setlinfo"][name], rehearsed["setlinfo"][name],
            "{name}"
        );
    }
    let setl = &settled["setlinfo"];
    assert_eq!(fen(&setl["balc"]), 420_000 - fen(&setl["acct_pay"]));
    let own = &settled["detlcutinfo"][2];
    assert_eq!(
        (text(own, "chrgitm_lv"), fen(&own["fulamt_ownpay_amt"])),
        ("03", 600)
    );

    let input = undo(&person, text(setl, "mdtrt_id"), text(setl, "setl_id"));
    let reversed = house.accept(pharmacy(), "2103", input.clone()).await;
    identities(&reversed);
    negatives(&settled, &reversed);
    assert_eq!(fen(&reversed["setlinfo"]["balc"]), 420_000);
    let again = house.refuse(pharmacy(), "2103", input).await;
    assert!(again.contains("已被"), "{again}");
    house.holdings().await;
}

/// Registration, diagnoses and lines; the visit's number.
async fn uploaded(house: &House, person: &demo_maker::Person, batch: &str) -> String {
    let place = hospital();
    let output = house
        .accept(place, "2201", registration(house, person))
        .await;
    let visit = text(&output["data"], "mdtrt_id").to_owned();
    house
        .accept(place, "2203A", report(house, person, &visit))
        .await;
    let output = house
        .accept(place, "2204", fees(house, person, &visit, batch))
        .await;
    assert_eq!(line_identities(&output["result"]), 17_840);
    visit
}

#[tokio::test]
async fn five_messages_settle_an_outpatient_and_four_undo_it() {
    let house = House::open().await;
    for note in ["在职职工，正常享受待遇", "成年居民，低保对象", "在职公务员"]
    {
        let (place, person) = (hospital(), person(note));
        let visit = uploaded(&house, &person, "B1").await;
        let before = house.holdings().await;
        let rehearsed = house
            .accept(place, "2206A", bill(&person, &visit, "B1"))
            .await;
        assert_eq!(house.holdings().await, before);
        assert_eq!(text(&rehearsed["setlinfo"], "setl_id"), "");
        identities(&rehearsed);
        let settled = house
            .accept(place, "2207A", bill(&person, &visit, "B1"))
            .await;
        identities(&settled);
        for name in [
            "fund_pay_sumamt",
            "acct_pay",
            "psn_cash_pay",
            "balc",
            "act_pay_dedc",
        ] {
            assert_eq!(
                settled["setlinfo"][name], rehearsed["setlinfo"][name],
                "{name}"
            );
        }
        let id = text(&settled["setlinfo"], "setl_id").to_owned();

        let early = house.refuse(place, "2202", of_visit(&person, &visit)).await;
        assert!(early.contains("不能撤销"), "{early}");
        let withdraw = json!({ "data": { "psn_no": person.number, "mdtrt_id": visit,
                                         "chrg_bchno": "0000" } });
        house.refuse(place, "2205", withdraw.clone()).await;
        let reversed = house
            .accept(place, "2208", undo(&person, &visit, &id))
            .await;
        identities(&reversed);
        negatives(&settled, &reversed);
        let left = house.refuse(place, "2202", of_visit(&person, &visit)).await;
        assert!(left.contains("3条"), "{left}");
        house.accept(place, "2205", withdraw).await;
        house.accept(place, "2202", of_visit(&person, &visit)).await;
        house.holdings().await;
    }
}

#[tokio::test]
async fn batches_of_one_visit_settle_one_by_one() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("退休职工，正常享受待遇"));
    let visit = uploaded(&house, &person, "B1").await;
    house
        .accept(place, "2204", fees(&house, &person, &visit, "B2"))
        .await;
    let both = house
        .refuse(place, "2207", bill(&person, &visit, "0000"))
        .await;
    assert!(both.contains("178.40") && both.contains("356.80"), "{both}");
    let first = house
        .accept(place, "2207", bill(&person, &visit, "B1"))
        .await;
    let second = house
        .accept(place, "2207", bill(&person, &visit, "B2"))
        .await;
    house
        .accept(place, "2204", fees(&house, &person, &visit, "B3"))
        .await;
    house
        .accept(place, "2207", bill(&person, &visit, "B3"))
        .await;
    let repeated = house
        .refuse(place, "2204", fees(&house, &person, &visit, "B1"))
        .await;
    assert!(repeated.contains("B11"), "{repeated}");
    let none = house
        .refuse(place, "2207", bill(&person, &visit, "B1"))
        .await;
    assert!(none.contains("没有费用明细"), "{none}");
    let id = text(&first["setlinfo"], "setl_id");
    assert_ne!(id, text(&second["setlinfo"], "setl_id"));
    house.holdings().await;
}

#[tokio::test]
async fn a_stay_is_admitted_changed_discharged_settled_and_undone() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("在职职工，正常享受待遇"));
    let output = house
        .accept(place, "2401", admission(&house, &person))
        .await;
    let visit = text(&output["result"][0], "mdtrt_id").to_owned();
    let second = house
        .refuse(place, "2401", admission(&house, &person))
        .await;
    assert!(second.contains("未出院"), "{second}");
    let inside = json!({ "data": { "begntime": "2024-01-01", "endtime": "2024-12-31" } });
    let found = house.accept(place, "5303", inside.clone()).await;
    assert_eq!(text(&found["data"], "mdtrt_id"), visit);

    let mut change = admission(&house, &person)["mdtrtinfo"].clone();
    change = and(
        change,
        json!({ "mdtrt_id": visit, "ipt_otp_no": "ZY0002", "adm_bed": "14" }),
    );
    house
        .accept(place, "2403", json!({ "adminfo": change }))
        .await;
    let output = house
        .accept(place, "2301", fees(&house, &person, &visit, "Z"))
        .await;
    assert_eq!(line_identities(&output["result"]), 17_840);
    let one = json!({ "data": { "psn_no": person.number, "mdtrt_id": visit, "feedetl_sn": "Z3" } });
    house.accept(place, "2302", one.clone()).await;
    let gone = house.refuse(place, "2302", one).await;
    assert!(gone.contains("没有可撤销"), "{gone}");
    let all =
        json!({ "data": { "psn_no": person.number, "mdtrt_id": visit, "feedetl_sn": "0000" } });
    house.accept(place, "2302", all).await;
    house
        .accept(place, "2301", fees(&house, &person, &visit, "Y"))
        .await;

    house
        .accept(place, "2402", discharge(&house, &person, &visit))
        .await;
    house.accept(place, "2405", of_visit(&person, &visit)).await;
    house
        .accept(place, "2402", discharge(&house, &person, &visit))
        .await;
    let rehearsed = house
        .accept(place, "2303", stay_bill(&person, &visit))
        .await;
    identities(&rehearsed);
    let settled = house
        .accept(place, "2304", stay_bill(&person, &visit))
        .await;
    identities(&settled);
    let id = text(&settled["setlinfo"], "setl_id");
    house.refuse(place, "2405", of_visit(&person, &visit)).await;
    let reversed = house.accept(place, "2305", undo(&person, &visit, id)).await;
    identities(&reversed);
    negatives(&settled, &reversed);
    house.accept(place, "2405", of_visit(&person, &visit)).await;
    let all =
        json!({ "data": { "psn_no": person.number, "mdtrt_id": visit, "feedetl_sn": "0000" } });
    house.accept(place, "2302", all).await;
    house.accept(place, "2404", of_visit(&person, &visit)).await;
    let found = house.accept(place, "5303", inside).await;
    assert_eq!(found["data"], json!([]));
    house.holdings().await;
}

#[tokio::test]
async fn what_lines_and_bills_say_for_the_audit_is_kept() {
    let house = House::open().await;
    let (person, place) = (person("在职职工，正常享受待遇"), hospital());
    let output = house
        .accept(place, "2201", registration(&house, &person))
        .await;
    let visit = text(&output["data"], "mdtrt_id").to_owned();
    let mut told = report(&house, &person, &visit);
    told["mdtrtinfo"]["exp_content"] = json!({ "TRUM_FLAG": "0" });
    house.accept(place, "2203A", told).await;
    let mut lines = fees(&house, &person, &visit, "A1");
    lines["feedetail"][0]["sin_dos_dscr"] = json!("0.5g");
    lines["feedetail"][0]["used_frqu_dscr"] = json!("tid");
    lines["feedetail"][0]["dscg_tkdrug_flag"] = json!("1");
    house.accept(place, "2204", lines).await;
    let mut paid = bill(&person, &visit, "A1");
    paid["data"]["invono"] = json!("PJ0001");
    let mut message = house.message(place, "2207", paid);
    message["dev_no"] = json!("POS-7");
    let reply = house.send(&message).await;
    assert_eq!(reply["infcode"], 0, "{reply}");

    let (area, store) = (house.area(), &house.app().store);
    let kept = store
        .visit_lines(area, &person.number, &visit)
        .await
        .unwrap();
    let first = kept.iter().find(|line| line.line_no == "A11").unwrap();
    let note: Value = serde_json::from_str(&first.detail).unwrap();
    assert_eq!(
        (text(&note, "dose"), text(&note, "frequency")),
        ("0.5g", "tid")
    );
    assert_eq!(note["take_home"], true);
    let kept = store
        .visit(area, &person.number, &visit)
        .await
        .unwrap()
        .unwrap();
    let detail: Value = serde_json::from_str(&kept.detail).unwrap();
    assert_eq!(
        detail["receipt"],
        json!({ "invoice": "PJ0001", "terminal": "POS-7" })
    );
    assert_eq!(detail["cause_told"], true);
}
