/*
 * Vietnamese for lunr, in the place of the theme's lunr.vi.min.js.
 *
 * Words are compared without tone and vowel marks and with d for the stroked letter, so that
 * text typed with or without diacritics, composed or decomposed, finds the same pages. All words
 * of a query must be on the page; only when no page has them all, any of them will do.
 */
(function () {
  "use strict";

  var MARKS = /[\u0300-\u036f]/g;
  // U+0111 and U+0110 have no decomposition.
  var SMALL_STROKED = /\u0111/g;
  var LARGE_STROKED = /\u0110/g;
  // A query with operators of lunr's own language is left to lunr.
  var OPERATORS = /(^|\s)[+-]|[~^]\d/;

  function fold(text) {
    return text
      .normalize("NFD")
      .replace(MARKS, "")
      .replace(SMALL_STROKED, "d")
      .replace(LARGE_STROKED, "D");
  }

  function foldToken(token) {
    var text = token.toString();
    var folded = fold(text);
    return folded === text ? token : token.clone(function () { return folded; });
  }

  function same(token) {
    return token;
  }

  lunr.vi = function () {
    this.pipeline.reset();
    this.searchPipeline.reset();
    this.pipeline.add(foldToken);
  };
  lunr.vi.stopWordFilter = lunr.generateStopWordFilter([]);
  lunr.vi.trimmer = same;
  lunr.vi.stemmer = same;
  lunr.Pipeline.registerFunction(foldToken, "fold-vi");

  var search = lunr.Index.prototype.search;
  lunr.Index.prototype.search = function (query) {
    var folded = fold(query.toLowerCase());
    if (!OPERATORS.test(folded)) {
      // Cut as the index was: a document number ("45/KH-UBND") is several words of which the
      // page must have each, and lunr would ask for the first alone.
      var words = folded.split(lunr.tokenizer.separator).filter(Boolean);
      var all = words.map(function (word) { return "+" + word; }).join(" ");
      var found = search.call(this, all);
      if (found.length > 0) {
        return found;
      }
    }
    return search.call(this, folded);
  };
})();
