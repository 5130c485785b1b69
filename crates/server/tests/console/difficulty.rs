//! The inbox of lists and the watch, asked through the router.

use axum::http::StatusCode;
use serde_json::json;

use crate::house::House;

const LISTS: &str = "/api/v1/difficulty/lists";

fn file(rows: &[String]) -> String {
    let mut text = "证件号码,姓名,身份,增减,认定日期,有效期至\n".to_owned();
    for row in rows {
        text += row;
        text += "\n";
    }
    text + &format!("合计,{}\n", rows.len())
}

#[tokio::test]
async fn a_list_is_received_looked_at_applied_and_answered() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let people: Vec<_> = house.area.people().collect();
    let plain = people.iter().find(|one| one.identities.is_empty()).unwrap();
    let today = house.area.recipe.today;
    let rows = [
        format!("{},{},低保对象,新增,{today},", plain.id_number, plain.name),
        format!("{},不同名,低保对象,新增,{today},", plain.id_number),
        format!(
            "{},{},防止返贫监测对象,新增,{today},",
            plain.id_number, plain.name
        ),
    ];
    let fields = [("bureau", "civil_affairs"), ("kind", "change")];
    let list = file(&rows[2..]);
    let (status, body) = house.upload(LISTS, &cookie, (&list, &fields)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["rows"][0]["reason_code"], "not_entitled");
    assert_eq!(body["rows"][0]["result_name"], "退回");

    let list = file(&rows[..1]);
    let (status, body) = house.upload(LISTS, &cookie, (&list, &fields)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["list"]["state"], "checked");
    assert_eq!(body["list"]["bureau_name"], "民政部门");
    assert_eq!(body["planned"][0]["identity_name"], "低保对象");
    let no = body["list"]["list_no"].as_str().unwrap().to_owned();
    let (_, again) = house.upload(LISTS, &cookie, (&list, &fields)).await;
    assert_eq!(again["seen_before"], true);
    assert_eq!(again["list"]["list_no"], no.as_str());

    let (_, inbox) = house.get(LISTS, Some(&cookie)).await;
    assert_eq!(inbox.as_array().unwrap().len(), 2);
    let apply = format!("{LISTS}/{no}/application");
    let (status, done) = house.post(&apply, Some(&cookie), &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["list"]["state_name"], "已入册");
    assert_eq!(done["changed"][0]["person_no"], plain.number.as_str());
    let (status, _) = house.post(&apply, Some(&cookie), &json!({})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let person = format!("/api/v1/people/{}", plain.number);
    let (_, shown) = house.get(&person, Some(&cookie)).await;
    assert!(shown.to_string().contains("低保对象"), "{shown}");
    let (status, _) = house
        .get(&format!("{LISTS}/{no}/receipt"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = house
        .get(&format!("{LISTS}/no-such-list"), Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_a_list_is_refused_by_field_or_whole() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let good = file(&["990102196001010011,张三,低保对象,新增,2024-11-01,".to_owned()]);
    for (text, fields, code) in [
        (
            good.as_str(),
            vec![("bureau", "tax_office")],
            "unknown_bureau",
        ),
        (good.as_str(), vec![], "unreadable"),
        (
            good.as_str(),
            vec![("bureau", "civil_affairs"), ("kind", "all")],
            "unreadable",
        ),
        (
            good.as_str(),
            vec![("bureau", "civil_affairs"), ("rows", "2")],
            "wrong_totals",
        ),
        (
            good.as_str(),
            vec![("bureau", "civil_affairs"), ("day", "2099-01-01")],
            "list_day_ahead",
        ),
        ("什么也不是", vec![("bureau", "civil_affairs")], "no_titles"),
        ("", vec![("bureau", "civil_affairs")], "unreadable"),
    ] {
        let (status, body) = house.upload(LISTS, &cookie, (text, &fields)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{code}: {body}");
        assert_eq!(body["code"], code, "{body}");
    }
    let (_, inbox) = house.get(LISTS, Some(&cookie)).await;
    assert_eq!(inbox, json!([]));
}

#[tokio::test]
async fn a_month_is_watched_once_it_is_over() {
    let house = House::open().await;
    let cookie = house.sign_in().await;
    let nothing = json!({});
    let (status, body) = house
        .post("/api/v1/watch/2024-11", Some(&cookie), &nothing)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["code"], "month_not_over");
    let (status, _) = house.get("/api/v1/watch/2024-10", Some(&cookie)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, body) = house
        .post("/api/v1/watch/2024-10", Some(&cookie), &nothing)
        .await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["people"], json!([]));
    let (_, months) = house.get("/api/v1/watch?year=2024", Some(&cookie)).await;
    assert_eq!(months[0]["month"], "2024-10");
    let (status, _) = house.get("/api/v1/watch/soon", Some(&cookie)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, lapses) = house
        .get("/api/v1/difficulty/lapses?days=366", Some(&cookie))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(lapses.is_array());
}
