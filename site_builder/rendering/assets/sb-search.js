// Search in pages and documents: an index in small scripts, so that it works from a folder too.
// What is in the index, and how it is written, is told in site_builder/searching.
(() => {
  "use strict";
  const text = {
    loading: "Đang tìm…",
    none: "Không tìm thấy kết quả nào.",
    found: (n) => `${n.toLocaleString("vi-VN")} kết quả.`,
    unknown: (words) => `Không có ở đâu: ${words.map((word) => `“${word}”`).join(", ")}.`,
    partial: "Không mục nào có đủ các từ; dưới đây là những mục có nhiều từ nhất.",
    failed: "Không tải được dữ liệu tìm kiếm. Hãy tải lại trang rồi thử lại.",
    more: "Xem thêm kết quả",
    at: { page: (n) => `trang ${n}`, sheet: (n) => `bảng ${n}`, slide: (n) => `trang chiếu ${n}` },
    open: (title, place) => `Mở ${place} của ${title}`,
    also: "có cả ở",
    kinds: { c: "Tiêu chí", x: "Giải trình", d: "Tài liệu" },
  };

  // --- words, cut as the index was

  const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g;
  const WORD = /\p{Nd}{1,40}|[\p{L}\p{Nl}\p{No}]{1,40}/gu;
  const DIGITS = /^\p{Nd}/u;
  const MOST_WORDS = 12;
  const fold = (words) =>
    words.normalize("NFD").replace(MARKS, "").replace(/\u0111/g, "d").replace(/\u0110/g, "D").toLowerCase();
  const wordsOf = (words) => fold(words).match(WORD) || [];
  const numberOf = (words) =>
    "#" + words.map((word) => (DIGITS.test(word) ? word.replace(/^0+/, "") || "0" : word)).join(".");

  // --- numbers, as site_builder/searching/coding.py writes them

  const ENDS = 60;
  const GOES_ON = 32;
  const CODES = new Uint8Array(128);
  for (let code = 32, n = 0; n < ENDS + GOES_ON; code += 1) {
    if (code !== 34 && code !== 92) CODES[code] = n++;
  }
  class Numbers {
    constructor(written, at = 0) {
      this.written = written;
      this.at = at;
    }
    next() {
      let code = CODES[this.written.charCodeAt(this.at++)];
      let rest = 0;
      while (code >= ENDS) {
        rest = rest * GOES_ON + code - ENDS + 1;
        code = CODES[this.written.charCodeAt(this.at++)];
      }
      return rest * ENDS + code;
    }
    * [Symbol.iterator]() {
      while (this.at < this.written.length) yield this.next();
    }
  }

  // --- parts of the index, each loaded once

  let base = "";
  let version = "";
  const parts = new Map();
  const waiting = new Map();
  const load = (name) => {
    if (!parts.has(name)) {
      parts.set(name, new Promise((keep, fail) => {
        const script = document.createElement("script");
        const lost = () => {
          parts.delete(name);
          fail(new Error(name));
        };
        waiting.set(name, { keep, lost });
        script.onerror = lost;
        script.onload = () => script.remove();
        script.src = base + name + ".js" + (version && `?${version}`);
        document.head.append(script);
      }));
    }
    return parts.get(name);
  };
  const take = (name, made, data) => {
    const waits = waiting.get(name);
    waiting.delete(name);
    if (!waits) return;
    // A part of another build: the site was published anew while this page was open.
    if (version && version !== made) waits.lost();
    else {
      version = made;
      waits.keep(data);
    }
  };

  let started;
  const start = () => {
    started = started || load("m").then(([count, kinds, firsts, sizes, lengths, each]) => {
      const heads = new Uint32Array(count);
      const pieces = new Uint32Array(count + 1);
      const long = [];
      const numbers = new Numbers(lengths);
      for (let id = 0; id < count; id += 1) {
        heads[id] = numbers.next();
        const some = numbers.next();
        pieces[id + 1] = pieces[id] + some;
        for (let n = 0; n < some; n += 1) long.push(numbers.next());
      }
      const chunks = [0];
      for (const size of new Numbers(sizes)) chunks.push(chunks[chunks.length - 1] + size);
      const usual = long.reduce((sum, one) => sum + one, 0) / (long.length || 1) || 1;
      return { count, kinds, firsts: firsts ? firsts.split(" ") : [], heads, pieces, long, chunks, each, usual };
    }).catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };

  // The last place of a sorted list that is not after a value.
  const below = (list, value) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };

  const shelf = async (n) => {
    const part = await load(`w${n}`);
    if (!part.words) {
      let at = 0;
      part.words = part[0].split(" ");
      part.starts = [...new Numbers(part[1])].map((size) => (at += size) - size);
    }
    return part;
  };

  const lists = new Map();
  const KEPT = 60;
  // Where a word stands: by entry the places in order, as [start, end) of one array.
  const listAt = (part, n) => {
    const word = part.words[n];
    let list = lists.get(word);
    if (!list) {
      const numbers = new Numbers(part[2], part.starts[n]);
      const count = numbers.next();
      const ids = new Uint32Array(count);
      const ends = new Uint32Array(count);
      for (let i = 0, id = 0, end = 0; i < count; i += 1) {
        ids[i] = id += numbers.next();
        ends[i] = end += numbers.next();
      }
      const places = new Uint32Array(count ? ends[count - 1] : 0);
      for (let i = 0, k = 0; i < count; i += 1) {
        for (let place = 0; k < ends[i]; k += 1) places[k] = place += numbers.next();
      }
      const order = new Map();
      ids.forEach((id, i) => order.set(id, i));
      list = {
        ids,
        size: count,
        has: (id) => order.has(id),
        places: (id) => {
          const i = order.get(id);
          return i === undefined ? NONE : places.subarray(i && ends[i - 1], ends[i]);
        },
      };
      lists.set(word, list);
      if (lists.size > KEPT) lists.delete(lists.keys().next().value);
    }
    return list;
  };
  const NONE = new Uint32Array(0);

  const union = (some) => {
    if (some.length === 1) return some[0];
    const holding = new Map();
    for (const list of some) {
      for (const id of list.ids) {
        const known = holding.get(id);
        if (known) known.push(list);
        else holding.set(id, [list]);
      }
    }
    return {
      ids: [...holding.keys()],
      size: holding.size,
      has: (id) => holding.has(id),
      places: (id) => {
        const all = (holding.get(id) || []).map((list) => list.places(id));
        if (all.length < 2) return all[0] || NONE;
        const merged = new Uint32Array(all.reduce((sum, one) => sum + one.length, 0));
        let at = 0;
        for (const one of all) {
          merged.set(one, at);
          at += one.length;
        }
        return merged.sort();
      },
    };
  };

  const exact = async (index, word) => {
    const n = below(index.firsts, word);
    if (n < 0) return null;
    const part = await shelf(n);
    const at = below(part.words, word);
    return part.words[at] === word ? listAt(part, at) : null;
  };

  // Words that begin so; null when they are spread over too many parts to be worth loading.
  const beginning = async (index, start_, most) => {
    const first = Math.max(0, below(index.firsts, start_));
    let last = first;
    while (last + 1 < index.firsts.length && index.firsts[last + 1].startsWith(start_)) last += 1;
    if (last - first >= most) return null;
    const found = [];
    const some = await Promise.all(Array.from({ length: last - first + 1 }, (_, i) => shelf(first + i)));
    for (const part of some) {
      let at = below(part.words, start_);
      if (part.words[at] !== start_) at += 1;
      for (; at < part.words.length && part.words[at].startsWith(start_); at += 1) found.push([part, at]);
    }
    return found;
  };

  // --- what is asked for

  const SPREAD = 3;
  const MOST_ENDINGS = 200;
  const wordTerm = async (index, word, last) => {
    const own = await exact(index, word);
    const term = { words: [word], list: own, starts: last, own };
    if (last && word.length > 1) {
      const found = await beginning(index, word, SPREAD);
      if (found && found.length && found.length <= MOST_ENDINGS) {
        term.list = union(found.map(([part, at]) => listAt(part, at)));
      }
    }
    return term;
  };

  // The longest row of words from the n-th on that is the number of something.
  const numberTerm = async (index, words, n) => {
    const start_ = numberOf([words[n]]);
    const [alone, found] = await Promise.all([exact(index, start_), beginning(index, `${start_}.`, SPREAD * 4)]);
    if (!found || !(found.length || alone)) return null;
    for (let end = words.length; end > n; end -= 1) {
      const wanted = numberOf(words.slice(n, end));
      const typing = end === words.length && end - n > 1;
      const whole = wanted === start_ && alone ? [alone] : [];
      const longer = [];
      for (const [part, at] of found) {
        const known = part.words[at];
        if (known === wanted) whole.push(listAt(part, at));
        else if (known.startsWith(typing ? wanted : `${wanted}.`)) longer.push([part, at]);
      }
      if (whole.length || longer.length) {
        const more = longer.slice(0, MOST_ENDINGS).map(([part, at]) => listAt(part, at));
        return {
          words: words.slice(n, end),
          number: true,
          starts: typing,
          whole: whole.length ? union(whole) : null,
          longer: more.length ? union(more) : null,
          list: union([...whole, ...more]),
        };
      }
    }
    return null;
  };

  const termsOf = async (index, words) => {
    const numbers = await Promise.all(
      words.map((word, n) => (DIGITS.test(word) ? numberTerm(index, words, n) : null)));
    const terms = [];
    for (let n = 0; n < words.length;) {
      const number = numbers[n];
      if (number && number.words.length > 1) {
        terms.push(number);
        n += number.words.length;
      } else {
        const last = n === words.length - 1;
        terms.push(wordTerm(index, words[n], last).then((term) => Object.assign(term, { hint: number })));
        n += 1;
      }
    }
    return Promise.all(terms);
  };

  // --- how well something answers

  const TITLE = 2;
  const PHRASE = 2;
  // An explanation is called like its criterion, which goes before it.
  const BORROWED = 0.8;
  // Of BM25: how soon more of the same stops to count, and how much a long text is held against it.
  const ENOUGH = 1.2;
  const LONG = 0.75;
  const OWN = 1000;
  const OWN_LONGER = 500;
  const OWN_DIGITS = 300;
  const NAMED = 100;
  const ORDER = { c: 0, x: 20, d: 10 };

  // How much of a row of words stands in a row: 1 for all of it.
  const inARow = (rows, terms) => {
    let best = 0;
    let run = 0;
    let before = rows[0];
    for (let n = 1; n < rows.length; n += 1) {
      const here = rows[n];
      const size = terms[n - 1].words.length;
      const follows = [];
      for (let i = 0, k = 0; i < before.length && k < here.length;) {
        const gap = here[k] - before[i] - size;
        if (gap === 0) follows.push(here[k]);
        if (gap <= 0) k += 1;
        if (gap >= 0) i += 1;
      }
      run = follows.length ? run + 1 : 0;
      if (run > best) best = run;
      before = follows.length ? follows : here;
    }
    return best / (rows.length - 1);
  };

  // The fewest words in which all stand together.
  const closest = (rows) => {
    const at = rows.map(() => 0);
    let best = Infinity;
    for (;;) {
      let low = 0;
      let high = 0;
      for (let n = 1; n < rows.length; n += 1) {
        if (rows[n][at[n]] < rows[low][at[low]]) low = n;
        if (rows[n][at[n]] > rows[high][at[high]]) high = n;
      }
      best = Math.min(best, rows[high][at[high]] - rows[low][at[low]] + 1);
      at[low] += 1;
      if (at[low] >= rows[low].length) return best;
    }
  };

  const judge = (index, terms, weights, id) => {
    const head = index.heads[id];
    const sum = weights.reduce((all, one) => all + one, 0);
    const places = terms.map((term) => term.list.places(id));
    const kind = index.kinds[id];
    let score = 0;
    terms.forEach((term) => {
      const named = (list, value) => {
        if (!list || !list.has(id)) return 0;
        return list.places(id)[0] < head ? value : NAMED;
      };
      if (term.number) {
        score += Math.max(named(term.whole, OWN - ORDER[kind]), named(term.longer, OWN_LONGER - ORDER[kind]));
      } else if (term.hint && named(term.hint.list, 0) === 0 && term.hint.list.has(id)) {
        score += OWN_DIGITS - ORDER[kind];
      }
    });
    const inHead = places.map((some) => some.subarray(0, below(some, head - 1) + 1));
    const named = inHead.filter((some) => some.length).length;
    let title = 0;
    inHead.forEach((some, n) => {
      if (some.length) title += TITLE * weights[n];
    });
    if (named === terms.length) {
      title += sum * (1 + (2 * Math.min(terms.length, head)) / head);
      if (terms.length > 1) title += PHRASE * sum * inARow(inHead, terms);
    }
    score += title * (kind === "x" ? BORROWED : 1);
    // Words that were asked for as they are go before words that only begin so.
    terms.forEach((term, n) => {
      if (term.starts && term.own && term.own.has(id)) score += weights[n] / 2;
    });
    let to = head;
    const found = [];
    const at = inHead.map((some) => some.length);
    const first = [...at];
    for (let piece = index.pieces[id]; piece < index.pieces[id + 1]; piece += 1) {
      to += index.long[piece];
      const norm = ENOUGH * (1 - LONG + (LONG * index.long[piece]) / index.usual);
      let here = 0;
      let held = 0;
      for (let n = 0; n < places.length; n += 1) {
        const some = places[n];
        first[n] = at[n];
        while (at[n] < some.length && some[at[n]] < to) at[n] += 1;
        const count = at[n] - first[n];
        if (count) {
          held += 1;
          here += (weights[n] * count) / (count + norm);
        }
      }
      if (held === terms.length && held > 1) {
        const rows = places.map((some, n) => some.subarray(first[n], at[n]));
        const row = inARow(rows, terms);
        here += PHRASE * sum * row;
        if (row < 1) here += (sum * terms.length) / closest(rows) / 2;
      }
      if (held) found.push({ piece, score: here * (held / terms.length), held });
    }
    // Where a number stands does not matter so much as that its document begins with it.
    const inOrder = terms.every((term) => term.number);
    found.sort((one, other) => (inOrder ? 0 : other.score - one.score) || one.piece - other.piece);
    const best = found[0];
    // Of what is called so, its texts say little more.
    if (best) score += (best.score + Math.log(found.length) / 20) * (named === terms.length ? 0.3 : 1);
    return {
      id,
      kind,
      score,
      piece: best ? best.piece - index.pieces[id] : -1,
      also: found.slice(1, 5)
        .filter((one) => one.held === terms.length && best && one.score > best.score / 2)
        .map((one) => one.piece - index.pieces[id]),
    };
  };

  const common = (terms) => {
    const [rarest, ...others] = [...terms].sort((one, other) => one.list.size - other.list.size);
    return [...rarest.list.ids].filter((id) => others.every((term) => term.list.has(id)));
  };

  const mostOf = (terms) => {
    const held = new Map();
    for (const term of terms) for (const id of term.list.ids) held.set(id, (held.get(id) || 0) + 1);
    const most = Math.max(0, ...held.values());
    return [...held.keys()].filter((id) => held.get(id) === most);
  };

  const search = async (query) => {
    const index = await start();
    const words = wordsOf(query).slice(0, MOST_WORDS);
    let asked = await termsOf(index, words);
    const missing = asked.filter((term) => !term.list);
    let terms = asked.filter((term) => term.list);
    let ids = terms.length ? common(terms) : [];
    if (!ids.length && terms.some((term) => term.number)) {
      // No document of that number has the other words: then the words of the number will do.
      asked = await Promise.all(words.map((word, n) => wordTerm(index, word, n === words.length - 1)));
      terms = asked.filter((term) => term.list);
      ids = common(terms);
    }
    const partial = !ids.length && terms.length > 1;
    if (partial) ids = mostOf(terms);
    const weights = terms.map(({ list }) => Math.log(1 + (index.count - list.size + 0.5) / (list.size + 0.5)));
    const results = ids.map((id) => judge(index, terms, weights, id));
    results.sort((one, other) => other.score - one.score || one.id - other.id);
    return { words, terms, results, partial, unknown: missing.flatMap((term) => term.words) };
  };

  // --- what is shown of it

  const entry = async (id) => {
    const index = await start();
    const part = await load(`e${Math.floor(id / index.each)}`);
    const [title, address, place, number, counted, file, name, at] = part[id % index.each];
    return { title, address, place, number, counted, file, name, at };
  };

  const textOf = async (id, piece) => {
    const index = await start();
    const all = index.pieces[id] + piece;
    const chunk = below(index.chunks, all);
    return (await load(`t${chunk}`))[all - index.chunks[chunk]];
  };

  const BEFORE = 8;
  const AROUND = 36;
  const plain = (word) => (word.startsWith("0") ? word.replace(/^0+(?=.)/, "") : word);
  // Syllables come again and again, and folding is what costs most.
  const folded = new Map();
  const plainWords = (token) => {
    let known = folded.get(token);
    if (!known) {
      if (folded.size > 20_000) folded.clear();
      folded.set(token, (known = wordsOf(token).map(plain)));
    }
    return known;
  };
  // The words of a text; each that was asked for with the places in the query that it answers.
  const marked = (words, terms, id) => {
    const tokens = [...words.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((found) => (
      { at: found.index, end: found.index + found[0].length, hits: [] }));
    const all = tokens.flatMap((token) =>
      plainWords(words.slice(token.at, token.end)).map((word) => ({ word, token })));
    let asked = 0;
    for (const term of terms) {
      const size = term.words.length;
      const asks = term.words.map(plain);
      // Where the word itself stands, others are not marked for beginning like it.
      const starts = term.starts && !(term.own && term.own.has(id));
      const same = (n, k) => {
        const here = all[n + k].word;
        const wanted = asks[k];
        return starts && k === size - 1 && wanted.length > 1 ? here.startsWith(wanted) : here === wanted;
      };
      for (let n = 0; n + size <= all.length; n += 1) {
        let k = 0;
        while (k < size && same(n, k)) k += 1;
        if (k === size) for (k = 0; k < size; k += 1) all[n + k].token.hits.push(asked + k);
      }
      asked += size;
    }
    // Where all words stand in a row, those elsewhere are other words that only look the same.
    const whole = tokens.some((_, n) => rowAt(tokens, n) >= asked);
    if (asked > 1 && whole) {
      tokens.forEach((token, n) => {
        const alone = !(tokens[n - 1]?.hits.length || tokens[n + 1]?.hits.length);
        if (alone && token.hits.length < 2) token.hits = [];
      });
    }
    return tokens;
  };
  // How many words of the query follow one another from a word of the text on.
  const rowAt = (tokens, n) => {
    let row = 0;
    let wanted = tokens[n].hits[0];
    for (let k = n; k < tokens.length && tokens[k].hits.includes(wanted); k += 1) {
      const more = new Set(tokens[k].hits.filter((hit) => hit >= wanted));
      while (more.has(wanted)) [wanted, row] = [wanted + 1, row + 1];
    }
    return row;
  };
  const runs = (words, tokens, from, to) => {
    const made = [];
    let at = from;
    for (let n = 0; n < tokens.length; n += 1) {
      const token = tokens[n];
      if (!token.hits.length || token.at < from || token.end > to) continue;
      // What lies between two words that were asked for is marked with them.
      let end = token.end;
      while (tokens[n + 1] && tokens[n + 1].hits.length && tokens[n + 1].end <= to && tokens[n + 1].at - end < 4) {
        n += 1;
        end = tokens[n].end;
      }
      if (token.at > at) made.push([words.slice(at, token.at), false]);
      made.push([words.slice(token.at, end), true]);
      at = end;
    }
    if (to > at) made.push([words.slice(at, to), false]);
    return made;
  };
  const titled = (title, terms, id) => runs(title, marked(title, terms, id), 0, title.length);
  const snippet = async (result, terms) => {
    const words = result.piece >= 0 ? await textOf(result.id, result.piece) : "";
    if (!words) return [];
    const tokens = marked(words, terms, result.id);
    let best = 0;
    let most = -1;
    tokens.forEach((token, n) => {
      if (!token.hits.length) return;
      const seen = new Set();
      for (let k = n; k < Math.min(tokens.length, n + AROUND - BEFORE); k += 1) {
        tokens[k].hits.forEach((hit) => seen.add(hit));
      }
      const value = seen.size + rowAt(tokens, n) * 2;
      if (value > most) [best, most] = [n, value];
    });
    const first = tokens[Math.max(0, best - BEFORE)];
    const last = tokens[Math.min(tokens.length - 1, best + AROUND - BEFORE)];
    const from = !first || best <= BEFORE ? 0 : first.at;
    const to = !last || best + AROUND - BEFORE >= tokens.length - 1 ? words.length : last.end;
    const made = runs(words, tokens, from, to);
    if (from > 0) made.unshift(["… ", false]);
    if (to < words.length) made.push([" …", false]);
    return made;
  };

  const from = (address) => {
    if (!base) base = new URL(address, document.baseURI).href;
  };
  window.sbSearch = { take, from, fold, wordsOf, start, search, entry, snippet };

  // --- fields that lead to the page of results

  for (const form of document.querySelectorAll("form[data-sb-find]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${form.dataset.sbFind}#q=${encodeURIComponent(form.elements.q.value.trim())}`;
    });
  }

  // --- the page of results

  const form = document.querySelector("form[data-sb-index]");
  if (!form) return;
  const field = form.elements.q;
  const list = document.getElementById("tim-ket-qua");
  const status = document.getElementById("tim-trang-thai");
  const advice = document.getElementById("tim-goi-y");
  const kinds = document.getElementById("tim-loai");
  const root = form.dataset.sbRoot;
  const PAGE = 10;
  let asked = 0;
  let last = null;
  let shown = 0;
  form.hidden = false;
  from(form.dataset.sbIndex);

  const make = (name, class_, ...children) => {
    const made = document.createElement(name);
    if (class_) made.className = class_;
    made.append(...children);
    return made;
  };
  const link = (href, ...children) => {
    const made = make("a", "", ...children);
    made.href = href;
    return made;
  };
  const marks = (some) => some.map(([words, hit]) => (hit ? make("mark", "", words) : words));
  const goal = (found, at) =>
    root + (typeof at === "string" && at ? `${found.address.split("#")[0]}#${at}` : found.address);

  const row = async (result, terms) => {
    const found = await entry(result.id);
    const at = result.piece >= 0 ? found.at[result.piece] : 0;
    const title = link(goal(found, at), ...marks(titled(found.title, terms, result.id)));
    const about = make("p", "sb-found-about", make("span", "sb-tag", text.kinds[result.kind]));
    const say = (words, ...more) => about.append(" ", make("span", "sb-muted", words, ...more));
    if (found.number) say(...marks(titled(found.number, terms, result.id)));
    if (result.kind === "d" && found.name) say(found.name);
    if (found.place) say(found.place);
    const pageOf = (n) => {
      const words = text.at[found.counted](n);
      if (!found.file) return words;
      const made = link(`${root}${found.file}#page=${n}`, words);
      made.setAttribute("aria-label", text.open(found.title, words));
      return made;
    };
    if (typeof at === "number" && at && text.at[found.counted]) {
      say(pageOf(at));
      const others = [...new Set(result.also.map((piece) => found.at[piece]))].filter((n) => n && n !== at);
      if (others.length) {
        say(text.also, ...others.sort((a, b) => a - b).flatMap((n, i) => [i ? ", " : " ", pageOf(n)]));
      }
    }
    const made = make("li", "", make("p", "sb-found-title", title), about);
    snippet(result, terms).then((some) => {
      if (some.length) made.append(make("p", "sb-found-text", ...marks(some)));
    }, () => {});
    return made;
  };

  const more = make("button", "sb-button", text.more);
  more.type = "button";
  more.hidden = true;
  list.after(more);
  const chosen = () => kinds.querySelector("input:checked").value;
  const extend = async () => {
    const turn = asked;
    const results = last.results.filter((result) => !chosen() || result.kind === chosen());
    const rows = await Promise.all(results.slice(shown, shown + PAGE).map((result) => row(result, last.terms)));
    if (turn !== asked) return 0;
    list.append(...rows);
    shown += rows.length;
    more.hidden = shown >= results.length;
    return results.length;
  };
  const draw = async () => {
    const turn = asked;
    shown = 0;
    const old = [...list.children];
    for (const input of kinds.querySelectorAll("input")) {
      const count = last.results.filter((result) => !input.value || result.kind === input.value).length;
      input.nextElementSibling.lastElementChild.textContent = ` (${count.toLocaleString("vi-VN")})`;
    }
    const count = await extend();
    if (turn !== asked) return;
    old.forEach((one) => one.remove());
    kinds.hidden = !last.results.length;
    advice.hidden = count > 0;
    const said = [count ? text.found(count) : text.none];
    if (last.unknown.length) said.push(text.unknown(last.unknown));
    if (last.partial && count) said.push(text.partial);
    status.textContent = said.join(" ");
  };
  const run = async () => {
    asked += 1;
    const turn = asked;
    const query = field.value.trim();
    const hash = query ? `#q=${encodeURIComponent(query)}` : "";
    try {
      history.replaceState(null, "", location.pathname + hash);
    } catch {
      // Some browsers let no page of a folder change its address.
    }
    if (!wordsOf(query).length) {
      last = null;
      list.replaceChildren();
      status.textContent = "";
      kinds.hidden = more.hidden = true;
      advice.hidden = false;
      return;
    }
    const late = setTimeout(() => { status.textContent = text.loading; }, 300);
    try {
      const found = await search(query);
      if (turn !== asked) return;
      last = found;
      // Whoever already went down into the results stays at the same place of the new ones.
      const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
      await draw();
      const again = at < 0 ? null : list.children[Math.min(at, list.children.length - 1)];
      if (again) again.querySelector(".sb-found-title a").focus();
    } catch {
      if (turn === asked) status.textContent = text.failed;
    } finally {
      clearTimeout(late);
    }
  };

  const QUIET = 60;
  let timer;
  field.addEventListener("focus", () => { start().catch(() => {}); });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, QUIET);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await run();
    const first = list.querySelector(".sb-found-title a");
    if (first) first.focus();
  });
  kinds.addEventListener("change", () => {
    asked += 1;
    if (last) draw().catch(() => { status.textContent = text.failed; });
  });
  more.addEventListener("click", async () => {
    const next = list.children.length;
    await extend();
    const first = list.children[next];
    if (first) first.querySelector("a").focus();
  });
  // Up and down from the field through the results and back.
  const step = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [field, ...list.querySelectorAll(".sb-found-title a")];
    const at = links.findIndex((one) => one === document.activeElement || one.closest("li")?.contains(document.activeElement));
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  field.addEventListener("keydown", step);
  list.addEventListener("keydown", step);
  // Before the theme's own box takes the key.
  window.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
    field.select();
  }, true);

  const given = () => {
    const hash = new URLSearchParams(location.hash.slice(1)).get("q");
    return hash ?? new URLSearchParams(location.search).get("q");
  };
  const adopt = () => {
    const query = given();
    if (query === null || query === field.value.trim()) return;
    field.value = query;
    run();
  };
  window.addEventListener("hashchange", adopt);
  if (given() !== null) adopt();
  else if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
})();
