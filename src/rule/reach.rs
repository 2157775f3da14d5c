//! Finds, for all places of a block at once, where what remains of a pattern can match.
//!
//! For each node of a layer's graph the set of places is computed from which the pattern can go on to its end: from
//! the end of the pattern to its beginning, so that each node asks only the nodes after it. Repeats are bounded, so the
//! graph has no cycle and each node is computed once, for every rule that shares it. The set of a rule's first node
//! is then exactly the places where the rule matches: rules that match nowhere are never walked
//! ([`super::matcher`]), and a walk never takes a way that leads nowhere.

use super::block::{Block, EMPTY, MapId, has};
use super::program::{Entry, Layer, Node, Places, Spans, Vocabulary};
use super::sets::Sets;

/// The sets of one block and layer, in memory that is used again for the next.
#[derive(Debug, Default)]
pub struct Reach {
    nodes: Sets,
    /// The sets of places that are made of others, and are the same in every layer.
    lasting: Sets,
    /// Those in which annotations have a part.
    passing: Sets,
    /// The number of the block.
    block: u32,
    /// The set that is being made.
    sum: Vec<u64>,
}

/// Where the map of a set of places is.
#[derive(Clone, Copy)]
enum Source {
    Block(MapId),
    Lasting(MapId),
    Passing(MapId),
}

impl Source {
    fn is_empty(self) -> bool {
        matches!(self, Self::Block(EMPTY) | Self::Lasting(EMPTY) | Self::Passing(EMPTY))
    }

    fn words<'m>(self, block: &'m Block, lasting: &'m Sets, passing: &'m Sets) -> &'m [u64] {
        match self {
            Self::Block(map) => block.map(map),
            Self::Lasting(map) => &lasting.maps[map..map + block.width],
            Self::Passing(map) => &passing.maps[map..map + block.width],
        }
    }
}

/// One layer on one block.
#[derive(Clone, Copy)]
pub struct Ground<'b> {
    /// The layer.
    pub layer: &'static Layer,
    /// The block.
    pub block: &'b Block,
    /// What the language's rules ask.
    pub vocabulary: &'static Vocabulary,
}

impl Reach {
    /// Begins a layer on a block.
    pub fn begin(&mut self, ground: Ground<'_>) {
        let (sets, width) = (ground.vocabulary.places.len(), ground.block.width);
        self.nodes.begin(ground.layer.nodes.len(), width);
        self.passing.begin(sets, width);
        if self.block != ground.block.number {
            self.block = ground.block.number;
            self.lasting.begin(sets, width);
        }
    }

    /// The places where a rule matches, as a map for [`Self::map`].
    pub fn find(&mut self, entry: &Entry, ground: Ground<'_>) -> MapId {
        // The sentences that may hold something of all that the rule needs.
        let mut sentences = u64::MAX;
        for need in entry.needs {
            let mut these = need.base.iter().fold(0, |all, places| all | ground.block.sentences(*places));
            for places in need.made {
                these |= self.sentences(*places, ground);
            }
            sentences &= these;
            if sentences == 0 {
                return EMPTY;
            }
        }
        for node in entry.nodes {
            if self.nodes.known(*node).is_none() {
                let map = self.node(ground.layer.nodes[*node as usize], ground);
                self.nodes.learn(*node, map);
            }
        }
        self.of(entry.node)
    }

    /// A map's words.
    pub fn map(&self, map: MapId, ground: Ground<'_>) -> &[u64] {
        &self.nodes.maps[map..map + ground.block.width]
    }

    /// Whether the pattern can go on from a node at a place.
    pub fn can(&self, node: u16, place: u32) -> bool {
        has(&self.nodes.maps[self.of(node)..], place)
    }

    fn of(&self, node: u16) -> MapId {
        self.nodes.of(node)
    }

