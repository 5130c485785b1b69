use jiff::civil::DateTime;
use money::Fen;

use crate::moment::datetime_text;

/// Writes JSON objects key by key, straight into the bytes that are sent.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
}

impl Writer {
    pub fn with_room_for(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.comma();
        self.text.push(bracket);
        self
    }

    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.text.push(bracket);
        self
    }

    /// A key whose object or list follows.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.comma();
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
        self
    }

    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        self.quoted(value);
        self
    }

    pub fn time(&mut self, key: &str, value: DateTime) -> &mut Self {
        self.key(key);
        self.text.push('"');
        self.text.push_str(&datetime_text(value));
        self.text.push('"');
        self
    }

    pub fn amount(&mut self, key: &str, value: Fen) -> &mut Self {
        self.shown(key, &value)
    }

    pub fn count(&mut self, key: &str, value: usize) -> &mut Self {
        self.shown(key, &value)
    }

    fn shown(&mut self, key: &str, value: &dyn std::fmt::Display) -> &mut Self {
        use std::fmt::Write as _;
        self.key(key);
        // Writing into a string cannot fail.
        let _ = write!(self.text, "{value}");
        self
    }

    fn comma(&mut self) {
        if !matches!(
            self.text.as_bytes().last(),
            None | Some(b'{' | b'[' | b':' | b',')
        ) {
            self.text.push(',');
        }
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        for c in value.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                c if c.is_control() => {
                    use std::fmt::Write as _;
                    let _ = write!(self.text, "\\u{:04x}", u32::from(c));
                }
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}
