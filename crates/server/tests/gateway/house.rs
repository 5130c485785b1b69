//! A served demonstration area, and how an institution talks to it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use app::{App, Clock, Law};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use demo_maker::{CATALOGUE_SEED, CATALOGUE_SIZE, DemoArea, Recipe};
use jiff::civil::DateTime;
use policy::DoubtRule;
use serde_json::{Value, json};
use server::{Sandbox, Service, gateway, seed};
use store::Store;
use tempfile::TempDir;
use terms::AreaCode;
use tower::ServiceExt;

pub const CALL_SERVICE: &str = "/fsi/api/rsfComIfsService/callService";

/// The fictional area with its hand-picked people only.
pub static AREA: LazyLock<DemoArea> =
    LazyLock::new(|| demo_maker::area(Recipe::fictional().with_people(0)));

static LAW: LazyLock<Arc<Law>> = LazyLock::new(|| Arc::new(law(|_| {})));

/// The law of the repository with its handling of doubts changed.
fn law(change: impl Fn(&mut DoubtRule)) -> Law {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("policy");
    let mut book = lawbook::load_policy(&folder).unwrap();
    let schemes = book
        .areas
        .values_mut()
        .flat_map(|area| area.schemes.values_mut());
    let topics = schemes.flat_map(|scheme| &mut scheme.doubts);
    let versions = topics.flat_map(|topic| &mut topic.versions);
    versions
        .filter_map(|version| version.value.as_mut())
        .for_each(change);
    let catalogue = lawbook::load_catalogue(&root.join("catalogues/example")).unwrap();
    Law {
        methods: lawbook::load_methods(&folder, &book).unwrap(),
        book,
        items: catalogue.items,
        diagnoses: catalogue.diagnoses,
        schemes: lawbook::load_schemes(&root.join("catalogues")).unwrap(),
    }
}

pub struct House {
    pub service: Arc<Service>,
    router: Router,
    folder: TempDir,
    numbers: AtomicU64,
}

/// An answer of HTTP.
pub struct Answer {
    pub status: StatusCode,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }
}

/// What the store holds beside the access log.
#[derive(Debug, PartialEq, Eq)]
pub struct Holdings {
    persons: u64,
    settlements: u64,
    postings: u64,
    movements: u64,
    transfers: u64,
    visits: Vec<String>,
    lines: Vec<String>,
}

/// A freshly seeded database, made once and copied for every house.
fn seeded() -> &'static Path {
    static SEEDED: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, file) = SEEDED.get_or_init(|| {
        let make = || {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("seeded.db");
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let store = Store::open(&format!("sqlite:{}", file.display()))
                    .await
                    .unwrap();
                store.migrate().await.unwrap();
                seed::seed(&store, &AREA).await.unwrap();
                store.close().await.unwrap();
            });
            (folder, file)
        };
        std::thread::spawn(make).join().unwrap()
    });
    file
}

