//! Prints the description of the console API; `npm run api` generates the client's types from it.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let json = server::api::openapi()
        .to_pretty_json()
        .map_err(std::io::Error::other)?;
    writeln!(std::io::stdout(), "{json}")
}
