//! 证件：识别、校验、推出出生日期和性别。

pub use terms::DocumentKind;
