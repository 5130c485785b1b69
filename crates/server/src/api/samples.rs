//! 抽样复核 — doubts drawn at random, to be looked at one by one before the rest is decided.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audit::{DoubtQuery, DoubtView, filter, officer};
use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::audit as view;
use crate::Service;

/// How many samples a page shows.
const SAMPLES: usize = 50;

/// 抽样。
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SampleRequest {
    /// 范围。
    pub filter: DoubtQuery,
    /// 抽几条。
    pub count: usize,
    /// 种子；不填由系统给出。
    pub seed: Option<String>,
}

/// 抽出的样本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SampleView {
    /// 抽样编号。
    pub id: String,
    /// 种子。
    pub seed: String,
    /// 符合条件的条数。
    pub matched: i64,
    /// 抽出的疑点编号。
    pub doubts: Vec<String>,
}

/// 一次抽样。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SampleLine {
    /// 抽样编号。
    pub id: String,
    /// 范围。
    pub filter: DoubtQuery,
    /// 种子。
    pub seed: String,
    /// 抽样时符合条件的条数。
    pub matched: i64,
    /// 抽出的条数。
    pub drawn: i64,
    /// 抽样人。
    pub by: String,
    /// 抽样时间。
    pub at: String,
}

/// 一次抽样和它的样本。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SampleDetail {
    /// 抽样。
    pub sample: SampleLine,
    /// 样本。
    pub rows: Vec<SampledDoubt>,
}

/// 样本中的一条。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SampledDoubt {
    /// 疑点。
    pub doubt: DoubtView,
    /// 抽样以后是否办理过。
    pub done: bool,
}

/// 从符合条件的疑点中随机抽样。
#[utoipa::path(
    post, path = "/api/v1/audit/samples", tag = "audit",
    operation_id = "draw_doubt_sample", request_body = SampleRequest,
    responses((status = 200, body = SampleView), (status = 422, body = Problem))
)]
pub async fn sample(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<SampleRequest>,
) -> Result<Json<SampleView>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let filter = filter(&asked.filter, &officer)?;
    let seed = asked.seed.as_deref().filter(|seed| !seed.is_empty());
    let drawn = service
        .app
        .draw_sample(&officer, &filter, asked.count, seed)
        .await?;
    Ok(Json(SampleView {
        id: drawn.batch.batch,
        seed: drawn.batch.seed,
        matched: drawn.batch.matched,
        doubts: drawn.drawn.into_iter().map(|one| one.doubt).collect(),
    }))
}

/// 抽样记录，新的在前。
#[utoipa::path(
    get, path = "/api/v1/audit/samples", tag = "audit",
    operation_id = "list_doubt_samples",
    responses((status = 200, body = Vec<SampleLine>), (status = 403, body = Problem))
)]
pub async fn samples(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
) -> Result<Json<Vec<SampleLine>>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let rows = service.app.doubt_samples(&officer, SAMPLES).await?;
    Ok(Json(rows.iter().map(view::sample).collect()))
}

/// 一次抽样的样本和办理情况。
#[utoipa::path(
    get, path = "/api/v1/audit/samples/{id}", tag = "audit",
    operation_id = "get_doubt_sample",
    params(("id" = String, Path, description = "抽样编号")),
    responses((status = 200, body = SampleDetail), (status = 404, body = Problem))
)]
pub async fn detail(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Path(id): Path<String>,
) -> Result<Json<SampleDetail>, Refused> {
    let officer = officer(&service, &clerk, None).await?;
    let found = service.app.doubt_sample(&officer, &id).await?;
    let row = |(row, done): &(store::DoubtRow, bool)| {
        Ok(SampledDoubt {
            doubt: view::doubt(&service, &officer, row)?,
            done: *done,
        })
    };
    let rows = found
        .drawn
        .iter()
        .map(row)
        .collect::<Result<_, Refused>>()?;
    Ok(Json(SampleDetail {
        sample: view::sample(&found.batch),
        rows,
    }))
}
