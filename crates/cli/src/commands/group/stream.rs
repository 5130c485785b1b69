//! Work on a stream with all cores: order kept, memory bounded.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// A job on its way to a worker, and where the worker puts the answer.
type Job<T, R> = (T, SyncSender<R>);

/// Takes pieces from `next` until there are none, lets `threads` workers turn each into an answer,
/// and hands the answers to `put` in the order of the pieces. Only a few pieces are ever under way.
///
/// # Errors
/// The first error of `next` or of `put`; nothing is taken after it.
pub fn ordered<T: Send, R: Send>(
    threads: usize,
    mut next: impl FnMut() -> anyhow::Result<Option<T>> + Send,
    work: impl Fn(T) -> R + Sync,
    mut put: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let threads = threads.max(1);
    let (jobs, waiting) = sync_channel::<Job<T, R>>(threads);
    let (promises, answers) = sync_channel::<Receiver<R>>(3 * threads);
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        let reader = scope.spawn(move || -> anyhow::Result<()> {
            while let Some(piece) = next()? {
                let (answer, promise) = sync_channel(1);
                // Either end is gone only when writing failed: then that error is the one to tell.
                if promises.send(promise).is_err() || jobs.send((piece, answer)).is_err() {
                    break;
                }
            }
            Ok(())
        });
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((piece, answer)) = take(&waiting) {
                    // A writer that failed no longer wants it.
                    let _ = answer.send(work(piece));
                }
            });
        }
        let mut written = Ok(());
        for promise in answers {
            let Ok(answer) = promise.recv() else { break };
            written = put(answer);
            if written.is_err() {
                break;
            }
        }
        let read = match reader.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        written.and(read)
    })
}

fn take<J>(waiting: &Mutex<Receiver<J>>) -> Option<J> {
    let waiting = waiting.lock().ok()?;
    waiting.recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, count: u64) -> Vec<u64> {
        let mut pieces = 0..count;
        let mut found = Vec::new();
        let work = |number: u64| {
            // Later pieces are done sooner, so that order is not kept by chance.
            let spin = (0..(count - number) * 50).fold(0_u64, |sum, add| sum.wrapping_add(add));
            (number * number, spin).0
        };
        let put = |square| {
            found.push(square);
            Ok(())
        };
        ordered(threads, || Ok(pieces.next()), work, put).unwrap();
        found
    }

    #[test]
    fn answers_come_in_the_order_of_the_pieces() {
        let wanted: Vec<u64> = (0..500).map(|number| number * number).collect();
        for threads in [0, 1, 2, 7] {
            assert_eq!(squares(threads, 500), wanted);
        }
    }

    #[test]
    fn an_error_on_either_side_ends_the_work() {
        let mut pieces = 0..;
        let put = |number| {
            anyhow::ensure!(number < 20, "full");
            Ok(())
        };
        let full = ordered(2, || Ok(pieces.next()), |number: i32| number, put);
        assert_eq!(full.unwrap_err().to_string(), "full");
        let mut left = 3;
        let next = || {
            left -= 1;
            anyhow::ensure!(left > 0, "torn");
            Ok(Some(left))
        };
        let torn = ordered(2, next, |number| number, |_| Ok(()));
        assert_eq!(torn.unwrap_err().to_string(), "torn");
    }
}
