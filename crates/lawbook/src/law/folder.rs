use std::fs;
use std::path::Path;

use policy::{Edition, Level};
use sha2::{Digest, Sha256};
use terms::{AreaCode, Scheme};

use crate::fault::{FaultKind, Faults};

/// One YAML file of a policy folder with the place its path gives it.
pub(crate) struct PolicyFile {
    /// Path relative to the folder, with `/`.
    pub path: String,
    pub text: String,
    pub place: FilePlace,
}

/// What a path says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FilePlace {
    /// `area/<code>/area.yaml`.
    Area(AreaCode),
    /// `national/words.yaml` or `province/<code>/words.yaml`.
    Words(Level),
    /// `national/all/calendar/<year>.yaml`.
    Calendar(i16),
    /// A topic; no scheme means every scheme.
    Topic {
        level: Level,
        scheme: Option<Scheme>,
        key: String,
    },
    /// `area/<code>/payment/<key>.yaml`: how institutions are paid; no part of what patients get.
    Payment { area: AreaCode, key: String },
}

/// Reads every YAML file below a folder in order of path.
pub(crate) fn read_folder(folder: &Path, faults: &Faults) -> Vec<PolicyFile> {
    let mut paths = Vec::new();
    list(folder, "", &mut paths, faults);
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = match fs::read(folder.join(&path)) {
            Ok(bytes) => String::from_utf8(bytes),
            Err(error) => {
                faults.add_file(&path, FaultKind::Unreadable, error.to_string());
                continue;
            }
        };
        let Ok(text) = text else {
            faults.add_file(&path, FaultKind::Unreadable, "不是UTF-8编码的文字");
            continue;
        };
        match place_of(&path) {
            Ok(place) => {
                let text = text.replace("\r\n", "\n");
                files.push(PolicyFile { path, text, place });
            }
            Err(message) => faults.add_file(&path, FaultKind::Misplaced, message),
        }
    }
    files
}

/// The content hash of the files; the same for every checkout and line ending.
pub(crate) fn edition_of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Edition {
    let mut hash = Sha256::new();
    for (path, text) in files {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    let hex = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Edition::new(hex)
}

fn list(folder: &Path, below: &str, paths: &mut Vec<String>, faults: &Faults) {
    let entries = match fs::read_dir(folder.join(below)) {
        Ok(entries) => entries,
        Err(error) => {
            faults.add_file(
                if below.is_empty() { "." } else { below },
                FaultKind::Unreadable,
                format!("打不开目录：{error}"),
            );
            return;
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if name.starts_with('.') || name.to_ascii_lowercase().ends_with(".md") {
            continue;
        }
        if entry.path().is_dir() {
            list(folder, &path, paths, faults);
        } else if name.ends_with(".yaml") {
            paths.push(path);
        } else {
            faults.add_file(
                &path,
                FaultKind::Misplaced,
                "政策目录只放 .yaml 文件（说明用 .md）",
            );
        }
    }
}

fn place_of(path: &str) -> Result<FilePlace, String> {
    let plain = path.strip_suffix(".yaml").unwrap_or(path);
    let parts: Vec<&str> = plain.split('/').collect();
    let (level, rest) = match parts.as_slice() {
        ["national", rest @ ..] => (Level::National, rest),
        ["province", code, rest @ ..] => (Level::Province(province_code(code)?), rest),
        ["area", code, rest @ ..] => (Level::Area(area_code(code)?), rest),
        _ => return Err("文件应在 national、province/<代码> 或 area/<代码> 之下".to_owned()),
    };
    match (level, rest) {
        (Level::Area(code), ["area"]) => Ok(FilePlace::Area(code)),
        (Level::National | Level::Province(_), ["words"]) => Ok(FilePlace::Words(level)),
        (Level::National, ["all", "calendar", year]) => Ok(FilePlace::Calendar(year_of(year)?)),
        (_, ["all", "calendar", ..]) => {
            Err("节假日安排只写在 national/all/calendar/<年份>.yaml".to_owned())
        }
        (Level::Area(area), ["payment", key @ ..]) if !key.is_empty() => Ok(FilePlace::Payment {
            area,
            key: key.join("/"),
        }),
        (_, [scheme, key @ ..]) if !key.is_empty() => {
            let scheme = match *scheme {
                "all" => None,
                word => Some(word.parse::<Scheme>().map_err(|error| error.to_string())?),
            };
            Ok(FilePlace::Topic {
                level,
                scheme,
                key: key.join("/"),
            })
        }
        _ => Err("文件应在险种目录之下，例如 employee/ 或 all/".to_owned()),
    }
}

fn year_of(text: &str) -> Result<i16, String> {
    let year = text
        .parse()
        .ok()
        .filter(|year| (1949..=2999).contains(year));
    year.ok_or_else(|| format!("“{text}”不是年份，节假日安排的文件名应如 2026.yaml"))
}

fn area_code(text: &str) -> Result<AreaCode, String> {
    text.parse()
        .map_err(|error: terms::CodeError| error.to_string())
}

fn province_code(text: &str) -> Result<AreaCode, String> {
    let code = area_code(text)?;
    if code.province() == code {
        Ok(code)
    } else {
        Err(format!("“{text}”不是省级代码"))
    }
}
