use std::sync::{Arc, Mutex};

use app::App;
use jiff::civil::Date;
use wire::auth::ReplayWindow;

/// How many nonces the gateway remembers within the signature window.
const NONCES: usize = 1_000_000;

/// The running service: the system, and how it is set up to be reached (服务).
pub struct Service {
    /// The system.
    pub app: Arc<App>,
    /// What a sandbox shows of itself; nothing in production.
    pub sandbox: Option<Sandbox>,
    /// Whether unsigned requests are accepted; only a demonstration does.
    pub allow_unsigned: bool,
    /// Whether messages must carry a sign-in number of today (签到).
    pub require_sign_in: bool,
    /// Nonces seen.
    pub replay: Mutex<ReplayWindow>,
}

/// What a demonstration tells developers about itself.
pub struct Sandbox {
    /// The day it plays.
    pub today: Date,
    /// The answer of `/sandbox/fixtures`, JSON.
    pub fixtures: String,
}

impl Service {
    /// A production service: signed requests only, no sandbox.
    pub fn new(app: Arc<App>) -> Self {
        Self {
            app,
            sandbox: None,
            allow_unsigned: false,
            require_sign_in: false,
            replay: Mutex::new(ReplayWindow::new(NONCES)),
        }
    }

    /// A demonstration: unsigned requests pass, and the sandbox describes itself.
    pub fn demonstration(app: Arc<App>, sandbox: Sandbox) -> Self {
        Self {
            sandbox: Some(sandbox),
            allow_unsigned: true,
            ..Self::new(app)
        }
    }
}
