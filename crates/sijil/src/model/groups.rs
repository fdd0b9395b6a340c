//! Groups that pairs make of things: how many persons there are if these pairs are one.

/// Links at least this likely are kept when the high end of a figure is counted.
pub const CERTAIN: f64 = 0.95;

/// Number of groups that `count` things fall into when `joined` pairs are one.
pub fn groups(count: usize, joined: impl Iterator<Item = (usize, usize)>) -> usize {
    let mut parent: Vec<usize> = (0..count).collect();
    let mut left = count;
    for (a, b) in joined {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        if a != b {
            parent[a.max(b)] = a.min(b);
            left -= 1;
        }
    }
    left
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
