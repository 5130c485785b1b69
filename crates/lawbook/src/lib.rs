//! 读取 policy/ 与 catalogues/，变成带类型的值。