    /// Computes a node's map; those of the nodes after it are there.
    fn node(&mut self, node: Node, ground: Ground<'_>) -> MapId {
        let width = ground.block.width;
        match node {
            Node::Accept => {
                let (_, map, at) = self.nodes.room(width);
                map.fill(u64::MAX);
                self.nodes.keep(at, width)
            }
            Node::Save(_, next) => self.of(next),
            Node::Split(one, other) => match (self.of(one), self.of(other)) {
                (one, EMPTY) => one,
                (EMPTY, other) => other,
                (one, other) if one == other => one,
                (one, other) => self.either(one, other, width),
            },
            Node::Token { places, next } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.step(places, next, ground),
            },
            Node::Span { spans, next, .. } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.span(&ground.vocabulary.spans[spans as usize], next, ground),
            },
            Node::Behind { negative, places, spans, next } => match self.of(next) {
                EMPTY => EMPTY,
                next => self.behind(negative, places, spans, next, ground),
            },
            Node::Ahead { negative, look, next } => match (self.of(look), self.of(next)) {
                (_, EMPTY) => EMPTY,
                (EMPTY, next) => {
                    if negative {
                        next
                    } else {
                        EMPTY
                    }
                }
                (look, next) => {
                    let (before, map, at) = self.nodes.room(width);
                    let flip = if negative { u64::MAX } else { 0 };
                    for ((to, look), next) in map.iter_mut().zip(&before[look..]).zip(&before[next..]) {
                        *to = (look ^ flip) & next;
                    }
                    self.nodes.keep(at, width)
                }
            },
            Node::Start(next) => self.only(ground.block.map(ground.block.starts()), self.of(next)),
            Node::End(next) => self.only(ground.block.map(ground.block.ends()), self.of(next)),
        }
    }

    fn either(&mut self, one: MapId, other: MapId, width: usize) -> MapId {
        let (before, map, at) = self.nodes.room(width);
        for ((to, one), other) in map.iter_mut().zip(&before[one..]).zip(&before[other..]) {
            *to = one | other;
        }
        self.nodes.top = at + width;
        at
    }

    /// The places of `next` that are among some others.
    fn only(&mut self, these: &[u64], next: MapId) -> MapId {
        let (before, map, at) = self.nodes.room(these.len());
        for ((to, this), next) in map.iter_mut().zip(these).zip(&before[next..]) {
            *to = this & next;
        }
        self.nodes.keep(at, these.len())
    }

    /// The places of a set after which `next` can go on.
    fn step(&mut self, places: u16, next: MapId, ground: Ground<'_>) -> MapId {
        let places = self.places(places, ground);
        if places.is_empty() {
            return EMPTY;
        }
        self.before(places, next, ground.block)
    }

    fn before(&mut self, places: Source, next: MapId, block: &Block) -> MapId {
        let places = places.words(block, &self.lasting, &self.passing);
        let (before, map, at) = self.nodes.room(block.width);
        let next = &before[next..next + block.width];
        let mut any = 0;
        // The place after one is the bit above; that of the last bit of a word is in the next word.
        for ((to, place), pair) in map.iter_mut().zip(places).zip(next.windows(2)) {
            *to = place & (pair[0] >> 1 | pair[1] << 63);
            any |= *to;
        }
        let last = block.width - 1;
        map[last] = places[last] & next[last] >> 1;
        any |= map[last];
        if any == 0 {
            return EMPTY;
        }
        self.nodes.top = at + block.width;
        at
    }

    /// The places where an annotation begins after which `next` can go on.
    fn span(&mut self, spans: &Spans, next: MapId, ground: Ground<'_>) -> MapId {
        let ones = self.places(spans.ones, ground);
        let mut map = if ones.is_empty() { EMPTY } else { self.before(ones, next, ground.block) };
        for (from, to) in ground.block.longer(spans.sort) {
            if has(&self.nodes.maps[next..], *to) && self.passes(spans, *from, *to, ground) {
                if map == EMPTY {
                    let (_, words, at) = self.nodes.room(ground.block.width);
                    words.fill(0);
                    self.nodes.top = at + ground.block.width;
                    map = at;
                }
                self.nodes.maps[map + *from as usize / 64] |= 1 << (from % 64);
            }
        }
        map
    }

    /// The places of `next` before which one of these stands, or none of them.
    fn behind(&mut self, negative: bool, places: Option<u16>, spans: &[u16], next: MapId, ground: Ground<'_>) -> MapId {
        let (block, spans) = (ground.block, spans.iter().map(|s| &ground.vocabulary.spans[*s as usize]));
        let (_, map, at) = self.nodes.room(block.width);
        map.fill(0);
        self.nodes.top = at + block.width;
        for places in places.into_iter().chain(spans.clone().map(|s| s.ones)) {
            let places = self.places(places, ground);
            let mut carry = 0;
            for (to, place) in self.nodes.maps[at..].iter_mut().zip(places.words(block, &self.lasting, &self.passing)) {
                *to |= place << 1 | carry;
                carry = place >> 63;
            }
        }
        for spans in spans {
            for (from, to) in block.longer(spans.sort) {
                if self.passes(spans, *from, *to, ground) {
                    self.nodes.maps[at + *to as usize / 64] |= 1 << (to % 64);
                }
            }
        }
        let flip = if negative { u64::MAX } else { 0 };
        let (before, rest) = self.nodes.maps.split_at_mut(at);
        for (to, next) in rest[..block.width].iter_mut().zip(&before[next..]) {
            *to = (*to ^ flip) & next;
        }
        self.nodes.keep(at, block.width)
    }

    /// Whether an annotation of two tokens or more is what a pattern asks for.
    pub fn passes(&mut self, spans: &Spans, from: u32, to: u32, ground: Ground<'_>) -> bool {
        spans.first.iter().all(|(places, negative)| self.holds(*places, from, ground) != *negative)
            && spans.same.iter().all(|(sort, negative)| ground.block.longer(*sort).contains(&(from, to)) != *negative)
            && spans.last.iter().all(|(places, negative)| self.holds(*places, to - 1, ground) != *negative)
    }

    /// Whether a place belongs to a set.
    pub fn holds(&mut self, places: u16, place: u32, ground: Ground<'_>) -> bool {
        let map = self.places(places, ground);
        has(map.words(ground.block, &self.lasting, &self.passing), place)
    }

    /// The sentences that a set which is made of others may have places in, as bits.
    fn sentences(&mut self, places: u16, ground: Ground<'_>) -> u64 {
        let (sets, map) = match self.places(places, ground) {
            Source::Block(_) => return ground.block.sentences(places),
            Source::Lasting(map) => (&mut self.lasting, map),
            Source::Passing(map) => (&mut self.passing, map),
        };
        if map == EMPTY {
            return 0;
        }
        let (turn, sentences) = sets.sentences[places as usize];
        if turn == sets.turn {
            return sentences;
        }
        let sentences = ground.block.sentences_of(&sets.maps[map..map + ground.block.width]);
        sets.sentences[places as usize] = (sets.turn, sentences);
        sentences
    }

    /// The map of a set of places.
    fn places(&mut self, places: u16, ground: Ground<'_>) -> Source {
        let lasting = match ground.vocabulary.places[places as usize] {
            Places::Base => return Source::Block(ground.block.base(places)),
            Places::All(lasting, _) | Places::Any(lasting, _) => lasting,
        };
        let known = if lasting { self.lasting.known(places) } else { self.passing.known(places) };
        let map = known.unwrap_or_else(|| self.make(places, lasting, ground));
        if lasting { Source::Lasting(map) } else { Source::Passing(map) }
    }

    /// Makes the map of a set of places from those of others.
    fn make(&mut self, places: u16, lasting: bool, ground: Ground<'_>) -> MapId {
        let mut sum = std::mem::take(&mut self.sum);
        sum.clear();
        match ground.vocabulary.places[places as usize] {
            Places::Base => {}
            Places::All(_, all) => intersect(all, ground.block, &mut sum),
            Places::Any(_, any) => {
                for places in any {
                    let source = self.places(*places, ground);
                    if !source.is_empty() {
                        sum.resize(ground.block.width, 0);
                        let words = source.words(ground.block, &self.lasting, &self.passing);
                        sum.iter_mut().zip(words).for_each(|(to, word)| *to |= word);
                    }
                }
            }
        }
        let sets = if lasting { &mut self.lasting } else { &mut self.passing };
        let mut map = EMPTY;
        if !sum.is_empty() {
            let (_, words, at) = sets.room(ground.block.width);
            words.copy_from_slice(&sum);
            map = sets.keep(at, ground.block.width);
        }
        sets.learn(places, map);
        self.sum = sum;
        map
    }
}

/// The places of all these sets of the block's own, or not of those that are flagged; nothing, if there are none.
fn intersect(all: &[(u16, bool)], block: &Block, to: &mut Vec<u64>) {
    if all.iter().any(|(places, negative)| !negative && block.base(*places) == EMPTY) {
        return;
    }
    let (first, rest) = match all {
        [(first, false), rest @ ..] => (block.base(*first), rest),
        _ => (block.all_tokens(), all),
    };
    to.extend_from_slice(block.map(first));
    for (places, negative) in rest {
        let other = block.base(*places);
        if other != EMPTY {
            let flip = if *negative { u64::MAX } else { 0 };
            to.iter_mut().zip(block.map(other)).for_each(|(to, other)| *to &= other ^ flip);
        }
    }
}
