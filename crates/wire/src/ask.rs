use std::future::Future;
use std::pin::Pin;

use app::{App, Call, Error};
use jiff::civil::DateTime;

use crate::dispatch::next_reference;
use crate::tables::Transaction;
use crate::{Body, Envelope, Output, Refusal, Reply};

/// One checked message on its way to the use cases.
pub(crate) struct Ask<'a> {
    /// The system.
    pub app: &'a App,
    /// Who asks, with which message, and when.
    pub call: &'a Call,
    /// The outer object.
    pub envelope: &'a Envelope,
    /// The checked input.
    pub body: Body,
}

/// Why there is no answer of success.
#[derive(Debug)]
pub(crate) enum Stop {
    /// This crate says no: the message itself is wrong.
    Refused(Refusal),
    /// The use case says no, or failed.
    Failed(Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What a transaction answers: the reply, byte for byte, or why not.
pub(crate) type Answered = Result<Vec<u8>, Stop>;

/// A transaction at work.
pub(crate) type Answering<'a> = Pin<Box<dyn Future<Output = Answered> + Send + 'a>>;

impl Ask<'_> {
    /// The transaction asked for.
    pub fn transaction(&self) -> &'static Transaction {
        self.body.transaction()
    }

    /// An empty output of the transaction asked for.
    pub fn output(&self) -> Output {
        Output::new(self.transaction())
    }

    /// The reply of success around an output, byte for byte as it is sent and remembered.
    pub fn seal(&self, output: Output) -> Result<Vec<u8>, Error> {
        self.seal_with(output, None)
    }

    /// The reply of success around an output, with a warning beside it where there is one.
    pub fn seal_with(&self, output: Output, warning: Option<String>) -> Result<Vec<u8>, Error> {
        let at = self.call.at;
        let reference = next_reference(self.app, at);
        let reply = Reply::accepted(reference, at, self.app.clock.now(), output)
            .map_err(|slip| Error::Bug(slip.to_string()))?;
        let reply = match warning {
            Some(warning) => reply.with_warning(&warning),
            None => reply,
        };
        Ok(reply.to_json().into_bytes())
    }

    /// The same with what the sender should know though it was accepted (提示信息).
    pub fn seal_noting(&self, output: Output, notes: &[&str]) -> Result<Vec<u8>, Error> {
        if notes.is_empty() {
            return self.seal(output);
        }
        let at = self.call.at;
        let reference = next_reference(self.app, at);
        let reply = Reply::accepted(reference, at, self.app.clock.now(), output)
            .map_err(|slip| Error::Bug(slip.to_string()))?;
        Ok(reply.with_warning(&notes.join("；")).to_json().into_bytes())
    }

    /// The reply of success of a transaction that answers nothing.
    pub fn done(&self) -> Result<Vec<u8>, Error> {
        self.seal(self.output())
    }

    /// Refuses a moment on a day that has not come yet.
    pub fn not_in_future(
        &self,
        node: &crate::Node,
        field: &str,
        moment: DateTime,
    ) -> Result<DateTime, Refusal> {
        if moment.date() > self.call.at.date() {
            return Err(node.refuse(field, "晚于今天"));
        }
        Ok(moment)
    }
}
