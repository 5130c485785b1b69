use std::fmt;

/// Why a command was not carried out: refused, missing, denied, taken, or the world failed.
#[derive(Debug)]
pub enum Error {
    /// The law or the state says no (不予办理).
    Refused {
        /// Stable code.
        code: &'static str,
        /// 中文 sentence naming what and which value.
        message: String,
    },
    /// Not found (未找到).
    Missing {
        /// What, in 中文.
        what: &'static str,
        /// Which.
        which: String,
    },
    /// Not allowed (无权限).
    Denied(String),
    /// The message number was used before with another body (报文编号重复使用).
    DifferentBody {
        /// The message number.
        message: String,
    },
    /// The message number was taken back before it arrived (已被冲正).
    Blocked {
        /// The message number.
        message: String,
    },
    /// Too many others at the same person at once; may be tried again (请重试).
    Busy,
    /// The world failed; the inside is for the log only (系统故障).
    Fault(store::Fault),
    /// Our own invariant broke; nothing was booked (内部错误).
    Bug(String),
}

impl Error {
    /// A refusal with a stable code.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self::Refused {
            code,
            message: message.into(),
        }
    }

    /// Something named was not found.
    pub fn missing(what: &'static str, which: impl Into<String>) -> Self {
        Self::Missing {
            what,
            which: which.into(),
        }
    }

    /// Whether the answer is decided: asking again with the same facts gives the same.
    pub const fn is_decided(&self) -> bool {
        !matches!(self, Self::Busy | Self::Fault(_) | Self::Bug(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. } | Self::Denied(message) => f.write_str(message),
            Self::Missing { what, which } => write!(f, "没有找到{what}“{which}”"),
            Self::DifferentBody { message } => {
                write!(
                    f,
                    "报文编号“{message}”已用于内容不同的报文，请换用新的报文编号"
                )
            }
            Self::Blocked { message } => {
                write!(f, "报文编号“{message}”已被冲正，不再受理")
            }
            Self::Busy => f.write_str("该人员正在办理其他业务，请稍后重试"),
            Self::Fault(_) | Self::Bug(_) => f.write_str("系统故障，请稍后重试"),
        }
    }
}

impl std::error::Error for Error {}

impl From<store::Fault> for Error {
    fn from(fault: store::Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<::settlement::Refusal> for Error {
    fn from(refusal: ::settlement::Refusal) -> Self {
        Self::Refused {
            code: refusal.code(),
            message: refusal.to_string(),
        }
    }
}

impl From<enrolment::Refusal> for Error {
    fn from(refusal: enrolment::Refusal) -> Self {
        Self::Refused {
            code: refusal.code(),
            message: refusal.to_string(),
        }
    }
}
