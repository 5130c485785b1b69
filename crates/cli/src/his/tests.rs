//! Bills through the real router on a real store, in one process.
