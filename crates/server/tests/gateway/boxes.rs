//! One box, one sale: trace codes on bills and in uploads of goods, stock, and what is taken back.

use demo_maker::Person;
use serde_json::{Value, json};

use crate::house::{House, fen, hospital, person, pharmacy, place, stamp};
use crate::messages::*;

const BOX: &str = "82000010000000023757";
const OTHER_BOX: &str = "82000010000000023758";

fn buyer() -> Person {
    person("在职职工，正常享受待遇")
}

fn other_buyer() -> Person {
    person("成年居民，低保对象")
}

/// A pharmacy sale whose first line carries these codes.
fn sale_of(house: &House, person: &Person, codes: &[&str], split: &str) -> Value {
    let mut sale = sale(house, person);
    let scans: Vec<Value> = codes
        .iter()
        .map(|code| json!({ "feedetl_sn": "1", "drug_trac_codg": code, "trdn_flag": split }))
        .collect();
    sale["drugdetail"][0]["durg_trac_info"] = json!(scans);
    sale
}

/// 3505 of a box, told of a visit.
fn told(house: &House, visit: &str, codes: &[&str], more: Value) -> Value {
    let codes: Vec<Value> = codes
        .iter()
        .map(|code| json!({ "drug_trac_codg": code }))
        .collect();
    let line = json!({
        "med_list_codg": LINES[0].0, "fixmedins_hilist_id": "Y1",
        "fixmedins_hilist_name": "阿莫西林胶囊", "fixmedins_bchno": "B1",
        "prsc_dr_name": "张医生", "phar_name": "李药师", "phar_prac_cert_no": "YS1",
        "hi_feesetl_type": "1", "mdtrt_sn": visit, "manu_lotnum": "L1",
        "manu_date": "2024-01-01", "expy_end": "2026-01-01", "rx_flag": "1",
        "trdn_flag": "0", "rtal_docno": "R1", "sel_retn_cnt": codes.len(),
        "sel_retn_time": stamp(house.now()), "sel_retn_opter_name": "王",
        "finl_trns_pric": "18.50", "drugtracinfo": codes,
    });
    and(line, more)
}

fn bought(house: &House, batch: &str, count: u32) -> Value {
    json!({
        "med_list_codg": LINES[0].0, "fixmedins_hilist_id": "Y1",
        "fixmedins_hilist_name": "阿莫西林胶囊", "fixmedins_bchno": batch,
        "spler_name": "示例医药公司", "manu_lotnum": "L1", "prodentp_name": "示例药厂",
        "aprvno": "国药准字H1", "manu_date": "2024-01-01", "expy_end": "2026-01-01",
        "finl_trns_pric": "12.00", "purc_retn_cnt": count, "rx_flag": "1",
        "purc_invo_no": "FP1", "purc_retn_stoin_time": stamp(house.now()),
        "purc_retn_opter_name": "王", "prod_geay_flag": "0",
    })
}

fn setl(output: &Value) -> (String, String) {
    let text = |name: &str| output["setlinfo"][name].as_str().unwrap().to_owned();
    (text("mdtrt_id"), text("setl_id"))
}

#[tokio::test]
async fn a_box_is_settled_once_and_free_again_when_the_bill_is_taken_back() {
    let house = House::open().await;
    let (first, second) = (buyer(), other_buyer());
    let input = sale_of(&house, &first, &[BOX], "0");
    let settled = house.accept(pharmacy(), "2102", input.clone()).await;
    let (visit, settlement) = setl(&settled);
    let before = house.holdings().await;

    let again = sale_of(&house, &second, &[BOX], "0");
    for (transaction, input) in [("2101", &again), ("2102", &again), ("2102", &input)] {
        let said = house.refuse(pharmacy(), transaction, input.clone()).await;
        assert!(said.contains(BOX) && said.contains(pharmacy()), "{said}");
        let day = stamp(house.now())[..10].to_owned();
        assert!(said.contains(&day) && said.contains(&settlement), "{said}");
    }
    assert_eq!(house.holdings().await, before, "no money moved");

    let undo = undo(&first, &visit, &settlement);
    house.accept(pharmacy(), "2103", undo).await;
    let settled = house.accept(pharmacy(), "2102", again).await;
    assert!(fen(&settled["setlinfo"]["medfee_sumamt"]) > 0);
    house.refuse(pharmacy(), "2102", input).await;
}

