use jiff::civil::DateTime;

use super::{Message, Sender};

impl Sender<'_> {
    /// Signs the operator in for the day (签到).
    pub fn sign_in(&self, now: DateTime) -> Message {
        self.message("9001", None, now, |json| {
            json.key("signIn")
                .open('{')
                .text("opter_no", self.operator)
                .text("mac", "00-00-00-00-00-00")
                .text("ip", "127.0.0.1")
                .close('}');
        })
    }

    /// Asks who the person with an identity number is (人员信息获取).
    pub fn look_up(&self, id_number: &str, name: &str, now: DateTime) -> Message {
        self.message("1101", None, now, |json| {
            json.key("data")
                .open('{')
                .text("mdtrt_cert_type", "02")
                .text("mdtrt_cert_no", id_number)
                .text("card_sn", "")
                .time("begntime", now)
                .text("psn_cert_type", "01")
                .text("certno", id_number)
                .text("psn_name", name)
                .close('}');
        })
    }
}
