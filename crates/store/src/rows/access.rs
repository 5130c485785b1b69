use jiff::civil::DateTime;
use terms::AreaCode;

/// One line of the access log (操作留痕).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// Its number; numbers rise with time.
    pub log_id: String,
    /// When.
    pub at: DateTime,
    /// Institution, console user, system.
    pub actor_kind: String,
    /// Who.
    pub actor: String,
    /// The institution, or empty.
    pub institution: String,
    /// What was done.
    pub action: String,
    /// On what: a visit, a settlement.
    pub target: String,
    /// How it ended.
    pub result: String,
    /// From where.
    pub address: String,
    /// Whatever else is worth keeping, JSON.
    pub detail: String,
}

/// A sign-in of an institution's operator (签到).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRow {
    /// Its number.
    pub sign_no: String,
    /// The institution.
    pub institution: String,
    /// The operator.
    pub operator: String,
    /// The terminal's hardware address.
    pub mac: String,
    /// The terminal's network address.
    pub ip: String,
    /// When signed in.
    pub signed_in_at: DateTime,
    /// When signed out.
    pub signed_out_at: Option<DateTime>,
}

/// A console user (经办用户).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// The area.
    pub area: AreaCode,
    /// Sign-in name.
    pub user_name: String,
    /// Name shown.
    pub display_name: String,
    /// Hash of the password, in the hash's own text form.
    pub password_hash: String,
    /// Role.
    pub role: String,
    /// The institution of an institution's user, or empty.
    pub institution: String,
    /// Whether sign-in is allowed.
    pub active: bool,
}

/// A console session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of the session token.
    pub token_hash: String,
    /// Whose session.
    pub user_name: String,
    /// When it began.
    pub created_at: DateTime,
    /// When it ends.
    pub expires_at: DateTime,
}

/// A policy edition that was in force here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyEditionRow {
    /// Its content hash.
    pub edition: String,
    /// When it was first used.
    pub seen_at: DateTime,
    /// A remark.
    pub note: String,
}
