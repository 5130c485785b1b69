use std::fmt;

use serde::Serialize;
use terms::DocumentKind;

/// Why a text is not the number of a document (证件号码问题).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// 证件类型 that was claimed.
    pub kind: DocumentKind,
    /// The number as it was written, without blanks around it.
    pub text: String,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// What is wrong with a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "flaw", rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing is written.
    Empty,
    /// A number where there can be none yet.
    NotExpected,
    /// The form is another one.
    Form {
        /// The form, in 中文.
        wanted: &'static str,
    },
    /// The first digits name no place that issues such documents.
    Place {
        /// Those digits.
        code: String,
    },
    /// The digits of the birth are no day.
    Birth {
        /// Those digits.
        digits: String,
    },
    /// The last character does not follow from the others.
    Check {
        /// What it should be.
        wanted: char,
        /// What is written.
        found: char,
    },
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, text) = (self.kind, &self.text);
        match &self.flaw {
            Flaw::Empty => write!(f, "{kind}号码没有填写"),
            Flaw::NotExpected => write!(f, "{kind}不应填写号码，填写的是“{text}”"),
            Flaw::Form { wanted } => write!(f, "{kind}号码“{text}”应为{wanted}"),
            Flaw::Place { code } => {
                write!(f, "{kind}号码“{text}”的地区部分“{code}”不是发证地区")
            }
            Flaw::Birth { digits } => {
                write!(f, "{kind}号码“{text}”的出生日期部分“{digits}”不是日期")
            }
            Flaw::Check { wanted, found } => {
                write!(f, "{kind}号码“{text}”的校验码应为{wanted}，填写的是{found}")
            }
        }
    }
}

impl std::error::Error for Issue {}
