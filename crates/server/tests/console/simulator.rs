//! The hospital simulator: groups, expected pay, and what one more diagnosis would change.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

fn request(kind: &str, case: &Value, added: &Value) -> Value {
    let unit = if kind == "drg" { "8000" } else { "12" };
    let terms =
        json!({"unit": unit, "coefficient": "1", "low": "0.4", "high": "2.5", "others": "3000"});
    json!({"kind": kind, "scheme": "example", "case": case, "added": added, "terms": terms})
}

fn stroke() -> Value {
    json!({
        "sex": "1", "age_years": "68", "stay_days": "9", "principal": "I63.900",
        "others": ["I10.x00"], "total_cost": "8900.00",
    })
}

async fn tried(house: &House, cookie: &str, asked: &Value) -> Value {
    let (status, found) = house.post("/api/v1/simulator", Some(cookie), asked).await;
    assert_eq!(status, StatusCode::OK, "{found}");
    found
}

#[tokio::test]
async fn one_more_diagnosis_raises_group_and_pay_and_is_warned_about() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let asked = request("drg", &stroke(), &json!(["J96.000", "E11.900", "I10.x00"]));
    let found = tried(&house, &cookie, &asked).await;
    let base = &found["base"];
    assert_eq!(
        (&base["code"], &base["weight"]),
        (&json!("BR25"), &json!("0.7752"))
    );
    // 0.7752 × 8,000 = 6,201.60; less 3,000 paid by others; less 8,900 of cost.
    let payment = &base["payment"];
    assert_eq!(payment["standard"], "6201.60");
    assert_eq!(payment["due"], "3201.60");
    assert_eq!(payment["margin"], "-2698.40");
    assert_eq!(found["names"]["I63.900"], "脑梗死");
    let [worst, other, nothing] = [0, 1, 2].map(|at| &found["changes"][at]);
    assert_eq!(worst["group"]["code"], "BR21");
    // (1.3224 − 0.7752) × 8,000.
    assert_eq!(worst["difference"], "4377.60");
    assert!(worst["warning"].as_str().unwrap().contains("高套"));
    assert_eq!(other["group"]["code"], "BR23");
    assert_eq!(nothing["warning"], Value::Null);
    assert_eq!(nothing["effect"], "仍为BR25，支付标准不变");
}

#[tokio::test]
async fn an_excluded_complication_changes_nothing_and_says_why() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let case = json!({"sex": "1", "age_years": "71", "principal": "J18.900"});
    let found = tried(&house, &cookie, &request("drg", &case, &json!(["J44.900"]))).await;
    let change = &found["changes"][0];
    assert_eq!(change["difference"], "0.00");
    assert_eq!(change["warning"], Value::Null);
    let said = change["group"]["sentences"].to_string();
    assert!(said.contains("排除组2中，不计"), "{said}");
    assert_eq!(
        found["base"]["payment"]["margin"],
        Value::Null,
        "no cost, no margin"
    );
}

#[tokio::test]
async fn high_and_low_cases_are_named_and_paid_by_their_rule() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let mut case = stroke();
    case["total_cost"] = json!("1800.00");
    let found = tried(&house, &cookie, &request("drg", &case, &json!([]))).await;
    let payment = &found["base"]["payment"];
    assert_eq!(payment["class_name"], "低倍率病例");
    // 77.52 points × 1,800 ÷ 6,201.60 = 22.5 points at 80 yuan: a low case is paid its cost.
    assert_eq!(payment["standard"], "1800.00");
    assert_eq!(payment["unusual"], true);
    case["total_cost"] = json!("52000.00");
    let found = tried(&house, &cookie, &request("drg", &case, &json!([]))).await;
    let payment = &found["base"]["payment"];
    assert_eq!(payment["class_name"], "高倍率病例");
    assert_eq!(
        payment["standard"], "6201.60",
        "nothing more without a special review"
    );
    // 52,000 ÷ 6,201.60 − 2.5 = 5.884933… times 77.52 points.
    assert!(
        payment["sentences"]
            .to_string()
            .contains("追加点数456.2000")
    );
}

