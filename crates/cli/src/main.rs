//! 唯一的可执行程序 tongchou：一个程序，多种角色。

fn main() {}
