//! Members of zip archives, in the order of the archive's directory.

use super::Members;
use crate::intake::Bytes;
use crate::intake::office::{damage, open_archive};

pub(super) fn members<E>(from: &dyn Bytes, members: &mut Members<'_, '_, E>) -> Result<(), E> {
    let mut archive = match open_archive(from) {
        Ok(archive) => archive,
        Err(why) => {
            members.damaged(why);
            return Ok(());
        }
    };
    for number in 0..archive.len() {
        let mut member = match archive.by_index(number) {
            Ok(member) => member,
            Err(e) => {
                members.damaged(format!("member {} {}", number + 1, damage(&e)));
                continue;
            }
        };
        if member.is_dir() {
            continue;
        }
        if member.is_symlink() {
            members.damaged("a member is a link: not followed".to_owned());
            continue;
        }
        let Ok(name) = member.name().map(String::from) else {
            members.damaged("a member has a name that does not read: refused".to_owned());
            continue;
        };
        let size = member.size();
        if !members.member(&name, size, &mut member)? {
            break;
        }
    }
    Ok(())
}
