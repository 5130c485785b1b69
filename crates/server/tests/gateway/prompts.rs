//! Prompts: what 3101 and 3102 find with the year behind, what 3103 keeps, what is refused.

use demo_maker::Person;
use serde_json::{Value, json};

use crate::house::{House, fen, hospital, person, stamp};
use crate::messages::*;

const WELL: &str = "在职职工，正常享受待遇";
/// An antibiotic of class A; see `LINES`.
const DRUG: &str = "XJ01CAD000A001010199000";
/// A drug of class C.
const OUTSIDE: &str = "XA12AXD000A003010399074";

/// An order of a drug for so many days.
fn order(house: &House, number: &str, days: &str) -> Value {
    let begin = house.now().saturating_add(jiff::Span::new().minutes(1));
    json!({ "rx_id": number, "rxno": "CF1", "long_drord_flag": "0", "hilist_type": "101",
        "chrg_type": "09", "drord_bhvr": "1", "hilist_code": DRUG, "hilist_name": "阿莫西林胶囊",
        "hilist_lv": "01", "hilist_pric": "18.50", "hosplist_code": "Y1",
        "hosplist_name": "阿莫西林", "cnt": "4", "pric": "18.50", "sumamt": "74.00",
        "ownpay_amt": "0", "selfpay_amt": "14.00", "spec": "0.25g×24粒", "spec_unt": "盒",
        "drord_begn_date": stamp(begin), "drord_dept_codg": "A01",
        "drord_dept_name": "内科", "drord_dr_codg": "D1", "drord_dr_name": "张医生",
        "drord_dr_profttl": "1", "curr_drord_flag": "1",
        "extend_order_map": { "o_prdDays": days } })
}

fn encounter(house: &House, person: &Person, orders: Vec<Value>) -> Value {
    json!({ "mdtrt_id": "JZ1", "medins_id": hospital(), "medins_name": "测试机构",
        "medins_admdvs": house.area().to_string(), "medins_type": "1", "medins_lv": "2",
        "adm_date": stamp(house.now()), "dscg_main_dise_codg": "J06.900",
        "dscg_main_dise_name": "急性上呼吸道感染", "fsi_diagnose_dtos": [
            { "dise_id": "1", "inout_dise_type": "1", "maindise_flag": "1", "dias_srt_no": "1",
              "dise_codg": "J06.900", "dise_name": "急性上呼吸道感染",
              "dise_date": stamp(house.now()) }],
        "dr_codg": "D1", "adm_dept_codg": "A01", "adm_dept_name": "内科",
        "med_mdtrt_type": "1", "med_type": "11", "fsi_order_dtos": orders, "matn_stas": "1",
        "medfee_sumamt": "74.00", "ownpay_amt": "0", "selfpay_amt": "14.00",
        "setl_totlnum": "0", "insutype": insutype(person), "reim_flag": "2",
        "out_setl_flag": "0" })
}

/// 3101 and 3102.
fn asked(house: &House, person: &Person, orders: Vec<Value>) -> Value {
    let sex = if person.sex == terms::Sex::Male {
        "1"
    } else {
        "2"
    };
    json!({ "data": { "trig_scen": "2", "patient_dtos": [{
        "patn_id": person.number, "patn_name": person.name, "gend": sex,
        "brdy": person.born.to_string(), "poolarea": house.area().to_string(),
        "curr_mdtrt_id": "JZ1",
        "fsi_encounter_dtos": [encounter(house, person, orders)] }] } })
}

/// What is found, by rule.
fn found(output: &Value) -> Vec<(&str, &Value)> {
    let rows = output["result"].as_array().unwrap();
    rows.iter()
        .map(|row| (row["rule_id"].as_str().unwrap(), row))
        .collect()
}

