use sha2::{Digest, Sha256};

use crate::{Envelope, Json};

/// Identifies what a message asks for (报文指纹): SHA-256, as lower-case hexadecimal.
///
/// Covers transaction number, institution and the whole input; the order of keys and white space
/// do not matter. The message id is left out: together with the institution it is the key under
/// which this value is remembered. The value is stored, so its definition may never change.
pub fn fingerprint(envelope: &Envelope) -> String {
    let mut hash = Sha256::new();
    feed_text(&mut hash, b'i', &envelope.infno);
    feed_text(&mut hash, b'f', &envelope.fixmedins_code);
    feed(&mut hash, &envelope.input);
    hex(&hash.finalize())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn feed(hash: &mut Sha256, json: &Json) {
    match json {
        Json::Null => hash.update(b"n"),
        Json::Bool(value) => hash.update(if *value { b"t" } else { b"b" }),
        Json::Number(text) => feed_text(hash, b'#', text),
        Json::Text(text) => feed_text(hash, b's', text),
        Json::Array(items) => {
            feed_length(hash, b'a', items.len());
            for item in items {
                feed(hash, item);
            }
        }
        Json::Object(pairs) => {
            let mut sorted: Vec<_> = pairs.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(&b.0));
            feed_length(hash, b'o', sorted.len());
            for (key, value) in sorted {
                feed_text(hash, b'k', key);
                feed(hash, value);
            }
        }
    }
}

/// Every part is preceded by its kind and length, so that no two inputs feed the same bytes.
fn feed_text(hash: &mut Sha256, kind: u8, text: &str) {
    feed_length(hash, kind, text.len());
    hash.update(text.as_bytes());
}

fn feed_length(hash: &mut Sha256, kind: u8, length: usize) {
    hash.update([kind]);
    hash.update((length as u64).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(infno: &str, institution: &str, input: &str) -> String {
        let message = format!(
            r#"{{"infno":"{infno}","msgid":"M","mdtrtarea_admvs":"421300","recer_sys_code":"X",
            "infver":"1","opter_type":"1","opter":"1","opter_name":"名","fixmedins_name":"院",
            "inf_time":"2024-11-15 08:00:00","fixmedins_code":"{institution}","input":{input}}}"#
        );
        fingerprint(&Envelope::parse(message.as_bytes()).unwrap())
    }

    #[test]
    fn order_and_space_do_not_matter_and_the_value_is_fixed() {
        let want = "dc881d0132d8307fc4d46d688905957682eff68a916e3a900d93e65e1e521609";
        for input in [
            r#"{"data":{"psn_no":"中","omsgid":"M1","oinfno":2207}}"#,
            r#"{ "data" : {"oinfno":2207, "psn_no":"\u4e2d",
                "omsgid":"M1"} }"#,
        ] {
            assert_eq!(print("2601", "H42130000001", input), want);
        }
    }

    #[test]
    fn anything_else_matters() {
        let base = print("2601", "H1", r#"{"data":[1,2]}"#);
        for (infno, institution, input) in [
            ("2602", "H1", r#"{"data":[1,2]}"#),
            ("2601", "H2", r#"{"data":[1,2]}"#),
            ("2601", "H1", r#"{"data":[2,1]}"#),
            ("2601", "H1", r#"{"data":["1",2]}"#),
            ("2601", "H1", r#"{"data":[1,2],"x":null}"#),
            ("2601", "H1", r#"{"data":[[1],2]}"#),
        ] {
            assert_ne!(print(infno, institution, input), base, "{input}");
        }
    }
}
