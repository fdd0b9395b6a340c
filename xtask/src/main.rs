//! Generation and checks that are not part of the program.
fn main() {}