/// A settled outpatient visit that gave the drug for a month.
async fn a_month_given(house: &House, person: &Person) -> String {
    let place = hospital();
    let output = house
        .accept(place, "2201", registration(house, person))
        .await;
    let visit = output["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    house
        .accept(place, "2203", report(house, person, &visit))
        .await;
    let mut lines = fees(house, person, &visit, "B1");
    lines["feedetail"][0]["prd_days"] = json!("30");
    house.accept(place, "2204", lines).await;
    house
        .accept(place, "2207", bill(person, &visit, "B1"))
        .await;
    visit
}

#[tokio::test]
async fn an_order_is_judged_with_what_was_given_before() {
    let house = House::open().await;
    let person = person(WELL);
    let earlier = a_month_given(&house, &person).await;
    let message = house.message(
        hospital(),
        "3101",
        asked(&house, &person, vec![order(&house, "YZ1", "14")]),
    );
    let reply = house.send(&message).await;
    assert_eq!(reply["infcode"], 0, "{reply}");
    let rows = found(&reply["output"]);
    let rules: Vec<&str> = rows.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rules, ["C007", "C008"], "{reply}");

    let (_, days) = rows[0];
    assert_eq!(days["rule_name"], "超天数开药");
    assert_eq!(days["sev_deg"], "1");
    assert_eq!(days["vola_cont"], "处方14天，上限7天（普通门诊）");
    // Half of the days are too many: half of what is in scope after 14 yuan paid in advance.
    assert_eq!(fen(&days["vola_amt"]), 3_000);
    assert_eq!(days["mdtrt_id"], "JZ1");
    assert_eq!(days["vola_bhvr_type"], "2");
    let details = days["judge_result_detail_dtos"].as_array().unwrap();
    assert_eq!(details.len(), 1);
    assert_eq!(details[0]["rx_id"], "YZ1");
    assert_eq!(details[0]["vola_item_type"], "1");

    let (_, early) = rows[1];
    assert_eq!(early["sev_deg"], "2");
    assert!(
        early["vola_cont"].as_str().unwrap().contains("还剩30天"),
        "{early}"
    );
    assert!(
        early["vola_evid"]
            .as_str()
            .unwrap()
            .contains("处方管理办法")
    );
    let details = early["judge_result_detail_dtos"].as_array().unwrap();
    assert_eq!(details[1]["mdtrt_id"], earlier.as_str());
    assert_eq!(details[1]["rx_id"], "B11");
    assert_eq!(details[1]["vola_item_type"], "2");

    // The same message again finds the same and keeps nothing twice.
    let again = house.send(&message).await;
    assert_eq!(again["output"], reply["output"]);
    let kept = house
        .app()
        .store
        .audit_prompts(house.area(), &person.number, 100);
    let kept = kept.await.unwrap();
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter()
            .all(|row| row.moment == "before" && row.visit_id == "JZ1")
    );
    house.holdings().await;
}

#[tokio::test]
async fn settlement_rules_run_at_settlement_and_rules_can_be_chosen() {
    let house = House::open().await;
    let person = person(WELL);
    let twice = || vec![order(&house, "YZ1", "14"), order(&house, "YZ2", "14")];
    let ordering = asked(&house, &person, twice());
    let output = house.accept(hospital(), "3101", ordering).await;
    let rules: Vec<_> = found(&output)
        .into_iter()
        .map(|(rule, _)| rule.to_owned())
        .collect();
    assert_eq!(rules, ["C007", "C007"]);

    let mut settling = asked(&house, &person, twice());
    settling["data"]["trig_scen"] = json!("6");
    let output = house.accept(hospital(), "3102", settling).await;
    let rules: Vec<_> = found(&output)
        .into_iter()
        .map(|(rule, _)| rule.to_owned())
        .collect();
    assert_eq!(rules, ["M005", "C007", "C007"], "{output}");

    let mut chosen = asked(&house, &person, twice());
    chosen["data"]["trig_scen"] = Value::Null;
    chosen["data"]["rule_ids"] = json!(["M005"]);
    let output = house.accept(hospital(), "3102", chosen.clone()).await;
    assert_eq!(found(&output).len(), 1);
    let refused = house.refuse(hospital(), "3101", chosen.clone()).await;
    assert_eq!(refused, "规则“M005”（完全重复明细）不在事前运行");
    chosen["data"]["rule_ids"] = json!(["R99"]);
    let refused = house.refuse(hospital(), "3102", chosen).await;
    assert_eq!(refused, "没有规则“R99”");
}

