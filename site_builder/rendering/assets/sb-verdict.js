// Loads the desk for verdicts when its place comes near: who only reads loads none of it.
(() => {
  "use strict";
  const home = document.querySelector("[data-sb-verdict], [data-sb-verdicts]");
  if (!home) return;
  const folder = document.currentScript.src.replace(/sb-verdict\.js.*$/, "");
  const add = (name, more) => document.head.append(Object.assign(document.createElement(name), more));
  let begun = false;
  const load = () => {
    if (begun) return;
    begun = true;
    if (!document.querySelector('link[href$="sb-verdict.css"]')) add("link", { rel: "stylesheet", href: `${folder}sb-verdict.css` });
    add("script", { src: `${folder}sb-verdict-desk.js` });
  };
  // Whoever has given a name is at work, and is warned before leaving, wherever the page stands.
  const atWork = () => {
    try {
      return Object.keys(localStorage).some((key) => key.startsWith("sb-tham-dinh|"));
    } catch {
      return false;
    }
  };
  if ("sbVerdicts" in home.dataset || atWork() || typeof IntersectionObserver !== "function") {
    load();
    return;
  }
  new IntersectionObserver((found, observer) => {
    if (found.some((each) => each.isIntersecting)) {
      observer.disconnect();
      load();
    }
  }, { rootMargin: "600px" }).observe(home);
})();
