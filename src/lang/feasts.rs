//! Feasts of lunar calendars, whose days stand in a list year by year.
//!
//! Not here: feasts that a rule tells (Easter, the fourth Thursday of a month), or what a language calls them.

/// A line each: name, first year, and from then on a month and day for each year, or `-`.
const LIST: &str = include_str!("shared/feasts.years");

/// The place of a feast in the list.
pub fn find(name: &str) -> Option<u8> {
    let at = rows().position(|row| row.split('\t').next() == Some(name))?;
    u8::try_from(at).ok()
}

/// The month and day of the feast at a place of the list, where the list has that year.
pub fn day(feast: u8, year: i16) -> Option<(i8, i8)> {
    let mut cells = rows().nth(usize::from(feast))?.split('\t').skip(1);
    let first: i16 = cells.next()?.parse().ok()?;
    let nth = usize::try_from(year.checked_sub(first)?).ok()?;
    let (month, day) = cells.next()?.split(' ').nth(nth)?.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

fn rows() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_some_years() {
        let day = |name, year| day(find(name)?, year);
        assert_eq!(day("diwali", 2019), Some((10, 27)));
        assert_eq!(day("eid_al_fitr", 2024), Some((4, 10)));
        assert_eq!(day("chinese_new_year", 2025), Some((1, 29)));
        assert_eq!(day("diwali", 1066), None);
        assert_eq!(find("no such feast"), None);
    }

    #[test]
    fn every_row_is_in_order_and_full() {
        let names: Vec<_> = rows().map(|row| row.split('\t').next()).collect();
        assert!(names.is_sorted() && names.len() < 256);
        for row in rows() {
            let cells: Vec<_> = row.split('\t').collect();
            let dash_or_day = |c: &str| c == "-" || (c.len() == 5 && c.as_bytes()[2] == b'-');
            assert!(cells.len() == 3 && cells[1].parse::<i16>().is_ok() && cells[2].split(' ').all(dash_or_day), "{row}");
        }
    }
}
