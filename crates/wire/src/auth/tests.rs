use super::*;

/// 2024-11-15 08:20:00 in Beijing; the signatures below were computed with another program.
const NOW: i64 = 1_731_630_000;
const SECONDS: &str = "1731630000";
const MILLISECONDS: &str = "1731630000123";
const BUS_SECONDS: &str = "17dqoIT0ge0r+SkIFiFTPf6pI1c=";
const BUS_MILLISECONDS: &str = "15fOgA/EvqjFKDR7qhHLzLlArYo=";
const TIF: &str = "72b1d98f744ad6e2a01fda39a7641cb5f1856d4b83969634a409c2001cdf621d";
const CA: &str = "44850562f5fd37ca1091224b91cf98526d075895ae6914d703d0d5b1b4b8a8c4";
const BODY: &[u8] = br#"{"infno":"9001"}"#;

fn lookup(kind: KeyKind, key: &str) -> Option<Credential> {
    let secret = match (kind, key) {
        (KeyKind::AccessKey, "AK001") => "sk-secret",
        (KeyKind::PaasId, "paas1") => "tif-secret",
        (KeyKind::CaKey, "ca1") => "ca-secret",
        (KeyKind::Token, "token-123456") => "",
        _ => return None,
    };
    let institution = "H42130000001".to_owned();
    Some(Credential {
        institution,
        secret: secret.to_owned(),
    })
}

fn ask(headers: &[(&str, &str)], body: &[u8], now: i64) -> Result<Caller, GatewayError> {
    let now = Timestamp::from_second(now).unwrap();
    let request = Request { headers, body, now };
    authenticate(&request, lookup, &mut ReplayWindow::new(8))
}

fn institution(answer: Result<Caller, GatewayError>) -> String {
    match answer.unwrap() {
        Caller::Verified { institution, .. } => institution,
        Caller::Unsigned => "unsigned".to_owned(),
    }
}

fn message(answer: Result<Caller, GatewayError>) -> String {
    let error = answer.unwrap_err();
    assert_eq!(error.code, 401);
    error.message
}

fn bus<'a>(timestamp: &'a str, signature: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("_api_name", "hssServives"),
        ("_api_version", "1.0.0"),
        ("_api_timestamp", timestamp),
        ("_api_access_key", "AK001"),
        ("_api_signature", signature),
    ]
}

fn tif(signature: &str) -> Vec<(&str, &str)> {
    vec![
        ("X-Tif-Paasid", "paas1"),
        ("x-tif-timestamp", SECONDS),
        ("x-tif-nonce", "Abc123nonce"),
        ("x-tif-signature", signature),
    ]
}

#[test]
fn right_signatures_are_accepted() {
    let ca = format!("{MILLISECONDS}:{CA}");
    let upper_ca = format!("{MILLISECONDS}:{}", CA.to_uppercase());
    let upper_tif = TIF.to_uppercase();
    for headers in [
        bus(SECONDS, BUS_SECONDS),
        bus(MILLISECONDS, BUS_MILLISECONDS),
        tif(TIF),
        tif(&upper_tif),
        vec![("x-ca-key", "ca1"), ("x-ca-signature", &ca)],
        vec![("x-ca-key", "ca1"), ("x-ca-signature", &upper_ca)],
        vec![("apikey", "token-123456")],
    ] {
        assert_eq!(
            institution(ask(&headers, BODY, NOW)),
            "H42130000001",
            "{headers:?}"
        );
        let with_time = headers.iter().any(|(name, _)| *name != "apikey");
        if with_time {
            assert!(ask(&headers, BODY, NOW - WINDOW_SECONDS).is_ok());
            let late = message(ask(&headers, BODY, NOW + WINDOW_SECONDS + 1));
            assert!(late.starts_with("签名时间戳超时"), "{late}");
        }
    }
    assert_eq!(ask(&[("accept", "*/*")], BODY, NOW), Ok(Caller::Unsigned));
}

#[test]
fn wrong_signatures_are_refused() {
    let ca = format!("{MILLISECONDS}:{CA}");
    for headers in [
        bus(SECONDS, BUS_MILLISECONDS),
        bus(SECONDS, "not base64!"),
        bus(SECONDS, "AAAA"),
        tif(&TIF[1..]),
        tif(BUS_SECONDS),
        vec![("x-ca-key", "ca1"), ("x-ca-signature", CA)],
    ] {
        assert_eq!(
            message(ask(&headers, BODY, NOW)),
            "签名不一致",
            "{headers:?}"
        );
    }
    let changed = ask(&[("x-ca-key", "ca1"), ("x-ca-signature", &ca)], b"{}", NOW);
    assert_eq!(message(changed), "签名不一致");
}

#[test]
fn missing_headers_and_unknown_keys_are_named() {
    for missing in 0..5 {
        let mut headers = bus(SECONDS, BUS_SECONDS);
        let (name, _) = headers.remove(missing);
        assert_eq!(
            message(ask(&headers, BODY, NOW)),
            format!("缺少服务网关的请求头：{name}")
        );
    }
    for missing in 0..4 {
        let mut headers = tif(TIF);
        headers.remove(missing);
        assert!(message(ask(&headers, BODY, NOW)).starts_with("缺少服务网关的请求头"));
    }
    let headers = [("apikey", "guessed")];
    assert!(message(ask(&headers, BODY, NOW)).starts_with("非法用户"));
    let mut headers = tif(TIF);
    headers[0].1 = "nobody";
    assert_eq!(
        message(ask(&headers, BODY, NOW)),
        "非法用户，密钥不存在：nobody"
    );
    for time in [
        "",
        "173163000",
        "17316300000",
        "-731630000",
        "now",
        "１７３１６３００００",
    ] {
        assert!(ask(&bus(time, BUS_SECONDS), BODY, NOW).is_err(), "{time}");
    }
}

#[test]
fn a_nonce_works_once_and_only_right_requests_use_it_up() {
    let now = Timestamp::from_second(NOW).unwrap();
    let mut seen = ReplayWindow::new(8);
    let forged = tif("00");
    let right = tif(TIF);
    let mut ask = |headers: &[(&str, &str)]| {
        authenticate(
            &Request {
                headers,
                body: BODY,
                now,
            },
            lookup,
            &mut seen,
        )
    };
    assert_eq!(message(ask(&forged)), "签名不一致");
    assert!(ask(&right).is_ok());
    assert_eq!(message(ask(&right)), "请求重放：nonce 已使用");
}

#[test]
fn a_key_speaks_only_for_its_institution() {
    let caller = ask(&[("apikey", "token-123456")], BODY, NOW).unwrap();
    assert!(matches!(&caller, Caller::Verified { key_id, .. } if key_id == "token-"));
    assert_eq!(caller.may_speak_for("H42130000001"), Ok(()));
    let refused = caller.may_speak_for("H42130000002").unwrap_err();
    assert!(refused.message().contains("H42130000002"));
    assert_eq!(Caller::Unsigned.may_speak_for("H42130000002"), Ok(()));
}

#[test]
fn the_gateway_has_its_own_error_object() {
    let error = GatewayError::unauthorized("签名\"不一致\"");
    assert_eq!(
        error.to_json(),
        r#"{"code":401,"message":"签名\"不一致\""}"#
    );
}
