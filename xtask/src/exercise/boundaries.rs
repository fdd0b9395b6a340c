//! Boundaries of the invented districts: rings that share their common borders point by point.

use super::province::DISTRICTS;

type Point = [f64; 2];

/// Where the four districts meet.
const CENTRE: Point = [-39.50, 30.45];

/// Outer border of each district, clockwise; the last point is the first of the next district.
const OUTER: [&[Point]; 4] = [
    // Darmak, in the south-west.
    &[[-39.52, 30.09], [-39.74, 30.03], [-39.93, 30.12], [-39.90, 30.26], [-39.96, 30.40]],
    // Talzin, in the north-west.
    &[
        [-39.96, 30.40],
        [-39.90, 30.55],
        [-39.98, 30.68],
        [-39.96, 30.80],
        [-39.70, 30.86],
        [-39.48, 30.83],
    ],
    // Khashwan, in the north-east.
    &[[-39.48, 30.83], [-39.22, 30.87], [-39.02, 30.76], [-38.98, 30.58], [-39.05, 30.44]],
    // Rabwan, in the south-east.
    &[[-39.05, 30.44], [-38.99, 30.28], [-39.08, 30.10], [-39.30, 30.04], [-39.52, 30.09]],
];

/// Border from the first outer point of each district inwards, without the centre.
const INNER: [&[Point]; 4] = [
    &[[-39.47, 30.22], [-39.55, 30.34]],
    &[[-39.80, 30.43], [-39.66, 30.37]],
    &[[-39.52, 30.70], [-39.44, 30.58]],
    &[[-39.20, 30.41], [-39.36, 30.48]],
];

/// One ring of `[longitude, latitude]` for each district, the first point not repeated.
pub(crate) fn rings() -> Vec<Vec<Point>> {
    let ring = |district: usize| {
        let next = (district + 1) % DISTRICTS.len();
        let inwards = INNER[next].iter().copied();
        let outwards = INNER[district].iter().rev().copied();
        OUTER[district].iter().copied().chain(inwards).chain([CENTRE]).chain(outwards).collect()
    };
    (0..DISTRICTS.len()).map(ring).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::province::{VILLAGES, district_of};

    /// Ray casting: whether a point lies in a ring.
    fn holds(ring: &[Point], lon: f64, lat: f64) -> bool {
        let edges = ring.iter().zip(ring.iter().cycle().skip(1));
        let crossed = edges.filter(|([x1, y1], [x2, y2])| {
            (*y1 > lat) != (*y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
        });
        crossed.count() % 2 == 1
    }

    #[test]
    fn every_place_lies_in_its_own_district_and_no_other() {
        let rings = rings();
        let villages = VILLAGES.iter().enumerate().map(|(i, village)| (district_of(i), village));
        for (own, place) in villages.chain(DISTRICTS.iter().enumerate()) {
            for (index, ring) in rings.iter().enumerate() {
                assert_eq!(holds(ring, place.lon, place.lat), index == own, "{}", place.name);
            }
        }
    }
}
