use jiff::civil::datetime;

use super::*;

const FULL: &str = r#"{"infno":"2601","msgid":"H42130000001202411150800000001",
    "mdtrtarea_admvs":"421300","insuplc_admdvs":"","recer_sys_code":"FSI_LOCAL","dev_no":"",
    "dev_safe_info":"","cainfo":"","signtype":"","infver":"V1.0","opter_type":"1","opter":"001",
    "opter_name":"经办","inf_time":"2024-11-15 08:00:00","fixmedins_code":"H42130000001",
    "fixmedins_name":"示例医院","sign_no":"","enc_type":"","serv_code":{"x":1},"input":{"data":{}}}"#;

const DEMANDED: [&str; 12] = [
    "infno",
    "msgid",
    "mdtrtarea_admvs",
    "recer_sys_code",
    "infver",
    "opter_type",
    "opter",
    "opter_name",
    "inf_time",
    "fixmedins_code",
    "fixmedins_name",
    "input",
];

fn changed(key: &str, value: Option<serde_json::Value>) -> String {
    let mut message: serde_json::Value = serde_json::from_str(FULL).unwrap();
    let object = message.as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(key.to_owned(), value),
        None => object.remove(key),
    };
    message.to_string()
}

fn refusal(body: &str) -> String {
    Envelope::parse(body.as_bytes())
        .unwrap_err()
        .refusal
        .message()
        .to_owned()
}

#[test]
fn a_full_envelope_is_read() {
    let read = Envelope::parse(FULL.as_bytes()).unwrap();
    assert_eq!(read.infno, "2601");
    assert_eq!(read.insuplc_admdvs, None);
    assert_eq!(read.region_of_insurance(), "421300");
    assert_eq!(read.inf_time, datetime(2024, 11, 15, 8, 0, 0, 0));
    assert_eq!(read.sign_no, None);
    assert_eq!(read.input.to_string(), r#"{"data":{}}"#);
}

#[test]
fn every_demanded_field_is_named_when_it_is_missing_null_or_empty() {
    for key in DEMANDED {
        for value in [None, Some(serde_json::Value::Null), Some("".into())] {
            if key == "input" && value == Some("".into()) {
                continue;
            }
            let message = refusal(&changed(key, value));
            assert!(
                message.contains(&format!("字段 {key}（")),
                "{key}: {message}"
            );
        }
    }
    for key in ["dev_no", "cainfo", "sign_no", "insuplc_admdvs", "enc_type"] {
        assert!(
            Envelope::parse(changed(key, None).as_bytes()).is_ok(),
            "{key}"
        );
    }
    assert!(refusal("{}").ends_with("；等共12处错误"));
}

#[test]
fn numbers_stand_for_texts() {
    for (key, number) in [
        ("infno", 2601),
        ("mdtrtarea_admvs", 421_300),
        ("opter", 1),
        ("infver", 1),
    ] {
        let message = changed(key, Some(number.into()));
        assert!(Envelope::parse(message.as_bytes()).is_ok(), "{key}");
    }
    let read = Envelope::parse(changed("infno", Some(2601.into())).as_bytes()).unwrap();
    assert_eq!(read.infno, "2601");
}

#[test]
fn wrong_fields_are_named_with_their_value() {
    for (key, value, reason) in [
        ("fixmedins_code", "H421300000012", "超过长度12"),
        ("msgid", "1234567890123456789012345678901", "超过长度30"),
        ("msgid", "a b", "含有空白或控制字符"),
        ("infno", "22\n07", "含有空白或控制字符"),
        (
            "inf_time",
            "20241115080000",
            "不是yyyy-MM-dd HH:mm:ss的时间",
        ),
        ("opter", "a\0b", "含有空字符"),
        ("input", "{}", "应为对象"),
    ] {
        let message = refusal(&changed(key, Some(value.into())));
        assert!(message.contains(key) && message.contains('“'), "{message}");
        assert!(message.ends_with(reason), "{message}");
    }
    let listed = refusal(&changed("opter", Some(serde_json::json!([1]))));
    assert_eq!(listed, "报文头字段 opter（经办人）的值“[1]”应为文本");
    let nothing = Envelope::parse(changed("input", Some("".into())).as_bytes()).unwrap();
    assert_eq!(nothing.input, Json::Object(Vec::new()));
    let long_name = changed("fixmedins_name", Some("示例".repeat(30).into()));
    assert!(Envelope::parse(long_name.as_bytes()).is_ok());
}

#[test]
fn what_is_not_an_object_is_refused() {
    for body in ["[]", "1", "\"x\"", "null", "true"] {
        assert_eq!(refusal(body), "报文应为一个JSON对象");
    }
    assert!(refusal("{\"infno\":").contains("第1行第9列"));
}

#[test]
fn a_rejection_keeps_what_could_be_read() {
    let rejected = Envelope::parse(changed("opter", None).as_bytes()).unwrap_err();
    assert_eq!(rejected.infno, "2601");
    assert_eq!(rejected.fixmedins_code, "H42130000001");
    assert_eq!(rejected.msgid, "H42130000001202411150800000001");
    assert_eq!(Envelope::parse(b"nonsense").unwrap_err().msgid, "");
}
