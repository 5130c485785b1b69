//! What institutions may read back.

use serde_json::json;

use crate::forms::line_identities;
use crate::house::{House, fen, hospital, person, pharmacy};
use crate::messages::*;

#[tokio::test]
async fn a_settled_visit_can_be_read_back() {
    let house = House::open().await;
    let (place, person) = (hospital(), person("在职公务员"));
    let output = house
        .accept(place, "2201", registration(&house, &person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    house
        .accept(place, "2203", report(&house, &person, &visit))
        .await;
    house
        .accept(place, "2204", fees(&house, &person, &visit, "B1"))
        .await;
    let settled = house
        .accept(place, "2207", bill(&person, &visit, "B1"))
        .await;
    let id = settled["setlinfo"]["setl_id"].as_str().unwrap().to_owned();
    let ask = |more| {
        json!({ "data": and(json!({ "psn_no": person.number,
        "mdtrt_id": visit, "begntime": "2024-01-01", "endtime": "2024-12-31" }), more) })
    };

    let visits = house
        .accept(place, "5201", ask(json!({ "med_type": "11" })))
        .await;
    let row = &visits["mdtrtinfo"];
    assert_eq!(
        (&row["mdtrt_id"], &row["adm_dept_name"]),
        (&json!(visit), &json!("内科"))
    );
    assert_eq!(
        (&row["dscg_maindiag_code"], &row["cvlserv_flag"]),
        (&json!("J06.900"), &json!("1"))
    );
    let diagnoses = house.accept(place, "5202", ask(json!({}))).await;
    assert_eq!(diagnoses["diseinfo"][0]["diag_name"], "急性上呼吸道感染");

    let again = house
        .accept(place, "5203", ask(json!({ "setl_id": id })))
        .await;
    for name in [
        "medfee_sumamt",
        "fund_pay_sumamt",
        "acct_pay",
        "hifp_pay",
        "cvlserv_pay",
        "inscp_scp_amt",
        "medins_setl_id",
        "clr_type",
        "insutype",
    ] {
        assert_eq!(again["setlinfo"][name], settled["setlinfo"][name], "{name}");
    }
    assert_eq!(again["setldetail"], settled["setldetail"]);
    assert_eq!(
        again["setlinfo"]["cash_payamt"],
        settled["setlinfo"]["psn_cash_pay"]
    );
    let lines = house
        .accept(place, "5204", ask(json!({ "setl_id": id })))
        .await;
    assert_eq!(
        line_identities(&lines),
        fen(&settled["setlinfo"]["medfee_sumamt"])
    );
    assert_eq!(lines[0]["hilist_name"], "阿莫西林胶囊");

    let counters = house
        .accept(place, "5206", ask(json!({ "cum_ym": "202411" })))
        .await;
    assert!(!counters["cuminfo"].as_array().unwrap().is_empty());
    let elsewhere = house
        .refuse(pharmacy(), "5203", ask(json!({ "setl_id": id })))
        .await;
    assert!(elsewhere.contains(&id), "{elsewhere}");

    let reversed = house
        .accept(place, "2208", undo(&person, &visit, &id))
        .await;
    let back = reversed["setlinfo"]["setl_id"].as_str().unwrap();
    let undone = house
        .accept(place, "5203", ask(json!({ "setl_id": back })))
        .await;
    assert_eq!(undone["setlinfo"]["refd_setl_flag"], "1");
    assert_eq!(fen(&undone["setlinfo"]["medfee_sumamt"]), -17_840);
}

#[tokio::test]
async fn entitlement_is_answered_fund_by_fund() {
    let house = House::open().await;
    let ask = |person: &demo_maker::Person, care: &str| {
        json!({ "data": { "psn_no": person.number, "insutype": insutype(person),
            "fixmedins_code": hospital(), "med_type": care, "begntime": "2024-11-15" } })
    };
    let well = person("在职公务员");
    let output = house.accept(hospital(), "2001", ask(&well, "21")).await;
    let rows = output["trtinfo"].as_array().unwrap();
    assert!(
        rows.iter().all(|row| row["trt_enjymnt_flag"] == "1"),
        "{output}"
    );
    assert!(
        rows.iter().any(|row| row["fund_pay_type"] == "310100"),
        "{output}"
    );
    assert!(
        rows.iter().any(|row| row["fund_pay_type"] == "320100"),
        "{output}"
    );
    for note in ["在待遇等待期内", "参保已终止"] {
        let person = person(note);
        let output = house.accept(hospital(), "2001", ask(&person, "21")).await;
        let row = &output["trtinfo"][0];
        assert_eq!(row["trt_enjymnt_flag"], "0", "{note} {output}");
        assert_ne!(row["trt_chk_rslt"], "", "{note}");
    }
}

#[tokio::test]
async fn registers_and_dictionaries_are_read() {
    let house = House::open().await;
    let chronic = person("已认定门诊慢性病：高血压");
    let chosen = chronic.recognitions[0].institution.clone();
    let ask = json!({ "data": { "psn_no": chronic.number, "biz_appy_type": "01" } });
    let output = house.accept(&chosen, "5301", ask.clone()).await;
    assert_eq!(
        output["feedetail"][0]["opsp_dise_name"], "高血压",
        "{output}"
    );
    let output = house.accept(hospital(), "5302", ask).await;
    assert_eq!(output["psnfixmedin"][0]["fixmedins_code"], chosen);
    let ask = json!({ "data": { "psn_no": chronic.number, "begntime": "2024-01-01" } });
    let output = house.accept(hospital(), "5205", ask).await;
    assert_eq!(output["feedetail"], json!([]));

    let ask = |name: &str| {
        json!({ "data": { "type": name, "admdvs": "990100",
        "date": "2024-11-15" } })
    };
    let output = house.accept(hospital(), "1901", ask("med_type")).await;
    let rows = output["list"].as_array().unwrap();
    assert!(
        rows.iter()
            .any(|row| row["value"] == "11" && row["label"] == "普通门诊")
    );
    let sentence = house.refuse(hospital(), "1901", ask("no_such")).await;
    assert!(sentence.contains("no_such"), "{sentence}");
}