#[tokio::test]
async fn the_same_message_again_is_answered_as_before() {
    let house = House::open().await;
    let input = sale_of(&house, &buyer(), &[BOX], "0");
    let message = house.message(pharmacy(), "2102", input);
    let first = house.send(&message).await;
    assert_eq!(first["infcode"], 0, "{first}");
    assert_eq!(house.send(&message).await, first);
    let upload = house.message(
        hospital(),
        "3505",
        json!({ "selinfo":
        told(&house, "MZ1", &[OTHER_BOX], json!({})) }),
    );
    let first = house.send(&upload).await;
    assert_eq!(first["infcode"], 0, "{first}");
    assert_eq!(house.send(&upload).await, first);
    let rows = json!({ "data": { "fixmedins_code": hospital(), "fixmedins_bchno": "B1",
        "medins_list_codg": "Y1", "begndate": "2024-01-01", "enddate": "2030-01-01" } });
    let found = house.accept(hospital(), "3511", rows).await;
    assert!(found["output"].is_object(), "told once: {found}");
}

#[tokio::test]
async fn of_two_bills_at_once_over_one_box_exactly_one_is_settled() {
    let house = House::open().await;
    let sales: Vec<Value> = crate::house::AREA
        .samples()
        .iter()
        .filter(|one| one.note.contains("正常享受待遇") || one.note.contains("低保"))
        .take(6)
        .map(|one| {
            let input = sale_of(&house, &one.person, &[BOX], "0");
            house.message(pharmacy(), "2102", input)
        })
        .collect();
    assert!(sales.len() > 1);
    let mut sent = Vec::new();
    let house = std::sync::Arc::new(house);
    for message in sales.clone() {
        let house = house.clone();
        sent.push(tokio::spawn(async move { house.send(&message).await }));
    }
    let mut settled = 0;
    for reply in sent {
        let reply = reply.await.unwrap();
        if reply["infcode"] == 0 {
            settled += 1;
        } else {
            let said = reply["err_msg"].as_str().unwrap();
            assert!(said.contains(BOX), "{said}");
        }
    }
    assert_eq!(settled, 1);
    house.holdings().await;
}

#[tokio::test]
async fn units_of_an_opened_box_are_sold_on_but_the_box_is_not() {
    let house = House::open().await;
    let (first, second) = (buyer(), other_buyer());
    let split = |person: &Person| sale_of(&house, person, &[BOX], "1");
    house.accept(pharmacy(), "2102", split(&first)).await;
    house.accept(pharmacy(), "2102", split(&second)).await;
    let whole = sale_of(&house, &second, &[BOX], "0");
    house.refuse(pharmacy(), "2102", whole).await;
    let twice = sale_of(&house, &second, &[OTHER_BOX, OTHER_BOX], "0");
    let said = house.refuse(pharmacy(), "2102", twice).await;
    assert!(said.contains("两次"), "{said}");
}

#[tokio::test]
async fn a_hospital_tells_of_boxes_before_the_bill_and_the_second_bill_is_refused() {
    let house = House::open().await;
    let (first, second) = (buyer(), other_buyer());
    let settle = async |person: &Person, number: &str| {
        let mut opening = registration(&house, person);
        opening["data"]["ipt_otp_no"] = json!(number);
        let opened = house.accept(hospital(), "2201", opening).await;
        let visit = opened["data"]["mdtrt_id"].as_str().unwrap().to_owned();
        house
            .accept(hospital(), "2203", report(&house, person, &visit))
            .await;
        house
            .accept(hospital(), "2204", fees(&house, person, &visit, "B1"))
            .await;
        let more = json!({ "psn_no": person.number });
        let upload = json!({ "selinfo": told(&house, number, &[BOX], more) });
        let reply = house.send(&house.message(hospital(), "3505", upload)).await;
        assert_eq!(reply["infcode"], 0, "{reply}");
        let bill = house.message(hospital(), "2207", bill(person, &visit, "B1"));
        (visit, reply, house.send(&bill).await)
    };
    let (visit, told_first, billed) = settle(&first, "MZ0001").await;
    assert!(told_first["warn_msg"].is_null(), "{told_first}");
    assert_eq!(billed["infcode"], 0, "{billed}");
    let (_, settlement) = setl(&billed["output"]);

    let (_, told_second, refused) = settle(&second, "MZ0002").await;
    let warned = told_second["warn_msg"].as_str().unwrap();
    assert!(warned.contains(&settlement), "{warned}");
    let said = refused["err_msg"].as_str().unwrap();
    assert!(said.contains(BOX) && said.contains(&settlement), "{said}");

    // What the first sale gives back may be settled by the second.
    let back = undo(&first, &visit, &settlement);
    house.accept(hospital(), "2208", back).await;
    let history = house.app().store.trace_events(house.area(), BOX).await;
    let kinds: Vec<String> = history.unwrap().into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, ["sale", "settled", "sale", "reversed"]);
}

