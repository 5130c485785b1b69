//! 费用审核 — the work list of doubts.

use std::sync::Arc;

use app::audit::{Officer, State as DoubtState};
use app::office::Clerk;
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use store::DoubtFilter;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::view::audit as view;
use super::yuan::Yuan;
use super::{page_size, read};
use crate::Service;

/// 疑点的查询条件，也是批量办理和抽样的范围。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct DoubtQuery {
    /// 状态，几种用逗号隔开，例如 `proposed,first_review`；不填为全部。
    pub state: Option<String>,
    /// 规则编号。
    pub rule: Option<String>,
    /// 机构代码。
    pub institution: Option<String>,
    /// 等级：deduct、suspect、remind。
    pub strength: Option<String>,
    /// 人员编号。
    pub person: Option<String>,
    /// 结算编号。
    pub settlement: Option<String>,
    /// 通知编号。
    pub notice: Option<String>,
    /// 基金支付（估计）至少，元。
    pub at_least: Option<String>,
    /// 基金支付（估计）至多，元。
    pub at_most: Option<String>,
    /// 费用日期从。
    pub from: Option<String>,
    /// 费用日期到。
    pub to: Option<String>,
    /// 疑点编号，几个用逗号隔开。
    pub ids: Option<String>,
    /// 只要本人初审的。
    pub mine: Option<bool>,
    /// 翻页游标。
    pub cursor: Option<String>,
    /// 每页条数，默认 50，最多 200。
    pub limit: Option<u32>,
    /// 代哪家机构办理：管理人员录入机构的纸质材料时填写。
    pub for_institution: Option<String>,
}

/// 代哪家机构办理。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Speaking {
    /// 机构代码；经办人员不填。
    pub for_institution: Option<String>,
}

/// 一页疑点，早的在前。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtPage {
    /// 本页各条。
    pub rows: Vec<DoubtView>,
    /// 下一页的游标。
    pub next_cursor: Option<String>,
    /// 同样条件下按状态、规则、机构的条数和金额。
    pub counts: Vec<DoubtCount>,
}

/// 一种状态、一条规则、一家机构的疑点数。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtCount {
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 条数。
    pub doubts: i64,
    /// 基金支付（估计）。
    pub amount: Yuan,
}

/// 一条疑点。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtView {
    /// 疑点编号。
    pub id: String,
    /// 版本；办理时带上，已由他人办理的会被拒绝。
    pub version: i64,
    /// 规则编号。
    pub rule: String,
    /// 规则名称。
    pub rule_name: String,
    /// 规则类别。
    pub category: String,
    /// 等级。
    pub strength: String,
    /// 等级名称。
    pub strength_name: String,
    /// 状态。
    pub state: String,
    /// 状态名称。
    pub state_name: String,
    /// 人员编号。
    pub person_no: String,
    /// 姓名。
    pub person_name: String,
    /// 就诊编号。
    pub visit: String,
    /// 结算编号。
    pub settlement: String,
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 费用日期。
    pub day: String,
    /// 疑点说明。
    pub says: String,
    /// 涉及的符合范围金额。
    pub in_scope: Yuan,
    /// 其中基金支付的部分，按结算单的基金支付比例估计。
    pub amount: Yuan,
    /// 确认金额。
    pub confirmed: Yuan,
    /// 已扣减金额。
    pub deducted: Yuan,
    /// 已退还金额。
    pub released: Yuan,
    /// 办理期限。
    pub due: Option<String>,
    /// 通知编号。
    pub notice: String,
    /// 发现时间。
    pub opened_at: String,
    /// 当前用户可以办理的动作；期限已过、须换人办理的写明原因。
    pub moves: Vec<DoubtOffer>,
}

/// 一个可以办理的动作。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct DoubtOffer {
    /// 动作：办理请求的 `verb`，或 publish、deduct、release、attach。
    pub verb: String,
    /// 动作名称。
    pub name: String,
    /// 不能办理的原因；空为可以办理。
    pub refused: Option<String>,
}

/// Who the clerk is to doubts.
pub(super) async fn officer(
    service: &Service,
    clerk: &Clerk,
    institution: Option<&String>,
) -> Result<Officer, Refused> {
    let named = institution.map(String::as_str);
    Ok(service.app.officer(clerk, named).await?)
}

fn listed(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    let words = text.split(',').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The filter that a query of an officer means.
pub(super) fn filter(query: &DoubtQuery, officer: &Officer) -> Result<DoubtFilter, Refused> {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let day = |path: &str, text: &Option<String>| {
        let text = some(text);
        text.map(|text| read::day(path, &text)).transpose()
    };
    let yuan = |path: &str, text: &Option<String>| {
        let text = some(text);
        text.map(|text| read::yuan(path, &text)).transpose()
    };
    let words = listed(some(&query.state));
    for word in &words {
        if DoubtState::of_word(word).is_none() {
            return Err(Refused::field("state", format!("“{word}”不是疑点状态")));
        }
    }
    Ok(DoubtFilter {
        states: words,
        rule: some(&query.rule),
        institution: some(&query.institution),
        strength: some(&query.strength),
        person_no: some(&query.person),
        settlement: some(&query.settlement),
        notice: some(&query.notice),
        at_least: yuan("at_least", &query.at_least)?,
        at_most: yuan("at_most", &query.at_most)?,
        from: day("from", &query.from)?,
        to: day("to", &query.to)?,
        ids: listed(some(&query.ids)),
        reviewer: query
            .mine
            .is_some_and(|mine| mine)
            .then(|| officer.actor.name.clone()),
        due_before: None,
        notified: false,
    })
}

/// 疑点清单：审核人员看全部，机构看通知到本机构的。
#[utoipa::path(
    get, path = "/api/v1/audit/doubts", tag = "audit",
    operation_id = "list_doubts", params(DoubtQuery),
    responses((status = 200, body = DoubtPage), (status = 422, body = Problem))
)]
pub async fn list(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<DoubtQuery>,
) -> Result<Json<DoubtPage>, Refused> {
    let officer = officer(&service, &clerk, query.for_institution.as_ref()).await?;
    let filter = filter(&query, &officer)?;
    let after = query.cursor.clone().unwrap_or_default();
    let app = &service.app;
    let limit = page_size(query.limit);
    let page = app.doubts(&officer, &filter, &after, limit).await?;
    let counts = app.doubt_sums(&officer, &filter).await?;
    let rows = page.rows.iter();
    let rows = rows.map(|row| view::doubt(&service, &officer, row));
    Ok(Json(DoubtPage {
        rows: rows.collect::<Result<_, _>>()?,
        next_cursor: page.next,
        counts: counts
            .iter()
            .map(|one| view::count(&service, one))
            .collect(),
    }))
}
