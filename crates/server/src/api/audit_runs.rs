//! 审核批次 — what was run over the service's own bills, and running it now.

use std::sync::Arc;

use app::audit::ScanAsk;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::AuditRunRow;
use utoipa::ToSchema;

use super::audit::officer;
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::settlements::seconds;
use crate::Service;

/// How many runs a page shows.
const RUNS: usize = 100;

/// 一次事后审核的要求。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AuditRunRequest {
    /// 结算日期从。
    pub from: String,
    /// 结算日期到。
    pub to: String,
    /// 审核所有人员，不只是上次审核之后有变动的。
    pub full: bool,
}

/// 一个审核批次。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AuditRunView {
    /// 批次编号。
    pub id: String,
    /// 结算日期从。
    pub from: String,
    /// 结算日期到。
    pub to: String,
    /// 开始时间。
    pub started_at: String,
    /// 结束时间。
    pub ended_at: String,
    /// 谁发起。
    pub by: String,
    /// 知识库版本。
    pub knowledge_edition: String,
    /// 规则与参数版本。
    pub rules_edition: String,
    /// 运行的规则数。
    pub rules: i64,
    /// 审核人数。
    pub people: i64,
    /// 审核结算单数。
    pub bills: i64,
    /// 审核明细数。
    pub lines: i64,
    /// 命中数。
    pub found: i64,
    /// 其中新的。
    pub fresh: i64,
    /// 不再命中的。
    pub gone: i64,
    /// 数据质量（problems）与等待数据的规则（waiting）。
    pub quality: serde_json::Value,
}

fn view(row: &AuditRunRow) -> AuditRunView {
    AuditRunView {
        id: row.run.clone(),
        from: row.from.to_string(),
        to: row.to.to_string(),
        started_at: seconds(row.started_at),
        ended_at: seconds(row.ended_at),
        by: row.run_by.clone(),
        knowledge_edition: row.knowledge_edition.clone(),
        rules_edition: row.rules_edition.clone(),
        rules: row.rules,
        people: row.people,
        bills: row.bills,
        lines: row.lines,
        found: row.found,
        fresh: row.fresh,
        gone: row.gone,
        quality: serde_json::from_str(&row.quality).unwrap_or_default(),
    }
}

/// 审核批次，新的在前。
#[utoipa::path(
    get, path = "/api/v1/audit/runs", tag = "audit", operation_id = "list_audit_runs",
    responses((status = 200, body = Vec<AuditRunView>), (status = 403, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<AuditRunView>>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let rows = service.app.audit_runs(&officer, RUNS).await?;
    Ok(Json(rows.iter().map(view).collect()))
}

/// 立即审核一段结算日期；重复运行不变。
///
/// 数据多时可能超过请求时限：审核照样做完，结果在批次清单里。
#[utoipa::path(
    post, path = "/api/v1/audit/runs", tag = "audit", operation_id = "run_audit",
    request_body = AuditRunRequest,
    responses((status = 200, body = AuditRunView), (status = 422, body = Problem))
)]
pub async fn run(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(request): Json<AuditRunRequest>,
) -> Result<Json<AuditRunView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let ask = ScanAsk {
        from: read::day("from", &request.from)?,
        to: read::day("to", &request.to)?,
        full: request.full,
        // The other half goes on answering requests.
        threads: cores.div_ceil(2),
    };
    let app = Arc::clone(&service.app);
    // A client that goes away does not stop it.
    let running = tokio::spawn(async move {
        let run = app.run_audit(&officer, &ask).await?;
        let rows = app.audit_runs(&officer, RUNS).await?;
        Ok(rows.into_iter().find(|row| row.run == run.run))
    });
    let done: Result<Option<AuditRunRow>, app::Error> = match running.await {
        Ok(done) => done,
        Err(cause) => Err(app::Error::Bug(format!("audit run: {cause}"))),
    };
    let row = done?.ok_or_else(|| Refused::missing("审核批次没有记下".to_owned()))?;
    Ok(Json(view(&row)))
}
