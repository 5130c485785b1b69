//! 杂务：构建控制台、启动示范、运行全部测试、检查格式与警告。
//!
//! The chores behind `cargo demo` and `cargo xtask …`. They need Rust, Node 20 and a C compiler;
//! what the tests want beyond that is installed from Debian when run as root, and named otherwise.
//! Every process started here is also ended here.

mod browser;
mod cargo;
mod client;
mod console;
mod demo;
mod http;
mod lint;
mod needs;
mod postgres;
mod process;
mod report;
mod rules;
mod scratch;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
用法 usage: cargo xtask <命令 command>

  demo [参数…]   构建所缺部分并运行 tongchou demo（即 cargo demo）
                 build what is missing, then run `tongchou demo`
  console        源码比产物新时重新构建控制台
                 build the console when its sources are newer than its output
  client         由服务端的接口描述重新生成控制台的客户端类型
                 generate the console's client types from the API description
  rules          由审核规则和案例重新生成规则说明页 docs/rules
                 write the pages of audit rules anew
  test           全部测试：Rust、两种数据库、控制台、浏览器、房屋规矩
                 every test: Rust, both databases, console, browser, house rules
  lint           格式与警告
                 formatting and warnings

例 example: cargo demo --listen 127.0.0.1:9000
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("demo") => demo::run(rest),
        Some("console") if rest.is_empty() => console::run(),
        Some("client") if rest.is_empty() => client::run(),
        Some("rules") if rest.is_empty() => rules::run(),
        Some("test") if rest.is_empty() => test::run(),
        Some("lint") if rest.is_empty() => lint::run(),
        Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::from(3)
        }
    }
}
