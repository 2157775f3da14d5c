//! What happens when a batch is told to stop.
//!
//! The first SIGINT or SIGTERM ends it on a whole record, with what is to be said; the second one
//! ends it at once. The exit status is 128 and the signal's number, as if the signal had done it.

use std::sync::{Arc, Mutex};

use anyhow::Result;

use super::delivery::Delivery;

/// Watches for signals from here on.
#[cfg(unix)]
pub fn watch(delivery: &Arc<Mutex<Delivery>>) -> Result<()> {
    use std::sync::PoisonError;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    use signal_hook::iterator::Signals;

    use super::unfinished::Unfinished;

    let told = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag down, and raises it.
        flag::register_conditional_shutdown(signal, 128 + signal, told.clone())?;
        flag::register(signal, told.clone())?;
    }
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let delivery = delivery.clone();
    let wait = move || {
        let Some(signal) = signals.forever().next() else { return };
        // Between two records: whoever delivers holds the lock while it does.
        let mut delivery = delivery.lock().unwrap_or_else(PoisonError::into_inner);
        delivery.break_off(if signal == SIGINT { "interrupted" } else { "terminated" });
        let _none_begins = Unfinished::abandon_all();
        std::process::exit(128 + signal);
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
    Ok(())
}

/// Where there are no signals, a batch is simply ended.
#[cfg(not(unix))]
pub fn watch(_: &Arc<Mutex<Delivery>>) -> Result<()> {
    Ok(())
}
