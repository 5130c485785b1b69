//! An area with a few employers and residents on a throw-away store.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use app::contribution::{ReceiptsDone, ReceiptsOptions};
use app::register::Actor;
use app::{App, Clock, Error, IdentitySpan, Law, PersonDetail};
use money::Fen;
use policy::{FeeMonth, PolicyBook};
use store::{
    ContextQuery, CoverageRow, DueFilter, DueRow, EmployerRow, PersonFile, PersonRow, StaffRow,
    Store,
};
use tempfile::TempDir;
use terms::{AreaCode, Date, Word};

pub struct House {
    pub app: App,
    pub area: AreaCode,
    _folder: TempDir,
}

fn book() -> PolicyBook {
    static READ: OnceLock<PolicyBook> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    READ.get_or_init(|| lawbook::load_policy(&root.join("policy")).unwrap())
        .clone()
}

pub fn month(text: &str) -> FeeMonth {
    text.parse().unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn yuan(yuan: i64) -> Fen {
    Fen::yuan(yuan)
}

impl House {
    pub async fn open(area: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("house.db").display());
        let store = Store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let area: AreaCode = area.parse().unwrap();
        let law = Law {
            book: book(),
            items: HashMap::new(),
            diagnoses: HashMap::new(),
            schemes: Default::default(),
            methods: Default::default(),
        };
        let app = App::open(store, Arc::new(law), Clock::real(), area).await;
        Self {
            app: app.unwrap(),
            area,
            _folder: folder,
        }
    }

    /// Somebody who acts at noon of a day.
    pub fn by(&self, name: &str, on: &str) -> Actor {
        let mut actor = Actor::batch(self.area, "test", day(on).at(12, 0, 0, 0));
        actor.name = name.to_owned();
        actor
    }

    /// An employer whose staff earn these wages from 2020 on; `marks` is a JSON list.
    pub async fn employer(&self, number: &str, marks: &str, wages: &[i64]) {
        let actor = self.by("clerk", "2020-01-01");
        let employer = EmployerRow {
            employer: number.to_owned(),
            name: format!("样例{number}"),
            kind: "enterprise".to_owned(),
            marks: marks.to_owned(),
            county: self.area,
            state: "active".to_owned(),
            opened_on: day("2019-01-01"),
            closed_on: None,
            detail: "{}".to_owned(),
        };
        let numbers = (1..=wages.len()).map(|nth| format!("{number}-P{nth}"));
        let staff = numbers.clone().map(|person_no| StaffRow {
            employer: number.to_owned(),
            person_no,
            starts_on: day("2019-01-01"),
            ends_on: None,
            category: "active".to_owned(),
        });
        let put = self
            .app
            .put_employers(&actor, vec![employer], staff.collect());
        put.await.unwrap();
        let declared: Vec<(String, Fen)> = numbers
            .zip(wages)
            .map(|(person, wage)| (person, yuan(*wage)))
            .collect();
        let from = month("2020-01");
        let done = self.app.declare_wages(&actor, number, from, &declared);
        assert_eq!(done.await.unwrap(), Ok(wages.len()));
    }

    pub async fn assess(&self, at: &str, on: &str) -> app::contribution::MonthDone {
        let actor = self.by("clerk", on);
        let done = self.app.assess_month(&actor, month(at), None, &|_| {});
        done.await.unwrap()
    }

    pub async fn due(&self, owner: &str, period: &str) -> DueRow {
        let filter = DueFilter {
            owners: vec![owner.to_owned()],
            period: Some(period.to_owned()),
            ..DueFilter::default()
        };
        let dues = self.app.store.contribution_dues(self.area, &filter).await;
        dues.unwrap().remove(0)
    }

    pub async fn import(
        &self,
        on: &str,
        file: &str,
        options: ReceiptsOptions,
    ) -> Result<ReceiptsDone, Error> {
        let actor = self.by("clerk", on);
        let given = ("receipts.csv", file.as_bytes());
        self.app.import_receipts(&actor, given, options).await
    }

    /// Imports a file that must be taken.
    pub async fn receive(&self, on: &str, lines: &[&str]) -> ReceiptsDone {
        let file = file(lines);
        let done = self.import(on, &file, ReceiptsOptions::default());
        let done = done.await.unwrap();
        assert!(done.applied, "{done:?}");
        done
    }

    /// A resident since a day, with identities held from a day on.
    pub async fn resident(&self, number: &str, since: &str, identities: &[(&str, &str)]) {
        let spans = identities.iter().map(|(word, from)| IdentitySpan {
            word: Word::new(word),
            from: day(from),
            to: None,
        });
        let detail = PersonDetail {
            identities: spans.collect(),
            ..PersonDetail::default()
        };
        let mut file = PersonFile::new(PersonRow {
            person_no: number.to_owned(),
            name: format!("样例{number}"),
            sex: "female".to_owned(),
            birth: day("1970-05-05"),
            death: None,
            county: self.area,
            marks: serde_json::to_string(&detail).unwrap(),
            detail: "{}".to_owned(),
        });
        file.coverage.push(CoverageRow {
            scheme: "resident".to_owned(),
            starts_on: day(since),
            ends_on: None,
            category: "adult".to_owned(),
            state: "active".to_owned(),
            reason: String::new(),
            county: self.area,
            employer: String::new(),
        });
        self.put(file).await;
    }

    /// Enters a person as an older register had one.
    pub async fn put(&self, file: PersonFile) {
        let at = day("2024-01-01").at(0, 0, 0, 0);
        let files = [file];
        let entered = self.app.store.put_people(self.area, &files, at);
        entered.await.unwrap();
    }

    /// A person's rows as they stand.
    pub async fn file(&self, number: &str) -> PersonFile {
        let query = ContextQuery {
            area: self.area,
            person_no: number,
            counters_from: 2024,
            visit_id: None,
        };
        let context = self.app.store.load_context(&query).await.unwrap().unwrap();
        let mut file = PersonFile::new(context.person);
        file.coverage = context.coverage;
        file
    }

    /// The books agree; answers how many transfers they hold.
    pub async fn agree(&self) -> i64 {
        let found = self
            .app
            .store
            .verify_contributions(self.area)
            .await
            .unwrap();
        match found {
            Ok(sums) => sums.transfers,
            Err(difference) => panic!("{difference}"),
        }
    }
}

/// A file whose totals are right.
pub fn file(lines: &[&str]) -> String {
    let amount = |text: &str| Fen::from_yuan_text(text).unwrap_or(Fen::ZERO);
    let total: Fen = lines
        .iter()
        .flat_map(|line| line.split(',').skip(3).take(3).map(amount))
        .sum();
    format!(
        "批次号,B1,笔数,{},合计金额,{total}\n\
         缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码\n{}\n",
        lines.len(),
        lines.join("\n")
    )
}
