//! Writes the cases of all rules into one folder of files, so that each can be seen at work:
//! `cargo run -q -p columnar --example every_rule -- FOLDER`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("用法：every_rule 目录");
        return ExitCode::FAILURE;
    };
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/audit");
    let all = golden::audit_folder(&cases);
    for fault in &all.faults {
        eprintln!("{fault}");
    }
    if let Err(error) = all.write(Path::new(&folder)) {
        eprintln!("{folder}：{error}");
        return ExitCode::FAILURE;
    }
    println!(
        "已写出{}张表、{}条规则的案例：{folder}",
        all.tables.len(),
        all.marks.len()
    );
    ExitCode::SUCCESS
}
