//! 审核知识库 — its editions, its tables, the versions of a row, approval by a second person.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::audit::{Edition, KnowledgeTable, RowVersion};
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audit::officer;
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use crate::Service;

/// 知识库：在用的内容和各版本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KnowledgeLibraryView {
    /// 规则现在所依据的知识库（内容摘要）。
    pub in_service: String,
    /// 各版本，新的在前。
    pub editions: Vec<KnowledgeEditionView>,
    /// 已批准的知识表。
    pub tables: Vec<KnowledgeTableView>,
}

/// 知识库的一个版本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KnowledgeEditionView {
    /// 版本编号。
    pub edition: String,
    /// 状态：proposed、approved、rejected。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 导入人。
    pub proposed_by: String,
    /// 导入时间。
    pub proposed_at: String,
    /// 批准人或退回人。
    pub decided_by: String,
    /// 批准或退回时间。
    pub decided_at: Option<String>,
    /// 导入自哪里。
    pub source: String,
    /// 退回理由。
    pub reason: String,
    /// 新增的知识行版本数。
    pub rows: i64,
    /// 内容摘要。
    pub hash: String,
}

/// 一张知识表。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KnowledgeTableView {
    /// 表名。
    pub table: String,
    /// 在用行数。
    pub rows: u64,
    /// 版本数。
    pub versions: u64,
}

/// 一个版本的差异报告。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KnowledgeReportView {
    /// 版本。
    pub edition: KnowledgeEditionView,
    /// 差异：各表的新增、新版本、停用，逐格的变化，矛盾和不能导入的行。
    pub report: serde_json::Value,
}

/// 知识行的一个版本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KnowledgeRowView {
    /// 表名。
    pub table: String,
    /// 知识点编号。
    pub id: String,
    /// 版本。
    pub version: i64,
    /// 行状态名称：草稿、试行、在用、停用。
    pub status_name: String,
    /// 各列的内容。
    pub cells: BTreeMap<String, String>,
    /// 由哪个版本带来。
    pub edition: KnowledgeEditionView,
}

/// 批准或退回。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct KnowledgeDecision {
    /// 批准；否则退回。
    pub approve: bool,
    /// 退回的理由。
    pub reason: String,
}

/// 知识库的版本和知识表。
#[utoipa::path(
    get, path = "/api/v1/audit/knowledge", tag = "audit",
    operation_id = "get_knowledge_library",
    responses((status = 200, body = KnowledgeLibraryView), (status = 403, body = Problem))
)]
pub async fn library(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<KnowledgeLibraryView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    officer.reads_knowledge()?;
    let (app, area) = (&service.app, clerk.area);
    let editions = app.knowledge_editions(area).await?;
    let tables = app.knowledge_tables(area).await?;
    Ok(Json(KnowledgeLibraryView {
        in_service: app.latest_book().await?.knowledge_edition.clone(),
        editions: editions.iter().map(edition_view).collect(),
        tables: tables.into_iter().map(table_view).collect(),
    }))
}

/// 知识行的全部版本，旧的在前。
#[utoipa::path(
    get, path = "/api/v1/audit/knowledge/{table}/{id}", tag = "audit",
    operation_id = "list_knowledge_versions",
    params(
        ("table" = String, Path, description = "表名，例如 k_drug_level"),
        ("id" = String, Path, description = "知识点编号")
    ),
    responses((status = 200, body = Vec<KnowledgeRowView>), (status = 404, body = Problem))
)]
pub async fn row(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path((table, id)): Path<(String, String)>,
) -> Result<Json<Vec<KnowledgeRowView>>, Refused> {
    let whose = (table.as_str(), id.as_str());
    let versions = service.app.knowledge_history(clerk.area, whose).await?;
    Ok(Json(versions.into_iter().map(row_view).collect()))
}

/// 一个版本的差异报告。
#[utoipa::path(
    get, path = "/api/v1/audit/knowledge-editions/{edition}", tag = "audit",
    operation_id = "get_knowledge_edition",
    params(("edition" = String, Path, description = "版本编号")),
    responses((status = 200, body = KnowledgeReportView), (status = 404, body = Problem))
)]
pub async fn edition_report(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(edition): Path<String>,
) -> Result<Json<KnowledgeReportView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    officer.reads_knowledge()?;
    let found = service.app.knowledge_edition(clerk.area, &edition).await?;
    Ok(Json(KnowledgeReportView {
        edition: edition_view(&found),
        report: serde_json::from_str(&found.report).unwrap_or_default(),
    }))
}

/// 批准或退回一个版本；批准人不能是导入人。
#[utoipa::path(
    post, path = "/api/v1/audit/knowledge-editions/{edition}/decision", tag = "audit",
    operation_id = "decide_knowledge_edition",
    params(("edition" = String, Path, description = "版本编号")),
    request_body = KnowledgeDecision,
    responses(
        (status = 200, body = KnowledgeEditionView),
        (status = 403, body = Problem),
        (status = 409, body = Problem)
    )
)]
pub async fn decide(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(edition): Path<String>,
    Json(asked): Json<KnowledgeDecision>,
) -> Result<Json<KnowledgeEditionView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let app = &service.app;
    let decided = match asked.approve {
        true => app.approve_knowledge(&officer, &edition).await?,
        false => {
            app.reject_knowledge(&officer, &edition, &asked.reason)
                .await?
        }
    };
    Ok(Json(edition_view(&decided)))
}

/// The paths about the knowledge of the audit.
pub fn routes() -> Router<Arc<Service>> {
    let edition = "/api/v1/audit/knowledge-editions/{edition}";
    Router::new()
        .route("/api/v1/audit/knowledge", get(library))
        .route("/api/v1/audit/knowledge/{table}/{id}", get(row))
        .route(edition, get(edition_report))
        .route(&format!("{edition}/decision"), post(decide))
}

fn edition_view(one: &Edition) -> KnowledgeEditionView {
    KnowledgeEditionView {
        edition: one.edition.clone(),
        state: one.state.clone(),
        state_name: one.state_name().to_owned(),
        proposed_by: one.proposed_by.clone(),
        proposed_at: one.proposed_at.to_string(),
        decided_by: one.decided_by.clone(),
        decided_at: one.decided_at.map(|at| at.to_string()),
        source: one.source.clone(),
        reason: one.reason.clone(),
        rows: one.rows,
        hash: one.hash.clone(),
    }
}

fn table_view(one: KnowledgeTable) -> KnowledgeTableView {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    KnowledgeTableView {
        table: one.name,
        rows: count(one.rows),
        versions: count(one.versions),
    }
}

fn row_view(one: RowVersion) -> KnowledgeRowView {
    KnowledgeRowView {
        edition: edition_view(&one.edition),
        table: one.row.table,
        id: one.row.id,
        version: one.row.version,
        status_name: one.row.status.name().to_owned(),
        cells: one.row.cells,
    }
}
