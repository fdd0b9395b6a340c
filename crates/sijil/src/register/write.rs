//! The one kind of transaction: changes, their ledger entries, a signed head.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use sijil_ledger::{Hash, Signer, Tree};

use super::columns;
use super::error::{Result, corrupt};
use super::open::Register;
use super::pages::Pages;

/// One transaction: changes, their ledger entries, and at the end a signed head.
///
/// Dropped without [`Write::commit`] it leaves nothing behind.
pub struct Write<'r> {
    pub(super) tx: Transaction<'r>,
    pub(super) tree: Tree,
    /// Entries when it began.
    pub(super) begun: u64,
    /// Columns on their way to what the entries say.
    pub(super) columns: columns::State,
    kept: &'r mut Option<Tree>,
    pages: &'r mut Option<Pages>,
    signer: &'r Signer,
}

impl Register {
    /// Begins a transaction.
    ///
    /// # Errors
    /// When the database cannot be locked.
    pub fn write(&mut self) -> Result<Write<'_>> {
        let tree = match self.tree.take() {
            Some(tree) => tree,
            None => Tree::from_leaves(read_leaves(&self.db)?),
        };
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Write {
            tx,
            begun: tree.size(),
            tree,
            columns: columns::State::default(),
            kept: &mut self.tree,
            pages: &mut self.pages,
            signer: &self.signer,
        })
    }
}

impl Write<'_> {
    /// Signs the new head and commits everything; without an entry nothing is written.
    ///
    /// # Errors
    /// When the database refuses; then nothing of the transaction is kept.
    pub fn commit(mut self) -> Result<()> {
        if self.tree.size() == self.begun {
            self.tx.rollback()?;
        } else {
            self.columns.flush(&self.tx)?;
            super::ledger::insert_head(&self.tx, &self.tree, self.signer)?;
            self.tx.commit()?;
            if let Some(pages) = self.pages {
                pages.follow();
            }
        }
        *self.kept = Some(self.tree);
        Ok(())
    }
}

pub(super) fn read_leaves(db: &Connection) -> Result<Vec<Hash>> {
    let mut query = db.prepare("SELECT leaf FROM ledger INDEXED BY ledger_leaf ORDER BY number")?;
    let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|leaf| Hash::try_from(leaf?.as_slice()).map_err(corrupt("ledger entry's hash")))
        .collect()
}
