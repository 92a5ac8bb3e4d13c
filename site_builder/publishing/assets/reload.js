/* Reloads a page of the local preview after a rebuild; never part of a published site. */
(function () {
  "use strict";

  var EVERY_MS = 1000;
  var seen = null;

  function look() {
    fetch("/__site-builder/version", { cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(function (version) {
        if (seen !== null && version !== seen) {
          location.reload();
        }
        seen = version;
      })
      .catch(function () { /* The server is being started again. */ });
  }

  look();
  setInterval(look, EVERY_MS);
})();
