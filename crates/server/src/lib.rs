//! HTTP：控制台接口、机构网关、健康检查。

pub mod api;
