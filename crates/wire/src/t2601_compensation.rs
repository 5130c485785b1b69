use app::settlement::{Compensate, compensate};

use crate::Json;
use crate::ask::{Answered, Ask};
use crate::t2401_admission::{RESULT, VISIT};

/// What may be taken back without knowing its answer.
const REVERSIBLE: [&str; 4] = ["2102", "2207", "2304", "2401"];

/// 2601 冲正交易: undoes whatever a message did, or makes sure that it never does anything.
pub(crate) async fn answer(ask: &Ask<'_>) -> Answered {
    let data = ask.body.node("data")?;
    let transaction = data.text("oinfno")?;
    if !REVERSIBLE.contains(&transaction) {
        return Err(data
            .refuse("oinfno", "不可冲正，只有2102、2207、2304、2401可以冲正")
            .into());
    }
    let command = Compensate {
        person_no: data.text("psn_no")?.to_owned(),
        message: data.text("omsgid")?.to_owned(),
        transaction: transaction.to_owned(),
    };
    if command.message == ask.envelope.msgid {
        return Err(data.refuse("omsgid", "是本报文自己的编号").into());
    }
    let reply = compensate(ask.app, ask.call, &command, admitted, || ask.done());
    Ok(reply.await?)
}

/// The number of the visit in the reply an admission was given.
fn admitted(reply: &[u8]) -> Option<String> {
    let reply = Json::parse(reply).ok()?;
    let rows = match reply.get("output")?.get(RESULT)? {
        Json::Array(rows) => rows.first()?.clone(),
        row => row.clone(),
    };
    Some(rows.get(VISIT)?.as_text()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visit_is_read_out_of_the_reply() {
        let reply = r#"{"infcode":0,"output":{"result":[{"mdtrt_id":"V17","exp_content":""}]}}"#;
        assert_eq!(admitted(reply.as_bytes()).as_deref(), Some("V17"));
        assert_eq!(
            admitted(br#"{"infcode":0,"output":{"setlinfo":{"mdtrt_id":"V1"}}}"#),
            None
        );
        assert_eq!(admitted(b"{}"), None);
    }
}
