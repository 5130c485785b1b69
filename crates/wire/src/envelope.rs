use std::fmt;

use jiff::civil::DateTime;

use crate::refusal::{Faults, excerpt};
use crate::{Json, Moment, Refusal};

/// The outer object of a request (报文头) with its input.
///
/// Keys that are not listed here are ignored; texts may be numbers and numbers texts.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Transaction number (交易编号).
    pub infno: String,
    /// Message id (发送方报文ID), unique per institution: the idempotency key.
    pub msgid: String,
    /// Region of care (就医地医保区划).
    pub mdtrtarea_admvs: String,
    /// Region of insurance (参保地医保区划); `None` means the region of care.
    pub insuplc_admdvs: Option<String>,
    /// Receiving system label (接收方系统代码), free text.
    pub recer_sys_code: String,
    /// Device (设备编号).
    pub dev_no: Option<String>,
    /// Interface version (接口版本号), free text.
    pub infver: String,
    /// Kind of operator (经办人类别): 1 person, 2 terminal, 3 mobile; not checked.
    pub opter_type: String,
    /// Operator (经办人).
    pub opter: String,
    /// Operator's name (经办人姓名).
    pub opter_name: String,
    /// When the message was sent (交易时间).
    pub inf_time: DateTime,
    /// Institution code (定点医药机构编号).
    pub fixmedins_code: String,
    /// Institution name (定点医药机构名称), of any length.
    pub fixmedins_name: String,
    /// Sign-in number (交易签到流水号).
    pub sign_no: Option<String>,
    /// The body (交易输入), an object.
    pub input: Json,
}

/// A message that did not get past its envelope, with what could be read of it for the access log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub refusal: Refusal,
    /// The transaction number, empty if unreadable.
    pub infno: String,
    /// The message id, empty if unreadable.
    pub msgid: String,
    /// The institution code, empty if unreadable.
    pub fixmedins_code: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(f)
    }
}

impl std::error::Error for Rejected {}

impl Envelope {
    /// Reads a request from the bytes of its body.
    ///
    /// # Errors
    /// A refusal that names line and column (not UTF-8, not JSON, not an object), or the envelope
    /// fields that are missing or wrong.
    pub fn parse(body: &[u8]) -> Result<Self, Rejected> {
        let json = Json::parse(body).map_err(|refusal| Rejected {
            refusal,
            infno: String::new(),
            msgid: String::new(),
            fixmedins_code: String::new(),
        })?;
        Self::from_json(&json).map_err(|refusal| {
            let glimpse = |key| excerpt(json.get(key).and_then(Json::as_text).unwrap_or_default());
            Rejected {
                refusal,
                infno: glimpse("infno"),
                msgid: glimpse("msgid"),
                fixmedins_code: glimpse("fixmedins_code"),
            }
        })
    }

    /// The region of insurance, which is the region of care when none was named.
    pub fn region_of_insurance(&self) -> &str {
        self.insuplc_admdvs
            .as_deref()
            .unwrap_or(&self.mdtrtarea_admvs)
    }

    fn from_json(json: &Json) -> Result<Self, Refusal> {
        if !matches!(json, Json::Object(_)) {
            return Err(Refusal::new("报文应为一个JSON对象"));
        }
        let mut read = Reader {
            json,
            faults: Faults::default(),
        };
        let envelope = Self {
            infno: read.identifier("infno", "交易编号", 10),
            msgid: read.identifier("msgid", "发送方报文ID", 30),
            mdtrtarea_admvs: read.identifier("mdtrtarea_admvs", "就医地医保区划", 6),
            insuplc_admdvs: read.optional("insuplc_admdvs", "参保地医保区划", 6),
            recer_sys_code: read.text("recer_sys_code", "接收方系统代码", 100),
            dev_no: read.optional("dev_no", "设备编号", 100),
            infver: read.text("infver", "接口版本号", 20),
            opter_type: read.text("opter_type", "经办人类别", 3),
            opter: read.text("opter", "经办人", 30),
            opter_name: read.text("opter_name", "经办人姓名", 50),
            inf_time: read.moment("inf_time", "交易时间"),
            fixmedins_code: read.identifier("fixmedins_code", "定点医药机构编号", 12),
            fixmedins_name: read.text("fixmedins_name", "定点医药机构名称", 200),
            sign_no: read.optional("sign_no", "交易签到流水号", 30),
            input: read.input(),
        };
        read.faults.or_refuse(envelope)
    }
}

struct Reader<'a> {
    json: &'a Json,
    faults: Faults,
}

impl Reader<'_> {
    fn text(&mut self, key: &str, name: &str, length: usize) -> String {
        match self.optional(key, name, length) {
            Some(text) => text,
            None => {
                if self.json.get(key).is_none_or(Json::is_absent) {
                    self.faults
                        .add(|| format!("报文头字段 {key}（{name}）不能为空"));
                }
                String::new()
            }
        }
    }

    /// A text that becomes part of a key somewhere: no white space or control characters in it.
    fn identifier(&mut self, key: &str, name: &str, length: usize) -> String {
        let text = self.text(key, name, length);
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            let reason = "含有空白或控制字符";
            self.faults.add(|| wrong(key, name, &text, reason));
        }
        text
    }

    fn optional(&mut self, key: &str, name: &str, length: usize) -> Option<String> {
        let sent = self.json.get(key).filter(|json| !json.is_absent())?;
        let Some(text) = sent.as_text() else {
            self.faults
                .add(|| wrong(key, name, &sent.to_string(), "应为文本"));
            return None;
        };
        if text.chars().count() > length {
            self.faults
                .add(|| wrong(key, name, text, &format!("超过长度{length}")));
            return None;
        }
        if text.contains('\0') {
            self.faults.add(|| wrong(key, name, text, "含有空字符"));
            return None;
        }
        Some(text.to_owned())
    }

    fn moment(&mut self, key: &str, name: &str) -> DateTime {
        let text = self.text(key, name, 40);
        match Moment::parse(&text) {
            Some(moment) => moment.start(),
            None => {
                if !text.is_empty() {
                    self.faults
                        .add(|| wrong(key, name, &text, "不是yyyy-MM-dd HH:mm:ss的时间"));
                }
                DateTime::ZERO
            }
        }
    }

    fn input(&mut self) -> Json {
        match self.json.get("input") {
            Some(input @ Json::Object(_)) => input.clone(),
            // Clients send an empty text for transactions that take nothing.
            Some(Json::Text(text)) if text.trim().is_empty() => Json::Object(Vec::new()),
            None | Some(Json::Null) => {
                self.faults
                    .add(|| "报文头字段 input（交易输入）不能为空".to_owned());
                Json::Null
            }
            Some(other) => {
                let shown = other.to_string();
                self.faults
                    .add(|| wrong("input", "交易输入", &shown, "应为对象"));
                Json::Null
            }
        }
    }
}

fn wrong(key: &str, name: &str, value: &str, reason: &str) -> String {
    format!("报文头字段 {key}（{name}）的值“{}”{reason}", excerpt(value))
}

#[cfg(test)]
mod tests;
