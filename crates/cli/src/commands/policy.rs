//! `tongchou policy`：检查政策目录，说明一个参数，比较两个目录。

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use lawbook::{Change, Fault, TopicView, VersionView};
use payment::{Arrangement, MethodBook};
use policy::{AreaPolicy, PolicyBook};
use serde_json::{Value, json};
use terms::{AreaCode, Date};

/// What to do with policy folders.
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    /// 检查政策目录，一次列出全部问题
    Check {
        /// 政策目录
        dir: PathBuf,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// 说明一个参数在某日的取值、出处和历史
    Explain {
        /// 统筹区代码，例如 990100
        area: AreaCode,
        /// 参数，例如 employee/inpatient/deductible
        key: String,
        /// 日期，例如 2024-06-01
        #[arg(long)]
        on: Date,
        /// 政策目录
        #[arg(long, default_value = "policy")]
        policy: PathBuf,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// 比较两个政策目录，列出新增、删除和改动的规定
    Diff {
        /// 原目录
        before: PathBuf,
        /// 新目录
        after: PathBuf,
        /// 输出格式
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 供人阅读
    Text,
    /// 供程序读取
    Json,
}

/// What a command prints and the exit code it ends with.
#[derive(Debug)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    /// 0 done, 1 the answer is no, 3 failed.
    pub code: u8,
}

const DONE: u8 = 0;
const NO: u8 = 1;
const FAILED: u8 = 3;

/// Runs a command.
pub fn run(command: &PolicyCommand) -> Answer {
    match command {
        PolicyCommand::Check { dir, format } => check(dir, *format),
        PolicyCommand::Explain {
            area,
            key,
            on,
            policy,
            format,
        } => match load(policy, *format) {
            Ok(book) => explain(&book, *area, key, *on, *format),
            Err(answer) => answer,
        },
        PolicyCommand::Diff {
            before,
            after,
            format,
        } => match (load(before, *format), load(after, *format)) {
            (Ok(before), Ok(after)) => diff(&before, &after, *format),
            (Err(answer), _) | (_, Err(answer)) => answer,
        },
    }
}

fn load(dir: &Path, format: Format) -> Result<PolicyBook, Answer> {
    lawbook::load_policy(dir).map_err(|faults| Answer {
        text: faults_text(dir, &faults, format),
        code: FAILED,
    })
}

fn check(dir: &Path, format: Format) -> Answer {
    if !dir.is_dir() {
        let text = match format {
            Format::Text => format!("没有政策目录 {}\n", dir.display()),
            Format::Json => lines(&json!({ "ok": false, "missing": dir.display().to_string() })),
        };
        return Answer { text, code: FAILED };
    }
    let checked = lawbook::load_policy(dir).and_then(|book| {
        let methods = lawbook::load_methods(dir, &book)?;
        Ok((book, methods))
    });
    match checked {
        Ok((book, methods)) => Answer {
            text: book_text(&book, &methods, format),
            code: DONE,
        },
        Err(faults) => Answer {
            text: faults_text(dir, &faults, format),
            code: NO,
        },
    }
}

fn book_text(book: &PolicyBook, methods: &MethodBook, format: Format) -> String {
    let areas = book.areas.values();
    if format == Format::Json {
        let area_of = |area: &AreaPolicy| {
            let schemes: Vec<_> = area.schemes.keys().collect();
            let methods = methods_of(methods, area.code);
            let methods = methods.map(|one| json!({ "key": one.key, "title": one.title }));
            let methods: Vec<Value> = methods.collect();
            json!({
                "code": area.code, "name": area.name, "schemes": schemes, "methods": methods,
            })
        };
        let areas: Vec<Value> = areas.map(area_of).collect();
        return lines(&json!({ "ok": true, "edition": book.edition, "areas": areas }));
    }
    let mut text = format!("没有问题。政策版本 {}\n", book.edition);
    for area in areas {
        let schemes: Vec<&str> = area.schemes.keys().map(|scheme| scheme.zh()).collect();
        let _ = writeln!(
            text,
            "  {} {}：{}",
            area.code,
            area.name,
            schemes.join("、")
        );
        let titles = methods_of(methods, area.code).map(|one| one.title.as_str());
        let titles: Vec<&str> = titles.collect();
        if !titles.is_empty() {
            let _ = writeln!(text, "    支付办法：{}", titles.join("、"));
        }
    }
    text
}

fn methods_of(methods: &MethodBook, area: AreaCode) -> impl Iterator<Item = &Arrangement> {
    methods
        .arrangements
        .iter()
        .filter(move |one| one.area == area)
}

fn faults_text(dir: &Path, faults: &[Fault], format: Format) -> String {
    if format == Format::Json {
        return lines(&json!({ "ok": false, "faults": faults }));
    }
    let mut text = String::new();
    for fault in faults {
        let _ = writeln!(text, "{fault}");
    }
    let _ = writeln!(text, "{} 共有 {} 处问题", dir.display(), faults.len());
    text
}

fn explain(book: &PolicyBook, area: AreaCode, key: &str, on: Date, format: Format) -> Answer {
    let Some(view) = lawbook::explain(book, area, key, on) else {
        let text = match format {
            Format::Text => format!("{area} 没有参数 {key}\n"),
            Format::Json => lines(&json!({ "area": area, "key": key, "found": false })),
        };
        return Answer { text, code: NO };
    };
    let in_force = view
        .current()
        .is_some_and(|version| version.value.is_some());
    let text = match format {
        Format::Text => view_text(&view),
        Format::Json => lines(&json!(view)),
    };
    Answer {
        text,
        code: if in_force { DONE } else { NO },
    }
}

fn view_text(view: &TopicView) -> String {
    let mut text = format!("{}  {}（{}）\n", view.title, view.key, view.kind.zh());
    let _ = writeln!(
        text,
        "{} {} · 按{}适用",
        view.area,
        view.area_name,
        view.selects_by.zh()
    );
    match view.current() {
        None => drop(writeln!(text, "{} 尚无规定", view.on)),
        Some(version) => {
            let _ = writeln!(text, "{} 的取值：", view.on);
            version_text(&mut text, version);
        }
    }
    if view.history.len() > 1 || view.current().is_none() {
        text.push_str("历史：\n");
        for (position, version) in view.history.iter().enumerate().rev() {
            let mark = if Some(position) == view.in_force {
                "*"
            } else {
                " "
            };
            let (from, value) = (version.effective, version.text());
            let _ = writeln!(text, " {mark}{from} 起  {value}");
            let _ = writeln!(text, "    {}", source_text(version));
        }
    }
    text
}

fn version_text(text: &mut String, version: &VersionView) {
    match version
        .value
        .as_ref()
        .and_then(|value| value.table.as_ref())
    {
        Some(table) => {
            for row in &table.rows {
                let _ = writeln!(text, "  {}", row.join("  "));
            }
        }
        None => drop(writeln!(text, "  {}", version.text())),
    }
    let _ = writeln!(text, "生效：{}  级别：{}", version.effective, version.level);
    let _ = writeln!(
        text,
        "出处：{}  核对：{}",
        source_text(version),
        version.checked
    );
    if let Some(reason) = &version.assumed {
        let _ = writeln!(text, "推定：{reason}");
    }
    if let Some(note) = &version.note {
        let _ = writeln!(text, "说明：{note}");
    }
    let _ = writeln!(text, "位置：{}", version.place);
}

fn source_text(version: &VersionView) -> String {
    match &version.source.article {
        Some(article) => format!("{} {article}", version.source.document),
        None => version.source.document.clone(),
    }
}

fn diff(before: &PolicyBook, after: &PolicyBook, format: Format) -> Answer {
    let changes = lawbook::diff(before, after);
    let text = match format {
        Format::Json => lines(&json!({
            "before": before.edition,
            "after": after.edition,
            "changes": changes,
        })),
        Format::Text => changes_text(&changes),
    };
    Answer { text, code: DONE }
}

fn changes_text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "没有差异\n".to_owned();
    }
    let mut text = String::new();
    for change in changes {
        let _ = writeln!(
            text,
            "{} {} {}（{} 起）{}",
            change.kind.zh(),
            change.area,
            change.key,
            change.effective,
            change.title
        );
        for (sign, value) in [("-", &change.before), ("+", &change.after)] {
            if let Some(value) = value {
                let _ = writeln!(text, "  {sign} {value}");
            }
        }
    }
    let _ = writeln!(text, "共 {} 处差异", changes.len());
    text
}

