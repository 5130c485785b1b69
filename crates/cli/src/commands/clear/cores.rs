//! Work on every core; the answer does not depend on how many there are.

use std::thread;

use payment::Refusal;

/// Below this many items a second thread costs more than it saves.
const WORTH_A_THREAD: usize = 20_000;

/// Does `work` on consecutive parts of `items` and puts the answers together in order; of several
/// refusals the one of the earliest part stands.
pub fn in_parts<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<Vec<R>, Refusal> + Sync,
) -> Result<Vec<R>, Refusal> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let size = items.len().div_ceil(cores).max(WORTH_A_THREAD);
    if items.len() <= size {
        return work(items);
    }
    let work = &work;
    let parts: Vec<Result<Vec<R>, Refusal>> = thread::scope(|scope| {
        let started = items
            .chunks(size)
            .map(|part| scope.spawn(move || work(part)));
        let started: Vec<_> = started.collect();
        let each = started.into_iter();
        each.map(|one| {
            one.join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
        .collect()
    });
    let mut all = Vec::with_capacity(items.len());
    for part in parts {
        all.extend(part?);
    }
    Ok(all)
}
