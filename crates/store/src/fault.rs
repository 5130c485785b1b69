use std::borrow::Cow;
use std::fmt;

/// The store failed: disk, network, database, or a row that does not read (故障).
///
/// Opaque on purpose: callers log it, answer blandly, and may ask whether to try again.
#[derive(Debug)]
pub struct Fault {
    doing: Cow<'static, str>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    retryable: bool,
}

impl Fault {
    /// A fault found by this crate itself.
    pub(crate) fn found(doing: impl Into<Cow<'static, str>>) -> Self {
        Self {
            doing: doing.into(),
            cause: None,
            retryable: false,
        }
    }

    /// A fault of the world underneath.
    pub(crate) fn caused(
        doing: impl Into<Cow<'static, str>>,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            doing: doing.into(),
            cause: Some(cause.into()),
            retryable: false,
        }
    }

    /// A fault of the database.
    pub(crate) fn database(doing: impl Into<Cow<'static, str>>, cause: sqlx::Error) -> Self {
        let retryable = is_passing(&cause);
        Self {
            doing: doing.into(),
            cause: Some(Box::new(cause)),
            retryable,
        }
    }

    /// Whether trying again may help: the database was busy, restarting or out of reach.
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// The same fault for another caller of the same batch.
    pub(crate) fn shared(&self) -> Self {
        Self {
            doing: self.doing.clone(),
            cause: self.cause.as_ref().map(|cause| cause.to_string().into()),
            retryable: self.retryable,
        }
    }
}

fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // Serialisation failure, deadlock, cannot connect now, admin shutdown; SQLite BUSY.
            Some("40001" | "40P01" | "57P01" | "57P03" | "53300" | "5" | "517") => true,
            _ => false,
        },
        _ => false,
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| &**cause as _)
    }
}