#[tokio::test]
async fn a_box_sold_for_cash_is_not_settled_until_it_comes_back() {
    let house = House::open().await;
    let person = buyer();
    let cash = told(&house, "X1", &[BOX], json!({ "hi_feesetl_type": "0" }));
    let sold = json!({ "selinfo": cash });
    house.accept(pharmacy(), "3505", sold.clone()).await;
    let input = sale_of(&house, &person, &[BOX], "0");
    let said = house.refuse(pharmacy(), "2102", input.clone()).await;
    assert!(said.contains(BOX), "{said}");
    house.accept(pharmacy(), "3506", sold).await;
    let settled = house.accept(pharmacy(), "2102", input).await;
    // Told afterwards, by the numbers of the bill, it is the same sale.
    let (visit, settlement) = setl(&settled);
    for more in [json!({ "setl_id": settlement }), json!({})] {
        let upload = json!({ "selinfo": told(&house, &visit, &[BOX], more) });
        let reply = house.send(&house.message(pharmacy(), "3505", upload)).await;
        assert_eq!(reply["infcode"], 0);
        assert!(reply["warn_msg"].is_null(), "{reply}");
    }
    // Deleting what was told does not free a box whose bill stands.
    let gone = json!({ "data": { "fixmedins_bchno": "B1", "inv_data_type": "4" } });
    house.accept(pharmacy(), "3507", gone.clone()).await;
    let said = house.refuse(pharmacy(), "3507", gone).await;
    assert!(said.contains("没有可删除"), "{said}");
    let said = house.refuse(
        pharmacy(),
        "2102",
        sale_of(&house, &other_buyer(), &[BOX], "0"),
    );
    assert!(said.await.contains(&settlement));
}