#[tokio::test]
async fn what_the_doctor_did_is_kept() {
    let house = House::open().await;
    let (person, place) = (person(WELL), hospital());
    let orders = vec![order(&house, "YZ1", "14"), order(&house, "YZ2", "8")];
    let output = house
        .accept(place, "3101", asked(&house, &person, orders))
        .await;
    let ids: Vec<String> = found(&output)
        .iter()
        .map(|(_, row)| row["jr_id"].as_str().unwrap().to_owned())
        .collect();
    let answer = |moment: &str, warns: Value| {
        json!({ "data": {
        "warn_type": moment, "warns": warns } })
    };
    let stays = json!({ "warn_rslt_id": ids[0], "dspo_way": "1", "dspo_way_rea": "行动不便" });
    let goes = json!({ "warn_rslt_id": ids[1], "dspo_way": "2" });
    house
        .accept(place, "3103", answer("1", json!([stays, goes])))
        .await;
    let kept = house
        .app()
        .store
        .audit_prompts(house.area(), &person.number, 100);
    let kept = kept.await.unwrap();
    let of = |id: &str| kept.iter().find(|row| row.prompt == id).unwrap();
    assert_eq!(
        (
            of(&ids[0]).answer.as_str(),
            of(&ids[0]).answer_text.as_str()
        ),
        ("continued", "行动不便")
    );
    assert_eq!(of(&ids[1]).answer, "changed");
    assert_eq!(of(&ids[1]).answered_by, "0001");

    let silent = json!([{ "warn_rslt_id": ids[0], "dspo_way": "1" }]);
    let refused = house.refuse(place, "3103", answer("1", silent)).await;
    assert_eq!(refused, "warns 第1行字段 dspo_way_rea（处理原因）不能为空");
    let refused = house
        .refuse(place, "3103", answer("2", json!([goes])))
        .await;
    assert_eq!(refused, format!("本机构没有收到过事中提醒“{}”", ids[1]));
    let odd = json!([{ "warn_rslt_id": ids[0], "dspo_way": "3" }]);
    let refused = house.refuse(place, "3103", answer("1", odd)).await;
    assert_eq!(
        refused,
        "warns 第1行字段 dspo_way（处理方式）的值“3”应为1（继续执行医嘱）或2（返回修改医嘱）"
    );
}

const PATIENT: &str = "/data/patient_dtos/0";
const VISIT: &str = "/data/patient_dtos/0/fsi_encounter_dtos/0";
const LINE: &str = "/data/patient_dtos/0/fsi_encounter_dtos/0/fsi_order_dtos/0";

