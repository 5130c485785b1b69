//! `tongchou scheme check`：检查分组方案，列出全部问题。

use std::path::{Path, PathBuf};

use clap::Subcommand;
use grouping::tables::SchemeTitle;
use lawbook::{Fault, load_dip, load_drg};
use money::Ratio;
use serde_json::json;

use super::policy::{Answer, Format};

/// What to do with grouping schemes.
#[derive(Debug, Subcommand)]
pub enum SchemeCommand {
    /// 检查一个 DRG 方案或 DIP 目录，一次列出全部问题
    #[command(after_help = "例：tongchou scheme check --scheme catalogues/drg/example")]
    Check {
        /// 方案目录，或官方工作簿（.xlsx）
        #[arg(long)]
        scheme: PathBuf,
        /// 编码表和对照表目录
        #[arg(long)]
        codes: Option<PathBuf>,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

/// What is known of a scheme that can be used.
struct Good {
    title: SchemeTitle,
    sizes: String,
    warnings: Vec<Fault>,
}

/// Runs a command; 0 usable, 1 not, 3 not there.
pub fn run(command: &SchemeCommand) -> Answer {
    let SchemeCommand::Check {
        scheme,
        codes,
        format,
    } = command;
    if !scheme.exists() {
        let text = format!("没有方案 {}\n", scheme.display());
        return Answer { text, code: 3 };
    }
    match (load(scheme, codes.as_deref()), format) {
        (Ok(good), Format::Text) => Answer {
            text: good_text(&good),
            code: 0,
        },
        (Ok(good), Format::Json) => {
            let warnings = &good.warnings;
            let all = json!({ "ok": true, "scheme": good.title, "warnings": warnings });
            Answer {
                text: format!("{all:#}\n"),
                code: 0,
            }
        }
        (Err(faults), Format::Text) => Answer {
            text: format!("{}不能使用，问题{}处\n", listed(&faults), faults.len()),
            code: 1,
        },
        (Err(faults), Format::Json) => {
            let all = json!({ "ok": false, "faults": faults });
            Answer {
                text: format!("{all:#}\n"),
                code: 1,
            }
        }
    }
}

/// A folder with `core.csv` is a DIP directory.
fn load(path: &Path, codes: Option<&Path>) -> Result<Good, Vec<Fault>> {
    if path.join("core.csv").is_file() {
        let loaded = load_dip(path)?;
        let (rows, comprehensive, auxiliary) = loaded.scheme.sizes();
        return Ok(Good {
            title: loaded.scheme.title().clone(),
            sizes: format!("病种{rows}个，综合病种{comprehensive}个，辅助目录{auxiliary}条"),
            warnings: loaded.warnings,
        });
    }
    let loaded = load_drg(path, codes)?;
    let (mdcs, rows, drgs) = loaded.scheme.sizes();
    let (diagnoses, procedures) = loaded.scheme.codes();
    Ok(Good {
        title: loaded.scheme.title().clone(),
        sizes: format!(
            "大类{mdcs}个，核心病组规则{rows}条，细分组{drgs}个，诊断编码{diagnoses}个，手术操作编码{procedures}个"
        ),
        warnings: loaded.warnings,
    })
}

fn good_text(good: &Good) -> String {
    let title = &good.title;
    format!(
        "{}{} {}：可以使用\n{}\n指纹：{}\n提示{}处\n",
        listed(&good.warnings),
        title.name,
        title.version,
        good.sizes,
        title.hash,
        good.warnings.len()
    )
}

/// Faults, one per line.
pub fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// A ratio as a plain decimal, halves away from zero.
pub fn decimal(ratio: Ratio, places: u32) -> String {
    let unit = 10_i128.pow(places);
    let (num, den) = (i128::from(ratio.num()) * unit, i128::from(ratio.den()));
    let rounded = (2 * num.abs() + den) / (2 * den);
    let sign = if num < 0 && rounded > 0 { "-" } else { "" };
    let width = places as usize;
    match width {
        0 => format!("{sign}{rounded}"),
        _ => format!("{sign}{}.{:0width$}", rounded / unit, rounded % unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_print_as_plain_decimals() {
        assert_eq!(decimal(Ratio::new(1, 3), 4), "0.3333");
        assert_eq!(decimal(Ratio::new(2, 3), 4), "0.6667");
        assert_eq!(decimal(Ratio::new(1_234_565, 1000), 2), "1234.57");
        assert_eq!(decimal(Ratio::new(-1, 8), 2), "-0.13");
        assert_eq!(decimal(Ratio::ONE, 0), "1");
    }
}
