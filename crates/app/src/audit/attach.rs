use ::store::{Answer, AuditCommit, DoubtAttachmentRow, DoubtFileRow, DoubtRow};
use sha2::{Digest, Sha256};
use workflow::doubt::State;

use super::desk::state_of;
use super::officer::Officer;
use super::record::count;
use super::step::Move;
use crate::{App, Error};

/// An attachment is of so many bytes at most.
pub const ATTACHMENT_BYTES: usize = 5 * 1024 * 1024;
/// A doubt has so many attachments at most.
pub const ATTACHMENTS_PER_DOUBT: usize = 10;
/// A file name has so many characters at most.
const NAME: usize = 120;

/// What is taken, by what the bytes begin with.
const TYPES: [(&str, &[u8]); 3] = [
    ("application/pdf", b"%PDF-"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
];

/// Something handed in about a doubt (附件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// File name.
    pub name: String,
    /// The bytes; what they are is read from them, not from the name.
    pub bytes: Vec<u8>,
}

impl App {
    /// Takes in an attachment (上传附件): from the institution while the doubt lies with it, from
    /// the agency until it is decided.
    ///
    /// # Errors
    /// `attachment_type`, `attachment_size`, `attachment_name`, `attachments_full`;
    /// `attachment_late` where the doubt lies elsewhere.
    pub async fn attach(
        &self,
        officer: &Officer,
        doubt: &str,
        new: &NewAttachment,
    ) -> Result<DoubtAttachmentRow, Error> {
        let row = self.doubt_seen(officer, doubt).await?;
        let media_type = checked(new)?;
        may_attach(officer, &row)?;
        let area = officer.actor.area;
        let known = self
            .store
            .doubt_attachments(area, &row.owner, doubt)
            .await?;
        let hash = hex(&Sha256::digest(&new.bytes));
        if let Some(same) = known.iter().find(|one| one.hash == hash) {
            return Ok(same.clone());
        }
        if known.len() >= ATTACHMENTS_PER_DOUBT {
            let message = format!("疑点{doubt}已有{ATTACHMENTS_PER_DOUBT}个附件");
            return Err(Error::refused("attachments_full", message));
        }
        let side = match officer.institution {
            Some(_) => "institution",
            None => "agency",
        };
        let attachment = DoubtAttachmentRow {
            owner: row.owner.clone(),
            doubt: row.doubt.clone(),
            attachment: self.numbers.named("FJ"),
            side: side.to_owned(),
            name: new.name.trim().to_owned(),
            media_type: media_type.to_owned(),
            size: count(new.bytes.len()),
            hash: hash.clone(),
            added_by: officer.name.clone(),
            added_at: officer.actor.at,
        };
        let mut commit = AuditCommit::new(area);
        commit.attachments.push(attachment.clone());
        commit.files.push(DoubtFileRow {
            owner: row.owner,
            hash,
            body: new.bytes.clone(),
        });
        let access = officer.actor.access(self, "attach", doubt, "done");
        commit.access.push((row.person_no, access));
        match self.store.record_audit(&commit).await? {
            Answer::Done => Ok(attachment),
            _ => Err(Error::Busy),
        }
    }

    /// An attachment with its bytes; that it was read is noted.
    ///
    /// # Errors
    /// [`Error::Missing`] where the doubt has none of this number.
    pub async fn attachment(
        &self,
        officer: &Officer,
        doubt: &str,
        attachment: &str,
    ) -> Result<(DoubtAttachmentRow, Vec<u8>), Error> {
        let row = self.doubt_seen(officer, doubt).await?;
        let area = officer.actor.area;
        let known = self
            .store
            .doubt_attachments(area, &row.owner, doubt)
            .await?;
        let missing = || Error::missing("附件", attachment);
        let found = known.into_iter().find(|one| one.attachment == attachment);
        let found = found.ok_or_else(missing)?;
        let bytes = self.store.doubt_file(area, &row.owner, &found.hash).await?;
        let person = row.person_no.as_str();
        self.note_reading(officer, person, "read_attachment", attachment)
            .await?;
        Ok((found, bytes.ok_or_else(missing)?))
    }

    /// The attachments a move names, as its step notes them.
    pub(super) async fn attached(
        &self,
        officer: &Officer,
        row: &DoubtRow,
        asked: &Move,
    ) -> Result<serde_json::Value, Error> {
        if asked.attachments.is_empty() {
            return Ok(serde_json::json!([]));
        }
        let area = officer.actor.area;
        let known = self
            .store
            .doubt_attachments(area, &row.owner, &row.doubt)
            .await?;
        let named = |id: &String| {
            let found = known.iter().find(|one| one.attachment == *id);
            let one = found.ok_or_else(|| Error::missing("附件", id))?;
            let (name, hash) = (&one.name, &one.hash);
            Ok(serde_json::json!({ "id": id, "name": name, "hash": hash }))
        };
        asked.attachments.iter().map(named).collect()
    }
}

/// Whether this officer may still hand something in.
pub(super) fn may_attach(officer: &Officer, row: &DoubtRow) -> Result<(), Error> {
    let state = state_of(row)?;
    let today = officer.actor.at.date();
    let late = row.due.filter(|due| today > *due);
    let message = match (&officer.institution, state, late) {
        (Some(_), State::Published, None) => return Ok(()),
        (Some(_), State::Published, Some(due)) => format!("疑点{}期限{due}已过", row.doubt),
        (None, ..) if may_add(officer, state) => return Ok(()),
        _ => format!("疑点{}{}", row.doubt, state.zh()),
    };
    Err(Error::refused(
        "attachment_late",
        format!("{message}，不再收附件"),
    ))
}

/// Whether somebody of the agency may add to a doubt that stands there.
fn may_add(officer: &Officer, state: State) -> bool {
    !state.is_final() && state != State::Confirmed && !officer.roles.is_empty()
}

fn checked(new: &NewAttachment) -> Result<&'static str, Error> {
    let (name, size) = (new.name.trim(), new.bytes.len());
    if name.is_empty() || name.chars().count() > NAME || name.contains(['/', '\\', '\0']) {
        let message = format!("附件名“{name}”不行：1至{NAME}个字，不带路径");
        return Err(Error::refused("attachment_name", message));
    }
    if size == 0 || size > ATTACHMENT_BYTES {
        let most = ATTACHMENT_BYTES / 1024 / 1024;
        let message = format!("附件“{name}”有{size}字节，应大于0且不超过{most}兆字节");
        return Err(Error::refused("attachment_size", message));
    }
    let known = TYPES.iter().find(|(_, head)| new.bytes.starts_with(head));
    known.map(|(name, _)| *name).ok_or_else(|| {
        let message = format!("附件“{name}”不是PDF、PNG或JPEG文件");
        Error::refused("attachment_type", message)
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
