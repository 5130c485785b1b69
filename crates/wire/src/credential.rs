//! 就诊凭证：报文怎样说明本人出示了什么。

use app::people::Identifier;

use crate::codes::{self, Proof};
use crate::{Body, Node, Refusal};

/// The nodes in which a transaction says by what the person was identified.
const NODES: [&str; 3] = ["data", "druginfo", "mdtrtinfo"];

/// What the person showed, where the message says so.
///
/// 1101 is left out: there the certificate is the question itself.
pub(crate) fn shown(body: &Body) -> Result<Option<Identifier>, Refusal> {
    let transaction = body.transaction();
    if transaction.number == "1101" {
        return Ok(None);
    }
    for name in NODES {
        let Some(table) = transaction.input_node(name) else {
            continue;
        };
        let has = |field: &str| table.position(field).is_some();
        if !has("mdtrt_cert_type") || !has("mdtrt_cert_no") {
            continue;
        }
        let node = body.optional_node(name);
        if let Some((node, number)) =
            node.and_then(|node| Some((node, node.optional_text("mdtrt_cert_no")?)))
        {
            return of(node, number).map(Some);
        }
    }
    Ok(None)
}

/// The credential of a node with the number it gives.
pub(crate) fn of(node: &Node, number: &str) -> Result<Identifier, Refusal> {
    let number = codes::certificate_number(number).to_owned();
    match codes::proof(node.text("mdtrt_cert_type")?) {
        Some(Proof::ElectronicToken) => Ok(Identifier::Credential(number)),
        Some(Proof::IdentityNumber) => Ok(Identifier::Document(number)),
        Some(Proof::SocialCard) => Ok(Identifier::Card(number)),
        None => Err(node.refuse("mdtrt_cert_type", "不受支持")),
    }
}
