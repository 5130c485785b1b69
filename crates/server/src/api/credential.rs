//! 医保码 — activations, tokens, and how often it is used.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use store::ActivationRow;
use utoipa::{IntoParams, ToSchema};

use super::door::{Refused, SignedIn};
use super::problem::Problem;
use super::read;
use super::settlements::{institution_name, seconds};
use crate::Service;

/// How long a token lasts unless asked otherwise, in minutes.
const TOKEN_MINUTES: i64 = 5;

/// 统计哪个月。
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsageQuery {
    /// 月份，例如 2024-11；不填为本月。
    pub month: Option<String>,
}

/// 医保码使用情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CredentialUsage {
    /// 月份。
    pub month: String,
    /// 已激活人数。
    pub activated: i64,
    /// 在册人数。
    pub people: i64,
    /// 激活率，例如“71.20%”。
    pub activation_rate: String,
    /// 全部机构使用医保码的结算占比。
    pub usage_rate: String,
    /// 各机构，按机构代码。
    pub institutions: Vec<InstitutionUsage>,
}

/// 一家机构使用医保码的情况。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct InstitutionUsage {
    /// 机构代码。
    pub institution: String,
    /// 机构名称。
    pub institution_name: String,
    /// 写明凭证的结算笔数。
    pub settlements: i64,
    /// 其中使用医保码。
    pub electronic: i64,
    /// 使用社会保障卡。
    pub card: i64,
    /// 使用身份证件。
    pub document: i64,
    /// 使用医保码的占比。
    pub usage_rate: String,
}

/// 激活医保码。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ActivationRequest {
    /// 人员编号。
    pub person_no: String,
    /// 渠道，例如“国家医保服务平台”。
    pub channel: String,
    /// 设备。
    #[serde(default)]
    pub device: String,
    /// 在哪家机构激活。
    #[serde(default)]
    pub institution: String,
}

/// 一次激活。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Activation {
    /// 渠道。
    pub channel: String,
    /// 设备。
    pub device: String,
    /// 机构名称。
    pub institution_name: Option<String>,
    /// 时间。
    pub activated_at: String,
}

/// 展码：取得一次性令牌。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TokenRequest {
    /// 人员编号。
    pub person_no: String,
    /// 有效分钟数，默认 5。
    pub minutes: Option<i64>,
}

/// 一次性令牌；只在这里给出，系统只存其指纹。
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Token {
    /// 令牌。
    pub token: String,
    /// 失效时间。
    pub expires_at: String,
}

/// 各机构医保码使用占比和全区激活率。
#[utoipa::path(
    get, path = "/api/v1/credentials/usage", tag = "credential",
    operation_id = "credential_usage",
    params(UsageQuery),
    responses((status = 200, body = CredentialUsage), (status = 401, body = Problem))
)]
pub async fn usage(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Query(query): Query<UsageQuery>,
) -> Result<Json<CredentialUsage>, Refused> {
    let month = match query.month.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => read::day("month", &format!("{text}-01"))?,
        None => service.app.clock.today().first_of_month(),
    };
    let usage = service.app.credential_usage(&clerk, month).await?;
    let total = |of: fn(&app::credential::UsageLine) -> i64| usage.lines.iter().map(of).sum();
    let (electronic, settlements): (i64, i64) = (
        total(|line| line.electronic),
        total(app::credential::UsageLine::settlements),
    );
    let line = |line: &app::credential::UsageLine| InstitutionUsage {
        institution: line.institution.clone(),
        institution_name: institution_name(&service, &line.institution),
        settlements: line.settlements(),
        electronic: line.electronic,
        card: line.card,
        document: line.document,
        usage_rate: percent(line.electronic, line.settlements()),
    };
    Ok(Json(CredentialUsage {
        month: month.strftime("%Y-%m").to_string(),
        activated: usage.activated,
        people: usage.people,
        activation_rate: percent(usage.activated, usage.people),
        usage_rate: percent(electronic, settlements),
        institutions: usage.lines.iter().map(line).collect(),
    }))
}

/// A share in per cent with two decimals, half up; nothing of nothing is nothing.
fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "0.00%".to_owned();
    }
    let parts = (part.max(0) * 20_000 + whole) / (whole * 2);
    format!("{}.{:02}%", parts / 100, parts % 100)
}

/// 激活医保码，给出该人的全部激活。
#[utoipa::path(
    post, path = "/api/v1/credentials/activations", tag = "credential",
    operation_id = "activate_credential",
    request_body = ActivationRequest,
    responses(
        (status = 200, body = Vec<Activation>),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
    )
)]
pub async fn activate(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<ActivationRequest>,
) -> Result<Json<Vec<Activation>>, Refused> {
    let row = ActivationRow {
        person_no: asked.person_no,
        channel: asked.channel,
        device: asked.device,
        institution: asked.institution,
        activated_at: service.app.clock.now(),
    };
    let known = service.app.activate_credential(&clerk, row).await?;
    let shown = |row: &ActivationRow| Activation {
        channel: row.channel.clone(),
        device: row.device.clone(),
        institution_name: (!row.institution.is_empty())
            .then(|| institution_name(&service, &row.institution)),
        activated_at: seconds(row.activated_at),
    };
    Ok(Json(known.iter().map(shown).collect()))
}

/// 展码：替本人取得一次性令牌。
#[utoipa::path(
    post, path = "/api/v1/credentials/tokens", tag = "credential",
    operation_id = "issue_token",
    request_body = TokenRequest,
    responses(
        (status = 200, body = Token),
        (status = 401, body = Problem),
        (status = 404, body = Problem, description = "没有这个人"),
        (status = 422, body = Problem, description = "没有激活医保码"),
    )
)]
pub async fn issue(
    State(service): State<Arc<Service>>,
    SignedIn(clerk): SignedIn,
    Json(asked): Json<TokenRequest>,
) -> Result<Json<Token>, Refused> {
    let minutes = asked.minutes.unwrap_or(TOKEN_MINUTES);
    let issued = service
        .app
        .issue_token(&clerk, &asked.person_no, minutes)
        .await?;
    Ok(Json(Token {
        token: issued.token,
        expires_at: seconds(issued.expires_at),
    }))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(2, 3), "66.67%");
        assert_eq!(percent(1, 8), "12.50%");
        assert_eq!(percent(1, 80_000), "0.00%");
        assert_eq!(percent(0, 0), "0.00%");
        assert_eq!(percent(7, 7), "100.00%");
    }
}
