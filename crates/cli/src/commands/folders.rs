//! Where policy and catalogues lie when nobody says.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

/// The folders of law and tables.
#[derive(Debug, Clone, Args)]
pub struct Folders {
    /// 政策目录（默认：当前目录、程序所在目录或源码目录下的 policy）
    #[arg(long)]
    pub policy: Option<PathBuf>,
    /// 目录表（默认：同上各处的 catalogues/example）
    #[arg(long)]
    pub catalogues: Option<PathBuf>,
    /// 分组方案目录，其下 drg/ 与 dip/ 各放若干方案（默认：同上各处的 catalogues）
    #[arg(long)]
    pub schemes: Option<PathBuf>,
    /// 审核知识库目录，可以几个，后面的补充、覆盖前面的（默认：数据库里已批准的知识库，没有则同上各处的
    /// catalogues/knowledge）
    #[arg(long, value_delimiter = ',')]
    pub knowledge: Vec<PathBuf>,
}

impl Folders {
    /// The policy folder.
    ///
    /// # Errors
    /// When none was named and none is found.
    pub fn policy(&self) -> anyhow::Result<PathBuf> {
        find(self.policy.as_deref(), Path::new("policy"), "--policy")
    }

    /// The catalogue folder.
    ///
    /// # Errors
    /// When none was named and none is found.
    pub fn catalogues(&self) -> anyhow::Result<PathBuf> {
        find(
            self.catalogues.as_deref(),
            Path::new("catalogues/example"),
            "--catalogues",
        )
    }

    /// The folder of grouping schemes.
    ///
    /// # Errors
    /// When none was named and none is found.
    pub fn schemes(&self) -> anyhow::Result<PathBuf> {
        find(
            self.schemes.as_deref(),
            Path::new("catalogues"),
            "--schemes",
        )
    }

    /// The folder of audit knowledge that is used where nobody names one and none is approved.
    ///
    /// # Errors
    /// When none is found.
    pub fn shipped_knowledge(&self) -> anyhow::Result<PathBuf> {
        find(None, Path::new("catalogues/knowledge"), "--knowledge")
    }
}

fn find(named: Option<&Path>, usual: &Path, option: &str) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let beside = std::env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.to_owned()));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let places = [Some(PathBuf::from(".")), beside, Some(source)];
    let found = places.into_iter().flatten().map(|place| place.join(usual));
    found
        .filter(|folder| folder.is_dir())
        .map(|folder| folder.canonicalize().unwrap_or(folder))
        .next()
        .with_context(|| format!("没有找到目录 {}，请用 {option} 指明", usual.display()))
}
