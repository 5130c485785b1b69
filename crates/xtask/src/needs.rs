//! What the tests want from the machine, and how to get it on Debian.

use crate::postgres;
use crate::process::{self, Fault};
use std::path::Path;
use std::process::Command;

/// Something a part of the tests cannot run without.
struct Need {
    /// Debian's package.
    package: &'static str,
    /// What it is for.
    purpose: &'static str,
    /// Whether it is there already.
    present: bool,
}

/// Installs what is missing when run as root on Debian; says what is missing otherwise.
pub fn install() -> Result<(), Fault> {
    let missing: Vec<Need> = needs().into_iter().filter(|need| !need.present).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !process::is_root() || process::find("apt-get", &[]).is_none() {
        for need in &missing {
            eprintln!("缺少 missing: {} ({})", need.package, need.purpose);
        }
        eprintln!(
            "可安装 install with: sudo apt-get install {}",
            packages.join(" ")
        );
        return Ok(());
    }
    process::run(apt().arg("update"))?;
    let install = ["install", "--yes", "--no-install-recommends"];
    if !process::run(apt().args(install).args(packages))? {
        eprintln!("未能全部安装；所缺部分的测试将被跳过并注明");
    }
    Ok(())
}

fn needs() -> Vec<Need> {
    let need = |package, purpose, present| Need {
        package,
        purpose,
        present,
    };
    vec![
        need("chromium", "browser tests", chromium().is_some()),
        need(
            "fonts-noto-cjk",
            "Chinese glyphs in browser tests",
            has_chinese_font(),
        ),
        need(
            "postgresql",
            "store tests on PostgreSQL",
            postgres::programs().is_some(),
        ),
    ]
}

/// A browser that playwright-core can drive.
pub fn chromium() -> Option<std::path::PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| process::find(name, &[]))
}

fn has_chinese_font() -> bool {
    let listed = process::output(Command::new("fc-list").arg(":lang=zh"));
    let folder = Path::new("/usr/share/fonts/opentype/noto");
    listed.is_ok_and(|fonts| !fonts.trim().is_empty()) || folder.is_dir()
}

/// Services that a package brings along are not started: the tests start their own.
fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    command
}