#[tokio::test]
async fn a_directory_scores_the_case_and_warns_when_the_score_rises() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let found = tried(
        &house,
        &cookie,
        &request("dip", &stroke(), &json!(["J96.000"])),
    )
    .await;
    let base = &found["base"];
    assert_eq!(base["code"], "I63.9:00");
    // 910 × 1.05 for the age.
    assert_eq!(base["weight"], "955.5000");
    assert_eq!(base["payment"]["standard"], "11466.00");
    let change = &found["changes"][0];
    assert_eq!(change["group"]["weight"], "1137.5000");
    assert_eq!(change["difference"], "2184.00");
    assert!(change["warning"].as_str().unwrap().contains("提高了分值"));
}

#[tokio::test]
async fn a_case_without_a_group_says_why_and_is_not_priced() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let missing = json!({"sex": "1", "age_years": "68"});
    let newborn = json!({
        "sex": "1", "age_years": "0", "age_days": "3", "principal": "P22.000",
    });
    for (case, reason) in [(missing, "主要诊断"), (newborn, "缺少出生体重")] {
        let found = tried(&house, &cookie, &request("drg", &case, &json!(["I10.x00"]))).await;
        let base = &found["base"];
        assert!(base["refusal"].as_str().unwrap().contains(reason));
        assert_eq!(
            (&base["code"], &base["payment"]),
            (&json!(""), &Value::Null)
        );
        assert!(
            found["changes"][0]["effect"]
                .as_str()
                .unwrap()
                .starts_with("仍未入组")
        );
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_named() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let good = request("drg", &stroke(), &json!([]));
    let spoilt = [
        ("/kind", json!("bed"), "付费方式“bed”"),
        ("/terms/unit", json!("0"), "“0”应为大于零的数"),
        ("/terms/low", json!("-1"), "“-1”不是倍数"),
        ("/terms/others", json!("many"), "“many”不是金额"),
        ("/case/stay_days", json!("long"), "住院天数“long”有误"),
        ("/case/total_cost", json!("-5"), "总费用“-5”有误"),
        (
            "/added",
            json!((0..11).map(|at| format!("I{at}")).collect::<Vec<_>>()),
            "最多试10个",
        ),
    ];
    for (place, value, said) in spoilt {
        let mut asked = good.clone();
        *asked.pointer_mut(place).unwrap() = value;
        let (status, body) = house.post("/api/v1/simulator", Some(&cookie), &asked).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{place}: {body}");
        assert!(body.to_string().contains(said), "{place}: {body}");
    }
    let mut asked = good;
    asked["scheme"] = json!("nowhere");
    let (status, body) = house.post("/api/v1/simulator", Some(&cookie), &asked).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
}

#[tokio::test]
async fn every_example_runs_under_every_scheme_and_codes_are_found_by_name() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let (_, options) = house.get("/api/v1/simulator", Some(&cookie)).await;
    let (schemes, examples) = (&options["schemes"], &options["examples"]);
    assert_eq!(schemes.as_array().unwrap().len(), 2);
    for scheme in schemes.as_array().unwrap() {
        for example in examples.as_array().unwrap() {
            let asked = json!({
                "kind": scheme["kind"], "scheme": scheme["code"], "terms": scheme["terms"],
                "case": example["case"], "added": example["added"],
            });
            let found = tried(&house, &cookie, &asked).await;
            let added = example["added"].as_array().unwrap().len();
            assert_eq!(found["changes"].as_array().unwrap().len(), added);
        }
    }
    for (query, code) in [
        ("side=diagnosis&text=脑梗", "I63.900"),
        ("side=procedure&text=47.01", "47.0100"),
    ] {
        let query = query.replace("脑梗", "%E8%84%91%E6%A2%97");
        let path = format!("/api/v1/simulator/codes?{query}");
        let (_, found) = house.get(&path, Some(&cookie)).await;
        assert_eq!(found[0]["code"], code);
    }
}
