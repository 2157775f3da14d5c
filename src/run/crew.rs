//! Many threads on many inputs, and their records in the order of the inputs.
//!
//! One thread feeds, several extract, and the one that was there first writes. What has been read
//! and not yet been written is a window, limited in records and in bytes; when it is full, feeding
//! waits. Threads are begun one by one as jobs come, so that one input takes one. They are never
//! waited for: when the output breaks, the feeding one may hang on an input for ever.

use std::sync::mpsc::{self, Receiver, RecvError, SyncSender, TryRecvError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Error, Result, anyhow};

use super::delivery::{Delivery, Event};
use super::feed::Sink;
use super::work::{Done, Job, Work};

/// How many records a thread may be ahead by.
const AHEAD: usize = 64;

/// How many bytes of inputs the window may hold, and how many more for each thread. One input alone
/// may exceed it.
const WINDOW: u64 = 16 << 20;
const WINDOW_PER_JOB: u64 = 1 << 20;

/// The stack of a thread that extracts: what the first thread of a process has.
const STACK: usize = 8 << 20;

/// An event in its place, or the promise of one.
enum Slot {
    Event(Event),
    Promise(Receiver<Result<Done>>),
}

/// Feeds `jobs` threads from a thread of its own, and delivers what comes of it.
pub fn run<F>(jobs: usize, work: Arc<Work>, delivery: &Mutex<Delivery>, feed: F) -> Result<()>
where
    F: FnOnce(&mut dyn Sink) -> Result<()> + Send + 'static,
{
    let window = Arc::new(Window { limit: WINDOW + jobs as u64 * WINDOW_PER_JOB, used: Mutex::new(0), freed: Condvar::new() });
    let (slots, ordered) = mpsc::sync_channel(jobs.saturating_mul(AHEAD));
    let (queue, waiting) = mpsc::sync_channel(jobs.saturating_mul(AHEAD));
    let mut foreman = Foreman { jobs, hired: 0, work, queue, waiting: Arc::new(Mutex::new(waiting)), slots, window: window.clone() };
    let feeding = thread::Builder::new().name("feed".to_owned()).stack_size(STACK).spawn(move || feed(&mut foreman))?;
    deliver(&ordered, delivery, &window)?;
    // The channel closed, so the feeding is over.
    feeding.join().map_err(|_| anyhow!("the inputs could not be listed"))?
}

fn deliver(ordered: &Receiver<Slot>, delivery: &Mutex<Delivery>, window: &Window) -> Result<()> {
    let lock = || delivery.lock().unwrap_or_else(PoisonError::into_inner);
    // While there is nothing to write, whoever waits for a record gets those that are there.
    while let Ok(slot) = patiently(ordered, || lock().flush())? {
        let event = match slot {
            Slot::Event(event) => event,
            Slot::Promise(promise) => Event::Done(patiently(&promise, || lock().flush())?.map_err(Error::new)??),
        };
        let weight = event.weight();
        lock().take(event)?;
        window.release(weight);
    }
    Ok(())
}

/// Receives, and does something useful before it comes to waiting.
fn patiently<T>(from: &Receiver<T>, meanwhile: impl FnOnce() -> Result<()>) -> Result<Result<T, RecvError>> {
    match from.try_recv() {
        Ok(it) => Ok(Ok(it)),
        Err(TryRecvError::Disconnected) => Ok(Err(RecvError)),
        Err(TryRecvError::Empty) => {
            meanwhile()?;
            Ok(from.recv())
        }
    }
}

/// A job, and who is waiting for what comes of it.
type Order = (Job, SyncSender<Result<Done>>);

/// Hands jobs to threads.
struct Foreman {
    jobs: usize,
    hired: usize,
    work: Arc<Work>,
    queue: SyncSender<Order>,
    waiting: Arc<Mutex<Receiver<Order>>>,
    slots: SyncSender<Slot>,
    window: Arc<Window>,
}

impl Foreman {
    fn hire(&mut self) -> Result<()> {
        let (work, waiting) = (self.work.clone(), self.waiting.clone());
        let next = move || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let extract = move || {
            while let Ok((job, answer)) = next() {
                // Nobody waits for the answer any more when the output is broken.
                let _ = answer.send(work.on(job));
            }
        };
        thread::Builder::new().name(format!("extract {}", self.hired)).stack_size(STACK).spawn(extract)?;
        self.hired += 1;
        Ok(())
    }
}

impl Sink for Foreman {
    fn job(&mut self, job: Job) -> Result<()> {
        self.window.acquire(job.weight);
        let (answer, promise) = mpsc::sync_channel(1);
        self.slots.send(Slot::Promise(promise)).map_err(|_| anyhow!("nobody takes the records"))?;
        if self.hired < self.jobs {
            self.hire()?;
        }
        self.queue.send((job, answer)).map_err(|_| anyhow!("nobody does the work"))
    }

    fn event(&mut self, event: Event) -> Result<()> {
        self.slots.send(Slot::Event(event)).map_err(|_| anyhow!("nobody takes the records"))
    }

    fn may_wait(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What may be read ahead, in bytes.
struct Window {
    limit: u64,
    used: Mutex<u64>,
    freed: Condvar,
}

impl Window {
    fn used(&self) -> MutexGuard<'_, u64> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room, or nothing else is there.
    fn acquire(&self, bytes: u64) {
        let full = |used: &mut u64| *used > 0 && used.saturating_add(bytes) > self.limit;
        let mut used = self.freed.wait_while(self.used(), full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
    }

    fn release(&self, bytes: u64) {
        if bytes > 0 {
            *self.used() -= bytes;
            self.freed.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_window_holds_back() {
        let window = Arc::new(Window { limit: 10, used: Mutex::new(0), freed: Condvar::new() });
        window.acquire(100);
        let (sender, receiver) = mpsc::channel();
        let other = window.clone();
        thread::spawn(move || {
            other.acquire(6);
            other.acquire(4);
            sender.send(()).expect("heard");
            other.acquire(1);
            sender.send(()).expect("heard");
        });
        assert!(receiver.recv_timeout(Duration::from_millis(50)).is_err(), "one that is too large is alone");
        window.release(100);
        assert!(receiver.recv_timeout(Duration::from_secs(20)).is_ok());
        assert!(receiver.recv_timeout(Duration::from_millis(50)).is_err(), "and it holds no more than it may");
        window.release(6);
        assert!(receiver.recv_timeout(Duration::from_secs(20)).is_ok());
    }
}
