//! Opening the system: law, store, clock.

use std::sync::Arc;

use anyhow::bail;
use app::{App, AuditBook, BookSource, Clock, Error, Law};
use audit::Params;
use lines::Quality;
use store::{PolicyEditionRow, Store};
use terms::AreaCode;

use super::folders::Folders;

/// Reads policy and catalogue.
///
/// # Errors
/// Every fault of the folders, one per line.
pub fn law(folders: &Folders) -> anyhow::Result<Law> {
    let (policy, catalogues) = (folders.policy()?, folders.catalogues()?);
    let book = match lawbook::load_policy(&policy) {
        Ok(book) => book,
        Err(faults) => bail!(
            "政策目录 {} 有问题：\n{}",
            policy.display(),
            listed(&faults)
        ),
    };
    let methods = match lawbook::load_methods(&policy, &book) {
        Ok(methods) => methods,
        Err(faults) => bail!(
            "政策目录 {} 的支付办法有问题：\n{}",
            policy.display(),
            listed(&faults)
        ),
    };
    let catalogue = match lawbook::load_catalogue(&catalogues) {
        Ok(catalogue) => catalogue,
        Err(faults) => bail!(
            "目录表 {} 有问题：\n{}",
            catalogues.display(),
            listed(&faults)
        ),
    };
    let folder = folders.schemes()?;
    let schemes = match lawbook::load_schemes(&folder) {
        Ok(schemes) => schemes,
        Err(faults) => bail!(
            "分组方案目录 {} 有问题：\n{}",
            folder.display(),
            listed(&faults)
        ),
    };
    Ok(Law {
        book,
        methods,
        items: catalogue.items.into_iter().collect(),
        diagnoses: catalogue
            .diagnoses
            .into_iter()
            .map(|(c, n)| (c.to_string(), n))
            .collect(),
        schemes,
    })
}

fn listed(faults: &[lawbook::Fault]) -> String {
    faults.iter().map(|fault| format!("  {fault}\n")).collect()
}

/// Opens a store and brings its tables up to date.
///
/// # Errors
/// When the database cannot be reached or is newer than this program.
pub async fn store(url: &str) -> anyhow::Result<Store> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    Ok(store)
}

/// Opens the system on a store, and notes the policy edition it works under.
///
/// # Errors
/// When the store fails.
pub async fn app(
    store: Store,
    law: Law,
    (clock, home): (Clock, AreaCode),
    folders: &Folders,
) -> anyhow::Result<Arc<App>> {
    let edition = PolicyEditionRow {
        edition: law.book.edition.to_string(),
        seen_at: clock.now(),
        note: String::new(),
    };
    store.put_edition(home, &edition).await?;
    opened(store, law, (clock, home), folders).await
}

async fn opened(
    store: Store,
    law: Law,
    (clock, home): (Clock, AreaCode),
    folders: &Folders,
) -> anyhow::Result<Arc<App>> {
    let app = App::open(store, Arc::new(law), clock, home).await;
    let app = app.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    judge_by(&app, folders).await?;
    Ok(Arc::new(app))
}

/// Lets the audit judge by the folders that are named, else by what is approved in the store, else
/// by what is shipped; without any of these rules wait for their knowledge.
async fn judge_by(app: &App, folders: &Folders) -> anyhow::Result<()> {
    let named = !folders.knowledge.is_empty();
    if !named && approved(app).await? {
        return Ok(());
    }
    let chosen = match (named, folders.shipped_knowledge()) {
        (true, _) => folders.knowledge.clone(),
        (false, Ok(shipped)) => vec![shipped],
        (false, Err(_)) => return Ok(()),
    };
    let mut quality = Quality::default();
    let knowledge = columnar::read_folders(&chosen, &mut quality)?;
    eprint!("{}", columnar::quality_text(&quality));
    let source = match named {
        true => BookSource::Named,
        false => BookSource::Shipped,
    };
    app.set_audit_book(AuditBook {
        source,
        ..AuditBook::new(knowledge, Params::default())
    });
    Ok(())
}

/// Whether approved knowledge is in use; knowledge that cannot be read keeps nobody from settling,
/// and the audit says so at every turn until it is mended.
async fn approved(app: &App) -> anyhow::Result<bool> {
    match app.latest_book().await {
        Ok(book) => Ok(matches!(book.source, BookSource::Approved(_))),
        Err(Error::Bug(cause)) => {
            eprintln!("已批准的知识库不能读取，结算照常，审核暂不使用它：{cause}");
            Ok(true)
        }
        Err(error) => Err(anyhow::anyhow!("{error:?}")),
    }
}

/// Opens the system on a database for a command that does not serve: law, today's clock, an area.
///
/// # Errors
/// When law or database cannot be read.
pub async fn plain_app(url: &str, folders: &Folders, home: AreaCode) -> anyhow::Result<Arc<App>> {
    let law = law(folders)?;
    let store = store(url).await?;
    opened(store, law, (Clock::real(), home), folders).await
}