impl House {
    pub async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(seeded(), folder.path().join("house.db")).unwrap();
        Self::in_folder(folder, LAW.clone()).await
    }

    /// A house of an area that handles doubts otherwise.
    pub async fn handling_doubts(change: impl Fn(&mut DoubtRule)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(seeded(), folder.path().join("house.db")).unwrap();
        Self::in_folder(folder, Arc::new(law(change))).await
    }

    /// The same house after its process ended and began again.
    pub async fn restarted(self) -> Self {
        let Self {
            service,
            router,
            folder,
            numbers,
        } = self;
        drop(router);
        let app = Arc::into_inner(service).unwrap().app;
        Arc::into_inner(app).unwrap().store.close().await.unwrap();
        let house = Self::in_folder(folder, LAW.clone()).await;
        Self { numbers, ..house }
    }

    async fn in_folder(folder: TempDir, law: Arc<Law>) -> Self {
        let url = format!("sqlite:{}", folder.path().join("house.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Clock::starting_on(AREA.recipe.today);
        let app = App::open(store, law, clock, AREA.recipe.area)
            .await
            .unwrap();
        let items = demo_maker::catalogue(CATALOGUE_SEED, CATALOGUE_SIZE);
        let sandbox = Sandbox {
            today: AREA.recipe.today,
            fixtures: gateway::fixtures_json(&demo_maker::fixtures(&AREA, &items)),
        };
        let service = Arc::new(Service::demonstration(Arc::new(app), sandbox));
        Self {
            router: server::router(service.clone()),
            service,
            folder,
            numbers: AtomicU64::new(1),
        }
    }

    /// The same house with other rules at the door.
    pub fn with(self, change: impl FnOnce(&mut Service)) -> Self {
        let Self {
            service,
            router,
            folder,
            numbers,
        } = self;
        drop(router);
        let mut service = Arc::into_inner(service).unwrap();
        change(&mut service);
        let service = Arc::new(service);
        Self {
            router: server::router(service.clone()),
            service,
            folder,
            numbers,
        }
    }

    pub fn app(&self) -> &App {
        &self.service.app
    }

    pub fn area(&self) -> AreaCode {
        AREA.recipe.area
    }

    pub fn now(&self) -> DateTime {
        self.app().clock.now()
    }

    /// Sends bytes to an address.
    pub async fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Answer { status, bytes }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec();
        Answer { status, bytes }
    }

    /// A new message number of an institution.
    pub fn msgid(&self, institution: &str) -> String {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        format!("{institution}20241115{number:010}")
    }

    /// A message around an input.
    pub fn message(&self, institution: &str, infno: &str, input: Value) -> Value {
        json!({
            "infno": infno,
            "msgid": self.msgid(institution),
            "mdtrtarea_admvs": self.area().to_string(),
            "insuplc_admdvs": self.area().to_string(),
            "recer_sys_code": "FSI_LOCAL",
            "dev_no": "",
            "dev_safe_info": "",
            "cainfo": "",
            "signtype": "",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "0001",
            "opter_name": "测试经办",
            "inf_time": stamp(self.now()),
            "fixmedins_code": institution,
            "fixmedins_name": "测试机构",
            "sign_no": "",
            "input": input,
        })
    }

    /// Sends a message; HTTP is 200 whatever is decided.
    pub async fn send(&self, message: &Value) -> Value {
        let answer = self.post(CALL_SERVICE, &[], message.to_string()).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{}",
            String::from_utf8_lossy(&answer.bytes)
        );
        answer.json()
    }

    /// Sends an input that must be accepted, and returns the output.
    pub async fn accept(&self, institution: &str, infno: &str, input: Value) -> Value {
        let reply = self.send(&self.message(institution, infno, input)).await;
        assert_eq!(reply["infcode"], 0, "{infno}: {reply}");
        reply["output"].clone()
    }

    /// Sends an input that must be refused, and returns the sentence.
    pub async fn refuse(&self, institution: &str, infno: &str, input: Value) -> String {
        let reply = self.send(&self.message(institution, infno, input)).await;
        assert_eq!(reply["infcode"], -1, "{infno}: {reply}");
        assert!(reply["output"].is_null());
        reply["err_msg"].as_str().unwrap().to_owned()
    }

    /// Everything the store holds beside the access log; its books must agree.
    pub async fn holdings(&self) -> Holdings {
        let (area, store) = (self.area(), &self.app().store);
        let ledger_of = app::settlement::ledger_of;
        let sums = store
            .verify(area, &ledger_of, &|_| {})
            .await
            .unwrap()
            .unwrap();
        let (mut visits, mut lines) = (Vec::new(), Vec::new());
        for sample in AREA.samples() {
            let no = &sample.person.number;
            let ever = (DateTime::MIN, DateTime::MAX);
            for visit in store.person_visits(area, no, ever.0, ever.1).await.unwrap() {
                for line in store.visit_lines(area, no, &visit.visit_id).await.unwrap() {
                    lines.push(format!("{} {:?}", line.line_no, line.status));
                }
                visits.push(format!("{visit:?}"));
            }
        }
        Holdings {
            persons: sums.persons,
            settlements: sums.settlements,
            postings: sums.postings,
            movements: sums.movements,
            transfers: sums.transfers,
            visits,
            lines,
        }
    }

    /// How many lines the access log has.
    pub async fn logged(&self) -> usize {
        let log = self.app().store.access_log(self.area(), None, 100_000);
        log.await.unwrap().len()
    }
}

/// The hand-picked person with a note.
pub fn person(note: &str) -> demo_maker::Person {
    let all = AREA.samples();
    let found = all.into_iter().find(|sample| sample.note.contains(note));
    found.unwrap_or_else(|| panic!("{note}")).person
}

/// The first institution of a kind in the area.
pub fn place(kind: terms::InstitutionKind) -> &'static demo_maker::Institution {
    let mut all = AREA.institutions.iter();
    all.find(|one| one.kind == kind).unwrap()
}

pub fn hospital() -> &'static str {
    &place(terms::InstitutionKind::Hospital).code
}

pub fn pharmacy() -> &'static str {
    &place(terms::InstitutionKind::Pharmacy).code
}

pub fn stamp(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// An amount of a reply in fen; amounts are numbers with two decimals.
pub fn fen(value: &Value) -> i64 {
    let text = value.to_string();
    money::Fen::from_yuan_text(&text)
        .unwrap_or_else(|_| panic!("{text}"))
        .get()
}
