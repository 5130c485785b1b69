use jiff::civil::DateTime;

use crate::json::quoted;
use crate::{Output, Refusal, ShapeError};

/// The interface's limit for the failure text.
const MESSAGE_LENGTH: usize = 200;

/// The outer object of an answer (响应报文).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    accepted: bool,
    reference: String,
    received: DateTime,
    answered: DateTime,
    message: String,
    warning: Option<String>,
    output: Option<String>,
}

impl Reply {
    /// A successful answer; `output` as finished by [`Output::finish`].
    ///
    /// # Errors
    /// When the output does not fit its table, which is a slip of the programmer.
    pub fn accepted(
        reference: String,
        received: DateTime,
        answered: DateTime,
        output: Output,
    ) -> Result<Self, ShapeError> {
        let output = output.finish()?;
        Ok(Self {
            accepted: true,
            reference,
            received,
            answered,
            message: String::new(),
            warning: None,
            output,
        })
    }

    /// A decided refusal; `reference` stays empty when the message did not get past its envelope.
    pub fn refused(
        reference: String,
        received: DateTime,
        answered: DateTime,
        refusal: &Refusal,
    ) -> Self {
        Self {
            accepted: false,
            reference,
            received,
            answered,
            message: shortened(refusal.message()),
            warning: None,
            output: None,
        }
    }

    /// The same answer with a hint that does not stop the business (提示信息).
    #[must_use]
    pub fn with_warning(self, warning: &str) -> Self {
        Self {
            warning: Some(shortened(warning)),
            ..self
        }
    }

    /// Whether the answer is a success.
    pub fn is_accepted(&self) -> bool {
        self.accepted
    }

    /// The centre's id of this exchange, empty if none was given.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The failure text, empty on success.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The bytes to send, and to keep for a repetition of the same message.
    pub fn to_json(&self) -> String {
        let warning = self
            .warning
            .as_deref()
            .map_or_else(|| "null".to_owned(), quoted);
        format!(
            "{{\"infcode\":{},\"inf_refmsgid\":{},\"refmsg_time\":\"{}\",\"respond_time\":\"{}\",\
             \"err_msg\":{},\"warn_msg\":{warning},\"cainfo\":null,\"signtype\":null,\
             \"enctype\":null,\"output\":{}}}",
            if self.accepted { 0 } else { -1 },
            quoted(&self.reference),
            stamp(self.received),
            stamp(self.answered),
            quoted(&self.message),
            self.output.as_deref().unwrap_or("null"),
        )
    }
}

/// The centre's id of an exchange (接收方报文ID): region, time and a sequence number of ten digits.
pub fn reference_id(region: &str, at: DateTime, sequence: u64) -> String {
    let stamp = stamp(at);
    format!(
        "{region:0>6.6}{}{:010}",
        &stamp[..14],
        sequence % 10_000_000_000
    )
}

/// `yyyyMMddHHmmssSSS`.
fn stamp(at: DateTime) -> String {
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}{:03}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

fn shortened(message: &str) -> String {
    if message.chars().count() <= MESSAGE_LENGTH {
        return message.to_owned();
    }
    message
        .chars()
        .take(MESSAGE_LENGTH - 1)
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;
    use crate::tables::transaction;

    #[test]
    fn a_refusal_has_the_outer_form_of_the_interface() {
        let at = datetime(2024, 11, 15, 8, 9, 10, 12_000_000);
        let refusal = Refusal::new("字".repeat(300));
        let reply = Reply::refused(String::new(), at, at, &refusal).to_json();
        let read: serde_json::Value = serde_json::from_str(&reply).unwrap();
        assert_eq!(read["infcode"], -1);
        assert_eq!(read["inf_refmsgid"], "");
        assert_eq!(read["refmsg_time"], "20241115080910012");
        assert_eq!(read["err_msg"].as_str().unwrap().chars().count(), 200);
        for key in ["warn_msg", "cainfo", "signtype", "enctype", "output"] {
            assert!(
                read.as_object().unwrap().get(key).unwrap().is_null(),
                "{key}"
            );
        }
    }

    #[test]
    fn a_success_carries_the_centres_id() {
        let at = datetime(2024, 11, 15, 8, 9, 10, 0);
        let id = reference_id("421300", at, 10_000_000_007);
        assert_eq!(id, "421300202411150809100000000007");
        let output = Output::new(transaction("2202").unwrap());
        let reply = Reply::accepted(id, at, at, output)
            .unwrap()
            .with_warning("提示\"一\"");
        let read: serde_json::Value = serde_json::from_str(&reply.to_json()).unwrap();
        assert_eq!(read["infcode"], 0);
        assert_eq!(read["warn_msg"], "提示\"一\"");
        assert!(reply.is_accepted());
    }
}