#[tokio::test]
async fn goods_are_taken_in_counted_asked_for_and_taken_back() {
    let house = House::open().await;
    // The pharmacies come with goods of their own.
    let here = hospital();
    house
        .accept(
            here,
            "3503",
            json!({ "purcinfo": bought(&house, "P1", 10) }),
        )
        .await;
    let batch = json!({ "purcinfoDetail": [bought(&house, "P2", 5), bought(&house, "P3", 0)] });
    let output = house.accept(here, "3503A", batch).await;
    let rows = output["purcinfoDetail"].as_array().unwrap();
    assert_eq!(
        (&rows[0]["retRslt"], &rows[1]["retRslt"]),
        (&json!("1"), &json!("0"))
    );
    assert!(rows[1]["msgRslt"].as_str().unwrap().contains("大于零"));
    let sold = [
        told(&house, "X1", &[BOX], json!({ "hi_feesetl_type": "0" })),
        told(
            &house,
            "X2",
            &[OTHER_BOX, BOX],
            json!({ "hi_feesetl_type": "0" }),
        ),
    ];
    let output = house
        .accept(here, "3505A", json!({ "selinfoDetail": sold }))
        .await;
    let rows = output["selinfoDetail"].as_array().unwrap();
    assert!(
        rows[1]["msgRslt"].as_str().unwrap().contains(BOX),
        "{output}"
    );
    let change = json!({ "med_list_codg": LINES[0].0, "inv_chg_type": "105",
        "fixmedins_hilist_id": "Y1", "fixmedins_hilist_name": "阿莫西林胶囊",
        "fixmedins_bchno": "C1", "pric": "12.00", "cnt": 2, "rx_flag": "1",
        "inv_chg_time": stamp(house.now()) });
    house
        .accept(here, "3502", json!({ "invinfo": change.clone() }))
        .await;
    house
        .accept(here, "3502A", json!({ "invinfoDetail": [change] }))
        .await;
    house
        .accept(here, "3504", json!({ "purcinfo": bought(&house, "P1", 1) }))
        .await;
    house
        .accept(
            here,
            "3504A",
            json!({ "purcinfoDetail": [bought(&house, "P1", 1)] }),
        )
        .await;
    let counted = json!({ "med_list_codg": LINES[0].0, "fixmedins_hilist_id": "Y1",
        "fixmedins_hilist_name": "阿莫西林胶囊", "rx_flag": "1",
        "invdate": stamp(house.now())[..10], "inv_cnt": 3, "fixmedins_bchno": "D1",
        "manu_date": "2024-01-01", "expy_end": "2026-01-01", "pric": "12.00",
        "drugtracinfo": [{ "drug_trac_codg": "81000010000000023759" }] });
    house
        .accept(here, "3501", json!({ "invinfo": counted.clone() }))
        .await;
    house
        .accept(here, "3501A", json!({ "invinfoDetail": [counted] }))
        .await;
    let back = told(&house, "X1", &[BOX], json!({}));
    house
        .accept(here, "3506A", json!({ "selinfoDetail": [back] }))
        .await;

    let month = house.now().strftime("%Y-%m").to_string().parse().unwrap();
    let stock = house
        .app()
        .stock_balances(house.area(), Some(here), month)
        .await
        .unwrap();
    let balance = stock[0].months[0].balance;
    // 10 + 5 bought, 2 sent back, 1 + 2 sold, 1 returned, 2 + 2 destroyed.
    assert_eq!(
        (balance.expected().to_string(), balance.end().to_string()),
        ("7".to_owned(), "3".to_owned())
    );
    let compared = house
        .app()
        .compare_stock(house.area(), Some(here), month)
        .await
        .unwrap();
    assert_eq!(
        (compared.items, compared.lines.len()),
        (1, 0),
        "{compared:?}"
    );

    let ask = json!({ "data": { "fixmedins_code": here, "medins_list_codg": "Y1",
        "fixmedins_bchno": "", "begndate": "2024-01-01", "enddate": "2030-01-01" } });
    for (transaction, rows) in [
        ("3508", 2),
        ("3509", 2),
        ("3510", 4),
        ("3511", 3),
        ("3512", 1),
        ("3513", 3),
    ] {
        let output = house.accept(here, transaction, ask.clone()).await;
        let found = match &output["output"] {
            Value::Array(rows) => rows.len(),
            _ => 1,
        };
        assert_eq!(found, rows, "{transaction}: {output}");
    }
    let made = json!({ "data": { "med_list_codg": "NMLC999", "fixmedins_hilist_id": "Y9",
        "fixmedins_hilist_name": "院内制剂", "fixmedins_bchno": "B9" } });
    let one = house.accept(here, "3592B", made.clone()).await;
    let other = house.accept(here, "3592B", made).await;
    let code = |output: &Value| {
        output["result"][0]["drug_trac_codg"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(code(&one).starts_with("VT421300") || code(&one).starts_with("VT"));
    assert_ne!(code(&one), code(&other));

    let gone = json!({ "goodDetail": [{ "fixmedins_bchno": "P2", "inv_data_type": "3" },
        { "fixmedins_bchno": "P9", "inv_data_type": "3" }] });
    let output = house.accept(here, "3507A", gone).await;
    assert_eq!(
        output["goodErrDetail"][0]["fixmedins_bchno"], "P9",
        "{output}"
    );
    assert_eq!(output["goodErrDetail"].as_array().unwrap().len(), 1);
    let stock = house
        .app()
        .stock_balances(house.area(), Some(here), month)
        .await
        .unwrap();
    assert_eq!(stock[0].months[0].balance.expected().to_string(), "2");
}

#[tokio::test]
async fn wrong_uploads_are_refused_and_leave_nothing() {
    let house = House::open().await;
    let here = place(terms::InstitutionKind::Community).code.as_str();
    for (field, value, said) in [
        ("sel_retn_time", json!("2031-01-01 00:00:00"), "晚于今天"),
        ("sel_retn_cnt", json!("0"), "大于零"),
        ("trdn_flag", json!("7"), "trdn_flag"),
    ] {
        let mut line = told(&house, "X1", &[BOX], json!({}));
        line[field] = value;
        let refused = house.refuse(here, "3505", json!({ "selinfo": line })).await;
        assert!(refused.contains(said), "{refused}");
    }
    let twice = told(&house, "X1", &[BOX, BOX], json!({}));
    let refused = house
        .refuse(here, "3505", json!({ "selinfo": twice }))
        .await;
    assert!(refused.contains("重复"), "{refused}");
    let other = json!({ "data": { "fixmedins_code": hospital(), "medins_list_codg": "Y1",
        "fixmedins_bchno": "B1", "begndate": "2024-01-01", "enddate": "2030-01-01" } });
    let refused = house.refuse(here, "3511", other).await;
    assert!(refused.contains("不是本机构"), "{refused}");
    let codes = [BOX.to_owned()];
    let known = house.app().store.trace_codes(house.area(), &codes).await;
    assert!(known.unwrap().is_empty());
}
