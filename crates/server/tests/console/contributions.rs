//! Employers, months, receipts and refunds as the console sees them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::house::House;

const RECEIPTS: &str = "/api/v1/contributions/receipts";
const REFUNDS: &str = "/api/v1/contributions/refunds";

fn file(total: &str, lines: &[String]) -> String {
    format!(
        "批次号,T1,笔数,{},合计金额,{total}\n\
         缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码\n{}\n",
        lines.len(),
        lines.join("\n")
    )
}

/// An employer of the demonstration, by number.
async fn employer(house: &House, cookie: &str) -> Value {
    let (status, page) = house.get("/api/v1/employers?limit=1", Some(cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page["next_cursor"].is_string(),
        "there is more than one employer"
    );
    page["rows"][0].clone()
}

#[tokio::test]
async fn an_employers_page_adds_up_and_explains_itself() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let known = employer(&house, &cookie).await;
    let path = format!("/api/v1/employers/{}", known["no"].as_str().unwrap());
    let (status, page) = house.get(&path, Some(&cookie)).await;
    assert_eq!((status, &page["employer"]), (StatusCode::OK, &known));
    let months = page["months"].as_array().unwrap();
    assert_eq!(months.len(), 6);
    assert!(!page["staff"][0]["name"].as_str().unwrap().is_empty());
    let month = months[0]["month"].as_str().unwrap();
    let (status, lines) = house
        .get(&format!("{path}/months/{month}"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::OK);
    let sum: i64 = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| crate::fen(&line["employer_part"]) + crate::fen(&line["person_part"]))
        .sum();
    assert_eq!(sum, crate::fen(&months[0]["owed"]));
    assert!(
        lines[0]["steps"][0]["sentence"]
            .as_str()
            .unwrap()
            .contains("月工资")
    );
    let (status, _) = house.get("/api/v1/employers/E-NONE", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_month_shows_what_came_in_and_what_is_wrong() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let month = house.area.recipe.today.strftime("%Y-%m").to_string();
    let path = format!("/api/v1/contributions/months/{month}");
    let (status, board) = house.get(&path, Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(crate::fen(&board["total"]["owed"]) > 0);
    assert_eq!(board["files"].as_array().unwrap().len(), 7);
    let problems = board["problems"].as_array().unwrap();
    let statuses: Vec<&str> = problems
        .iter()
        .map(|line| line["status"].as_str().unwrap())
        .collect();
    for status in ["unmatched", "duplicate", "unreadable"] {
        assert!(statuses.contains(&status), "{statuses:?}");
    }
    let (status, again) = house.post(&path, Some(&cookie), &json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(again["unchanged"], again["employers"]);
    let (status, problem) = house
        .get("/api/v1/contributions/months/2024-13", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        problem["issues"][0]["message"],
        "“2024-13”不是费款所属期，应写作 2024-11"
    );
    let (status, arrears) = house
        .get("/api/v1/contributions/arrears?on=2030-01-01", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(crate::fen(&arrears[0]["late_fee"]) > 0);
}

#[tokio::test]
async fn a_file_is_taken_once_and_its_excess_given_back_by_two() {
    let house = House::open().await;
    let clerk = house.sign_in().await;
    let known = employer(&house, &clerk).await;
    let no = known["no"].as_str().unwrap();
    let line = format!("单位,{no},,900000.00,900000.00,0,2024-11-14,V-T1");
    let wrong = file("1.00", std::slice::from_ref(&line));
    let (status, problem) = house.upload(RECEIPTS, &clerk, (&wrong, &[])).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("wrong_totals"))
    );
    let right = file("1800000.00", &[line]);
    let (_, dry) = house
        .upload(RECEIPTS, &clerk, (&right, &[("dry_run", "true")]))
        .await;
    assert_eq!(dry["applied"], false);
    let (status, done) = house.upload(RECEIPTS, &clerk, (&right, &[])).await;
    assert_eq!((status, &done["applied"]), (StatusCode::OK, &json!(true)));
    assert_eq!(done["by_status"][0]["status"], "over");
    let (_, again) = house.upload(RECEIPTS, &clerk, (&right, &[])).await;
    assert_eq!(again["applied"], false);
    assert!(again["message"].as_str().unwrap().contains("导入过"));
    let asked = json!({"file": done["file"], "line": 3, "note": "多缴"});
    let (status, refund) = house.post(REFUNDS, Some(&clerk), &asked).await;
    assert_eq!(
        (status, &refund["state_name"]),
        (StatusCode::OK, &json!("待审核"))
    );
    let one = format!("{REFUNDS}/{}", refund["refund"].as_str().unwrap());
    let (decision, payment) = (format!("{one}/decision"), format!("{one}/payment"));
    let yes = json!({"approve": true});
    let (status, _) = house.post(&decision, Some(&clerk), &yes).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _) = house.post(&payment, Some(&clerk), &json!({})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let auditor = house.sign_in_as(1).await;
    let (status, _) = house.post(&decision, Some(&auditor), &yes).await;
    assert_eq!(status, StatusCode::OK);
    let (status, paid) = house.post(&payment, Some(&clerk), &json!({})).await;
    assert_eq!((status, &paid["state"]), (StatusCode::OK, &json!("paid")));
    let (_, list) = house
        .get(&format!("{REFUNDS}?owner={no}"), Some(&clerk))
        .await;
    assert_eq!(list[0]["state"], "paid");
}
