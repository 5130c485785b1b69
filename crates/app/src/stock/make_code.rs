use crate::App;

/// A code for goods without one, never given out before (虚拟追溯码).
///
/// Codes begin with `VT`, the area, and a number that rises with time; nothing is kept of a code
/// until something is told of its box.
pub fn make_code(app: &App) -> String {
    app.numbers.named(&format!("VT{}", app.home))
}