fn lines(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy")
    }

    fn explained(key: &str, on: &str, format: Format) -> Answer {
        run(&PolicyCommand::Explain {
            area: "990100".parse().unwrap(),
            key: key.to_owned(),
            on: on.parse().unwrap(),
            policy: shipped(),
            format,
        })
    }

    #[test]
    fn a_value_is_explained_with_its_source() {
        let answer = explained("employee/outpatient/cap", "2024-06-01", Format::Text);
        assert_eq!(answer.code, DONE);
        for wanted in [
            "退休  1600.00元",
            "示例市医保〔2023〕31号 第一条",
            "2023-01-01 起",
        ] {
            assert!(answer.text.contains(wanted), "{wanted} in {}", answer.text);
        }
        let json = explained("employee/outpatient/cap", "2023-06-01", Format::Json).text;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["history"][0]["effective"], "2023-01-01");
        assert_eq!(json["in_force"], 0);
    }

    #[test]
    fn a_key_that_is_not_there_or_not_in_force_is_a_no() {
        assert_eq!(
            explained("employee/nowhere", "2024-06-01", Format::Text).code,
            NO
        );
        assert_eq!(
            explained("employee/outpatient/cap", "2020-06-01", Format::Text).code,
            NO
        );
        assert_eq!(
            explained("employee/covid/inpatient", "2024-06-01", Format::Text).code,
            NO
        );
    }

    #[test]
    fn checking_tells_good_from_bad_from_missing() {
        let check = |dir: &Path| {
            run(&PolicyCommand::Check {
                dir: dir.into(),
                format: Format::Text,
            })
        };
        let good = check(&shipped());
        assert_eq!(good.code, DONE);
        assert!(good.text.contains("职工住院DRG点数法"), "{}", good.text);
        let folder = tempfile::tempdir().unwrap();
        let bad = check(folder.path());
        assert_eq!((bad.code, bad.text.contains("没有任何统筹区")), (NO, true));
        assert_eq!(check(&folder.path().join("nowhere")).code, FAILED);
    }

    #[test]
    fn a_folder_does_not_differ_from_itself() {
        let (before, after, format) = (shipped(), shipped(), Format::Text);
        let answer = run(&PolicyCommand::Diff {
            before,
            after,
            format,
        });
        assert_eq!((answer.code, answer.text.as_str()), (DONE, "没有差异\n"));
    }
}
