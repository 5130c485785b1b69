//! `tongchou audit export`：结算单写成 Parquet 目录。

use std::path::PathBuf;

use clap::Args;
use columnar::TableFolder;
use serde_json::json;
use terms::Date;

use super::super::lists::Desk;
use super::super::policy::{Answer, Format};

/// Which bills are exported, and where to.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    desk: Desk,
    /// 写到这个空目录
    #[arg(long)]
    out: PathBuf,
    /// 结算日期从
    #[arg(long)]
    from: Date,
    /// 结算日期到
    #[arg(long)]
    to: Date,
}

/// Writes bills with their visits and registers, page by page.
///
/// # Errors
/// When the database cannot be used or a file cannot be written.
pub async fn export(args: ExportArgs) -> anyhow::Result<Answer> {
    let app = args.desk.open().await?;
    let mut parts = TableFolder::create(&args.out)?;
    let mut export = app.export_audit(args.desk.area(), (args.from, args.to));
    let failed = |error| anyhow::anyhow!("{error:?}");
    while let Some(page) = export.next().await.map_err(failed)? {
        for part in page {
            parts.append(&part.name, &part.table)?;
        }
    }
    let files = parts.close()?;
    let (people, visits, lines) = (export.people, export.visits, export.lines);
    let text = match args.desk.format() {
        Format::Text => {
            format!("导出{people}人，就诊{visits}次，明细{lines}条，写成{files}个文件\n")
        }
        Format::Json => {
            let told = json!({
                "people": people, "visits": visits, "lines": lines, "files": files,
            });
            format!("{told:#}\n")
        }
    };
    Ok(Answer { text, code: 0 })
}