/// What a message is refused with when one of its values is another.
async fn refused_with(house: &House, good: &Value, path: &str, value: Value) -> String {
    let mut bad = good.clone();
    match bad.pointer_mut(path) {
        Some(place) => *place = value,
        None => {
            let (owner, key) = path.rsplit_once('/').unwrap();
            let owner = bad.pointer_mut(owner).unwrap().as_object_mut().unwrap();
            owner.insert(key.to_owned(), value);
        }
    }
    house.refuse(hospital(), "3101", bad).await
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_named() {
    let house = House::open().await;
    let person = person(WELL);
    let good = asked(&house, &person, vec![order(&house, "YZ1", "3")]);
    let output = house.accept(hospital(), "3101", good.clone()).await;
    assert_eq!(found(&output).len(), 0, "{output}");
    let no_visits = "字段 fsi_encounter_dtos（就诊信息集合）不能为空";
    for (owner, field, value, said) in [
        (
            PATIENT,
            "patn_id",
            json!("没有的人"),
            "没有找到参保人“没有的人”",
        ),
        (
            PATIENT,
            "curr_mdtrt_id",
            json!("JZ9"),
            "的值“JZ9”不在就诊信息集合中",
        ),
        (PATIENT, "fsi_encounter_dtos", json!([]), no_visits),
        (
            VISIT,
            "medins_id",
            json!("H99"),
            "的就诊机构“H99”不是发送报文的机构",
        ),
        (
            VISIT,
            "med_type",
            json!("77"),
            "的值“77”不在字典“医疗类别”中",
        ),
        (VISIT, "dscg_date", json!("2020-01-01"), "早于入院日期"),
        (
            LINE,
            "hilist_code",
            json!(""),
            "字段 hilist_code（医保目录代码）不能为空",
        ),
        (LINE, "sumamt", json!("1.234"), "的值“1.234”小数超过2位"),
        (
            LINE,
            "ownpay_amt",
            json!("70.00"),
            "与自付金额之和超过总费用",
        ),
        (
            "/data",
            "trig_scen",
            json!("12"),
            "的值“12”不在字典“触发场景”中",
        ),
        ("/data", "rule_ids", json!({}), "应为规则编号的数组"),
    ] {
        let path = format!("{owner}/{field}");
        let refused = refused_with(&house, &good, &path, value).await;
        assert!(refused.contains(said), "{path}：{refused}");
    }
}

/// An item that no fund pays is found where the message has a fund pay for it, and not where the
/// message leaves open who pays for class C.
#[tokio::test]
async fn an_order_of_class_c_is_the_patients_own_unless_it_says_otherwise() {
    let house = House::open().await;
    let person = person(WELL);
    let mut own = order(&house, "YZ1", "3");
    let fields = own.as_object_mut().unwrap();
    fields.insert("hilist_code".to_owned(), json!(OUTSIDE));
    fields.insert("hilist_lv".to_owned(), json!("03"));
    fields.insert("selfpay_amt".to_owned(), json!("0"));
    let mut open = own.clone();
    open.as_object_mut().unwrap().remove("ownpay_amt");
    for (order, expected) in [(own, vec!["P015"]), (open, Vec::new())] {
        let body = asked(&house, &person, vec![order]);
        let output = house.accept(hospital(), "3101", body).await;
        let rules: Vec<&str> = found(&output).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(rules, expected, "{output}");
    }
}

#[tokio::test]
async fn values_that_say_nothing_are_named_and_not_guessed() {
    let house = House::open().await;
    let person = person(WELL);
    let good = asked(&house, &person, vec![order(&house, "YZ1", "3")]);
    let days = "中 o_prdDays（用药天数）应为0至65535的整数";
    for (owner, field, value, said) in [
        (
            PATIENT,
            "poolarea",
            json!("随州"),
            "的值“随州”不是行政区划代码",
        ),
        (
            PATIENT,
            "brdy",
            json!("1980-02-30"),
            "brdy（出生日期）的值“1980-02-30”",
        ),
        (LINE, "cnt", json!("两盒"), "cnt（数量）的值“两盒”"),
        (
            LINE,
            "extend_order_map",
            json!({ "o_prdDays": "两周" }),
            days,
        ),
        (
            LINE,
            "extend_order_map",
            json!({ "o_prdDays": "7.5" }),
            days,
        ),
        (LINE, "extend_order_map", json!({ "o_prdDays": -1 }), days),
    ] {
        let path = format!("{owner}/{field}");
        let refused = refused_with(&house, &good, &path, value).await;
        assert!(refused.contains(said), "{path}：{refused}");
    }
    for whole in [json!(3), json!("3.00"), json!("")] {
        let mut fine = good.clone();
        fine.pointer_mut(LINE).unwrap()["extend_order_map"] = json!({ "o_prdDays": whole });
        let output = house.accept(hospital(), "3101", fine).await;
        assert_eq!(found(&output).len(), 0, "{output}");
    }
}
