//! A small demonstration area on a throw-away store, asked through the router.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use app::{App, Clock, Law};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use demo_maker::{DemoArea, Recipe};
use serde_json::Value;
use server::{Sandbox, Service};
use store::Store;
use tempfile::TempDir;
use tower::ServiceExt;

/// People of the area: every hand-picked one and a few more.
const PEOPLE: u32 = 60;

pub struct House {
    pub area: DemoArea,
    app: Arc<App>,
    router: Router,
    _folder: TempDir,
}

/// The law, read once for all tests.
fn law() -> Arc<Law> {
    static READ: OnceLock<Arc<Law>> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = || {
        let catalogue = lawbook::load_catalogue(&root.join("catalogues/example")).unwrap();
        let folder = root.join("policy");
        let book = lawbook::load_policy(&folder).unwrap();
        Arc::new(Law {
            methods: lawbook::load_methods(&folder, &book).unwrap(),
            book,
            items: catalogue.items.into_iter().collect(),
            diagnoses: Default::default(),
            schemes: lawbook::load_schemes(&root.join("catalogues")).unwrap(),
        })
    };
    Arc::clone(READ.get_or_init(read))
}

impl House {
    pub async fn open() -> Self {
        Self::made(false).await
    }

    /// The same with records that have something wrong, and a run of the checks.
    pub async fn open_cleaned() -> Self {
        Self::made(true).await
    }

    /// The same with stays that the audit doubts.
    pub async fn open_audited() -> Self {
        let house = Self::made(false).await;
        server::seed::doubts::seed(&house.app, &house.area)
            .await
            .unwrap();
        house
    }

    async fn made(cleaned: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("house.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let area = demo_maker::area(Recipe::suizhou().with_people(PEOPLE));
        server::seed::seed(&store, &area).await.unwrap();
        let clock = Clock::starting_on(area.recipe.today);
        let app = App::open(store, law(), clock, area.recipe.area)
            .await
            .unwrap();
        server::seed::contributions::seed(&app, &area)
            .await
            .unwrap();
        if cleaned {
            server::seed::cleaning::seed(&app, &area).await.unwrap();
        }
        let sandbox = Sandbox {
            today: area.recipe.today,
            fixtures: String::new(),
        };
        let app = Arc::new(app);
        let service = Service::demonstration(app.clone(), sandbox);
        Self {
            app,
            router: server::router(Arc::new(service)),
            area,
            _folder: folder,
        }
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, Option<String>, Value) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let cookie = answer.headers().get(header::SET_COOKIE);
        let cookie = cookie.map(|value| value.to_str().unwrap().split(';').next().unwrap().into());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (
            status,
            cookie,
            serde_json::from_slice(&body).unwrap_or(Value::Null),
        )
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> (StatusCode, Value) {
        let request = Request::get(path).header(header::COOKIE, cookie.unwrap_or_default());
        let (status, _, body) = self.ask(request.body(Body::empty()).unwrap()).await;
        (status, body)
    }

    pub async fn post(
        &self,
        path: &str,
        cookie: Option<&str>,
        body: &Value,
    ) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(header::COOKIE, cookie.unwrap_or_default())
            .header(header::CONTENT_TYPE, "application/json");
        let (status, _, body) = self
            .ask(request.body(Body::from(body.to_string())).unwrap())
            .await;
        (status, body)
    }

    /// Sends a file as a form would, with further fields.
    pub async fn upload(
        &self,
        path: &str,
        cookie: &str,
        (file, fields): (&str, &[(&str, &str)]),
    ) -> (StatusCode, Value) {
        let part = |name: &str, of: &str, text: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{of}\r\n\r\n{text}\r\n")
        };
        let mut body = part("file", "; filename=\"receipts.csv\"", file);
        for (name, value) in fields {
            body += &part(name, "", value);
        }
        body += "--x--\r\n";
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let (status, _, body) = self.ask(request.body(Body::from(body)).unwrap()).await;
        (status, body)
    }

    pub async fn delete(&self, path: &str, cookie: &str) {
        let request = Request::delete(path).header(header::COOKIE, cookie);
        let (status, _, _) = self.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
    }

    /// Signs the first console user in; the answer is the cookie to send back.
    pub async fn sign_in(&self) -> String {
        self.sign_in_as(0).await
    }

    /// Signs one of the console's users in: 0 prepares, 1 checks, 2 administers.
    pub async fn sign_in_as(&self, nth: usize) -> String {
        let account = &self.area.accounts[nth];
        let body = serde_json::json!({"user": account.user, "password": account.password});
        let request = Request::post("/api/v1/session")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let (status, cookie, _) = self.ask(request).await;
        assert_eq!(status, StatusCode::OK);
        cookie.unwrap()
    }
}
