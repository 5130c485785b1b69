//! 备案：各备案交易共有的部分。

use app::filing::{Agent, FilingClass, Withdraw};
use app::{Error, FilingRow};
use terms::AreaCode;

use crate::ask::{Answered, Ask};
use crate::{Fields, Node, Refusal};

/// The number a filing is known by.
pub(crate) const NUMBER: &str = "trt_dcla_detl_sn";

/// The reply to a filing: its number.
pub(crate) fn filed(ask: &Ask<'_>, row: &FilingRow) -> Result<Vec<u8>, Error> {
    let number = Fields::new().text(NUMBER, &row.filing_id);
    ask.seal(ask.output().rows("result", [number]))
}

/// A field, or nothing.
pub(crate) fn maybe(node: &Node, field: &str) -> String {
    node.optional_text(field).unwrap_or_default().to_owned()
}

/// Whoever files for the person.
pub(crate) fn agent(node: &Node) -> Agent {
    Agent {
        name: maybe(node, "agnter_name"),
        document_kind: maybe(node, "agnter_cert_type"),
        document: maybe(node, "agnter_certno"),
        phone: maybe(node, "agnter_tel"),
        address: maybe(node, "agnter_addr"),
        relation: maybe(node, "agnter_rlts"),
    }
}

/// Refuses a filing that names another insured place than this one.
pub(crate) fn insured_here(ask: &Ask<'_>, node: &Node, field: &str) -> Result<(), Refusal> {
    let Some(sent) = node.optional_text(field) else {
        return Ok(());
    };
    let home = ask.call.area;
    let inside = |code: AreaCode| code == home || code.city() == home.city();
    match sent.parse() {
        Ok(code) if inside(code) => Ok(()),
        _ => Err(node.refuse(field, &format!("不是本统筹区“{home}”"))),
    }
}

/// Carries out the transactions that take a filing back.
pub(crate) async fn undo(ask: &Ask<'_>, class: FilingClass) -> Answered {
    let data = ask.body.node("data")?;
    let command = Withdraw {
        person_no: data.text("psn_no")?.to_owned(),
        filing: data.text(NUMBER)?.to_owned(),
        class,
        note: maybe(data, "memo"),
    };
    Ok(app::filing::withdraw(ask.app, ask.call, &command, || ask.done()).await?)
}
