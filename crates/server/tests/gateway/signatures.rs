//! Signed requests, the signatures built here from the published description.

use axum::http::StatusCode;
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::house::{CALL_SERVICE, House, hospital, person, pharmacy};
use crate::messages::*;

struct Keys {
    code: String,
    keys: Value,
}

/// The keys of a hospital as the sandbox shows them.
async fn keys(house: &House) -> Keys {
    let fixtures = house.get("/sandbox/fixtures").await;
    assert_eq!(fixtures.status, StatusCode::OK);
    let fixtures = fixtures.json();
    let mut all = fixtures["institutions"].as_array().unwrap().iter();
    let one = all.find(|one| one["kind"] == "hospital").unwrap();
    Keys {
        code: one["fixmedins_code"].as_str().unwrap().to_owned(),
        keys: one["keys"].clone(),
    }
}

fn of<'a>(keys: &'a Keys, name: &str) -> &'a str {
    keys.keys[name].as_str().unwrap()
}

/// base64(HMAC-SHA1(secret, the other four headers in order)).
fn bus_headers(keys: &Keys, timestamp: &str) -> Vec<(&'static str, String)> {
    let signed = format!(
        "_api_access_key={}&_api_name=hss&_api_timestamp={timestamp}&_api_version=1.0.0",
        of(keys, "access_key")
    );
    let mut mac = Hmac::<Sha1>::new_from_slice(of(keys, "secret_key").as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    vec![
        ("_api_name", "hss".to_owned()),
        ("_api_version", "1.0.0".to_owned()),
        ("_api_timestamp", timestamp.to_owned()),
        ("_api_access_key", of(keys, "access_key").to_owned()),
        ("_api_signature", signature),
    ]
}

/// hex(SHA-256(time, secret, nonce, time)).
fn tif_headers(keys: &Keys, nonce: &str) -> Vec<(&'static str, String)> {
    let time = jiff::Timestamp::now().as_second().to_string();
    let signed = format!("{time}{}{nonce}{time}", of(keys, "secret_key"));
    let digest = Sha256::digest(signed.as_bytes());
    let signature: String = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    vec![
        ("x-tif-paasid", of(keys, "paasid").to_owned()),
        ("x-tif-timestamp", time),
        ("x-tif-nonce", nonce.to_owned()),
        ("x-tif-signature", signature),
    ]
}

async fn strict() -> House {
    House::open()
        .await
        .with(|service| service.allow_unsigned = false)
}

async fn post(
    house: &House,
    path: &str,
    headers: &[(&'static str, String)],
    message: &Value,
) -> (StatusCode, Value) {
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = house.post(path, &headers, message.to_string()).await;
    (answer.status, answer.json())
}

fn lookup(house: &House, institution: &str) -> Value {
    let person = person("在职职工，正常享受待遇");
    house.message(institution, "1101", json!({ "data": certificate(&person) }))
}

#[tokio::test]
async fn every_style_of_address_and_signature_works() {
    let house = strict().await;
    let keys = keys(&house).await;
    let now = jiff::Timestamp::now();
    let message = lookup(&house, &keys.code);
    for (number, path) in [
        CALL_SERVICE,
        "/CSB",
        "/fsi/api/1101",
        "/ebus/gdyb_inf/poc/hsa/hgs/1101",
        "/fsi/api/fsiPsnInfoService/queryPsnInfo",
    ]
    .into_iter()
    .enumerate()
    {
        for headers in [
            bus_headers(&keys, &now.as_millisecond().to_string()),
            bus_headers(&keys, &now.as_second().to_string()),
            tif_headers(&keys, &format!("nonce-{number}")),
            vec![("apikey", of(&keys, "token").to_owned())],
        ] {
            let (status, reply) = post(&house, path, &headers, &message).await;
            assert_eq!(
                (status, &reply["infcode"]),
                (StatusCode::OK, &json!(0)),
                "{path} {reply}"
            );
        }
    }
    let token = [("apikey", of(&keys, "token").to_owned())];
    let (_, reply) = post(&house, "/fsi/api/2207", &token, &message).await;
    assert!(
        reply["err_msg"].as_str().unwrap().contains("不一致"),
        "{reply}"
    );
}

#[tokio::test]
async fn unsigned_wrong_late_and_replayed_requests_stay_outside() {
    let house = strict().await;
    let keys = keys(&house).await;
    let message = lookup(&house, &keys.code);
    let (before, logged) = (house.holdings().await, house.logged().await);
    let refused = async |headers: &[(&'static str, String)], wanted: &str| {
        let (status, reply) = post(&house, CALL_SERVICE, headers, &message).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(reply["code"], 401);
        assert!(
            reply["message"].as_str().unwrap().contains(wanted),
            "{reply}"
        );
    };
    refused(&[], "没有签名").await;
    let mut wrong = bus_headers(&keys, &jiff::Timestamp::now().as_second().to_string());
    wrong[0].1 = "other".to_owned();
    refused(&wrong, "签名不一致").await;
    let late = jiff::Timestamp::now().as_second() - 31 * 60;
    refused(&bus_headers(&keys, &late.to_string()), "超时").await;
    refused(&[("apikey", "guessed".to_owned())], "非法用户").await;
    assert_eq!(
        (house.holdings().await, house.logged().await),
        (before, logged)
    );

    let once = tif_headers(&keys, "only-once");
    let (_, reply) = post(&house, CALL_SERVICE, &once, &message).await;
    assert_eq!(reply["infcode"], 0);
    refused(&once, "请求重放").await;

    let foreign = lookup(&house, pharmacy());
    let token = [("apikey", of(&keys, "token").to_owned())];
    let (status, reply) = post(&house, CALL_SERVICE, &token, &foreign).await;
    assert_eq!((status, &reply["infcode"]), (StatusCode::OK, &json!(-1)));
    assert!(
        reply["err_msg"].as_str().unwrap().contains("密钥不属于"),
        "{reply}"
    );
}

#[tokio::test]
async fn a_sign_in_number_is_demanded_where_the_house_wants_it() {
    let house = House::open()
        .await
        .with(|service| service.require_sign_in = true);
    let place = hospital();
    let refused = house.send(&lookup(&house, place)).await;
    assert!(
        refused["err_msg"].as_str().unwrap().contains("签到"),
        "{refused}"
    );
    let input = json!({ "signIn": { "opter_no": "0001", "mac": "00-00", "ip": "10.0.0.1" } });
    let output = house.accept(place, "9001", input).await;
    let number = output["signinoutb"]["sign_no"].as_str().unwrap();
    let mut message = lookup(&house, place);
    message["sign_no"] = json!(number);
    assert_eq!(house.send(&message).await["infcode"], 0);
    let mut foreign = lookup(&house, pharmacy());
    foreign["sign_no"] = json!(number);
    assert_eq!(house.send(&foreign).await["infcode"], -1);
    let input = json!({ "signOut": { "sign_no": number, "opter_no": "0001" } });
    let mut out = house.message(place, "9002", input);
    out["sign_no"] = json!(number);
    assert_eq!(house.send(&out).await["infcode"], 0);
    assert_eq!(house.send(&message).await["infcode"], -1);
}
