use jiff::civil::DateTime;
use terms::AreaCode;

use super::Numbers;
use super::json::Writer;

/// One institution with one operator at the keys (机构与经办人).
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// 定点医药机构编号.
    pub institution: &'a str,
    /// 名称.
    pub name: &'a str,
    /// The area the institution lies in (就医地).
    pub area: AreaCode,
    /// 经办人.
    pub operator: &'a str,
    /// 经办人姓名.
    pub operator_name: &'a str,
    /// Sign-in number of the day, or empty.
    pub sign_in: &'a str,
    /// Where message numbers come from.
    pub numbers: &'a Numbers,
}

/// A message ready to be sent, as often as it takes to get an answer (报文).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub number: String,
    /// Which transaction.
    pub transaction: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Sender<'_> {
    /// The envelope around an input; `insured` is the insured place, where a person is meant.
    pub(super) fn message(
        &self,
        transaction: &'static str,
        insured: Option<AreaCode>,
        now: DateTime,
        input: impl FnOnce(&mut Writer),
    ) -> Message {
        let number = self.numbers.next(self.institution, now);
        let mut json = Writer::with_room_for(6 * 1024);
        json.open('{')
            .text("infno", transaction)
            .text("msgid", &number)
            .text("mdtrtarea_admvs", &self.area.to_string());
        let insured = insured.map(|area| area.to_string()).unwrap_or_default();
        json.text("insuplc_admdvs", &insured)
            .text("recer_sys_code", "FSI_LOCAL")
            .text("dev_no", "")
            .text("dev_safe_info", "")
            .text("cainfo", "")
            .text("signtype", "")
            .text("infver", "V1.0")
            .text("opter_type", "1")
            .text("opter", self.operator)
            .text("opter_name", self.operator_name)
            .time("inf_time", now)
            .text("fixmedins_code", self.institution)
            .text("fixmedins_name", self.name)
            .text("sign_no", self.sign_in)
            .key("input")
            .open('{');
        input(&mut json);
        json.close('}').close('}');
        Message {
            number,
            transaction,
            body: json.finish(),
        }
    }
}
